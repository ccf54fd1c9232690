#ifndef INC_NOTIFY_H
#define INC_NOTIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "codes.h"
#include "filter.h"
#include "message.h"
#include "occasion.h"
#include "pack.h"
#include "reach.h"
#include "recipient.h"
#include "route.h"
#include "waking.h"
#include "when.h"
#include "wording.h"

/*
 * inc-notify at work: what its parts share.
 */
struct notify {
	struct filter filter;
	struct pack pack;
	struct codes codes;
	struct recipients recipients;
	struct routes routes;
	struct occasions occasions;
	struct when_state state;
	struct wording_text text;
	struct dict said;  /* gaps in wordings that were reported */
	size_t reason;     /* --reason, else COLUMNS_NONE */
	struct buf who;    /* the record under way, for messages */
	struct buf status; /* its status as text */
	struct fault fault;
	struct message message; /* the row under way */

	/* Those that wake: notify_wakings.c. */
	unsigned long long most; /* --most-wakings; 0: any number */
	struct wakings wakings;
	struct columns summary; /* what the wording `summary` may say */
	size_t count, ids;      /* its columns beside the record's */

	/* Those that wait. */
	size_t held;
	struct stamp until; /* when the first of them is written */

	/* The prose of --explain: notify_explain.c. */
	bool explain;
	struct buf prose;
};

/* Whether a reason counts in this run, by --reason. */
static inline bool
notify_counts(const struct notify *n, size_t reason)
{
	return n->reason == COLUMNS_NONE || n->reason == reason;
}

/* The wording for one address, rendered into n->text from a record's fields. */
void notify_words(
    struct notify *n, const struct reach_medium *m, const struct slice *field);

/*
 * Writes the rows of the message in n->message: one for each address that is
 * to be tried.  keep, unless NULL, takes their lines instead.
 */
void notify_tries(struct notify *n, size_t wording, const struct reach *by,
    const struct slice *field, struct buf *keep);

/* Gets ready for summaries.  Returns 0, or -1 and n->fault. */
int wakings_start(struct notify *n);

/*
 * Counts a message to a recipient, where it wakes somebody of the directory
 * and may come to be one of too many.  Returns whether the message goes out at
 * once; else *keep is where its lines wait, or NULL where they are not needed
 * any more.
 */
bool wakings_pass(struct notify *n, const struct recipient *to,
    const struct occasion *at, const struct stamp *due, struct buf **keep);

/* Writes what waits: messages, or the summaries that stand for them. */
void wakings_write(struct notify *n);

/* Writes in prose what is told of the record under way, and why. */
void explain_record(struct notify *n);

/* Writes in prose which summaries there would be. */
void explain_wakings(struct notify *n);

#endif
