#ifndef INC_RETENTION_H
#define INC_RETENTION_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "deadline.h"
#include "fault.h"
#include "incident.h"
#include "limit.h"
#include "pack.h"
#include "slice.h"
#include "stamp.h"
#include "when.h"

/*
 * How long personal values are kept: the cells `retain` of the table
 * regulations, inc-procedures(7).  It counts from `closed`; in a row without a
 * `limit`, which is about nothing else, from the column that `from` names.  Of
 * the regulations that hold for an incident the longest counts.
 */
struct retention_rule {
	struct slice name;
	struct when *when; /* NULL: always */
	struct limit retain;
	struct slice from; /* a column, or "closed" */
};

struct retention {
	struct retention_rule *rule; /* those that retain */
	size_t n;

	/* Private. */
	struct calendar clock; /* elapsed, in the pack's zone */
	struct when_state state;
	struct slice *field; /* scratch: a record */
};

/*
 * Loads the table of a pack, which must outlive it.  Without one there is no
 * rule.  r must be all zero, and is to be released either way.  Returns 0, or
 * -1 and the fault.
 */
int retention_load(struct retention *r, struct pack *p, struct fault *f);

/*
 * Says where the columns of the records are; known as in when_bind().  Returns
 * 0, or -1 and the fault.
 */
int retention_bind(struct retention *r, const struct columns *columns,
    const struct columns *known, struct fault *f);

/* Whether an incident's `legal_hold` has a value: then nothing expires. */
bool retention_held(const struct incidents *all, const struct incident *in);

/*
 * The rule by which an incident is kept longest, and in *until when that has
 * run out.  NULL where it never does: it is open or held, no rule holds for
 * it, or the time from which the rule counts is none.  A rule whose condition
 * hits a limit of its patterns may hold: NULL, and r->state.fault says so.
 */
const struct retention_rule *retention_of(struct retention *r,
    const struct incidents *all, const struct incident *in,
    struct stamp *until);

void retention_release(struct retention *r);

#endif
