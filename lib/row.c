#include "row.h"

#include <stdlib.h>

#include "mem.h"

bool
row_is_entry(const struct columns *columns)
{
	static const char *const name[] = {
	    "seq", "at", "by", "source", "event", "id", "updated"};

	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		if (columns_find(columns, slice_of(name[i])) == COLUMNS_NONE)
			return false;
	}
	return true;
}

void
row_ignore(struct row *row, struct slice name)
{
	size_t at = columns_find(&row->columns, name);

	if (at != COLUMNS_NONE)
		row->column[at] = COLUMNS_NONE;
}

void
row_release(struct row *row)
{
	columns_release(&row->columns);
	free(row->column);
	*row = (struct row){0};
}

void
row_bind(struct row *row, const struct columns *c, struct incidents *all)
{
	row_release(row);
	columns_add_all(&row->columns, c);
	row->column = mem_new(c->n, sizeof *row->column);
	for (size_t i = 0; i < c->n; i++)
		row->column[i] = incidents_column(all, c->name[i]);
	row->id = columns_find(c, slice_of("id"));
	row->updated = columns_find(c, slice_of("updated"));
	row->rev = columns_find(c, slice_of("rev"));
	row->event = columns_find(c, slice_of("event"));
	row->message = columns_find(c, slice_of("message"));
	row->try = columns_find(c, slice_of("try"));
	row->delivery = columns_find(c, slice_of("delivery"));
}
