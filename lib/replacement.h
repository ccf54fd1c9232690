#ifndef INC_REPLACEMENT_H
#define INC_REPLACEMENT_H

#include <stdbool.h>

#include "buf.h"
#include "fault.h"
#include "output.h"
#include "slice.h"

/*
 * A file that is written anew beside the old one, and then takes its place,
 * whole or not at all.
 */
struct replacement {
	struct output out; /* what it is to hold */

	/* Private. */
	struct buf dir, path, temporary;
};

/*
 * Begins a file that is to become dir/name: one of the owner and the mode that
 * the old one has, or that follows the directory where there is none.  Returns
 * 0, or -1 and the fault.  To be ended either way.
 */
int replacement_begin(
    struct replacement *r, const char *dir, const char *name, struct fault *f);

/*
 * With keep, writes out and syncs what was added, puts it in the place of the
 * old file, and syncs the directory.  Without, the old file stays, and the new
 * one is gone.  Returns 0, or -1 and the fault: then the old file stays too,
 * unless it was the directory that could not be synced.
 */
int replacement_end(struct replacement *r, bool keep, struct fault *f);

/*
 * Makes the file dir/name hold text in the same way.  Returns 0, or -1 and the
 * fault.
 */
int replacement_write(
    const char *dir, const char *name, struct slice text, struct fault *f);

#endif
