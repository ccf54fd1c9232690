#ifndef INC_MESSENGER_H
#define INC_MESSENGER_H

#include <stdbool.h>
#include <stddef.h>

#include "codes.h"
#include "columns.h"
#include "dict.h"
#include "fault.h"
#include "message.h"
#include "occasion.h"
#include "pack.h"
#include "reach.h"
#include "recipient.h"
#include "route.h"
#include "slice.h"
#include "stamp.h"
#include "when.h"
#include "wording.h"
#include "zone.h"

/* What messenger.wants returns. */
enum messenger_want {
	MESSENGER_NO,
	MESSENGER_YES,
	MESSENGER_MAYBE, /* rows and reports may be dropped later: what is
			    reported once may have to be so again */
};

/*
 * The messages that a record gives rise to.  For each reason the first route
 * that holds is taken.  Its occasion says how often the fact was told before
 * and at what instant the roster is read; the recipients are found; for each
 * of them and each address that is to be tried, in this order, there is one
 * row.  Nothing is remembered: inc-notify(1).
 */
struct messenger {
	/* For the caller to set before the first record. */
	struct when_state when; /* its now; unreadable counts */
	/*
	 * A message to a recipient is at hand; due is NULL where that is not
	 * said.  Returns whether its rows are wanted.  NULL: they are.
	 */
	enum messenger_want (*wants)(void *ctx, const struct recipient *to,
	    const struct occasion *at, const struct stamp *due);
	/* All rows of a message that was not unwanted are written; or NULL. */
	void (*done)(void *ctx);
	void (*write)(void *ctx, const struct message *m); /* a row */
	/* A message waits for an hour; or NULL. */
	void (*hold)(void *ctx, struct stamp until);
	/* What went wrong; it and the next get faults without a place. */
	void (*report)(void *ctx, const struct fault *f);
	/* Shortened words; or NULL. */
	void (*remark)(void *ctx, const struct fault *f);
	void *ctx;

	/* For the caller to read. */
	struct routes routes;
	struct occasions occasions;
	struct recipients recipients;
	struct codes codes;
	struct wording_text text; /* the words rendered last */
	struct buf once; /* under this key, or recipients.once, is reported
			    once what is just reported; empty: each time */

	/*
	 * For the caller to set where it makes a message of its own, and what
	 * it makes of it.
	 */
	struct buf status;      /* of the record under way, as text */
	struct message message; /* the row under way */

	/* Private. */
	const struct zone *zone;
	struct dict said; /* keys of what was reported once */
	bool maybe;       /* the message under way is wanted maybe */
	struct fault fault;
};

/*
 * Loads all tables that messages come from; the outputs of the tree count as
 * known.  p must outlive m.  Returns 0, or -1 and the fault.
 */
int messenger_load(struct messenger *m, struct pack *p, struct fault *f);

/*
 * Says where the columns of the records are; known is as in when_bind().
 * Returns 0, or -1 and the fault.
 */
int messenger_bind(struct messenger *m, const struct columns *columns,
    const struct columns *known, struct fault *f);

/*
 * Calls write for each message of a record for a reason, a place in
 * routes.reasons, or for every reason with COLUMNS_NONE.  row, the record's
 * line, stands in for its id where it has none, which is reported.
 */
void messenger_record(struct messenger *m, const struct slice *field,
    struct slice row, size_t reason);

/*
 * The words for an address, of a record with this status, into m->text: what
 * messenger_record() does for each row.
 */
void messenger_words(struct messenger *m, const struct reach_medium *by,
    const struct slice *field);

/*
 * Calls write for the rows of the message in m->message, one for each address
 * that is to be tried, its words made of field.
 */
void messenger_rows(struct messenger *m, size_t wording, const struct reach *by,
    const struct slice *field);

/* Makes ready for a record: m->status. */
void messenger_start(struct messenger *m, const struct slice *field);

void messenger_release(struct messenger *m);

#endif
