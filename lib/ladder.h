#ifndef INC_LADDER_H
#define INC_LADDER_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "slice.h"
#include "table.h"

/*
 * Who is asked when nobody answers: the table `levels` of inc-procedures(7),
 * columns level name command role.  Its lowest level is the last resort.
 */
struct ladder_step {
	unsigned long long level;
	struct slice role;  /* borrowed from the table */
	struct place where; /* of the cell `role` */
};

/* All zero is a ladder without steps. */
struct ladder {
	struct ladder_step *step; /* those that have a role, lowest first */
	size_t n;
};

/*
 * Loads the table, which must outlive the ladder; l must be all zero.
 * Returns 0, or -1 and the fault: a level that is no whole number or is there
 * twice, no level with a role.
 */
int ladder_load(struct ladder *l, struct table *t, struct fault *f);

/* The lowest step of a role, or NULL where no level has that role. */
const struct ladder_step *ladder_find(
    const struct ladder *l, struct slice role);

/*
 * The step at which to start when the role gave no answer: the one above the
 * role's own; for a role of no level, the first above the record's `level`
 * (a field; where it is empty or no number, above 0).  l->n where none is.
 */
size_t ladder_above(
    const struct ladder *l, struct slice role, struct slice level);

void ladder_release(struct ladder *l);

#endif
