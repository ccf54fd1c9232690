#ifndef INC_THROTTLE_H
#define INC_THROTTLE_H

#include <stddef.h>

#include "buf.h"
#include "dict.h"
#include "means.h"
#include "slice.h"
#include "stamp.h"

/*
 * How many messages a party has had by a medium, and how many it may have: the
 * column `throttle` of the table channels.  All zero is none so far.
 */
struct throttle {
	/* Private. */
	struct dict parties; /* medium and party, to places in had */
	struct throttle_had *had;
	size_t n, cap;
	struct buf key; /* scratch */
};

/*
 * Takes note that a message was handed over, in any order.  What was handed
 * over at one instant was handed over together, and counts as one.
 */
void throttle_note(struct throttle *t, struct slice medium, struct slice party,
    struct stamp at);

/*
 * How many may be handed over now, SIZE_MAX where the medium has no throttle;
 * where it is 0, sets *until to when one may.  A window of `3/15m` is open
 * where fewer than 3 were handed over in the last 15 minutes.
 */
size_t throttle_room(struct throttle *t, const struct means *means,
    struct slice party, struct stamp now, struct stamp *until);

void throttle_release(struct throttle *t);

#endif
