#ifndef INC_HOLDINGS_H
#define INC_HOLDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "redactions.h"
#include "slice.h"

/*
 * Which values the log has of some incidents in some columns, entry by entry:
 * what would be taken out, and whether it can be.
 */

/* The values of one column of one incident. */
struct holding {
	uint64_t values; /* in so many entries */
	uint64_t plain;  /* of them were not sealed when they were logged */
	uint64_t first;  /* entry that has a plain one */
	uint64_t last;   /* entry that has a value, or the mark of one */
};

struct holdings {
	/* Set before: on disk. */
	struct columns ids, columns;

	/* For the caller to read. */
	struct redactions redactions; /* of the whole log */
	uint64_t torn;                /* lines of theirs in .torn files */

	/* Private. */
	struct holding *item; /* by id, then column */
	uint64_t *torn_last;  /* by id: the last number that such a line has */
	size_t *place;        /* by column: its place in the segment */
	struct buf file;      /* that these places are of */
};

/* Reads the log in a directory.  Returns 0, or -1 and the fault. */
int holdings_read(struct holdings *h, const char *dir, struct fault *f);

/* What there is of an id in a column, by their places in the sets. */
const struct holding *holdings_of(
    const struct holdings *h, size_t id, size_t column);

/*
 * Whether a `redacted` entry is wanted, so that no value is left and none
 * comes again: there is a value, a mark or a torn line that none of the
 * entries stands for yet.
 */
bool holdings_want(struct holdings *h, size_t id, size_t column);

void holdings_release(struct holdings *h);

#endif
