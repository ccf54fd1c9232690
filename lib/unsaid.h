#ifndef INC_UNSAID_H
#define INC_UNSAID_H

#include "survey.h"

/*
 * Files of words in the first pack that no route says, and those for a medium
 * that there is not: most are misspelt, and the old words go on being sent.
 */
void unsaid_check(struct survey *s);

#endif
