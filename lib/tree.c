#include "tree.h"

#include <stdlib.h>

#include "dict.h"
#include "escape.h"
#include "mem.h"
#include "schema.h"
#include "whenset.h"

#define NO_NODE SIZE_MAX /* as a row's next: a leaf */

struct tree_row {
	struct when *when;
	size_t next;         /* a node, or NO_NODE */
	struct slice *value; /* of each output, in form on disk */
	struct slice label;  /* "node.row", for the path */
};

struct tree_node {
	struct slice name;
	size_t first, n; /* rows */
};

struct tree {
	struct table *table;
	struct slice file; /* the table's name, for explanations */
	struct columns outputs;
	size_t *slot;         /* where each output stands in a walk's view */
	size_t in;            /* columns of the bound stream */
	size_t width;         /* of a walk's view */
	struct tree_row *row; /* as many as the table has */
	struct whenset *set;  /* their conditions */
	struct tree_node *node;
	size_t n, cap;
	struct dict index; /* from name to node */
	struct arena arena;
};

/* The columns that a tree must have. */
static const struct slice required[] = {SLICE("node"), SLICE("when")};

#define REQUIRED (sizeof required / sizeof *required)

static int
check_header(const struct table *t, struct fault *f)
{
	for (size_t i = 0; i < REQUIRED; i++) {
		if (columns_find(&t->columns, required[i]) != COLUMNS_NONE)
			continue;
		fault_at(f, table_header_line(t),
		    "the column '%.*s' is missing", SLICE_ARG(required[i]));
		return fault_suggest(
		    f, required[i], t->columns.name, t->columns.n);
	}
	if (t->n == 0)
		return fault_at(f, table_header_line(t),
		    "a tree of no rows: at least a node with the row '*' was "
		    "expected");
	return 0;
}

/* Checks the name of a node or of a row: a path is made of them. */
static int
check_name(struct table_row *row, const char *column, struct fault *f)
{
	struct slice name = table_text(row, column);

	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c <= ' ' || c == 0x7f || c == '.' || c == '>')
			return fault_at(f, table_place(row, column),
			    "'%.*s': a name holds no blank, '.' or '>'",
			    SLICE_ARG(name));
	}
	return 0;
}

/* Begins a node with row i, or adds the row to the one under way. */
static int
add_to_node(struct tree *t, size_t i, struct fault *f)
{
	struct table_row *row = &t->table->row[i];
	struct slice name = table_text(row, "node");
	struct tree_node *node = t->n > 0 ? &t->node[t->n - 1] : NULL;
	struct place where = table_place(row, "node");
	size_t other;
	bool added;

	if (name.n == 0)
		return fault_at(f, where, "the row names no node");
	if (check_name(row, "node", f) < 0)
		return -1;
	if (node != NULL && slice_eq(node->name, name)) {
		node->n++;
		return 0;
	}
	other = dict_add(&t->index, name, t->n, &added);
	if (!added) {
		node = &t->node[other];
		row = &t->table->row[node->first + node->n - 1];
		return fault_at(f, where,
		    "the rows of node '%.*s' stand together, and end on line "
		    "%zu",
		    SLICE_ARG(name), row->line);
	}
	t->node = mem_grow(t->node, t->n, &t->cap, sizeof *t->node);
	t->node[t->n++] = (struct tree_node){name, i, 1};
	return 0;
}

/*
 * Makes "node.row" in t->row[i].label from the row's name or number, which no
 * other row of the node may have.  seen holds the labels so far, with lines.
 */
static int
label_row(struct tree *t, size_t i, struct dict *seen, struct fault *f)
{
	struct table_row *row = &t->table->row[i];
	const struct tree_node *node = &t->node[t->n - 1];
	struct slice name = table_text(row, "row");
	struct buf label = {0}, number = {0};
	size_t line;
	bool added, foreign;

	if (check_name(row, "row", f) < 0)
		return -1;
	buf_addf(&number, "%zu", node->n);
	foreign = name.n > 0 && !slice_eq(name, buf_slice(&number)) &&
	    strspn(name.p, "0123456789") >= name.n;
	escape_add(&label, node->name);
	buf_add_char(&label, '.');
	escape_add(&label, name.n > 0 ? name : buf_slice(&number));
	t->row[i].label.p = arena_copy(&t->arena, label.p, label.n);
	t->row[i].label.n = label.n;
	buf_release(&label);
	buf_release(&number);
	line = dict_add(seen, t->row[i].label, row->line, &added);
	if (foreign)
		return fault_at(f, table_place(row, "row"),
		    "'%.*s' is not this row's number", SLICE_ARG(name));
	if (!added)
		return fault_at(f, table_place(row, "row"),
		    "two rows of node '%.*s' are called '%.*s', the other on "
		    "line %zu",
		    SLICE_ARG(node->name), SLICE_ARG(name), line);
	return 0;
}

static void
keep_values(struct tree *t, size_t i)
{
	struct table_row *row = &t->table->row[i];
	struct slice *value =
	    arena_new(&t->arena, t->outputs.n * sizeof *value);

	t->row[i].value = value;
	for (size_t k = 0; k < t->outputs.n; k++) {
		struct slice text = table_text_at(
		    row, columns_find(&t->table->columns, t->outputs.name[k]));

		value[k] = escape_copy(text, &t->arena);
	}
}

static int
read_row(struct tree *t, size_t i, struct dict *seen, struct fault *f)
{
	struct table_row *row = &t->table->row[i];

	if (add_to_node(t, i, f) < 0 || label_row(t, i, seen, f) < 0)
		return -1;
	t->row[i].when =
	    when_parse(table_raw(row, "when"), table_place(row, "when"), f);
	if (t->row[i].when == NULL)
		return -1;
	keep_values(t, i);
	return 0;
}

static int
read_rows(struct tree *t, struct fault *f)
{
	struct dict seen = {0};
	int result = 0;

	for (size_t i = 0; i < t->table->n && result == 0; i++) {
		if (read_row(t, i, &seen, f) < 0)
			result = fault_keep(f);
	}
	dict_release(&seen);
	return result;
}

/* The last row of a node is "*", and no other. */
static int
check_last_rows(const struct tree *t, struct fault *f)
{
	for (size_t k = 0; k < t->n; k++) {
		const struct tree_node *node = &t->node[k];

		for (size_t i = 0; i < node->n; i++) {
			size_t r = node->first + i;
			bool always = when_is_always(t->row[r].when);
			bool last = i + 1 == node->n;
			struct place where =
			    table_place(&t->table->row[r], "when");

			if (always && !last)
				fault_at(f, where,
				    "'*' holds always, so the rows of node "
				    "'%.*s' after it are never taken",
				    SLICE_ARG(node->name));
			if (!always && last)
				fault_at(f, where,
				    "the last row of node '%.*s' must be '*'",
				    SLICE_ARG(node->name));
			if (always != last && fault_keep(f) < 0)
				return -1;
		}
	}
	return 0;
}

static int
fault_next(const struct tree *t, struct table_row *row, struct fault *f)
{
	struct slice *names = mem_new(t->n, sizeof *names);
	struct slice next = table_text(row, "next");

	for (size_t i = 0; i < t->n; i++)
		names[i] = t->node[i].name;
	fault_at(f, table_place(row, "next"), "unknown node '%.*s'",
	    SLICE_ARG(next));
	fault_suggest(f, next, names, t->n);
	free(names);
	return -1;
}

static int
find_next(struct tree *t, struct fault *f)
{
	for (size_t i = 0; i < t->table->n; i++) {
		struct table_row *row = &t->table->row[i];
		struct slice next = table_text(row, "next");

		t->row[i].next =
		    next.n > 0 ? dict_find(&t->index, next) : NO_NODE;
		if (next.n > 0 && t->row[i].next == DICT_NONE &&
		    fault_next(t, row, f) < 0 && fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

/* A search through the tree: what was seen, and the way to where it is. */
struct search {
	enum { UNSEEN, UNDER_WAY, DONE } * mark; /* of each node */
	size_t *done;                            /* rows, of each node */
	size_t *way;                             /* nodes */
	size_t n;
};

static void
enter(struct search *s, size_t node)
{
	s->mark[node] = UNDER_WAY;
	s->way[s->n++] = node;
}

/* Follows all ways from the first node; one that leads back is a fault. */
static int
follow(const struct tree *t, struct search *s, struct fault *f)
{
	enter(s, 0);
	while (s->n > 0) {
		size_t at = s->way[s->n - 1], r, next;
		const struct tree_node *node = &t->node[at];

		if (s->done[at] == node->n) {
			s->mark[at] = DONE;
			s->n--;
			continue;
		}
		r = node->first + s->done[at]++;
		next = t->row[r].next;
		if (next == NO_NODE || s->mark[next] == DONE)
			continue;
		if (s->mark[next] == UNDER_WAY)
			return fault_at(f,
			    table_place(&t->table->row[r], "next"),
			    "node '%.*s' leads back to '%.*s'",
			    SLICE_ARG(node->name),
			    SLICE_ARG(t->node[next].name));
		enter(s, next);
	}
	return 0;
}

static int
check_ways(const struct tree *t, struct fault *f)
{
	struct search s = {
	    .mark = mem_new(t->n, sizeof *s.mark),
	    .done = mem_new(t->n, sizeof *s.done),
	    .way = mem_new(t->n, sizeof *s.way),
	};
	int result = follow(t, &s, f);

	for (size_t i = 0; i < t->n && result == 0; i++) {
		if (s.mark[i] != UNSEEN)
			continue;
		fault_at(f,
		    table_place(&t->table->row[t->node[i].first], "node"),
		    "no way leads from '%.*s' to node '%.*s'",
		    SLICE_ARG(t->node[0].name), SLICE_ARG(t->node[i].name));
		result = fault_keep(f);
	}
	free(s.mark);
	free(s.done);
	free(s.way);
	return result;
}

static int
build(struct tree *t, struct fault *f)
{
	const char *slash = strrchr(t->table->path, '/');
	size_t kept = fault_count(f);
	struct slice file =
	    slice_of(slash != NULL ? slash + 1 : t->table->path);

	t->file = escape_copy(file, &t->arena);
	if (check_header(t->table, f) < 0)
		return -1;
	for (size_t i = 0; i < t->table->columns.n; i++) {
		if (schema_is_output(t->table->columns.name[i]))
			columns_add(&t->outputs, t->table->columns.name[i]);
	}
	t->row = mem_new(t->table->n, sizeof *t->row);
	t->slot = mem_new(t->outputs.n, sizeof *t->slot);
	if (read_rows(t, f) < 0 || fault_count(f) > kept ||
	    check_last_rows(t, f) < 0 || find_next(t, f) < 0 ||
	    fault_count(f) > kept || check_ways(t, f) < 0)
		return -1;
	if (fault_count(f) > kept)
		return -1;
	t->set = whenset_new(&t->row->when, t->table->n, sizeof *t->row);
	return 0;
}

struct tree *
tree_new(struct table *table, struct fault *f)
{
	struct tree *t = mem_new(1, sizeof *t);

	t->table = table;
	if (build(t, f) == 0)
		return t;
	tree_free(t);
	return NULL;
}

void
tree_free(struct tree *t)
{
	if (t == NULL)
		return;
	whenset_free(t->set);
	for (size_t i = 0; t->row != NULL && i < t->table->n; i++)
		when_free(t->row[i].when);
	free(t->row);
	free(t->node);
	free(t->slot);
	columns_release(&t->outputs);
	dict_release(&t->index);
	arena_release(&t->arena);
	free(t);
}

const struct columns *
tree_outputs(const struct tree *t)
{
	return &t->outputs;
}

struct slice
tree_row_name(const struct tree *t, size_t row)
{
	return t->row[row].label;
}

bool
tree_row_is_leaf(const struct tree *t, size_t row)
{
	return t->row[row].next == NO_NODE;
}

/*
 * A walk's view is the stream's row with the outputs in it: each in the place
 * of the column of its name, or after the last where there is none.
 */
int
tree_bind(struct tree *t, const struct columns *in, const struct columns *known,
    struct fault *f)
{
	struct columns view = {0};
	int result = 0;

	columns_add_all(&view, in);
	for (size_t i = 0; i < t->outputs.n; i++)
		t->slot[i] = columns_add(&view, t->outputs.name[i]);
	t->in = in->n;
	t->width = view.n;
	for (size_t i = 0; i < t->table->n && result == 0; i++)
		result = when_bind(t->row[i].when, &view, known, f);
	columns_seek(in, &view);
	columns_release(&view);
	return result;
}

static void
start_walk(
    const struct tree *t, const struct slice *field, struct tree_walk *walk)
{
	if (walk->outputs_cap < t->outputs.n || walk->output == NULL) {
		walk->outputs_cap = t->outputs.n;
		walk->output = mem_resize(
		    walk->output, walk->outputs_cap, sizeof *walk->output);
	}
	if (walk->view_cap < t->width || walk->view == NULL) {
		walk->view_cap = t->width;
		walk->view =
		    mem_resize(walk->view, walk->view_cap, sizeof *walk->view);
	}
	if (t->in > 0)
		memcpy(walk->view, field, t->in * sizeof *field);
	for (size_t i = 0; i < t->outputs.n; i++) {
		walk->output[i] = (struct slice){"", 0};
		walk->view[t->slot[i]] = walk->output[i];
	}
	buf_clear(&walk->path);
	buf_clear(&walk->because);
}

/* The row of a node that is taken. */
static size_t
choose(const struct tree *t, const struct tree_node *node,
    struct when_state *state, struct tree_walk *walk,
    void (*report)(void *ctx, const struct fault *f), void *ctx)
{
	size_t last = node->first + node->n - 1, r = node->first;
	int holds;

	while ((r = whenset_find(t->set, r, last, walk->view, state, &holds)) <
	    last) {
		if (holds > 0)
			return r;
		walk->limits++;
		if (report != NULL)
			report(ctx, &state->fault);
		r++;
	}
	return last; /* "*" */
}

static void
explain(const struct tree *t, size_t r, struct tree_walk *walk)
{
	size_t n;

	if (walk->because.n > 0)
		buf_add_str(&walk->because, "; ");
	buf_add_slice(&walk->because, t->file);
	buf_add_char(&walk->because, ':');
	buf_add_number(&walk->because, t->table->row[r].line);
	buf_add_char(&walk->because, ' ');
	n = walk->because.n;
	when_facts(t->row[r].when, walk->view, &walk->because);
	if (walk->because.n == n)
		walk->because.n--; /* the blank */
}

static void
take(const struct tree *t, size_t r, struct tree_walk *walk)
{
	const struct tree_row *row = &t->row[r];

	if (walk->explain)
		explain(t, r, walk);
	if (walk->path.n > 0)
		buf_add_char(&walk->path, '>');
	buf_add_slice(&walk->path, row->label);
	for (size_t i = 0; i < t->outputs.n; i++) {
		if (row->value[i].n == 0)
			continue;
		walk->output[i] = row->value[i];
		walk->view[t->slot[i]] = row->value[i];
	}
}

void
tree_go(const struct tree *t, const struct slice *field,
    struct when_state *state, struct tree_walk *walk,
    void (*report)(void *ctx, const struct fault *f), void *ctx)
{
	size_t at = 0;

	start_walk(t, field, walk);
	whenset_row(t->set, state);
	while (at != NO_NODE) {
		size_t r = choose(t, &t->node[at], state, walk, report, ctx);

		take(t, r, walk);
		at = t->row[r].next;
	}
}

void
tree_walk_release(struct tree_walk *walk)
{
	free(walk->output);
	free(walk->view);
	buf_release(&walk->path);
	buf_release(&walk->because);
	*walk = (struct tree_walk){0};
}
