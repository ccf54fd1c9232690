#ifndef INC_CROSSTAB_H
#define INC_CROSSTAB_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "slice.h"

/*
 * Records counted by what two classifications say of them, in groups.  Memory
 * grows with groups and with what is said in each, not with records.  Values
 * are fields in their form on disk.
 *
 *	crosstab_class(&t, value) for the classes whose rank is known;
 *	crosstab_add(&t, group, truth, test) for each record;
 *	crosstab_rank(&t), and then what is below is set.
 */
struct crosstab {
	struct slice *class; /* nclasses of them, by rank */
	size_t nclasses;
	size_t known;        /* the first so many by crosstab_class() */
	struct slice *group; /* ngroups, in the order of values */
	size_t ngroups;
	unsigned long long *uncompared; /* of each group: records of which one
					   classification says nothing */

	/* Private. */
	struct dict classes, groups, index;
	struct crosstab_cell *cell;
	size_t n, cap, uncompared_cap;
	size_t *first; /* of each group's cells, and the end */
};

/* Adds a class that ranks after those before. */
void crosstab_class(struct crosstab *t, struct slice value);

/* Counts a record.  Returns how many classes there are now. */
size_t crosstab_add(struct crosstab *t, struct slice group, struct slice truth,
    struct slice test);

/*
 * Ranks the others after those: whole numbers up to UINT32_MAX by size, then
 * all else by bytes.
 */
void crosstab_rank(struct crosstab *t);

/*
 * The counts of a group, or with SIZE_MAX of all: nclasses * nclasses, the
 * truth's class i and the test's j at i * nclasses + j.
 */
void crosstab_matrix(
    const struct crosstab *t, size_t group, unsigned long long *count);

/* Whether a record is not said the same of by both. */
bool crosstab_differs(const struct crosstab *t);

void crosstab_release(struct crosstab *t);

#endif
