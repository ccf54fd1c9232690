#ifndef INC_HASTE_H
#define INC_HASTE_H

#include "survey.h"

/*
 * Adds to what was found: targets by which an incident is put right before
 * anybody must take it.
 */
void haste_check(struct survey *s);

#endif
