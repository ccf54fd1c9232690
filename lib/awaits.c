#include "awaits.h"

#include <stddef.h>

#include "duration.h"
#include "table.h"

/* The name of a route: rows are counted in each reason. */
static struct slice
name_route(struct dict *rows, struct slice reason, struct buf *name)
{
	size_t row = dict_find(rows, reason);

	row = row == DICT_NONE ? 1 : row + 1;
	dict_set(rows, reason, row);
	buf_clear(name);
	buf_addf(name, "%.*s.%zu", SLICE_ARG(reason), row);
	return buf_slice(name);
}

int
awaits_load(struct awaits *a, struct pack *p, struct fault *f)
{
	struct dict rows = {0};
	struct buf name = {0};
	struct table *routes;
	int result = pack_table(p, "routes", &routes, f);

	for (size_t i = 0; result > 0 && i < routes->n; i++) {
		struct table_row *row = &routes->row[i];
		struct slice cell = table_text(row, "ack");
		struct slice route =
		    name_route(&rows, table_text(row, "reason"), &name);
		int64_t s;

		if (cell.n == 0)
			continue;
		if (duration_parse(cell, &s) < 0)
			result = fault_at(f, table_place(row, "ack"),
			    "ack '%.*s': a duration such as 15m was expected",
			    SLICE_ARG(cell));
		else
			dict_set(&a->seconds, route, (size_t)s);
	}
	dict_release(&rows);
	buf_release(&name);
	return result < 0 ? -1 : 0;
}

int64_t
awaits_of(const struct awaits *a, struct slice route)
{
	size_t s = dict_find(&a->seconds, route);

	return s == DICT_NONE ? -1 : (int64_t)s;
}

void
awaits_release(struct awaits *a)
{
	dict_release(&a->seconds);
}
