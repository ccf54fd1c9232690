#ifndef INC_LONGEST_H
#define INC_LONGEST_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/*
 * The longest text that a regular expression lets through: how much room a
 * value must have whose form is fixed.  PCRE2 tells the shortest alone.
 *
 * The expression is read part by part, each repeated as often as it may be.
 * The outcome is checked against the expression itself, so what this module
 * does not understand (look-around, back references, options within) leads to
 * no answer and never to a wrong text.
 */

/* A longer text counts as one without bound, in characters. */
#define LONGEST_MOST 10000

/* The characters of a word of made text: four letters and a blank. */
#define LONGEST_WORD 5

/*
 * Sets out to the longest text that all of a pattern without flags matches,
 * in letters where it may have letters, a blank after each four where it may
 * have blanks.  Returns false where there is no such text: the pattern has no
 * bound, is none, or is not understood.
 */
bool longest_text(struct slice pattern, struct buf *out);

#endif
