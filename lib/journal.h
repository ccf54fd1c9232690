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
#include "seal.h"
#include "slice.h"
#include "stamp.h"
#include "stream.h"

/*
 * The log on disk: inc-log(5).  A directory of segments, each a stream named
 * by the number of its first entry, SEQ.tsv; entries are only ever added.
 * Each entry is chained to the one before it by SHA-256, with personal values
 * replaced by seals, so that a value can be taken out later and the rest is
 * still proved.  What the columns mean to an incident is not known here.
 *
 * A writer holds the lock from journal_lock() to journal_commit(): it reads
 * what others have added and adds its own entries.  They are on disk when
 * journal_commit() returns, and so is all that was read before; waiting for
 * that it lets others write (flight.h).  Readers take no lock and never see
 * half an entry; but the last batches may still be taken back.  How far the
 * log stays, head.h tells.
 */

/* One entry as read; all valid until the next call. */
struct journal_entry {
	uint64_t seq;
	struct slice at, by, source, event, id, updated; /* as on disk */
	struct slice nonces, chain;
	const struct columns *columns; /* of the segment */
	const struct slice *field;     /* columns->n of them */
	struct slice text;             /* those before nonces, as they stand */
	bool exact; /* no return or byte order mark was passed over in its
		       line, or in the header before the first */
	struct stamp written; /* at */
	struct place where;
	uint64_t segment;     /* the number of its first entry */
	struct extent extent; /* where its line stands in that */
};

struct journal {
	/* For the caller to read. */
	uint64_t seq;    /* of the last entry read or added; 0: none */
	struct stamp at; /* its time */
	char chain[SEAL_DIGITS + 1]; /* its chain; 64 zeros before the first */
	struct columns columns;      /* of the newest segment, all of them */
	size_t segments;             /* read or made so far */
	struct fault fault;
	struct buf notice; /* what a repair did, for the caller to say */
	bool busy;         /* the fault is that others hold the lock */

	/* For the caller to set after opening. */
	int64_t wait_s; /* how long to wait for the lock */

	/* Private. */
	char *dir;
	char *path;              /* of the segment under way */
	struct stream_reader in; /* reads it */
	bool open;               /* whether a segment is under way */
	uint64_t first;          /* the number that its name says */
	bool fresh;              /* it has no entry yet */
	bool exact;              /* its header stands as it was written */
	bool passed;             /* it was read to its end after a later one
				    had begun */
	bool newest;             /* under the lock: none comes after it, */
	bool ended;              /* and nothing is left to read in it */
	struct buf name;         /* of the segment after it */
	struct flight flight;    /* of a writer: its locks, and what it wrote */
	struct entries batch;    /* not yet written */
	struct extent extent;    /* of the entry added last */
};

/*
 * Takes the fields of a segment's row as an entry, but for its exactness, its
 * segment and its extent.  Returns 0, or -1 and the fault.
 */
int journal_entry_of(struct journal_entry *e, const struct columns *columns,
    const struct slice *field, struct place where, struct fault *f);

/*
 * Makes an empty log: the directory, for its owner alone, and the lock in it;
 * one that is there is left as it is.  Returns 0, or -1 and the fault.
 */
int journal_create(const char *dir, struct fault *f);

/*
 * Opens a log for reading and, with writer, for adding.  Returns 0, or -1 and
 * j->fault.
 */
int journal_open(struct journal *j, const char *dir, bool writer);

/* Opens a copy for adding, after copy_begin_restore(), or a log.  The same. */
int journal_restore(struct journal *j, const char *dir);

/*
 * The next entry: 1 and *e; 0 at the end, after which others may have added
 * more; -1 and j->fault where the log is damaged or its entry is not the one
 * that follows by number.  The chain is taken as it stands: proof_entry()
 * proves it.
 */
int journal_next(struct journal *j, struct journal_entry *e);

/* Reads again from the first entry. */
int journal_rewind(struct journal *j);

/*
 * Goes to entry seq (from 1) without reading the segments before its own: it
 * is what journal_next() returns next, once it is there.  Returns 0, or -1 and
 * j->fault where no segment can hold it.
 */
int journal_seek(struct journal *j, uint64_t seq);

/*
 * Goes to the newest segment: journal_next() returns its first entry next,
 * whose number is *first.  j->seq, j->at and j->chain are those of the entry
 * before it.  Returns 1; 0 where the log has no segment; -1 and j->fault.
 */
int journal_newest(struct journal *j, uint64_t *first);

/*
 * Sets the fault that a segment does not begin with the entry that was
 * expected.  Returns -1.
 */
int journal_gap(
    const char *path, uint64_t first, uint64_t expected, struct fault *f);

/*
 * For a reader that goes on after others may have written: drops what was read
 * ahead and makes sure that the last entry read is still there.  Returns 0, or
 * -1 and j->fault.
 */
int journal_refresh(struct journal *j);

/*
 * Takes the lock and, where the last writer died in the middle of an entry,
 * moves the torn tail to SEGMENT.torn; what could not be synced is taken back;
 * either is said in j->notice.  Then read to the end with journal_next().
 * Returns 0, or -1 and j->fault, also where the last entry read is no longer
 * there: its writer could not sync it; or where others held the lock for
 * j->wait_s, and j->busy then.
 */
int journal_lock(struct journal *j);

/*
 * Makes sure that the newest segment has these columns (names that have no
 * tab and no line end) and begins a new one where it has not.  Under the lock,
 * read to the end, with an empty batch. Returns 0, or -1 and j->fault.
 */
int journal_columns(struct journal *j, const struct slice *name, size_t n);

/*
 * Adds an entry to the batch: value[i] (as on disk) of the column called
 * names->name[column[i]], which the newest segment must have.  The names are
 * the same since journal_columns(), but for new ones at the end.  personal, by
 * column as well, says which values are sealed; one that looks like the mark
 * of a redaction is sealed in any case.  Its number is j->seq afterwards.
 * Returns 0, or -1 and j->fault.
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
 * j->fault: nothing of the batch is in the log, or the fault says that it could
 * not be made so; the journal can only be released then.
 */
int journal_sync(struct journal *j);
int journal_commit(struct journal *j);

/* Gives back the lock without the batch. */
void journal_unlock(struct journal *j);

void journal_release(struct journal *j);

#endif
