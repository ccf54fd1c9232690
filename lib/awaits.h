#ifndef INC_AWAITS_H
#define INC_AWAITS_H

#include <stdint.h>

#include "dict.h"
#include "fault.h"
#include "pack.h"
#include "slice.h"

/*
 * How long an acknowledgement is waited for before the next medium is tried:
 * the column `ack` of the table routes, by the route that a message names
 * (REASON.ROW, as in route.h).  All zero is none.
 */
struct awaits {
	struct dict seconds; /* by route */
};

/*
 * Loads them; a pack without routes has none.  Returns 0, or -1 and the fault
 * with its place.
 */
int awaits_load(struct awaits *a, struct pack *p, struct fault *f);

/* Seconds; -1 where none is waited for, or the route is not known. */
int64_t awaits_of(const struct awaits *a, struct slice route);

void awaits_release(struct awaits *a);

#endif
