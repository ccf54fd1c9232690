#ifndef INC_TARGET_H
#define INC_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "calendars.h"
#include "dict.h"
#include "fault.h"
#include "holds.h"
#include "limit.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "stamp.h"
#include "table.h"

/*
 * Within what time somebody must have taken an incident and have put it
 * right: the table `targets` of inc-procedures(7).
 */

/* The two clocks of a target. */
enum target_clock { TARGET_RESPOND, TARGET_RESOLVE };

/* A row of targets. */
struct target {
	struct slice priority;
	struct limit limit[2]; /* by target_clock */
	struct calendar *calendar;
	struct slice tell; /* the words that choose the media */
};

/* All zero is no targets. */
struct targets {
	const char *path; /* of the table; NULL: the pack has none */
	struct target *target;
	size_t n;
	struct dict index; /* priority to place */
	struct calendars calendars;
	struct arena arena;
};

/*
 * Loads the pack's table, or none where the pack has none, and its calendars.
 * A fault names the place of the cell: a priority given twice or missing, a bad
 * duration, an unknown calendar.  t must be all zero.  Returns 0, or -1 and the
 * fault.
 */
int targets_load(struct targets *t, struct pack *p, struct fault *f);

/* The target of a priority (as text), or NULL. */
const struct target *targets_find(
    const struct targets *t, struct slice priority);

void targets_release(struct targets *t);

/*
 * When a clock of a target that starts at from has run out: 1 and *due; 0
 * where there is no such limit or it never comes; deadline_due() has the rule.
 */
int target_due(const struct target *target, enum target_clock clock,
    struct stamp from, const struct holds *holds, struct stamp *due);

/*
 * Whether an instant is a deadline that these targets gave: received plus the
 * limit of any priority on that clock, with all or the first of the holds.
 * So a deadline that somebody else set is told from our own.
 */
bool targets_gave(const struct targets *t, enum target_clock clock,
    struct stamp received, const struct holds *holds, struct stamp deadline);

#endif
