#ifndef INC_REPLAY_H
#define INC_REPLAY_H

#include <stddef.h>

#include "columns.h"
#include "dict.h"
#include "mem.h"
#include "slice.h"
#include "table.h"

/*
 * What a decision said that was taken before: a record's `path` names the
 * rows of the tree that decided, and their outputs are still in the table.
 * So a value that the rules set is told from one that a person set since.
 */
struct replay {
	struct dict rows;     /* "node.row" to its number */
	struct slice *output; /* rows * outputs; form on disk, empty = none */
	size_t n;             /* outputs of a row */
	struct arena arena;
};

/*
 * Reads a tree's table, of which nothing is needed after the call.  r must be
 * all zero.
 */
void replay_load(
    struct replay *r, struct table *t, const struct columns *outputs);

/*
 * Sets output, one for each of the tree's outputs, to what the rows of a path
 * (as field) set, the last word of each; empty where they say nothing.  Rows
 * that the tree does not have (any more) are passed over.
 */
void replay_path(
    const struct replay *r, struct slice path, struct slice *output);

void replay_release(struct replay *r);

#endif
