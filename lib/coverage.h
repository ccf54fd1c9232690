#ifndef INC_COVERAGE_H
#define INC_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "rehearsal.h"
#include "slice.h"

/*
 * Which rows of a pack's rules some case has reached: rows of the tree that
 * were taken, boundaries that moved a level, routes that made a message.
 */
enum coverage_kind {
	COVERAGE_BRANCHES, /* rows of the tree that lead on */
	COVERAGE_LEAVES,   /* rows of the tree where a walk ends */
	COVERAGE_BOUNDARIES,
	COVERAGE_ROUTES,
	COVERAGE_KINDS
};

struct coverage_part {
	struct columns names; /* as a path, the column boundary and a message
				 call the rows */
	struct place *where;  /* of each row's `when` */
	bool *reached;
	size_t n; /* that were reached */
};

/* All zero before it is opened. */
struct coverage {
	struct coverage_part part[COVERAGE_KINDS];
};

/* Nothing is reached yet; the rehearsal has been loaded and outlives c. */
void coverage_open(struct coverage *c, const struct rehearsal *r);

/* Adds what the last record of the rehearsal reached. */
void coverage_add(struct coverage *c, const struct rehearsal *r);

void coverage_release(struct coverage *c);

#endif
