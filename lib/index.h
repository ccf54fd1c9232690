#ifndef INC_INDEX_H
#define INC_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "extents.h"
#include "seal.h"
#include "slice.h"

/*
 * The index of a segment that is full: where the entries of each incident
 * stand in it.  It is text, in a file beside the segment, and can be made
 * again from it at any time: inc-log(5), INDEX.  So that what is lost or
 * changed in it is seen, and none of it has to be read but what is asked for,
 * its lines stand in pages, each with a check.
 */

/* What an index is of: what its segment is known by. */
struct index_of {
	struct slice segment; /* its name */
	uint64_t entries;
	uint64_t incidents;          /* that begin in it */
	uint64_t bytes;              /* its size */
	char chain[SEAL_DIGITS + 1]; /* of its last entry */
	struct slice uses;           /* a letter for each of its columns */
};

struct index {
	/* For the caller to read. */
	struct index_of of;

	/* Private. */
	struct buf head; /* the lines before the pages; all, in memory alone */
	struct buf path; /* of the file, or empty */
	struct buf page; /* scratch: the one read last */
	struct index_page *pages;
	size_t n;
};

/* Makes the text of an index. */
void index_write(
    struct buf *text, const struct index_of *of, const struct extents *e);

/*
 * Opens an index by its file, or takes text that index_write() made.  Returns
 * whether it is one.
 */
bool index_open(struct index *x, const char *path);
bool index_take(struct index *x, struct slice text);

/*
 * Adds where the entries of an incident stand; none, where the segment has
 * none of it.  Returns 0, or -1 where the index is damaged.
 */
int index_find(struct index *x, struct slice id, struct extent_list *list);

/*
 * Tells of each incident whose id starts with lead, and whether its first entry
 * of all stands here.  Returns 0, or -1 where the index is damaged.
 */
int index_each(struct index *x, struct slice lead,
    void (*see)(void *context, struct slice id, bool fresh), void *context);

void index_release(struct index *x);

#endif
