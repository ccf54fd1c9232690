#ifndef INC_TARGET_H
#define INC_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "dict.h"
#include "fault.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "stamp.h"
#include "table.h"

/*
 * Within what time somebody must have taken an incident and have put it
 * right: the table `targets` of inc-procedures(7); and the clock by which
 * that time passes.
 */

/* The two clocks of a target. */
enum target_clock { TARGET_RESPOND, TARGET_RESOLVE };

/* A row of targets. */
struct target {
	struct slice priority;
	int64_t limit_s[2];    /* by target_clock; -1: none */
	struct slice calendar; /* empty: elapsed time */
	struct slice tell;     /* the words that choose the media */
};

/* All zero is no targets. */
struct targets {
	struct target *target;
	size_t n;
	struct dict index; /* priority to place */
	struct arena arena;
};

/*
 * Loads the pack's table, or none where the pack has none.  A fault names the
 * place of the cell: a priority given twice or missing, a bad duration, an
 * unknown calendar.  t must be all zero.  Returns 0, or -1 and the fault.
 */
int targets_load(struct targets *t, struct pack *p, struct fault *f);

/* The target of a priority (as text), or NULL. */
const struct target *targets_find(
    const struct targets *t, struct slice priority);

void targets_release(struct targets *t);

/*
 * The names of the pack's calendars; "always" is one without the table.
 * Returns 0, or -1 and the fault.  Free with columns_release().
 */
int calendar_names(struct pack *p, struct columns *names, struct fault *f);

/*
 * When the clock stood: the column `holds`, intervals START/END of RFC 3339
 * times separated by blanks; START/ is one that lasts.  All zero is none;
 * reused by each call, free at the end with holds_release().
 */
struct hold {
	struct stamp from, until;
	bool lasts; /* has no end yet; until is not set */
};

struct holds {
	struct hold *hold; /* in order of their start */
	size_t n;
	size_t cap;
};

/*
 * Reads a field.  Returns 0, or -1 where a word is no such interval, or ends
 * before it starts; the readable ones are then kept all the same.
 */
int holds_read(struct holds *h, struct slice field);

void holds_release(struct holds *h);

/*
 * Adds a duration to an instant: the one place that says how a clock runs.
 * Elapsed time, in which no interval of holds counts.  Returns 1 and *due; 0
 * where it never comes: a hold that lasts stopped the clock before, or it
 * lies past the year 9999.
 */
int target_due(struct stamp from, int64_t seconds, const struct holds *holds,
    struct stamp *due);

/*
 * Whether an instant is a deadline that these targets gave: received plus the
 * limit of any priority on that clock, with all or the first of the holds.
 * So a deadline that somebody else set is told from our own.
 */
bool targets_gave(const struct targets *t, enum target_clock clock,
    struct stamp received, const struct holds *holds, struct stamp deadline);

#endif
