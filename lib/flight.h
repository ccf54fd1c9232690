#ifndef INC_FLIGHT_H
#define INC_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "buf.h"
#include "fault.h"
#include "seal.h"
#include "slice.h"
#include "synced.h"

/*
 * What was written to the log and is not yet synced.
 *
 * Two locks, always taken in this order: that of the log is for who writes,
 * that of `synced` for who syncs.  A writer writes its batch under the first,
 * gives that back, and waits for the second; it then syncs the segment for all
 * whose batches stand there by now.  They find that when their turn comes, and
 * so many writers share one sync while the next ones write.
 *
 * From writing to landing a writer shares a lock of the segment itself.  While
 * anybody does, what `synced` says is what these say to each other.  When
 * nobody does, it may be of yesterday or out of a backup: then, before anything
 * is written, all that stands there is synced.  So what a failed sync takes
 * back is always that of which nobody was told.
 *
 * Where a sync fails, the file is not what memory says.  No second try can
 * prove otherwise, so all that was not synced before is cut off, whoever wrote
 * it, and each of them finds that its entry is not there any more.
 *
 * A writer that finds the log as it left it need not look around.  Its last
 * entry, known by its chain, then still ends the segment, and so the next one
 * is the only one with which another segment can have begun.
 */
struct flight {
	/* For the caller to read, under the log's lock. */
	bool as_left; /* nothing was added since flight_land(), and the segment
			 is the same file; then */
	uint64_t seq; /* is the number of its last entry */

	/* Private. */
	bool open;
	const char *dir;      /* of the log: borrowed */
	int lock;             /* of the log */
	char *lock_path;      /* its path */
	struct stat lock_now; /* what it is */
	struct synced synced;
	int fd;                      /* of the newest segment, or -1 */
	char *path;                  /* its path */
	struct stat now;             /* what it was under the log's lock */
	bool landing;                /* whether an entry in it is to land, or */
	bool landed;                 /* has landed; seq is its number then, */
	char chain[SEAL_DIGITS + 1]; /* this its chain, */
	off_t end;                   /* and this its end */
	struct buf next;             /* scratch: the path of another segment */
};

/*
 * Opens the locks of a log.  All zero is one that is not open.  Returns 0, or
 * -1 and the fault.
 */
int flight_open(struct flight *fl, const char *dir, struct fault *f);

/*
 * Takes the log's lock, and settles its newest segment as below, unless all is
 * as it was left; its name is left in *newest.  Returns 1; 0 and a fault that
 * says so where others held a lock for wait_s seconds; or -1 and the fault.
 */
int flight_lock(struct flight *fl, int64_t wait_s, struct buf *newest,
    struct buf *notice, struct fault *f);

/* Gives it back. */
void flight_unlock(struct flight *fl);

/*
 * Under the log's lock, makes the segment of that name one to which can be
 * added: takes back what could not be synced, moves a torn tail aside (tail.h)
 * and says either in *notice, and syncs what nobody waits for any more; with
 * whole, all of it.  Returns as flight_lock().
 */
int flight_settle(struct flight *fl, const char *name, bool whole,
    int64_t wait_s, struct buf *notice, struct fault *f);

/*
 * Under the log's lock, adds text to a settled segment, or with an empty text
 * nothing: its last entry, of that number and chain, is then to land.  Returns
 * 0; or -1 and the fault: the segment is as it was, or the fault says that it
 * could not be made so.
 */
int flight_begin(struct flight *fl, const char *path, struct slice text,
    uint64_t seq, const char *chain, struct fault *f);

/*
 * Waits until that entry, and so all before it, is on disk.  The log's lock is
 * held by the caller, and kept, or else not held.  Who keeps it may go on to
 * replace the segment.  Returns 0; or -1 and the fault: the entry is not in the
 * log, or the fault says that it may be.
 */
int flight_land(struct flight *fl, bool held, struct fault *f);

/*
 * Whether the writer of anything in an open segment still waits for its sync,
 * which nobody may take up meanwhile: under the log's lock alone, or both
 * locks, the log's shared.  Returns 1, 0, or -1 and the fault.
 */
int flight_is_waited_for(int fd, const char *path, struct fault *f);

void flight_release(struct flight *fl);

#endif
