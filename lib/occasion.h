#ifndef INC_OCCASION_H
#define INC_OCCASION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "digest.h"
#include "fault.h"
#include "pack.h"
#include "route.h"
#include "slice.h"
#include "stamp.h"
#include "target.h"

/*
 * The occasion of a message: the fact that it goes back to, the repeat, how
 * urgent it is and by when it is due.  Together with the route and the party
 * these make the message's identity, so that the same occasion told by another
 * medium, or after a shift change, is the same message, and the next repeat a
 * new one.  inc-notify(1).
 */

/* What a boundary says: how often, and until one of these columns holds. */
struct occasion_boundary {
	int64_t repeat_s; /* -1: it has none */
	size_t *until;    /* places in the bound stream, or COLUMNS_NONE */
	struct slice *until_name;
	size_t n;
};

/* The tables `targets` and `escalation`, and where their columns are. */
struct occasions {
	struct targets targets;
	struct dict boundaries; /* to places in boundary */
	struct occasion_boundary *boundary;
	size_t nboundaries;
	size_t id, status, received, priority, named, level_by; /* bound */
	size_t over[3];      /* resolved, closed, vanished */
	struct buf text;     /* private */
	struct buf identity; /* scratch: what is digested */
	struct arena arena;
};

struct occasion {
	struct stamp now; /* the one that it was read at */
	struct stamp fact;
	bool known;         /* false: no column holds a time, fact is now */
	struct slice wrong; /* a time column that holds no time; n == 0: none */
	uint64_t n;         /* the repeat, 0 first */
	struct stamp at;    /* fact + n repeats, or where the route waits for a
			       calendar, its first opening from then on: when
			       the roster is read */
	struct slice tell;
	bool held;          /* the calendar is closed now */
	struct stamp until; /* when it opens */
};

/*
 * Loads the tables, either of which may be missing.  pack must outlive o,
 * which must be all zero.  Returns 0, or -1 and the fault.
 */
int occasions_load(struct occasions *o, struct pack *pack, struct fault *f);

/* Says where the columns are. */
void occasions_bind(struct occasions *o, const struct columns *columns);

/*
 * The occasion of a route for a row of the bound stream.  fact is the last of
 * the route's `per` that holds a time, else `received`, else now.  The repeat
 * is the route's; where it has none, that of the record's boundary, until one
 * of the boundary's `until`, resolved, closed or vanished came.  tell is the
 * route's, else that of the priority's target, else urgent.  A calendar that
 * never opens again holds nothing: rather told than never.
 */
void occasion_read(struct occasions *o, const struct route *route,
    const struct slice *field, struct stamp now, struct occasion *out);

/*
 * When a message told from at on is due: 1 and *due; 0 where the route does not
 * say, or no time of the fact is known.
 */
int occasion_due(const struct occasion *o, const struct route *route,
    struct stamp at, struct stamp *due);

/*
 * Whether the fact's time is known as the route means it: 0, or -1 and the
 * fault, without a place.
 */
int occasion_check(const struct occasion *at, struct fault *f);

#define OCCASION_ID 32 /* hex digits of an identity */

/*
 * The identity of the message to a party (a field): the first hex digits of
 * the SHA-256 of status, id, reason, the values of `per`, party and n, joined
 * by tabs, as they stand in the stream.  An empty status counts as actual;
 * row stands in for an empty id, so that two records without one stay two.
 */
void occasion_identity(struct occasions *o, const struct occasion *at,
    const struct routes *routes, const struct route *route,
    const struct slice *field, struct slice row, struct slice party,
    char out[OCCASION_ID + 1]);

/* The status of a row as a field: actual where it is empty. */
struct slice occasion_status(
    const struct occasions *o, const struct slice *field);

void occasions_release(struct occasions *o);

#endif
