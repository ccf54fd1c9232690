#ifndef INC_EXTENTS_H
#define INC_EXTENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dict.h"
#include "slice.h"

/*
 * Where the entries of each incident stand in a segment, as they are read or
 * written, one after another.  All zero is empty.
 */

/* A stretch of a file, in bytes: the line of an entry, with its end. */
struct extent {
	uint64_t at, n;
};

struct extents {
	struct dict id; /* of incidents, to their newest entry in item */
	struct extents_item *item;
	size_t n, cap;
};

/* Several, in the order in which they stand; all zero is none. */
struct extent_list {
	struct extent *extent;
	size_t n, cap;
};

/* Adds one; frees all. */
void extent_list_add(struct extent_list *list, struct extent extent);
void extent_list_release(struct extent_list *list);

/*
 * Adds the entry that comes next, of an incident by its id; fresh says that it
 * is the incident's first.
 */
void extents_add(
    struct extents *e, struct slice id, struct extent extent, bool fresh);

/* Adds those of an incident to a list. */
void extents_find(
    const struct extents *e, struct slice id, struct extent_list *list);

/*
 * How many incidents there are; and of the i-th that was added the id, and
 * whether its first entry of all stands here.
 */
size_t extents_incidents(const struct extents *e);
struct slice extents_id(const struct extents *e, size_t i);
bool extents_fresh(const struct extents *e, struct slice id);

/* Adds those of the i-th incident to a list.  Returns whether it is fresh. */
bool extents_of(const struct extents *e, size_t i, struct extent_list *list);

void extents_release(struct extents *e);

#endif
