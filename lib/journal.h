#ifndef INC_JOURNAL_H
#define INC_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "entries.h"
#include "extents.h"
#include "fault.h"
#include "flight.h"
#include "journalin.h"
#include "slice.h"

/*
 * The log on disk, added to: inc-log(5).  Each entry is chained to the one
 * before it by SHA-256, with personal values replaced by seals, so that a value
 * can be taken out later and the rest is still proved.
 *
 * A writer holds the lock from journal_lock() to journal_commit(): it reads
 * what others have added (journal_reader_next()) and adds its own entries. They
 * are on disk when journal_commit() returns, and so is all that was read
 * before; waiting for that it lets others write (flight.h).
 */

struct journal {
	/* For the caller to read. */
	struct journal_reader in; /* what was read; of what was added since, it
				     has the number, the time and the columns */
	struct buf notice;        /* what a repair did, for the caller to say */
	bool busy;                /* in.fault is that others hold the lock */

	/* For the caller to set after opening. */
	int64_t wait_s; /* how long to wait for the lock */

	/* Private. */
	struct flight flight; /* its locks, and what it wrote */
	struct entries batch; /* not yet written */
	struct extent extent; /* of the entry added last */
};

/*
 * Makes an empty log: the directory, for its owner alone, and the lock in it;
 * one that is there is left as it is.  Returns 0, or -1 and the fault.
 */
int journal_create(const char *dir, struct fault *f);

/*
 * Opens a log, with writer for adding; without, it is only read.  Returns 0, or
 * -1 and j->in.fault.
 */
int journal_open(struct journal *j, const char *dir, bool writer);

/* Opens a copy for adding, after copy_begin_restore(), or a log.  The same. */
int journal_restore(struct journal *j, const char *dir);

/*
 * Takes the lock and, where the last writer died in the middle of an entry,
 * moves the torn tail to SEGMENT.torn; what could not be synced is taken back;
 * either is said in j->notice.  Then read to the end with
 * journal_reader_next(). Returns 0, or -1 and j->in.fault, also where the last
 * entry read is no longer there: its writer could not sync it; or where others
 * held the lock for j->wait_s, and j->busy then.
 */
int journal_lock(struct journal *j);

/*
 * Makes sure that the newest segment has these columns (names that have no
 * tab and no line end) and begins a new one where it has not.  Under the lock,
 * read to the end, with an empty batch. Returns 0, or -1 and j->in.fault.
 */
int journal_columns(struct journal *j, const struct slice *name, size_t n);

/*
 * Adds an entry to the batch: value[i] (as on disk) of the column called
 * names->name[column[i]], which the newest segment must have.  The names are
 * the same since journal_columns(), but for new ones at the end.  personal, by
 * column as well, says which values are sealed; one that looks like the mark
 * of a redaction is sealed in any case.  Its number is j->in.seq afterwards.
 * Returns 0, or -1 and j->in.fault.
 */
int journal_add(struct journal *j, const struct entry_head *head,
    const struct columns *names, const size_t *column,
    const struct slice *value, const bool *personal, size_t n);

/*
 * The entry that was added last, as if it had been read, but without its chain,
 * which is made later.  Valid until the next call.
 */
void journal_added(const struct journal *j, struct journal_entry *e);

/*
 * Begins a new segment, with these columns too, though the newest one may have
 * them all.  As journal_columns(), and the same holds for it.
 */
int journal_begin(struct journal *j, const struct slice *name, size_t n);

/*
 * Writes the batch and waits until it and all that was read are on disk: sync
 * keeps the lock, commit gives it back after writing.  Returns 0; or -1 and
 * j->in.fault: nothing of the batch is in the log, or the fault says that it
 * could not be made so; the journal can only be released then.
 */
int journal_sync(struct journal *j);
int journal_commit(struct journal *j);

/* Gives back the lock without the batch. */
void journal_unlock(struct journal *j);

void journal_release(struct journal *j);

#endif
