#ifndef INC_WAKING_H
#define INC_WAKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "dict.h"
#include "directory.h"
#include "occasion.h"
#include "slice.h"
#include "stamp.h"

/*
 * The messages of one run that wake somebody, kept by party until it is known
 * whether they are so many that one summary stands for all of them.  Drills
 * and tests (by status) are counted by themselves.  Of a party over the limit
 * no more is kept than what a summary says.
 */

/* One message that wakes. */
struct waking {
	const struct party *party;
	struct slice tell;   /* borrowed for good, as is party */
	struct slice role;   /* that led to the party; may be empty */
	struct slice status; /* fields, as are id and row */
	struct slice id;     /* of the record; may be empty */
	struct slice row;    /* the record */
	size_t rank;         /* of its priority: the smallest is most urgent */
	struct stamp at;     /* the occasion's */
	bool has_due;
	struct stamp due;
};

/* Those of one party and status. */
struct waking_group {
	const struct party *party;
	struct buf status;
	size_t n;         /* messages */
	size_t incidents; /* that they are of */
	struct buf rows;  /* for the caller: the messages' own lines */
	bool summed;      /* for the caller: a summary reaches the party */
	struct buf ids;   /* of the first WAKING_IDS incidents: "I1, I2" */
	struct buf first; /* the row of the most urgent; of several the first */
	struct buf id;    /* its id; role, tell and rank are its message's */
	struct buf role;
	struct slice tell;
	size_t rank;
	bool has_due;
	struct stamp due; /* the earliest */

	/* Private. */
	struct buf last; /* the id added last */
	int64_t ended_s; /* the last period over in which one came up; -1 */
};

#define WAKING_IDS 1000
#define WAKING_PERIOD_S 900 /* at most one new summary in it */

/* All zero but for now is none. */
struct wakings {
	struct stamp now;
	struct waking_group *group; /* in the order of their first messages */
	size_t n, cap;
	struct dict index;
};

/*
 * Adds a message to its group, which is valid until the next call.  Ids of
 * one incident that follow each other count once.
 */
struct waking_group *wakings_add(struct wakings *w, const struct waking *m);

/* Adds the ids for people; those that were not kept as a number, ", +12". */
void waking_ids(const struct waking_group *g, struct buf *out);

/*
 * The identity of the summary: the first hex digits of the SHA-256 of status,
 * "summary", party and an instant, joined by tabs.  Time is cut into periods
 * of WAKING_PERIOD_S from 1970 on; the instant is the end of the last period
 * over by now in which one of the messages came up (its `at`), else the start
 * of the one under way.  So what comes up after a summary makes no new one
 * until the period is over, and where nothing more comes up it stays the same.
 */
void waking_identity(const struct wakings *w, const struct waking_group *g,
    char out[OCCASION_ID + 1]);

void wakings_release(struct wakings *w);

#endif
