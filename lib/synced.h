#ifndef INC_SYNCED_H
#define INC_SYNCED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "fault.h"
#include "seal.h"

/*
 * How much of the newest segment of a log is on disk: the file `synced`,
 * inc-log(5).  Whoever syncs a segment holds the lock of this file and notes
 * here how far that went, so that all who waited for the lock meanwhile share
 * the sync.  It is notes between programs that run, and is not itself synced:
 * what it says of another file than the segment at hand, of more bytes than
 * that has, or in another form, counts as nothing.
 */
struct synced {
	/* For the caller to read: as it was last read or noted. */
	uint64_t file; /* the segment, by its inode; 0: nothing is known */
	off_t bytes;   /* of it that are on disk */
	off_t spoiled; /* 0, or where an entry ends that could not be synced:
			  it and all after bytes are to be taken back */
	char chain[SEAL_DIGITS + 1]; /* of that entry, to know it by */

	/* Private. */
	off_t end;       /* of the last batch, as it was last read */
	const char *dir; /* of the log: borrowed */
	char *path;
	int fd; /* -1: there is none */
};

/*
 * Opens the file of a log; a writer makes it where it is missing,
 * for a reader nothing is known then.  Returns 0, or -1 and the fault.
 */
int synced_open(
    struct synced *s, const char *dir, bool writer, struct fault *f);

/*
 * Takes the lock and reads the file.  Returns 1; 0 and a fault that says so
 * where others held it for wait_s seconds (INT64_MAX: waits however long); or
 * -1 and the fault.
 */
int synced_lock(struct synced *s, int64_t wait_s, struct fault *f);
void synced_unlock(struct synced *s);

/*
 * Reads the file.  Without the lock what it says may be anything that it said
 * lately, or a mixture.
 */
void synced_read(struct synced *s);

/* Whether the first n bytes of a segment are known to be on disk. */
bool synced_covers(const struct synced *s, const struct stat *segment, off_t n);

/*
 * Whether entries of an open segment are to be taken back.  The one that could
 * not be synced must still stand there, so that no note of old, come back with
 * a backup or after a power cut, takes back entries that were added since.
 */
bool synced_is_spoiled(
    const struct synced *s, int fd, const struct stat *segment);

/*
 * Notes, under the lock, that so many bytes of a segment are on disk and none
 * after them is to be taken back.  Returns 0, or -1 and the fault.
 */
int synced_note(
    struct synced *s, const struct stat *segment, off_t bytes, struct fault *f);

/*
 * Notes, under the lock, that the entry with this chain that ends at an offset
 * could not be synced.  Whether that could be noted does not matter to who
 * sees to it at once.
 */
void synced_spoil(struct synced *s, off_t end, const char *chain);

/*
 * Leaves word, under the log's own lock, how many bytes the segment has with
 * the last batch: what is there after them may be half a batch.  0, or -1 and
 * the fault.
 */
int synced_write_end(struct synced *s, off_t end, struct fault *f);

/*
 * Where the last batch ended that was written whole when the file was read,
 * before a sync; least where that is not between least and most.
 */
off_t synced_end(const struct synced *s, off_t least, off_t most);

void synced_release(struct synced *s);

#endif
