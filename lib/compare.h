#ifndef INC_COMPARE_H
#define INC_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "changes.h"
#include "content.h"
#include "fault.h"
#include "ledger.h"
#include "row.h"
#include "slice.h"
#include "stamp.h"

/*
 * What a row says that the log has not: inc-log(5), WRITE-BACK.
 *
 * A row read from the log is compared with the record as it stood then; a
 * source's row with what that source had said before, an empty field clearing
 * it, save those that latch.  What rules decided on the way of a source's row
 * does not count where a person has decided in the log: a priority of the
 * rules is then what they suggest, and a level of theirs is passed over.  What
 * a person decided on its way is said anew, though the source had it before.
 */
struct comparison {
	struct ledger *ledger;
	const struct row *row;
	bool on_disk;           /* so the log says itself what has vanished */
	size_t place;           /* of the row's incident in the ledger */
	struct changes changes; /* that the row makes; borrowed values */
	bool latches;           /* one is in a column that latches, which is no
				   part of the content */
	uint64_t dropped;       /* values that were redacted, in all */

	/* Private. */
	unsigned char *kind; /* of the row's columns: bits, see compare.c */
	unsigned decided;    /* those that a person decides in the row, anew */
	size_t priority, priority_by, level_by; /* of them, or COLUMNS_NONE */
	bool keeps_priority, keeps_level;       /* a person's in the log */
	struct slice suggested;                 /* then, by the rules */
};

/* Makes ready for rows with the columns of row; again where it has others. */
void compare_bind(struct comparison *c);

/* Begins with the row under way, of an incident that there is or of none. */
void compare_begin(struct comparison *c, size_t place);

/* A new incident's first row: all that it says. */
void compare_first(struct comparison *c);

/*
 * A row read from this log at rev.  Returns 1, or 0 and the fault where a
 * column that it changes was changed since.
 */
int compare_record(struct comparison *c, uint64_t rev, struct fault *f);

/*
 * A source's row, against its last or, where it is older than that (late),
 * against what the source had said by then.
 */
void compare_feed(struct comparison *c, bool late, struct stamp updated);

/* The content that a source's row has with the changes. */
struct content compare_content(const struct comparison *c);

/*
 * Takes note, for the next row, that a source's row was logged; filled says
 * that the log has filled in `received`.
 */
void compare_note(struct comparison *c, struct stamp updated, bool filled);

void compare_release(struct comparison *c);

#endif
