#ifndef INC_CALENDAR_H
#define INC_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "holidays.h"
#include "hours.h"
#include "slice.h"
#include "stamp.h"
#include "zone.h"

/*
 * Working time: when a calendar is open.
 *
 * A calendar is rows of hours (hours.h), each in its zone, any of which may be
 * open.  On a date of its holidays a row has the windows of that date, or
 * none, whatever the day of the week.  What is open is worked out for a year
 * at a time and kept, so that a deadline costs two binary searches.
 */
#define CALENDAR_LAST_DAY (STAMP_MAX_S / DAY_S) /* since 1970-01-01 */

/* Open from a second up to but without another. */
struct calendar_opening {
	int64_t from, until;
	int64_t before; /* seconds open in the year before it */
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
	struct calendar_opening *scratch;
	size_t scratch_n, scratch_cap;
};

/* Elapsed time, with days in a zone.  c is released with calendar_release(). */
void calendar_elapsed(struct calendar *c, const struct zone *zone);

/* Adds a row to a calendar, which starts all zero but for its name. */
void calendar_add(struct calendar *c, struct calendar_row row);

void calendar_release(struct calendar *c);

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
 * The instant up to which it has been open for so long since from: 1 and *t, or
 * 0 where it never is.
 */
int calendar_advance(
    struct calendar *c, struct stamp from, struct stamp open, struct stamp *t);

/*
 * What the windows of a day since 1970-01-01 open, n times, in their order;
 * they may end on the next day.  Valid until the next call for c.
 */
const struct calendar_opening *calendar_day(
    struct calendar *c, int64_t day, size_t *n);

#endif
