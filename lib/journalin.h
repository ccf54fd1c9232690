#ifndef INC_JOURNALIN_H
#define INC_JOURNALIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "extents.h"
#include "fault.h"
#include "seal.h"
#include "slice.h"
#include "stamp.h"
#include "stream.h"

/*
 * The log on disk, read: inc-log(5).  A directory of segments, each a stream
 * named by the number of its first entry, SEQ.tsv; entries are only ever added.
 * What the columns mean to an incident is not known here.
 *
 * Readers take no lock and never see half an entry; but the last batches may
 * still be taken back.  How far the log stays, head.h tells.
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

struct journal_reader {
	/* For the caller to read. */
	uint64_t seq;                /* of the last entry read; 0: none */
	struct stamp at;             /* its time */
	char chain[SEAL_DIGITS + 1]; /* its chain; 64 zeros before the first */
	struct columns columns;      /* of the newest segment, all of them */
	size_t segments;             /* read so far */
	struct fault fault;
	char *dir;

	/* Private to this and to who adds, journal.h. */
	char *path;                /* of the segment under way */
	struct stream_reader rows; /* reads it */
	bool open;                 /* whether a segment is under way */
	uint64_t first;            /* the number that its name says */
	bool fresh;                /* it has no entry yet */
	bool exact;                /* its header stands as it was written */
	bool passed;     /* it was read to its end after a later one had begun
			  */
	bool newest;     /* under the lock: none comes after it, */
	bool ended;      /* and nothing is left to read in it */
	struct buf name; /* of the segment after it */
};

/*
 * Takes the fields of a segment's row as an entry, but for its exactness, its
 * segment and its extent.  Returns 0, or -1 and the fault.
 */
int journal_entry_of(struct journal_entry *e, const struct columns *columns,
    const struct slice *field, struct place where, struct fault *f);

/* Opens a log, or a copy of one.  Returns 0, or -1 and r->fault. */
int journal_reader_open(struct journal_reader *r, const char *dir);

/*
 * The next entry: 1 and *e; 0 at the end, after which others may have added
 * more; -1 and r->fault where the log is damaged or its entry is not the one
 * that follows by number.  The chain is taken as it stands: proof_entry()
 * proves it.
 */
int journal_reader_next(struct journal_reader *r, struct journal_entry *e);

/* Reads again from the first entry. */
int journal_reader_rewind(struct journal_reader *r);

/*
 * Goes to entry seq (from 1) without reading the segments before its own: it
 * is what journal_reader_next() returns next, once it is there.  Returns 0, or
 * -1 and r->fault where no segment can hold it.
 */
int journal_reader_seek(struct journal_reader *r, uint64_t seq);

/*
 * Goes to the newest segment: journal_reader_next() returns its first entry
 * next, whose number is *first.  r->seq, r->at and r->chain are those of the
 * entry before it.  Returns 1; 0 where the log has no segment; -1 and r->fault.
 */
int journal_reader_newest(struct journal_reader *r, uint64_t *first);

/*
 * Sets the fault that a segment does not begin with the entry that was
 * expected.  Returns -1.
 */
int journal_gap(
    const char *path, uint64_t first, uint64_t expected, struct fault *f);

/*
 * For a reader that goes on after others may have written: drops what was read
 * ahead and makes sure that the last entry read is still there.  Returns 0, or
 * -1 and r->fault.
 */
int journal_reader_refresh(struct journal_reader *r);

/* ---- for who adds ---- */

/* Goes to the segment that r->name names.  Returns 0, or -1 and r->fault. */
int journal_reader_go(struct journal_reader *r);

/*
 * What was read without the lock may not hold: an entry that could not be
 * synced was taken back, a segment without an entry was replaced, or a value
 * was taken out.  What is added must not be chained to it.  Reads such a
 * segment again, up to the entry that was the last.  Returns 0, or -1 and
 * r->fault: that is no longer there.
 */
int journal_reader_check(struct journal_reader *r);

void journal_reader_release(struct journal_reader *r);

#endif
