#ifndef INC_DOMAIN_H
#define INC_DOMAIN_H

#include "survey.h"

/*
 * Adds to what was found: values that no table knows, in conditions and in what
 * trees set.  The values of a column are those that fields and codes list, for
 * priority those of targets too, for level those of levels; a column for which
 * there are none may have any.
 */
void domain_check(struct survey *s);

#endif
