#ifndef INC_SPELLING_H
#define INC_SPELLING_H

#include "buf.h"
#include "codes.h"
#include "slice.h"

/*
 * Text spelled so that it can be written down by whoever hears it, a word for
 * each character: "LS1 4-a" is "Lima Sierra 1 space 4 hyphen Alfa".
 *
 * Letters have the words of the alphabet of ICAO (Annex 10, volume II), in
 * which Alfa and Juliett are written so on purpose; small or capital is not
 * said.  A Latin letter with a mark is the letter and the mark, "Echo acute",
 * and one that joins two is both.  Digits stand for themselves, signs of ASCII
 * have English names, blanks at both ends are nothing and others together one
 * "space".  What has no word stands as it is.
 *
 * The table codes has the last word: its row with the field `phonetic` and a
 * character (a capital, of a to z) as the code says how that is spoken here.
 */

/* The characters of a text that are spelled at most: nobody writes more. */
#define SPELLING_MOST 1000

/*
 * Adds the spelling of a text.  Returns the number of characters that were
 * left out at its end.
 */
size_t spelling_add(
    struct buf *out, struct slice text, const struct codes *codes);

#endif
