#ifndef INC_PLAIN_H
#define INC_PLAIN_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/*
 * Adds a text so that it can't make a header, a second line or a terminal's
 * command: each control character (C0, DEL, C1) and separator of lines and
 * paragraphs becomes a blank, a byte that is not UTF-8 a question mark.  With
 * lines, newlines and tabs stay, and a return before a newline is left out.
 */
void plain_add(struct buf *out, struct slice s, bool lines);

#endif
