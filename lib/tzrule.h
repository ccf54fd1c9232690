#ifndef INC_TZRULE_H
#define INC_TZRULE_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

/*
 * The rule of a POSIX TZ string, as RFC 9636 extends it: by it the clock of a
 * zone changes in every year, as in "GMT0BST,M3.5.0/1,M10.5.0".
 */

/* A day of the year on which the clock changes. */
struct tzrule_day {
	enum { TZRULE_MONTH, TZRULE_JULIAN, TZRULE_DAY } kind;
	int month, week, weekday; /* Mm.w.d: week 5 is the last, weekday 0
				     Sunday */
	int day;    /* Jn: 1 to 365, 29 February not counted; n: 0 to 365 */
	int time_s; /* of local time, -167 to 167 hours */
};

/* All zero is no rule. */
struct tzrule {
	bool is_set;
	bool has_dst;                 /* else std_s goes for all times */
	int std_s, dst_s;             /* east of UTC */
	struct tzrule_day start, end; /* of dst_s */
};

/*
 * Reads a TZ string; empty is no rule.  Names of zones are read over.  A
 * string without days for its daylight saving time is refused, since nothing
 * says what they are.  Returns 0, or -1 where it is none.
 */
int tzrule_parse(struct slice s, struct tzrule *r);

/* Seconds east of UTC at an instant, in seconds since 1970. */
int tzrule_offset(const struct tzrule *r, int64_t s);

/*
 * The first instant after s at which the clock may change, or INT64_MAX where
 * it never does.
 */
int64_t tzrule_next(const struct tzrule *r, int64_t s);

#endif
