#ifndef INC_LANGUAGE_H
#define INC_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/*
 * Languages by their tags, as in en-GB or cy (BCP 47): letters, digits and
 * hyphens, in which the case of letters says nothing.
 */

/*
 * Whether s has the form of a tag (RFC 5646): subtags of 1 to 8 letters or
 * digits between hyphens, the first of 2 to 8 letters.  Whether such a
 * language is registered is not asked.
 */
bool language_is_tag(struct slice s);

/*
 * The place among n tags of the one that serves a wanted language: the
 * language itself, else it with one subtag after another taken off its end
 * (en-GB, then en), the lookup of RFC 4647, 3.4.  A single letter never ends
 * what is left: it says what kind the subtag after it is.  SIZE_MAX where none
 * serves.
 */
size_t language_lookup(struct slice wanted, const struct slice *tag, size_t n);

#endif
