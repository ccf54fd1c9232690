#ifndef INC_INERT_H
#define INC_INERT_H

#include <stddef.h>

#include "buf.h"
#include "slice.h"

/*
 * Text for a terminal, from whoever wrote it.
 */

/*
 * Adds text with what a terminal could act on replaced by '?': control
 * characters, bytes that are not UTF-8, and the marks that turn the direction
 * of writing, by which a line can be made to look like another.
 */
void inert_add(struct buf *out, struct slice text);

/*
 * The same in a column of so many characters: cut with an ellipsis or filled
 * with blanks.  Characters of double width are not known.
 */
void inert_column(struct buf *out, struct slice text, size_t width);

#endif
