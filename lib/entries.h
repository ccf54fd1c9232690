#ifndef INC_ENTRIES_H
#define INC_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "links.h"
#include "seal.h"
#include "slice.h"
#include "stamp.h"

/*
 * Entries that are to be added to a segment, as the lines that they become:
 * sealed and chained.  inc-log(5), CHAIN.
 */

/* What is said of an entry, beside its columns. */
struct entry_head {
	struct stamp at; /* the last entry's is taken where that is later */
	struct slice by, source, event, id, updated; /* as on disk */
};

/* What an entry says: value[i] of the column names->name[column[i]]. */
struct entry_values {
	uint64_t seq;
	struct entry_head head; /* without updated: that is at */
	const struct columns *names;
	const size_t *column;
	const struct slice *value; /* as on disk */
	const bool *personal;      /* by column: whether to be sealed */
	size_t n;                  /* of column and value */
};

struct entries {
	/* For the caller to read. */
	struct links lines;
	struct slice *field; /* before `nonces`, of the entry added last */

	/* Private. */
	size_t *place; /* by column of the caller's names: its place among
			  those of the segment */
	size_t nplace; /* of the names, so far */
	bool *seal;    /* scratch: by field, whether it is sealed */
	size_t room;   /* for so many of both */
	struct nonce_pool pool; /* for the nonces of those */
	struct buf nonces;      /* scratch */
	struct buf hashed;      /* scratch: what is hashed in their place */
	struct buf number;      /* scratch: seq as on disk */
	struct stamp_text time; /* scratch: at as on disk */
};

/*
 * Says that the names of entries to come, or the columns of the segment, are
 * others than before.  New names at the end need not be said.
 */
void entries_rename(struct entries *b);

/*
 * Adds the line of an entry to a segment of these columns, which last until
 * links_finish(), and in which it is the first or not.  chain is that of the
 * last entry before b->lines.  A value that looks like the mark of a redaction
 * is sealed in any case.  Returns 0, or -1 and the fault: the segment lacks a
 * column, or there is no nonce.
 */
int entries_add(struct entries *b, const struct columns *segment, bool first,
    const struct entry_values *e, const char *chain, struct fault *f);

/* Drops the lines. */
void entries_clear(struct entries *b);

void entries_release(struct entries *b);

#endif
