#ifndef INC_TREE_H
#define INC_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "table.h"
#include "when.h"

/*
 * Decision trees: inc-procedures(7), tables call and triage.  Columns beside
 * node row ask field when next note are outputs, each named by the stream
 * column that it sets.
 */
struct tree;

/*
 * Builds the tree of a table, which must outlive it, and checks it: the rows
 * of a node stand together, its last row and no other is "*", next names a
 * node, no way leads back, every node can be reached from the first.  Names of
 * nodes and rows hold no blank, '.' or '>'; a row's is its own within the node
 * and no other row's number.  Returns NULL and the fault with the place of the
 * broken rule.
 */
struct tree *tree_new(struct table *t, struct fault *f);

void tree_free(struct tree *t);

/* The names of the outputs, in the table's order. */
const struct columns *tree_outputs(const struct tree *t);

/*
 * The name of a row in a path, "node.row" in form on disk, and whether a walk
 * ends there.  Rows are those of the table, by their places in it.
 */
struct slice tree_row_name(const struct tree *t, size_t row);
bool tree_row_is_leaf(const struct tree *t, size_t row);

/*
 * Binds every condition to a stream's columns.  A name of an output means
 * that output as the walk has set it so far; known is as in when_bind().
 * Returns 0, or -1 and the fault.
 */
int tree_bind(struct tree *t, const struct columns *in,
    const struct columns *known, struct fault *f);

/* What a walk found.  All zero before the first; free with its release. */
struct tree_walk {
	struct slice *output; /* one for each output, in form on disk; empty
				 = the tree says nothing.  Valid as long as
				 the tree */
	struct buf path;      /* start.1>matrix.4>adjust.vip */
	struct buf because;   /* "FILE:LINE impact=1 urgency=2; …", filled
				 where explain; both in form on disk */
	bool explain;
	size_t limits;      /* searches that hit a limit and so were not met */
	struct slice *view; /* private: the row with the outputs in it */
	size_t outputs_cap, view_cap; /* private */
};

/*
 * Walks the tree for a row of the bound stream.  Every limit that a search
 * hit is told to report (may be NULL) and counted.  Always arrives.
 */
void tree_go(const struct tree *t, const struct slice *field,
    struct when_state *state, struct tree_walk *walk,
    void (*report)(void *ctx, const struct fault *f), void *ctx);

void tree_walk_release(struct tree_walk *walk);

#endif
