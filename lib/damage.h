#ifndef INC_DAMAGE_H
#define INC_DAMAGE_H

#include "survey.h"

/*
 * Adds to what was found: cells that look as if a spreadsheet had changed what
 * was typed, in any table.
 */
void damage_check(struct survey *s);

#endif
