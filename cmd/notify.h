#ifndef INC_NOTIFY_H
#define INC_NOTIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "filter.h"
#include "messenger.h"
#include "pack.h"
#include "waking.h"

/*
 * inc-notify at work: what its parts share.
 */
struct notify {
	struct notify *chief; /* the program's own; it may be this one */
	struct filter *filter;
	struct pack *pack;
	struct messenger messenger;
	size_t reason;  /* --reason, else COLUMNS_NONE */
	struct buf who; /* the record under way, for messages */
	struct fault fault;
	struct dict said; /* of the chief: what was said once */

	/* Those that wake: notify_wakings.c. */
	unsigned long long most; /* --most-wakings; 0: any number */
	struct wakings wakings;
	struct columns summary; /* what the wording `summary` may say */
	size_t count, ids;      /* its columns beside the record's */
	bool keeps;             /* the rows under way wait, */
	struct buf *keep;       /* and here, in their turn: the chief's */
	bool grouped;           /* they may be dropped with their group, */
	size_t group;           /* this one of the station */

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

/* Gets ready for summaries.  Returns 0, or -1 and n->fault. */
int wakings_start(struct notify *n);

/*
 * Counts a message to a recipient, where it wakes somebody of the directory
 * and may come to be one of too many: what messenger.wants is.  n->keeps says
 * whether its rows wait then: wakings_keep(), until wakings_done().
 */
enum messenger_want wakings_pass(void *notify, const struct recipient *to,
    const struct occasion *at, const struct stamp *due);
void wakings_keep(struct notify *n, const struct message *m);
void wakings_done(void *notify);

/* Writes what waits: messages, or the summaries that stand for them. */
void wakings_write(struct notify *n);

/* Writes in prose what is told of the record under way, and why. */
void explain_record(struct notify *n);

/* Writes in prose which summaries there would be. */
void explain_wakings(struct notify *n);

#endif
