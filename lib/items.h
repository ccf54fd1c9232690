#ifndef INC_ITEMS_H
#define INC_ITEMS_H

#include <stddef.h>

#include "fault.h"
#include "mem.h"
#include "slice.h"
#include "spool.h"
#include "stamp.h"

/*
 * The items of a queue, gone through, in no order.  None is claimed or read:
 * what is told of an item is its name, and the time that its file has.
 */

/*
 * Calls see for each item in a place; of SPOOL_DONE for those whose time is not
 * before since, all zero being all.  One that is moved meanwhile may be passed
 * over.  Returns 0, or -1 and the fault.
 */
int items_each(const struct spool *s, enum spool_where where,
    struct stamp since,
    void (*see)(void *ctx, const char *name, struct stamp at), void *ctx,
    struct fault *f);

/* Items that were found, the oldest time first.  All zero is none. */
struct found {
	const char *name;
	struct stamp at;
};
struct founds {
	struct found *found;
	size_t n;

	/* Private. */
	size_t cap;
	struct arena arena;
};

/*
 * Finds all items of a place; or those in any place, each once, as they are at
 * one moment: of SPOOL_DONE as items_each() does.  Each returns 0, or -1 and
 * the fault.
 */
int items_in(const struct spool *s, enum spool_where where, struct founds *all,
    struct fault *f);
int items_all(const struct spool *s, struct stamp since, struct founds *all,
    struct fault *f);

void founds_release(struct founds *all);

/*
 * Finds the items whose names begin so, wherever they are.  Sets name to that
 * of one, and *n to how many there are, 2 standing for more too.  Returns 0, or
 * -1 and the fault.
 */
int items_match(const struct spool *s, struct slice start,
    char name[SPOOL_NAME + 1], size_t *n, struct fault *f);

#endif
