#ifndef INC_DURATION_H
#define INC_DURATION_H

#include <stdint.h>

#include "buf.h"
#include "slice.h"

/* Lengths of time as text.  A day is 24 hours, whatever clocks do. */

/*
 * Reads a duration: a sum of a whole number and a unit s m h d w each, as in
 * 90s, 15m, 1h30m, 2d; d is 24 h.  Returns 0 and seconds, or -1.
 */
int duration_parse(struct slice s, int64_t *seconds);

/*
 * Adds a duration (0 or more) as such a sum, large units first: 1h30m, 2d,
 * 0s.  Weeks stand only where nothing is left over: 2w, but 30d.
 */
void duration_add(struct buf *out, int64_t seconds);

#endif
