#ifndef INC_WITNESS_H
#define INC_WITNESS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "head.h"
#include "journalin.h"

/*
 * Heads of a log that were published where it can't be changed, and whether
 * the log still extends them: that each entry they tell of has the chain that
 * it had.  So a log that was made anew, chain and all, or cut at its end,
 * shows.  Where an entry `restored` says that the log was restored from a copy,
 * heads of entries from there on that were taken before are of what was lost:
 * that is told, not found wrong.  All zero has none.
 */
struct witness {
	/* For the caller to read. */
	size_t n;            /* heads */
	size_t next;         /* so many were held against the log so far */
	size_t lost;         /* of these, of entries that are lost */
	uint64_t restored;   /* the newest entry that says so; 0: none */
	struct buf restorer; /* by whom, when and why */

	/* Private. */
	struct witness_head *head; /* in the order of their entries */
	size_t cap;
	const char *file; /* where they are from */
	size_t stood;     /* the last one that stands, plus 1 */
	struct stamp restored_at;
};

/*
 * Reads the heads in a file (borrowed; "-": standard input) of at most
 * WITNESS_BYTES, in whatever order; other lines, as in a mailbox, are passed
 * over.  Returns 0, or -1 and the fault, also where there is none, or one that
 * is damaged.
 */
#define WITNESS_BYTES ((size_t)64 * 1024 * 1024)
int witness_read(struct witness *w, const char *file, struct fault *f);

/*
 * Holds the next entry, which is proved, against the heads of it.  Returns 0,
 * or -1 and what is wrong.
 */
int witness_entry(
    struct witness *w, const struct journal_entry *e, struct fault *f);

/* The newest head, or NULL. */
const struct head *witness_newest(const struct witness *w);

/*
 * After the last entry of the log, seq: 0, or -1 where there is a head of one
 * after it.
 */
int witness_end(struct witness *w, uint64_t seq, struct fault *f);

void witness_release(struct witness *w);

#endif
