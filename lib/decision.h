#ifndef INC_DECISION_H
#define INC_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "pack.h"
#include "replay.h"
#include "slice.h"
#include "table.h"
#include "target.h"
#include "tree.h"
#include "when.h"

/*
 * What the rules say of a record, and what of it is written: the table
 * triage, the targets, and the rule that a person is never overruled.
 *
 *   priority     set where it is empty or priority_by is "rules", and
 *                priority_by with it; `suggested` is then cleared.  Else it is
 *                somebody's: kept, and the tree's answer goes to `suggested`.
 *   other        set where the tree says something and the record has no
 *   outputs      value, or the very value that the rules gave it before: what
 *                the rows named by its `path` set (replay.h), where `rules`
 *                says that rules have decided it.
 *   respond_by   received and the target of the priority that now stands;
 *   resolve_by   where empty, or a deadline that the targets gave.  While a
 *                hold lasts there is none: ours is cleared.
 *   path, rules  how, and by whose rules: the pack's name and version
 *   because      the rows taken and the facts they matched, where explained;
 *                else one that belongs to another path is cleared
 *
 * With a prefix all of them but priority_by, suggested and rules are written
 * under names that start with it, always the tree's answer (deadlines by the
 * tree's priority), and nothing else is touched.
 *
 * Clearing a value is written as \N, so that the log clears it too.
 */
struct decision {
	/* For the caller to set before the first call. */
	const char *prefix; /* NULL: none */
	bool explain;
	struct when_state when; /* its now; unreadable counts */
	void (*report)(void *ctx, const struct fault *f); /* of limits */
	void *ctx;

	/* For the caller to read. */
	uint64_t unreadable; /* times and holds; when.unreadable is apart */
	bool untargeted;     /* no target for the last record's priority */

	/* Private. */
	struct table *table; /* of the tree */
	struct tree *tree;
	const struct columns *outputs; /* of the tree */
	struct targets targets;
	struct replay replay;
	struct buf rules; /* form on disk */
	size_t *output;   /* where the outputs go */
	size_t priority, priority_by, suggested, deadline[2];
	size_t path, rules_at, because, received, holds;
	struct tree_walk walk;
	struct holds held;
	struct slice *before; /* what the old path gave */
	struct buf text[4];   /* deadlines, path, a priority */
};

/*
 * Loads the tree, from a file where tree_file is not NULL ("rules" then names
 * it too), and the targets; p must outlive d.  A tree that sets what is not a
 * tree's to set, and a prefix that makes one of inc's own names, are faults.
 * Returns 0, or -1 and the fault.
 */
int decision_load(
    struct decision *d, struct pack *p, const char *tree_file, struct fault *f);

/*
 * Binds the tree to the columns of the records that come in, and adds to out,
 * which starts as a copy of them, the columns that are set.  Returns 0, or -1
 * and the fault.
 */
int decision_bind(struct decision *d, const struct columns *in,
    struct columns *out, const struct columns *known, struct fault *f);

/*
 * Decides a record: in as it came, field the same with room for what was
 * added.  What is set are views of *d that are valid until the next call.
 */
void decision_record(
    struct decision *d, const struct slice *in, struct slice *field);

void decision_release(struct decision *d);

#endif
