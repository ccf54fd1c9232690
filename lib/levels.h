#ifndef INC_LEVELS_H
#define INC_LEVELS_H

#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"
#include "table.h"

/*
 * Who leads at which level: the table `levels` of inc-procedures(7), columns
 * level name command role.  They are a ladder too: where nobody answers the
 * next level with a role is asked, and the lowest one is the last resort.
 */
struct level {
	struct slice text;         /* a whole number, as in the table */
	unsigned long long number; /* the same, at most LEVEL_MAX */
	struct slice name;         /* Duty manager */
	struct slice role;         /* duty-manager; may be empty */
	struct place where;        /* of the cell `level` */
};

#define LEVEL_MAX 1000000

/* All zero is none. */
struct levels {
	struct level *level; /* lowest first */
	size_t n;
};

/*
 * Loads the table, which must outlive the levels; l must be all zero.  Returns
 * 0, or -1 and the fault: a level that is no whole number up to LEVEL_MAX, or
 * is there twice.
 */
int levels_load(struct levels *l, struct table *t, struct fault *f);

/* The level of a text such as "2", or NULL. */
const struct level *levels_find(const struct levels *l, struct slice text);

/* Adds which there are: "0 (Service desk), 1 (Duty manager)". */
void levels_add_choices(const struct levels *l, struct buf *out);

/* The lowest level that a role leads, or NULL. */
const struct level *levels_led_by(const struct levels *l, struct slice role);

/* The place of the first level from `at` on that has a role; l->n: none. */
size_t levels_with_role(const struct levels *l, size_t at);

/*
 * Where to go on when the role gave no answer: the place of the level above
 * the role's own; for a role that leads none, of the first above the record's
 * `level` (a field; where it is empty or no number, above 0); where no role
 * was named, of the record's level itself.  l->n: none.
 */
size_t levels_above(
    const struct levels *l, struct slice role, struct slice level);

void levels_release(struct levels *l);

#endif
