#ifndef INC_DEADLINE_H
#define INC_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "calendar.h"
#include "holds.h"
#include "limit.h"
#include "stamp.h"

/* How a clock runs on a calendar: when a limit has run out, and why then. */

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
int deadline_due(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp *due);

/*
 * The same for a share of the limit: so many percent of the time that counts
 * from its start to its end without holds, in whole seconds.
 */
int deadline_share(struct calendar *c, struct stamp from, struct limit limit,
    int64_t percent, const struct holds *holds, struct stamp *due);

/*
 * Whether an instant is the deadline that deadline_due() gives, or gave when
 * only the first of the holds were known.
 */
bool deadline_gave(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp deadline);

/*
 * Adds, for people, how the time from one instant to a later one passed, day
 * by day in the calendar's zone: "Fri 2026-03-27 50m, Sat 2026-03-28 closed,
 * Fri 2026-04-03 closed (Good Friday), ...".  After DEADLINE_EXPLAIN_DAYS of
 * them it says how many more there are.
 */
#define DEADLINE_EXPLAIN_DAYS 14
void deadline_explain(struct calendar *c, struct stamp from, struct stamp until,
    const struct holds *holds, struct buf *out);

#endif
