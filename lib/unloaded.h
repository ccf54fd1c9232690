#ifndef INC_UNLOADED_H
#define INC_UNLOADED_H

#include "survey.h"

/*
 * Adds to what was found: faults of the tables services, resources, response
 * and regulations, which no program loads yet, or only in part, and of advice,
 * with what of it is to be reviewed.
 */
void unloaded_check(struct survey *s);

#endif
