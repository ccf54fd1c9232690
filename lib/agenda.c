#include "agenda.h"

#include <stdlib.h>

#include "mem.h"

struct agenda_item {
	agenda_call *call;
	void *ctx;
	size_t rows;  /* bytes of them that come before */
	size_t part;  /* its first one */
	size_t group; /* place after its group; 0: it has none */
};

size_t
agenda_add(struct agenda *a, size_t rows, agenda_call *call, void *ctx,
    const struct slice *part, size_t n)
{
	a->item = mem_grow(a->item, a->n, &a->cap, sizeof *a->item);
	a->item[a->n] = (struct agenda_item){
	    .call = call, .ctx = ctx, .rows = rows, .part = a->nparts};
	for (size_t i = 0; i < n; i++) {
		a->part =
		    mem_grow(a->part, a->nparts, &a->part_cap, sizeof *a->part);
		a->part[a->nparts++] = (struct slice){NULL, part[i].n};
		buf_add_slice(&a->bytes, part[i]);
	}
	return a->n++;
}

void
agenda_end_group(struct agenda *a, size_t place)
{
	a->item[place].group = a->n;
}

/* Says where the parts are, now that the bytes stay where they are. */
static void
find_parts(struct agenda *a)
{
	const char *p = buf_slice(&a->bytes).p;

	for (size_t i = 0; i < a->nparts; i++) {
		a->part[i].p = p;
		p += a->part[i].n;
	}
}

static int
do_all(struct agenda *a, struct slice rows, struct stream_writer *out)
{
	size_t done = 0;

	find_parts(a);
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_item *item = &a->item[i];
		struct slice before = {rows.p + done, item->rows - done};
		int goes_on;

		if (before.n > 0 && stream_writer_rows(out, before) < 0)
			return -1;
		done = item->rows;
		goes_on = item->call(item->ctx, a->part + item->part);
		if (goes_on < 0)
			return -1;
		if (goes_on == 0 && item->group > 0)
			i = item->group - 1;
	}
	rows = slice_from(rows, done);
	return rows.n > 0 ? stream_writer_rows(out, rows) : 0;
}

int
agenda_do(struct agenda *a, struct slice rows, struct stream_writer *out)
{
	int result = do_all(a, rows, out);

	buf_clear(&a->bytes);
	a->n = a->nparts = 0;
	return result;
}

void
agenda_release(struct agenda *a)
{
	free(a->item);
	free(a->part);
	buf_release(&a->bytes);
	*a = (struct agenda){0};
}
