#ifndef INC_RECALL_H
#define INC_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "contents.h"
#include "extents.h"
#include "fault.h"
#include "journalin.h"
#include "mem.h"
#include "slice.h"

/*
 * The entries of some incidents, without reading those of all others.
 *
 *	recall_open(&r, dir, end);	what is before entry end
 *	recall_note(&r, &e);		each entry from end on, as it is read
 *	recall_want(&r, id, 0);		of these incidents
 *	while (recall_next(&r, &e) > 0) ...
 */
struct recall {
	/* For the caller to read. */
	struct contents *segment; /* n of them, in order; the last is the
				     newest */
	size_t n;
	uint64_t lookups; /* of an incident in a segment, so far */
	struct fault fault;

	/* Private. */
	char *dir;
	size_t cap;
	struct recall_wanted *wanted; /* nwanted incidents */
	size_t nwanted, wanted_cap;
	struct arena keys;          /* of those */
	bool reading;               /* their entries: then */
	size_t under_way;           /* is a segment, in which */
	bool again;                 /* (found anew in it) */
	struct recall_found *found; /* nfound of them stand */
	size_t nfound, found_cap;
	size_t next;             /* of these: the one to be read next */
	uint64_t last;           /* the number of the one read last */
	int fd;                  /* of the segment under way, or -1 */
	uint64_t bytes;          /* that it had when it was opened */
	struct extent_list list; /* scratch */
	struct buf line;         /* scratch: an entry, after a line end */
	struct buf key;          /* scratch: what is wanted */
	struct slice *field;     /* scratch: of an entry */
};

/*
 * Learns what is in the segments that begin before entry end.  Returns 0, or -1
 * and r->fault.
 */
int recall_open(struct recall *r, const char *dir, uint64_t end);

/*
 * Takes note of the next entry, as the journal has read or added it.  One that
 * was added and is not yet written is passed over by recall_next().
 */
void recall_note(struct recall *r, const struct journal_entry *e);

/*
 * Learns again what is in those segments without an index that were written
 * anew since.  Under the log's lock, before anything is added: what is not yet
 * written can't be learnt again.  Returns 0, or -1 and r->fault.
 */
int recall_refresh(struct recall *r);

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
 * Writes the indexes that are missing of the first n segments, which are full,
 * as recall_refresh() would learn them.  Under the log's lock.  Returns 0, or
 * -1 and r->fault; nothing is lost then.
 */
int recall_file(struct recall *r, size_t n);

void recall_release(struct recall *r);

#endif
