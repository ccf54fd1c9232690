#ifndef INC_DRAG_H
#define INC_DRAG_H

#include "survey.h"

/*
 * Adds to what was found: patterns without a literal to be found by (when.h),
 * where they are tried beside many others.
 */
void drag_check(struct survey *s);

#endif
