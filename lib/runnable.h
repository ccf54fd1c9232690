#ifndef INC_RUNNABLE_H
#define INC_RUNNABLE_H

#include <stdbool.h>

#include "buf.h"
#include "pack.h"

/*
 * Where the commands are that hand messages over: inc-media(7).
 */

/*
 * Sets *path to the file of a command.  A name without a slash is that in
 * `media` of the first pack that has one; else one that can be run in `media`
 * of share, the shipped data's directory; else such a one in the directories
 * of search, which is as PATH, or NULL.  Where it is nowhere, and where it has
 * a slash, *path is its name.  Returns whether it is a file that can be run.
 */
bool runnable_find(struct buf *path, const struct pack *p, const char *share,
    const char *search, const char *name);

#endif
