#ifndef INC_LOOKUP_H
#define INC_LOOKUP_H

#include "survey.h"

/*
 * Adds to what was found: faults of the tables services, advice, resources,
 * response and regulations, which no program loads yet.
 */
void lookup_check(struct survey *s);

#endif
