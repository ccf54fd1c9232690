#ifndef INC_PRINT_H
#define INC_PRINT_H

#include "buf.h"

/*
 * Writes a text that is at hand to standard output, to the last byte, and
 * releases it.  What fails is said, status 2.
 */
void print_text(struct buf *text);

#endif
