#ifndef INC_LIMIT_H
#define INC_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"

/*
 * Within how long something must be done: the cells `respond`, `resolve`,
 * `after` and `limit` of inc-procedures(7).  A duration, which counts the time
 * for which a calendar is open (d is 24 h of it); or a number of days or
 * months, which are not so and so long but go by the calendar on the wall:
 *
 *	wd  working days, those on which the calendar opens
 *	cd  calendar days
 *	mo  months
 */
enum limit_kind {
	LIMIT_NONE,         /* an empty cell */
	LIMIT_TIME,         /* n seconds */
	LIMIT_WORKING_DAYS, /* n of them */
	LIMIT_DAYS,
	LIMIT_MONTHS,
};

struct limit {
	enum limit_kind kind;
	int64_t n;
};

/* The longest: a century of days, for what is in use is a few years. */
#define LIMIT_MAX_DAYS 36525

/* Reads a cell; an empty one is LIMIT_NONE.  Returns 0 or -1. */
int limit_parse(struct slice s, struct limit *limit);

/* Whether it is counted by when the calendar is open. */
bool limit_counts_openings(struct limit limit);

/* Adds it as a cell has it: 4h, 10cd. */
void limit_add(struct buf *out, struct limit limit);

#endif
