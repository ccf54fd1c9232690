#ifndef INC_STAGING_H
#define INC_STAGING_H

#include <stddef.h>

#include "fault.h"
#include "slice.h"
#include "spool.h"
#include "stamp.h"

/*
 * Items that come into the queue: written to tmp one by one, and then put among
 * the new ones together, so that they share the syncs.
 */
struct staging {
	struct spool *spool; /* all else is zero at first */

	/* Private. */
	struct staged *staged;
	size_t n, cap;
};

/*
 * Writes an item that is not yet in the queue, nor synced, and gives its file a
 * time.  Each keeps a file open until the commit.  Returns 0, or -1 and the
 * fault.
 */
int staging_add(struct staging *g, struct slice name, struct slice text,
    struct stamp at, struct fault *f);

/*
 * Puts into the queue what was added since, save what is there already; when it
 * returns 0 all is on disk, also what one who died had put there.  On a fault,
 * -1, nothing is told of what was added: it may be in the queue, or not, and
 * can be added again.
 */
int staging_commit(struct staging *g, struct fault *f);

/* Frees it; what was added and not committed is removed. */
void staging_release(struct staging *g);

#endif
