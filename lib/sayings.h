#ifndef INC_SAYINGS_H
#define INC_SAYINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "stamp.h"
#include "treap.h"

/*
 * What the entries of an incident said in their columns, and when each of them
 * was true: by that goes what holds, and what held before.
 */

/* When an entry was true, for the order of the fold. */
struct version {
	struct stamp updated;
	uint64_t seq;
	uint32_t latest; /* place of the version with the latest updated up to
			    this one, as added */
	bool own;        /* the entry is of the source whose rows are compared
			  */
};

/* The order of the fold: by updated, of one time by seq.  <0, 0, >0 */
int version_cmp(const struct version *a, const struct version *b);

/* One thing that an entry said in a column. */
struct saying {
	struct treap_node node; /* first; its number is the version's place */
	size_t column;
	struct slice text; /* as on disk; empty: cleared */
};

/*
 * Adds s, which stays the caller's, to all (NULL: empty); version is the array
 * in which versions have their places, weights is for treap_add().
 */
void sayings_add(struct treap_node **all, struct saying *s,
    const struct version *version, uint32_t *weights);

/* What is sought: in a column, the last one up to some point. */
struct sought {
	size_t column;
	const struct version *before; /* NULL, or only versions before it */
	const struct stamp *at;       /* NULL, or only those up to this time */
};

/* The last in the order of the fold of what is sought, or NULL. */
const struct saying *sayings_last(struct treap_node *all,
    const struct version *version, const struct sought *want);

#endif
