#ifndef INC_PORTRAIT_H
#define INC_PORTRAIT_H

#include <stddef.h>

#include "buf.h"
#include "guess.h"

/*
 * What was guessed of an export, in words for a person.  Whatever comes of the
 * export itself is made inert (inert.h), and cut.
 */

/* The cells of a column's line. */
enum {
	PORTRAIT_COLUMN,
	PORTRAIT_FILLED,   /* percent: 0% and 100% are exact */
	PORTRAIT_DISTINCT, /* different values */
	PORTRAIT_LOOKS,
	PORTRAIT_TARGET,
	PORTRAIT_ASK,
	PORTRAIT_EXAMPLES,
	PORTRAIT_CELLS,
};

/* What a cell is called in a header. */
struct slice portrait_title(size_t cell);

/* Adds a cell of a column's line. */
void portrait_add(
    struct buf *out, const struct guess *g, size_t column, size_t cell);

/* The single asks of a column: bits of guess.h. */
#define PORTRAIT_ASKS 11

/*
 * Adds what one ask (1 << n) means for all columns that have it, as a line of
 * its own.  Returns how many columns have it; 0: nothing was added.
 */
size_t portrait_add_question(struct buf *out, const struct guess *g, size_t n);

/* Adds the marks that mean missing, and where: '?' (vendor and 3 more). */
void portrait_add_marks(struct buf *out, const struct guess *g);

#endif
