#ifndef INC_ROSTER_H
#define INC_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "hours.h"
#include "mem.h"
#include "slice.h"
#include "stamp.h"
#include "table.h"
#include "zone.h"

/*
 * Who is on call for a role at an instant: the table `roster` of
 * inc-procedures(7), columns role party from until days windows zone order.
 * from and until are dates, both included, in the row's zone; each may be
 * empty.  Empty days and windows are always, an empty zone is the pack's.
 * For the rules of days and windows see hours.h: the night window 20:00-08:00
 * of the last day runs into the morning after it.
 */
struct roster_row {
	struct slice role;   /* borrowed from the table, as is party */
	struct slice party;  /* who is on call */
	int64_t first, last; /* days since 1970-01-01, both included */
	struct hours hours;
	const struct zone *zone;
	unsigned long long order; /* an empty one comes after all numbers */
	struct place where;       /* of the cell `party`, for messages */
};

/* All zero is a roster of nobody. */
struct roster {
	struct roster_row *row; /* by role, order, place in the table */
	size_t n;
	struct zones zones; /* those that the rows name */
	struct arena arena;
};

/*
 * Loads and checks the table, which must outlive the roster, as pack_zone
 * must.  r must be all zero.  Returns 0, or -1 and the fault with
 * file:line:column.
 */
int roster_load(struct roster *r, struct table *t, const struct zone *pack_zone,
    struct fault *f);

/* Whether any row names the role, on call or not. */
bool roster_has(const struct roster *r, struct slice role);

/* The parties found: all zero is none; reused by each call, free at the end
   with roster_team_release(). */
struct roster_team {
	struct slice *party;       /* n of them, borrowed from the table */
	unsigned long long *order; /* of each, the smallest where several */
	size_t n;
	size_t cap;
};

/*
 * Sets team to the parties on call for a role at an instant, by order, then
 * by their place in the table, each once.  Returns their number: 0 where
 * nobody is on call.
 */
size_t roster_on_call(const struct roster *r, struct slice role,
    struct stamp at, struct roster_team *team);

void roster_team_release(struct roster_team *team);
void roster_release(struct roster *r);

#endif
