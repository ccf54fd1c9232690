#ifndef INC_HOURS_H
#define INC_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "mem.h"
#include "slice.h"
#include "stamp.h"
#include "zone.h"

/*
 * Hours of a week: the cells `days` and `windows` of a roster or a calendar.
 *
 * Days are names (mon tue wed thu fri sat sun, any case) and ranges of them
 * separated by blanks; a range may run over the week's end: "mon-fri",
 * "sat sun", "fri-mon".  An empty cell is every day.
 *
 * Windows are HH:MM-HH:MM separated by blanks, in the local time of a zone.
 * A window belongs to the day on which it starts; one whose end is not after
 * its start runs over midnight into the next day.  00:00-24:00 is a whole
 * day, and so is an empty cell.  Where the clock is put forward over a start
 * or an end, it moves to the end of that gap; where an hour comes twice, a
 * start takes the first and an end the last.
 */
#define HOURS_DAY_MINUTES 1440
#define HOURS_EVERY_DAY 127 /* as hours.days */

struct hours_window {
	int start; /* minutes after the day's midnight, 0 to 1439 */
	int end;   /* the same, over start, at most start + 1440 */
};

struct hours {
	unsigned days; /* a bit for each: 1 Monday to 64 Sunday */
	struct hours_window *window;
	size_t n; /* windows, at least one */
};

/*
 * Reads both cells.  The windows live in the arena.  A fault names the place
 * of the word that is wrong, counted from the cells' own places.  Returns 0,
 * or -1 and the fault.
 */
int hours_read(struct hours *h, struct slice days, struct place days_at,
    struct slice windows, struct place windows_at, struct arena *arena,
    struct fault *f);

/*
 * The interval, from *from up to but without *until, that a window fills on
 * a day, given as days since 1970-01-01.  Returns false where there is none:
 * on another day of the week, or where the clock was put forward over all of
 * it.
 */
bool hours_interval(const struct hours *h, size_t window, int64_t day,
    const struct zone *zone, struct stamp *from, struct stamp *until);

/*
 * Whether an instant is in a window of one of the days from first to last
 * (days since 1970-01-01, both included).
 */
bool hours_hold(const struct hours *h, const struct zone *zone, int64_t first,
    int64_t last, struct stamp at);

#endif
