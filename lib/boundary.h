#ifndef INC_BOUNDARY_H
#define INC_BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "fault.h"
#include "levels.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "table.h"
#include "target.h"
#include "when.h"
#include "whenset.h"

/*
 * Boundaries: the table `escalation` of inc-procedures(7), checked.  What they
 * do to a record is in judge.h.
 */

/* The clock of a boundary: the column `after`. */
enum boundary_clock {
	CLOCK_NONE,  /* empty: crossed as long as `when` holds */
	CLOCK_LIMIT, /* after */
	CLOCK_SHARE, /* percent of a target's limit */
};

/* A row of escalation. */
struct boundary {
	struct slice name; /* one word */
	struct when *when;
	bool down;
	const struct level *level;
	struct slice role; /* its own, else its level's; form on disk */
	struct slice note; /* form on disk */
	enum boundary_clock clock;
	struct limit after;
	int64_t percent;           /* 1 to 1000 */
	enum target_clock of;      /* what the percent are of */
	struct calendar *calendar; /* NULL: the target's */
	size_t from;               /* where the clock starts, a place in time */
	size_t *until;             /* what stops it, nuntil places in time */
	size_t nuntil;
	struct table_row *row; /* where it stands */
};

struct boundaries {
	struct boundary *row;
	size_t n;
	struct whenset *set; /* the conditions, by row */
	struct levels levels;
	struct targets targets;
	struct columns time; /* the columns that clocks read; 0 is received */

	/* Private. */
	struct columns roles; /* that anything names */
	struct arena arena;
};

/*
 * Loads levels, escalation and what they refer to from the pack, which must
 * outlive it; b must be all zero.  A fault has file:line:column: a boundary
 * without a name of one word, or with another's; a condition, duration, share
 * or direction that can't be read; a level, role or calendar that nothing else
 * names; `from` without `after`, which would be crossed at once.  Returns 0, or
 * -1 and the fault.
 */
int boundaries_load(struct boundaries *b, struct pack *p, struct fault *f);

/* The boundary of a name, or NULL. */
const struct boundary *boundaries_find(
    const struct boundaries *b, struct slice name);

/*
 * Binds the conditions to the columns of the records; known is as in
 * when_bind().  A `from` or `until` that is neither there nor known is a
 * fault.  Returns 0, or -1 and the fault.
 */
int boundaries_bind(struct boundaries *b, const struct columns *columns,
    const struct columns *known, struct fault *f);

void boundaries_release(struct boundaries *b);

#endif
