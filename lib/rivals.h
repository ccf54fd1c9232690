#ifndef INC_RIVALS_H
#define INC_RIVALS_H

#include "survey.h"

/*
 * Adds to what was found: conditions that never or always hold, and rows of
 * trees and routes that are never taken, because an earlier row of the same
 * node or reason, or all of them together (up to 500), take every record
 * before.
 */
void rivals_check(struct survey *s);

#endif
