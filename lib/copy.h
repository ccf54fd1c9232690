#ifndef INC_COPY_H
#define INC_COPY_H

#include <stdbool.h>

#include "fault.h"

/*
 * Copies of a log, as a backup makes them: its segments without its lock.  They
 * can be read and proved; but none is written to as if nothing had happened,
 * because what was logged after it was made is lost: inc-log(5), BACKUP.
 */

/* Whether a directory is a copy of a log. */
bool copy_is(const char *dir);

/* Sets the fault to that it is one.  Returns -1. */
int copy_refuse(const char *dir, struct fault *f);

/*
 * Makes a directory one that can be written to.  Returns 0, or -1 and the
 * fault.
 */
int copy_make_log(const char *dir, struct fault *f);

/*
 * Begins to make a copy a log: it can be written to by journal_restore(), and
 * is a copy to all others until the end.  Both return 0, or -1 and the fault.
 */
int copy_begin_restore(const char *dir, struct fault *f);
int copy_end_restore(const char *dir, struct fault *f);

/* Makes it a copy again, where what was to be said in it could not be. */
void copy_take_back(const char *dir);

#endif
