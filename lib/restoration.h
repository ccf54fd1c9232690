#ifndef INC_RESTORATION_H
#define INC_RESTORATION_H

#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "logbook.h"
#include "slice.h"
#include "stamp.h"

/*
 * The entry `restored`, by which a log goes on that was restored from a copy:
 * inc-log(5), BACKUP.  Ids that were given after the copy was made are lost,
 * but stand on paper, in messages and in other systems, and must not be given
 * again.  How many there were is not known for sure; so numbers go on, for that
 * day, from the time of day, written as six digits: that is more than a desk
 * gives in a day, and each time that the same copy is restored it is another.
 */
struct restoration {
	/* Set before. */
	struct logbook *book; /* opened for adding, under the lock */
	struct slice why;     /* as on disk */
	struct stamp at;      /* now, or the newest head where that is later */
	uint64_t lost;        /* entries after the last one that is there */
	unsigned long long last; /* number of an id that was given, or 0 */

	/* For the caller to read. */
	struct buf last_id; /* as if it were the last that was given */
	struct fault fault;

	/* Private. */
	struct buf id; /* of the entry */
};

/*
 * Adds the entry; the book is then to be committed.  Returns 0, or -1 and
 * r->fault.
 */
int restoration_add(struct restoration *r);

void restoration_release(struct restoration *r);

#endif
