#ifndef INC_SNAKE_H
#define INC_SNAKE_H

#include "buf.h"
#include "slice.h"

/*
 * Adds the snake_case form of a column's name: ASCII letters lower case, a
 * '_' where a word starts within ("RowID": row_id) and for every run of other
 * ASCII characters ("Call  Number": call_number), none at the ends; what is
 * not ASCII is kept.  A name that would be empty or start with a digit starts
 * with column_ ("3": column_3); number is the column's, for an empty one.
 */
void snake_add(struct buf *out, struct slice name, size_t number);

#endif
