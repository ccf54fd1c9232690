#ifndef INC_UNFOUND_H
#define INC_UNFOUND_H

#include "survey.h"

/*
 * Adds to what was found: commands of media that can't be run on this machine,
 * sought in the procedures, in the shipped data's directory share and on
 * search, which is as PATH or NULL.
 */
void unfound_check(struct survey *s, const char *share, const char *search);

#endif
