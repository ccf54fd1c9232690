#ifndef INC_BLANK_H
#define INC_BLANK_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "letter.h"
#include "slice.h"
#include "stamp.h"

/*
 * Letters without their words, which are made of values that were taken out of
 * the log: inc-spool(5).  In a row without words `subject`, `body` and, where
 * it is for a caller, `address` are \N, and the caller's name is gone from
 * `party`.  What happened stays, but for what commands and people said of it.
 */

/* Whether a try has no words any more. */
bool blank_is(const struct letter *l, size_t try);

/* The first try that has words; l->n where none has. */
size_t blank_first(const struct letter *l);

/* Whether a letter has words that came in up to a time. */
bool blank_wanted(const struct letter *l, struct stamp until);

/* Adds the text of a letter without its words. */
void blank_make(struct buf *text, const struct letter *l);

/*
 * Adds the text of a letter without words, and the rows of another after its
 * own: so what happened is still told of the rows that it happened to.
 */
void blank_refill(
    struct buf *text, const struct letter *l, const struct letter *words);

#endif
