#ifndef INC_VOCABULARY_H
#define INC_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "slice.h"

/*
 * The columns that have one meaning everywhere: inc-stream(5).  A stream may
 * carry any others, but none of these for another purpose.
 */

/* What a column holds. */
enum column_kind {
	COLUMN_TEXT,
	COLUMN_TIME,   /* RFC 3339 */
	COLUMN_NUMBER, /* whole */
	COLUMN_HOLDS,  /* intervals: holds.h */
};

/* The names of an incident's own columns, in the order of inc-stream(5). */
const struct slice *vocabulary(size_t *n);

/* Whether name is one of inc's own: of the stream, the log or a message. */
bool vocabulary_has(struct slice name);

/* What an own column holds; COLUMN_TEXT for any other name. */
enum column_kind vocabulary_kind(struct slice name);

/* Adds every own name: of the stream, the log, messages and receipts. */
void vocabulary_add(struct columns *known);

#endif
