#ifndef INC_RECALL_H
#define INC_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "buf.h"
#include "columns.h"
#include "extents.h"
#include "fault.h"
#include "index.h"
#include "journal.h"
#include "slice.h"

/*
 * The entries of some incidents, without reading those of all others.  Where
 * they stand, the index of a segment says; of one that has none, and of the
 * newest, it is learnt from the entries themselves.  An index that doesn't fit
 * its segment, which may have been written anew, is made again.
 *
 *	recall_open(&r, dir, first);	what is before entry first
 *	recall_note(&r, &e);		each entry from first on, as it is read
 *	recall_want(&r, id, 0);		of these incidents
 *	while (recall_next(&r, &e) > 0) ...
 */

/* What is known of a segment. */
struct recall_segment {
	/* For the caller to read. */
	uint64_t first;         /* the number of its first entry */
	uint64_t last;          /* of its last that is known; 0: none */
	uint64_t bytes;         /* up to the end of that */
	struct columns columns; /* of its header */
	struct buf uses;        /* who has said something in each of them: one
				   of RECALL_USES */

	/* Private. */
	char *path;
	dev_t device;
	ino_t inode;                 /* of the file that was read */
	char chain[SEAL_DIGITS + 1]; /* of its last entry */
	struct extents extents;      /* where it has no index */
	struct index index;
	bool indexed;    /* it has one, of all its entries */
	bool begun;      /* its first entry was read: then */
	bool checkpoint; /* whether that is one, */
	struct buf open; /* and of which incidents, as on disk */
};

/* Nobody, incidents, messages, both. */
#define RECALL_USES "-imb"

struct recall {
	/* For the caller to read. */
	struct recall_segment *segment; /* n of them, in order */
	size_t n;
	uint64_t lookups; /* of an incident in a segment, so far */
	struct fault fault;

	/* Private. */
	char *dir;
	size_t cap;
	struct recall_wanted *wanted; /* nwanted incidents */
	size_t nwanted, wanted_cap;
	struct arena ids;           /* of those */
	bool reading;               /* their entries: then */
	bool again;                 /* found anew in the segment */
	size_t under_way;           /* in which */
	struct recall_found *found; /* nfound of them stand */
	size_t nfound, found_cap;
	size_t next;             /* of these: the one to be read next */
	uint64_t last;           /* the number of the one read last */
	int fd;                  /* of the segment under way, or -1 */
	struct extent_list list; /* scratch */
	struct buf line;         /* scratch: an entry, after a line end */
	struct buf key;          /* scratch: of receipts */
	struct slice *field;     /* scratch: of it */
};

/*
 * Learns what is in the segments that begin before entry end.  Returns 0, or -1
 * and r->fault.
 */
int recall_open(struct recall *r, const char *dir, uint64_t end);

/* Takes note of the next entry, as the journal has read or added it. */
void recall_note(struct recall *r, const struct journal_entry *e);

/*
 * Wants the entries of an incident too, of which there is none before entry
 * from; or, once recall_next() was called for those wanted before, instead of
 * them.
 */
void recall_want(struct recall *r, struct slice id, uint64_t from);

/* The same for the receipts of a message, of whatever incident. */
void recall_want_receipts(struct recall *r, struct slice message);

/*
 * The next entry that is wanted, in the order of their numbers: 1 and *e, valid
 * until the next call; 0 after the last; -1 and r->fault.
 */
int recall_next(struct recall *r, struct journal_entry *e);

/*
 * Tells of each id that starts with lead and has an entry in the i-th segment
 * or a later one, segment by segment.  Where that begins with the first entry
 * of the incident it is said from which entry on, else from is 0.  Returns 0,
 * or -1 and r->fault.
 */
int recall_ids(struct recall *r, size_t i, struct slice lead,
    void (*see)(void *context, struct slice id, uint64_t from), void *context);

/*
 * Finds the newest segment that begins with a checkpoint: *i is its place, or
 * r->n where none does, and *open the incidents that were open then, as on
 * disk.  Returns 0, or -1 and r->fault.
 */
int recall_checkpoint(struct recall *r, size_t *i, struct slice *open);

/*
 * Writes the indexes that are missing of the first n segments, which are full.
 * Under the log's lock.  Returns 0, or -1 and r->fault; nothing is lost then.
 */
int recall_file(struct recall *r, size_t n);

void recall_release(struct recall *r);

#endif
