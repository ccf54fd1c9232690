#include "table.h"

#include <stdlib.h>

#include "tree.h"

/*
 * Tables and trees: the first byte says which form of a table follows.  Every
 * row has its cells, each in its place; what tree_new() takes for a tree can
 * be walked, by any row, to a leaf.
 */
static void
add(void *columns, struct slice name, struct place where)
{
	(void)where;
	columns_add(columns, name);
}

/* The columns that the conditions name. */
static void
find_names(struct table *t, struct columns *names)
{
	struct fault f = {0};

	for (size_t i = 0; i < t->n; i++) {
		struct when *w = when_parse(table_raw(&t->row[i], "when"),
		    table_place(&t->row[i], "when"), &f);

		if (w != NULL)
			when_names(w, add, names);
		when_free(w);
	}
	fault_release(&f);
}

static void
walk(struct table *t, struct tree *tree, struct slice value)
{
	struct tree_walk walk = {.explain = true};
	struct when_state state = {0};
	struct columns names = {0};
	struct fault f = {0};
	struct slice *field;

	find_names(t, &names);
	field = calloc(names.n + 1, sizeof *field);
	for (size_t i = 0; field != NULL && i < names.n; i += 2)
		field[i] = value;
	if (field == NULL || tree_bind(tree, &names, NULL, &f) < 0)
		abort();
	tree_go(tree, field, &state, &walk, NULL, NULL);
	if (walk.path.n == 0 || walk.because.n == 0)
		abort();
	free(field);
	columns_release(&names);
	tree_walk_release(&walk);
	when_state_release(&state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data + 1, size - 1};
	struct table t = {0};
	struct fault f = {0};
	struct tree *tree;

	if (size == 0)
		return 0;
	if (table_read(&t, "fuzz", text, data[0] == ',', &f) == 0) {
		for (size_t i = 0; i < t.n; i++) {
			for (size_t k = 0; k < t.columns.n; k++) {
				if (table_text_at(&t.row[i], k).p == NULL ||
				    t.row[i].column[k] == 0)
					abort();
			}
		}
		tree = tree_new(&t, &f);
		if (tree != NULL)
			walk(&t, tree, t.row[0].cell[0]);
		tree_free(tree);
	}
	if (f.text.n > 0 && !slice_starts(buf_slice(&f.text), "fuzz"))
		abort();
	table_release(&t);
	fault_release(&f);
	return 0;
}
