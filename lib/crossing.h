#ifndef INC_CROSSING_H
#define INC_CROSSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boundary.h"
#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "holds.h"
#include "slice.h"
#include "stamp.h"
#include "when.h"

/*
 * Whether a record crosses a boundary, and at which instant.
 *
 * A row of escalation is crossed when its `when` holds and its clock has run
 * out before a time in an `until` column came.  The clock starts at the column
 * `from` (where that has no time: `received`) and runs for `after`, a limit or
 * "N% respond" or "N% resolve" of the target of the record's priority, on the
 * row's calendar; intervals in `holds` don't count, and one that lasts stops
 * the clock.  A row without `after` is crossed as long as its `when` holds.
 */
struct crossing {
	enum {
		CROSSING_OTHER,    /* its `when` does not hold */
		CROSSING_LIMIT,    /* a search in it hit a limit */
		CROSSING_UNJUDGED, /* see why */
		CROSSING_NEVER,    /* its clock stands, or has no end */
		CROSSING_PENDING,  /* its clock runs until at */
		CROSSING_STOPPED,  /* the time in column came before at */
		CROSSING_CROSSED,  /* at that instant */
	} state;
	struct stamp at;
	struct slice column; /* of `until`; borrowed from the boundaries */
	const char *why;
};

/* What examining one record after the other needs: all zero but now, report
   and ctx. */
struct crossings {
	struct when_state when; /* its now is what clocks go by */
	uint64_t unreadable;    /* values that were no time or interval; those
				   of conditions are in when.unreadable */
	/* Called for each search that hit a limit; may be NULL. */
	void (*report)(void *ctx, const struct fault *f);
	void *ctx;

	/* Private. */
	const struct boundaries *b;
	size_t *time_at; /* where the columns of b->time are */
	size_t priority_at, holds_at;
	struct crossing_time *time; /* of the record under way */
	struct holds holds;
	bool again; /* values and limits were counted already */
	struct buf text;
};

/*
 * Makes ready for records with these columns; b is bound to them and must
 * outlive it.
 */
void crossings_open(struct crossings *c, const struct boundaries *b,
    const struct columns *columns);

/*
 * Reads the times of a record, whose fields are in form on disk.  again says
 * that it was read before, so that what can't be read is not counted twice.
 */
void crossings_record(
    struct crossings *c, const struct slice *field, bool again);

/* Examines a row for the record that was read. */
struct crossing crossings_examine(
    struct crossings *c, const struct boundary *row, const struct slice *field);

/*
 * Adds, for people and in form on disk, how it stands with a row: "crossed at
 * 2026-03-02T09:15:00Z", "not: priority=P3", "due at ...".
 */
void crossing_describe(const struct crossing *x, const struct boundary *row,
    const struct slice *field, struct buf *out);

void crossings_release(struct crossings *c);

#endif
