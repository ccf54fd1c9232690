#ifndef INC_BACKLOG_H
#define INC_BACKLOG_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "letter.h"
#include "mem.h"
#include "slice.h"
#include "spool.h"
#include "stamp.h"

/*
 * How the queue stands: what waits, what was sent, what is wrong.  inc-send(1).
 */
#define BACKLOG_PAST_S 86400 /* how long what happened counts */
#define BACKLOG_STALL_S 300  /* something is sent within, where it is due */

/* How many messages. */
struct backlog_count {
	/* Now, by the medium that is on. */
	size_t waiting;        /* for an attempt */
	size_t sending;        /* a sender has them */
	size_t unacknowledged; /* handed over, the acknowledgement is awaited */
	size_t dead;
	/* How often within BACKLOG_PAST_S. */
	size_t handed_over, delivered, acknowledged, failed;
};

struct backlog {
	struct stamp now; /* set before the first */

	/* For the caller to read. */
	struct dict media;           /* as text, to places in count */
	struct backlog_count *count; /* media.n of them */
	struct backlog_count all;
	struct backlog_count drills; /* of exercises and tests, which count
					for none of the others */
	size_t unreadable;           /* they count as dead */

	size_t overdue; /* not yet handed over, and `due` has passed */
	struct {
		struct slice message, id, party; /* fields */
		struct stamp due;
	} oldest; /* of those */

	struct stamp waits_since; /* since when one can be tried, if any is */
	struct stamp worked;      /* when a sender last recorded something */

	/* Private. */
	size_t cap;
	bool waits;
	struct arena arena;
};

/*
 * Counts a message: at is the time that its file has, from when on it is to be
 * looked at.
 */
void backlog_add(struct backlog *b, enum spool_where where,
    const struct letter *l, struct stamp at);

/* Counts one that can't be read. */
void backlog_add_unreadable(struct backlog *b);

/*
 * Whether messages wait that could have been tried for BACKLOG_STALL_S, and in
 * that time nothing was recorded of any attempt: nobody seems to send.
 */
bool backlog_is_stalled(const struct backlog *b);

/* Whether nothing is dead or overdue, save drills, and nothing stalled. */
bool backlog_is_well(const struct backlog *b);

void backlog_release(struct backlog *b);

#endif
