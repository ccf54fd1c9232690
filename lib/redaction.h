#ifndef INC_REDACTION_H
#define INC_REDACTION_H

#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "fault.h"
#include "holdings.h"
#include "logbook.h"
#include "redactions.h"
#include "slice.h"
#include "stamp.h"
#include "sweep.h"

/*
 * Values taken out of the log for good, of some incidents and columns, and the
 * entries that say so: inc-log(5), REDACTION.
 */
struct redaction {
	/* Set before. */
	struct logbook *book;     /* opened for adding, under the lock */
	const char *dir;          /* of its log */
	const struct slice *why;  /* by id, as on disk */
	struct holdings holdings; /* its ids and columns */

	/* For the caller to read. */
	struct swept swept;           /* out of which files */
	struct redactions redactions; /* of the whole log, by then */
	struct fault fault;
};

/*
 * Looks what there is to take out, in r->holdings, before anything is changed.
 * Returns 0, or -1 and r->fault.
 */
int redaction_look(struct redaction *r);

/*
 * Whether a column of an incident, by their places in the holdings, has a
 * value that was not sealed when it was logged, so that it can't be taken out
 * without breaking the chain.  Then r->fault says which.
 */
bool redaction_refuses(struct redaction *r, size_t id, size_t column);

/*
 * Takes out all but what redaction_refuses(): adds the entries at the time
 * clock, one for each incident that wants one, syncs them, and sweeps the
 * files.  What an earlier run has left is done as well.  The lock stays, and
 * logbook_abandon() is to give it back.  Returns 0, or -1 and r->fault: where
 * it says that entries were added, the same again does the rest.
 */
int redaction_make(struct redaction *r, struct stamp clock);

void redaction_release(struct redaction *r);

#endif
