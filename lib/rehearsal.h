#ifndef INC_REHEARSAL_H
#define INC_REHEARSAL_H

#include <stdbool.h>
#include <stddef.h>

#include "boundary.h"
#include "buf.h"
#include "columns.h"
#include "decision.h"
#include "fault.h"
#include "form.h"
#include "judge.h"
#include "mem.h"
#include "message.h"
#include "messenger.h"
#include "pack.h"
#include "slice.h"
#include "stamp.h"

/*
 * What would come of a record: the way of inc-triage, inc-escalate, inc-log
 * append (which marks what is incomplete) and inc-notify, at one instant and
 * without a log.  Where a pack has no table triage, escalation, fields or
 * routes, that part of the way is left out.
 */
struct rehearsal {
	/*
	 * For the caller to set: hear what the programs would have said.  Not
	 * that a priority has no target: such a record is meant so.
	 */
	void (*report)(void *ctx, const struct fault *f); /* went wrong */
	void (*remark)(void *ctx, const struct fault *f); /* good to know */
	void *ctx;

	/* For the caller to read: the parts of the way that there are. */
	bool decides, judges, marks, tells;
	struct decision decision;
	struct boundaries boundaries;
	struct messenger messenger;

	/* What came of the last record, valid until the next. */
	struct columns columns; /* of the record: those that came in first */
	struct slice *field;    /* form on disk */
	const struct boundary *crossed; /* the boundary that moved the level
					   last, or NULL */
	struct rehearsal_message *message;
	size_t n;

	/* Private. */
	struct form form;
	struct judge judge;
	size_t in;                     /* columns that come in */
	size_t boundary_at, marked_at; /* columns */
	struct buf marked;
	struct fault fault;
	size_t cap; /* of message */
	struct arena arena;
};

/* A row of inc-notify, in text. */
struct rehearsal_message {
	struct slice text[MESSAGE_COLUMNS];
};

/*
 * Loads the tables, and learns the outputs of the tree; p must outlive r,
 * which must be all zero but for report, remark and ctx.  Returns 0, or -1 and
 * the fault.
 */
int rehearsal_load(struct rehearsal *r, struct pack *p, struct fault *f);

/*
 * Says which columns the records that come in have; id and received are among
 * them.  Once.  Returns 0, or -1 and the fault.
 */
int rehearsal_bind(struct rehearsal *r, const struct columns *in,
    const struct columns *known, struct fault *f);

/* Goes the way for a record, its fields in form on disk, at an instant. */
void rehearsal_record(
    struct rehearsal *r, const struct slice *in, struct stamp now);

void rehearsal_release(struct rehearsal *r);

#endif
