#ifndef INC_WATCH_H
#define INC_WATCH_H

#include "survey.h"

/*
 * Adds to what was found: roles that nobody ever holds, or nobody at some time
 * of the next 30 days, and parties on call who are in no directory.
 */
void watch_check(struct survey *s);

#endif
