#include "replay.h"

#include "buf.h"
#include "escape.h"

/* Adds a row under the name that a path gives it. */
static void
add_row(struct replay *r, struct table_row *row, struct dict *counts,
    size_t place, struct buf *name)
{
	struct slice node = table_text(row, "node");
	struct slice own = table_text(row, "row");
	size_t count = dict_find(counts, node);

	count = count == DICT_NONE ? 1 : count + 1;
	dict_set(counts, node, count);
	buf_clear(name);
	escape_add(name, node);
	if (own.n > 0) {
		buf_add_char(name, '.');
		escape_add(name, own);
	} else {
		buf_addf(name, ".%zu", count);
	}
	dict_add(&r->rows, buf_slice(name), place, NULL);
}

void
replay_load(struct replay *r, struct table *t, const struct columns *outputs)
{
	struct dict counts = {0};
	struct buf name = {0};

	r->n = outputs->n;
	r->output = arena_new(&r->arena, (t->n * r->n + 1) * sizeof *r->output);
	for (size_t i = 0; i < t->n; i++) {
		add_row(r, &t->row[i], &counts, i, &name);
		for (size_t k = 0; k < r->n; k++) {
			size_t at = columns_find(&t->columns, outputs->name[k]);

			r->output[i * r->n + k] = escape_copy(
			    table_text_at(&t->row[i], at), &r->arena);
		}
	}
	dict_release(&counts);
	buf_release(&name);
}

void
replay_path(const struct replay *r, struct slice path, struct slice *output)
{
	struct slice step;

	for (size_t k = 0; k < r->n; k++)
		output[k] = (struct slice){"", 0};
	while (slice_split(&path, '>', &step)) {
		size_t row = dict_find(&r->rows, step);

		for (size_t k = 0; row != DICT_NONE && k < r->n; k++) {
			if (r->output[row * r->n + k].n > 0)
				output[k] = r->output[row * r->n + k];
		}
	}
}

void
replay_release(struct replay *r)
{
	dict_release(&r->rows);
	arena_release(&r->arena);
	*r = (struct replay){0};
}
