#ifndef INC_ITEMS_H
#define INC_ITEMS_H

#include <stddef.h>

#include "fault.h"
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

/*
 * The same for all items, wherever they are at one moment, each once.  see may
 * not use the queue, which is locked.
 */
int items_all(const struct spool *s, struct stamp since,
    void (*see)(void *ctx, const char *name, struct stamp at), void *ctx,
    struct fault *f);

/*
 * Finds the items whose names begin so, wherever they are.  Sets name to that
 * of one, and *n to how many there are, 2 standing for more too.  Returns 0, or
 * -1 and the fault.
 */
int items_match(const struct spool *s, struct slice start,
    char name[SPOOL_NAME + 1], size_t *n, struct fault *f);

#endif
