#include "record.h"

#include <stdlib.h>

#include "mem.h"

/* What stands in a column of a row. */
struct record_column {
	enum { OTHER, ID, UPDATED, REV, HOLDS, VALUE } kind;
	size_t place; /* in incidents.columns; COLUMNS_NONE: nowhere */
};

void
record_columns(const struct incidents *all, struct columns *out, bool rev)
{
	columns_add(out, slice_of("id"));
	columns_add(out, slice_of("received"));
	columns_add(out, slice_of("updated"));
	for (size_t i = 0; i < all->columns.n; i++) {
		if (!incidents_of_messages(all, i))
			columns_add(out, all->columns.name[i]);
	}
	if (incidents_stand(all))
		columns_add(out, slice_of("holds"));
	if (rev)
		columns_add(out, slice_of("rev"));
}

static struct record_column
column_of(const struct incidents *all, struct slice name)
{
	struct record_column c = {OTHER, columns_find(&all->columns, name)};

	if (c.place != COLUMNS_NONE)
		c.kind = VALUE;
	if (slice_is(name, "id"))
		c.kind = ID;
	else if (slice_is(name, "updated"))
		c.kind = UPDATED;
	else if (slice_is(name, "rev"))
		c.kind = REV;
	else if (slice_is(name, "holds"))
		c.kind = HOLDS;
	return c;
}

void
record_bind(struct record *r, const struct incidents *all,
    const struct columns *columns)
{
	r->n = columns->n;
	r->column = mem_resize(r->column, r->n + 1, sizeof *r->column);
	for (size_t i = 0; i < r->n; i++)
		r->column[i] = column_of(all, columns->name[i]);
	r->known = all->columns.n;
	r->value = mem_resize(r->value, r->known + 1, sizeof *r->value);
}

/* When an incident was last told of; a stream may tell of no time. */
static struct slice
updated_text(struct record *r, const struct incident *in)
{
	struct stamp updated = incident_updated(in);

	return updated.s != 0 ? stamp_text(&r->updated, updated)
			      : (struct slice){"", 0};
}

void
record_fill(struct record *r, const struct incident *in, struct slice *field)
{
	incident_values(in, r->value, r->known);
	for (size_t i = 0; i < r->n; i++) {
		const struct record_column *c = &r->column[i];

		switch (c->kind) {
		case OTHER:
			break;
		case ID:
			field[i] = in->id;
			break;
		case UPDATED:
			field[i] = updated_text(r, in);
			break;
		case REV:
			buf_clear(&r->rev);
			buf_add_number(&r->rev, incident_rev(in));
			field[i] = buf_slice(&r->rev);
			break;
		case HOLDS:
			buf_clear(&r->holds);
			incident_holds(
			    in, incident_value(in, c->place), &r->holds);
			field[i] = buf_slice(&r->holds);
			break;
		case VALUE:
			field[i] = r->value[c->place];
			break;
		}
	}
}

void
record_release(struct record *r)
{
	free(r->column);
	free(r->value);
	buf_release(&r->updated.text);
	buf_release(&r->rev);
	buf_release(&r->holds);
	*r = (struct record){0};
}
