#ifndef INC_UNSAID_H
#define INC_UNSAID_H

#include "survey.h"

/*
 * Adds to what was found: files of words in the first pack that no route says,
 * and those for a medium that there is not.  Most are misspelt, and the old
 * words go on being sent.
 */
void unsaid_check(struct survey *s);

#endif
