#ifndef INC_CALENDAR_H
#define INC_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "holds.h"
#include "hours.h"
#include "limit.h"
#include "slice.h"
#include "stamp.h"
#include "zone.h"

/*
 * Working time: when a calendar is open, and how a clock runs on it.
 *
 * A calendar is rows of hours (hours.h), each in its zone, any of which may be
 * open.  On a date of its holidays a row has the windows of that date, or
 * none, whatever the day of the week.  What is open is worked out for a year
 * at a time and kept, so that a deadline costs two binary searches.
 */
struct holiday {
	int64_t day;        /* since 1970-01-01 */
	struct hours hours; /* its windows; n == 0: closed */
	struct slice what;  /* for people; borrowed */
};

struct holidays {
	struct slice name; /* borrowed */
	struct holiday *day;
	size_t n, cap;
	bool sorted; /* by day */
};

struct calendar_row {
	struct hours hours;
	const struct zone *zone;         /* borrowed, as is holidays */
	const struct holidays *holidays; /* or NULL */
};

struct calendar {
	struct slice name;        /* borrowed; empty: elapsed time */
	const struct zone *zone;  /* in which its days are counted */
	bool always;              /* it never closes */
	struct calendar_row *row; /* n of them; none where always */
	size_t n, cap;

	/* Private. */
	struct calendar_year *year; /* those worked out, by year modulo */
	struct opening *scratch;
	size_t scratch_n, scratch_cap;
};

/* Elapsed time, with days in a zone.  c is released with calendar_release(). */
void calendar_elapsed(struct calendar *c, const struct zone *zone);

/* Adds a row to a calendar, which starts all zero but for its name. */
void calendar_add(struct calendar *c, struct calendar_row row);

void calendar_release(struct calendar *c);

/* Adds a day to holidays; returns -1 where it is there already. */
int holidays_add(struct holidays *h, struct holiday day);

void holidays_release(struct holidays *h);

/* Whether it is open at an instant. */
bool calendar_is_open(struct calendar *c, struct stamp at);

/*
 * The first instant from `at` on at which it is open.  Returns 1, or 0 where
 * it never opens again.
 */
int calendar_opens(struct calendar *c, struct stamp at, struct stamp *t);

/* How long it is open from an instant up to a later one, as s and ns. */
struct stamp calendar_open(
    struct calendar *c, struct stamp from, struct stamp until);

/*
 * When a limit that starts at from has run out.  No interval of holds (may be
 * NULL) counts.
 *
 * A duration counts open time; one that ends as the calendar closes ends then,
 * and not when it opens again.  Working days go to the same time of day on
 * the n-th later day on which the calendar opens, or where it is closed then,
 * to the last moment before on that day, else to its opening; a start while it
 * is closed counts from its next opening.  Calendar days and months go to the
 * same local time, a month without that date to its last day: 31 January and
 * 1mo is 28 or 29 February; a time that the clock skips is the gap's end, and
 * of one that comes twice the last is meant.  Days and months go on by as much
 * as was on hold.
 *
 * Returns 1 and *due, or 0 where it never comes: a hold that lasts stopped the
 * clock before, or it lies past the year 9999.  LIMIT_NONE never comes.
 */
int calendar_due(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp *due);

/*
 * The same for a share of the limit: so many percent of the time that counts
 * from its start to its end without holds, in whole seconds.
 */
int calendar_share(struct calendar *c, struct stamp from, struct limit limit,
    int64_t percent, const struct holds *holds, struct stamp *due);

/*
 * Whether an instant is the deadline that calendar_due() gives, or gave when
 * only the first of the holds were known.
 */
bool calendar_gave(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp deadline);

/*
 * Adds, for people, how the time from one instant to a later one passed, day
 * by day in the calendar's zone: "Fri 2026-03-27 50m, Sat 2026-03-28 closed,
 * Fri 2026-04-03 closed (Good Friday), ...".  After EXPLAIN_DAYS of them it
 * says how many more there are.
 */
#define CALENDAR_EXPLAIN_DAYS 14
void calendar_explain(struct calendar *c, struct stamp from, struct stamp until,
    const struct holds *holds, struct buf *out);

#endif
