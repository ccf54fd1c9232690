#include "jsonin.h"

#include <stdint.h>
#include <stdlib.h>

#define SHOWN_BYTES 100 /* of a name, in a message */

/* A column of the record. */
struct jsonin_cell {
	bool set;
	struct slice text;
	struct buf joined; /* text, where it is of several */
};

/* An array whose elements are records. */
struct jsonin_level {
	size_t next, end; /* the elements still to come */
	size_t before;    /* columns set by what stands around it */
};

static int collect(struct jsonin *j, size_t at, const struct slice *between);

/* The place of the column of the path under way; COLUMNS_NONE: one too many. */
static size_t
find_column(struct jsonin *j)
{
	size_t n = j->names.n;
	size_t at = columns_find(&j->names, buf_slice(&j->path));

	if (at != COLUMNS_NONE || j->fixed || n == JSONIN_COLUMNS_MAX)
		return at;
	j->cell = mem_grow(j->cell, n, &j->cell_cap, sizeof *j->cell);
	j->cell[n] = (struct jsonin_cell){0};
	return columns_add(&j->names, buf_slice(&j->path));
}

/*
 * Sets the column of the path under way to a text, or adds it to those that it
 * has where it may have several.
 */
static int
set_cell(struct jsonin *j, struct slice text, const struct slice *between)
{
	struct jsonin_cell *cell;
	size_t at;

	if (j->path.n > JSONIN_NAME_MAX) {
		j->wrong = "is longer than a name: data in place of names?";
		return -1;
	}
	at = find_column(j);
	if (at == COLUMNS_NONE) {
		j->wrong = j->fixed
		    ? "is none of the columns"
		    : "is one name too many: data in place of names?";
		return -1;
	}
	cell = &j->cell[at];
	if (cell->set && between == NULL) {
		j->wrong = "comes twice";
		return -1;
	}
	if (!cell->set) {
		j->set = mem_grow(j->set, j->nset, &j->set_cap, sizeof *j->set);
		j->set[j->nset++] = at;
		cell->set = true;
		cell->text = text;
		buf_clear(&cell->joined);
		return 0;
	}
	if (text.n == 0)
		return 0;
	if (cell->joined.n == 0)
		buf_add_slice(&cell->joined, cell->text);
	if (cell->joined.n > 0)
		buf_add_slice(&cell->joined, *between);
	buf_add_slice(&cell->joined, text);
	cell->text = buf_slice(&cell->joined);
	return 0;
}

/* Forgets the columns set after the first n. */
static void
unset(struct jsonin *j, size_t n)
{
	while (j->nset > n)
		j->cell[j->set[--j->nset]].set = false;
}

/* The name of an array of rows within the innermost one, or an empty one. */
static struct slice
next_rows(const struct jsonin *j)
{
	/* the records come first */
	if (j->rows == NULL || j->nlevels == 0 || j->nlevels > j->rows->n)
		return (struct slice){"", 0};
	return j->rows->name[j->nlevels - 1];
}

static int
collect_elements(struct jsonin *j, size_t at, const struct slice *between)
{
	size_t end = j->tree.node[at].end;

	for (size_t i = at + 1; i < end; i = j->tree.node[i].end) {
		int got = j->tree.node[i].kind == JSONTREE_ARRAY
		    ? set_cell(
			  j, jsontree_json(&j->tree, i, &j->arena), between)
		    : collect(j, i, between);

		if (got < 0)
			return -1;
	}
	return 0;
}

static int
collect_members(struct jsonin *j, size_t at, const struct slice *between)
{
	size_t end = j->tree.node[at].end, n = j->path.n;

	for (size_t i = at + 1; i < end; i = j->tree.node[i].end) {
		if (n > 1 || (n == 1 && j->path.p[0] != '.'))
			buf_add_char(&j->path, '.');
		buf_add_slice(&j->path, jsontree_key(&j->tree, i));
		if (collect(j, i, between) < 0)
			return -1; /* which the path names */
		j->path.n = n;
	}
	return 0;
}

/*
 * Sets the columns of a node under the path, all that is in it.  between is
 * what stands between the texts of one column, NULL where it has but one.
 */
static int
collect(struct jsonin *j, size_t at, const struct slice *between)
{
	const struct jsontree_node *node = &j->tree.node[at];
	struct slice rows = next_rows(j);
	bool has_parts =
	    node->kind == JSONTREE_ARRAY || node->kind == JSONTREE_OBJECT;

	if (at == j->records_at)
		return 0;
	if (has_parts && rows.n > 0 && slice_eq(buf_slice(&j->path), rows)) {
		if (j->found != SIZE_MAX) {
			j->wrong = "comes twice";
			return -1;
		}
		j->found = at;
		return 0;
	}
	if (node->kind == JSONTREE_OBJECT)
		return collect_members(j, at, between);
	if (node->kind != JSONTREE_ARRAY)
		return set_cell(j, jsontree_text(&j->tree, at), between);
	if (between == NULL && j->joins != NULL)
		between = joins_find(j->joins, buf_slice(&j->path));
	if (between != NULL)
		return collect_elements(j, at, between);
	return set_cell(j,
	    node->end > at + 1 ? jsontree_json(&j->tree, at, &j->arena)
			       : (struct slice){"", 0},
	    NULL);
}

/* Goes into an array of rows, or an object as its own element. */
static void
enter(struct jsonin *j, size_t at)
{
	const struct jsontree_node *node = &j->tree.node[at];

	j->level =
	    mem_grow(j->level, j->nlevels, &j->level_cap, sizeof *j->level);
	j->level[j->nlevels++] = (struct jsonin_level){
	    .next = node->kind == JSONTREE_OBJECT ? at : at + 1,
	    .end = node->end,
	    .before = j->nset};
}

/* Sets the columns of an element of the innermost array of rows. */
static int
collect_element(struct jsonin *j, size_t at)
{
	buf_clear(&j->path);
	if (j->nlevels > 1)
		buf_add_slice(&j->path, j->rows->name[j->nlevels - 2]);
	j->found = SIZE_MAX;
	return j->tree.node[at].kind == JSONTREE_ARRAY
	    ? set_cell(j, jsontree_json(&j->tree, at, &j->arena), NULL)
	    : collect(j, at, NULL);
}

/* The fault of the column that the path names. */
static int
fail_column(struct jsonin *j, struct fault *f)
{
	struct slice shown = slice_cut(buf_slice(&j->path), SHOWN_BYTES);

	return fault_at(f, j->where, "'%.*s' %s", SLICE_ARG(shown), j->wrong);
}

void
jsonin_name(struct jsonin *j, struct slice name)
{
	buf_clear(&j->path);
	buf_add_slice(&j->path, name);
	find_column(j);
}

/* The array, or object, of a name with dots in the value; or SIZE_MAX. */
static size_t
find_part(const struct jsonin *j, struct slice name)
{
	const struct jsontree_node *node = j->tree.node;
	struct slice key;
	size_t at = 0;

	while (slice_split(&name, '.', &key)) {
		size_t end = node[at].end, i = at + 1;

		if (node[at].kind != JSONTREE_OBJECT)
			return SIZE_MAX;
		while (i < end && !slice_eq(jsontree_key(&j->tree, i), key))
			i = node[i].end;
		if (i >= end)
			return SIZE_MAX;
		at = i;
	}
	return node[at].kind == JSONTREE_ARRAY ||
		node[at].kind == JSONTREE_OBJECT
	    ? at
	    : SIZE_MAX;
}

/*
 * Whether the elements of an array are the records, or the values themselves:
 * the first value tells of all.  Returns 0, or -1 and the fault.
 */
static int
find_records(struct jsonin *j, struct fault *f)
{
	bool wrapped;

	j->records_at = SIZE_MAX;
	if (j->records.n == 0)
		return 0;
	j->records_at = find_part(j, j->records);
	wrapped = j->records_at != SIZE_MAX;
	if (!j->told) {
		j->told = true;
		j->wrapped = wrapped;
	}
	if (wrapped == j->wrapped)
		return 0;
	return fault_at(f, j->where,
	    wrapped ? "an array '%.*s' of records, which the first value has "
		      "not"
		    : "no array '%.*s' of records, which the first value has",
	    SLICE_ARG(j->records));
}

int
jsonin_take(
    struct jsonin *j, struct slice value, struct place where, struct fault *f)
{
	j->where = where;
	j->nlevels = 0;
	unset(j, 0);
	arena_reset(&j->arena);
	if (value.n == 0)
		return fault_at(f, where,
		    "the array never ends: the file may have been cut short");
	if (jsontree_read(&j->tree, value, where, f) < 0 ||
	    find_records(j, f) < 0)
		return -1;
	if (j->records_at == SIZE_MAX) {
		enter(j, 0);
		return 0;
	}
	buf_clear(&j->path);
	buf_add_char(&j->path, '.');
	if (collect(j, 0, NULL) < 0)
		return fail_column(j, f);
	enter(j, j->records_at);
	j->records_at = SIZE_MAX;
	return 0;
}

/* Gives the columns that are set as a record. */
static int
give(struct jsonin *j)
{
	size_t n = j->names.n;

	if (n > j->out_cap) {
		j->out_cap = 2 * n;
		j->out = mem_resize(j->out, j->out_cap, sizeof *j->out);
	}
	for (size_t i = 0; i < n; i++)
		j->out[i] =
		    j->cell[i].set ? j->cell[i].text : (struct slice){"", 0};
	j->field = j->out;
	return JSONIN_RECORD;
}

int
jsonin_next(struct jsonin *j, struct fault *f)
{
	while (j->nlevels > 0) {
		struct jsonin_level *level = &j->level[j->nlevels - 1];
		size_t at = level->next;

		unset(j, level->before);
		if (at == level->end) {
			j->nlevels--;
			continue;
		}
		level->next = j->tree.node[at].end;
		if (collect_element(j, at) < 0) {
			j->row = jsontree_json(&j->tree, at, &j->arena);
			fail_column(j, f);
			return JSONIN_BAD;
		}
		if (j->found == SIZE_MAX ||
		    j->tree.node[j->found].end == j->found + 1)
			return give(j);
		enter(j, j->found);
	}
	return JSONIN_END;
}

void
jsonin_release(struct jsonin *j)
{
	for (size_t i = 0; i < j->names.n; i++)
		buf_release(&j->cell[i].joined);
	columns_release(&j->names);
	jsontree_release(&j->tree);
	free(j->cell);
	free(j->set);
	free(j->level);
	free(j->out);
	buf_release(&j->path);
	arena_release(&j->arena);
	*j = (struct jsonin){0};
}
