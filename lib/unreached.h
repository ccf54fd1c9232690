#ifndef INC_UNREACHED_H
#define INC_UNREACHED_H

#include "survey.h"

/*
 * Adds to what was found: parties whom a route tells and no fitting medium, or
 * none at all, reaches; and words that are over the limit of their medium with
 * nothing in their slots.
 */
void unreached_check(struct survey *s);

#endif
