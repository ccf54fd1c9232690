#ifndef INC_SPOOL_H
#define INC_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "custody.h"
#include "fault.h"
#include "slice.h"
#include "stamp.h"

/*
 * The queue on disk: inc-spool(5).  It knows nothing of messages: an item is a
 * file of lines, under a name that is given once, ever.
 *
 *	tmp	items that are being written
 *	new	those that are to be looked at, at the time that the file has
 *	work	those that a process has claimed
 *	done	those that are over, by month: done/2026-11
 *	dead	those that somebody has to look at
 *
 * To claim an item is to take the lock of its file and then to move it to
 * work.  The lock dies with its holder, and then any other moves it back.
 * What happens to an item is added to its file and synced, so its place tells
 * nothing that the file does not: after a crash it may be an older one.
 */
enum spool_where {
	SPOOL_NEW,
	SPOOL_WORK,
	SPOOL_DONE,
	SPOOL_DEAD,
	SPOOL_NOWHERE,
};

/* The directories of the places: "new" to "dead". */
extern const char *const spool_place[SPOOL_NOWHERE];

#define SPOOL_NAME 64 /* the longest name */

struct spool {
	/* Private. */
	char *dir;
	int lock; /* held while it is looked where an item is, or it is moved */
	unsigned long long made; /* names in tmp */
};

/* Makes a queue where there is none.  Returns 0, or -1 and the fault. */
int spool_create(const char *dir, struct custody c, struct fault *f);

/*
 * Opens it, and moves back what is left in work, and takes away what is left
 * in tmp, by those who died.  Returns 0, or -1 and the fault.
 */
int spool_open(struct spool *s, const char *dir, struct fault *f);

/*
 * Opens it to look at, by who may read it: what is left is left, and nothing
 * can be staged or claimed.  Returns 0, or -1 and the fault.
 */
int spool_open_reading(struct spool *s, const char *dir, struct fault *f);

/* The queue's directory, as it was opened; valid as long as s is. */
const char *spool_dir(const struct spool *s);

/*
 * Sets *path, ended by a NUL, to that of a directory in the queue, such as
 * "tmp" or "done/2026-11", or of the file name in it where that is not NULL.
 */
void spool_set_path(
    const struct spool *s, struct buf *path, const char *dir, const char *name);

/* Whether a name can be an item's: lower-case letters and digits. */
bool spool_is_name(struct slice name);

/*
 * Syncs where all items are, and that those that were removed or written anew
 * are gone.  Returns 0, or -1 and the fault.
 */
int spool_sync(struct spool *s, struct fault *f);

/* Closes it. */
void spool_release(struct spool *s);

/*
 * What follows is for the modules that work on the files of items: staging,
 * item, items.
 */

/* Sets *dir to where that is which was over at a time: "done/2026-11". */
void spool_set_month(struct buf *dir, struct stamp at);

/*
 * Takes and gives back the lock, under which it is looked where an item is, and
 * one is moved.  A fault too where the queue was taken away or replaced
 * meanwhile.  The first returns 0, or -1 and the fault.
 */
int spool_lock(const struct spool *s, struct fault *f);
void spool_unlock(const struct spool *s);

/*
 * Calls see for each directory in which the items of a place are: that of
 * SPOOL_DONE has one for each month.  Ends where see returns another than 0.
 * Returns what it returned last, 0, or -1 and the fault.
 */
int spool_each_dir(const struct spool *s, enum spool_where where,
    int (*see)(void *ctx, const char *dir), void *ctx, struct fault *f);

/*
 * The same for each name in a directory, whose whole path is given, that does
 * not begin with a dot.
 */
int spool_each_name(const char *path, int (*see)(void *ctx, const char *name),
    void *ctx, struct fault *f);

/*
 * Finds an item under the lock: sets *path to where it is.  Returns its place,
 * SPOOL_NOWHERE, or -1 and the fault.
 */
int spool_find(
    const struct spool *s, const char *name, struct buf *path, struct fault *f);

/*
 * Makes a file in tmp for an item, with its lock taken, so that nobody takes it
 * for left over.  Sets *path to where.  Returns its descriptor, or -1 and the
 * fault.
 */
int spool_temporary(
    struct spool *s, const char *name, struct buf *path, struct fault *f);

/*
 * Gives an open file the time of its item, whatever clock the file system has.
 * Returns 0, or -1 and the fault.
 */
int spool_set_time(int fd, const char *path, struct stamp at, struct fault *f);

/*
 * Opens a file whose lock nobody has, and takes that.  Returns 1 and *fd; 0
 * where it is not there, or another has it; -1 and the fault.
 */
int spool_open_free(const char *path, int *fd, struct fault *f);

#endif
