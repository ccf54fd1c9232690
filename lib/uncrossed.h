#ifndef INC_UNCROSSED_H
#define INC_UNCROSSED_H

#include "survey.h"

/*
 * Adds to what was found: boundaries that can do nothing, that come after one
 * which does as much, and clocks by columns that hold no times.
 */
void uncrossed_check(struct survey *s);

#endif
