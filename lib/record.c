#include "record.h"

#include <stdlib.h>

#include "mem.h"

/* What is made for a row. */
enum kind { ID, UPDATED, REV, HOLDS, NONE };

/* A column of a row that is made for it. */
struct record_column {
	enum kind kind;
	size_t at;    /* in the row */
	size_t place; /* in incidents.columns; COLUMNS_NONE: nowhere */
};

void
record_columns(const struct incidents *all, struct columns *out, bool rev)
{
	columns_add(out, slice_of("id"));
	columns_add(out, slice_of("received"));
	columns_add(out, slice_of("updated"));
	for (size_t i = 0; i < all->columns.n; i++) {
		/* For whom an entry was made is not said of the incident. */
		if (!incidents_of_messages(all, i) &&
		    !(rev && slice_is(all->columns.name[i], "for")))
			columns_add(out, all->columns.name[i]);
	}
	if (incidents_stand(all))
		columns_add(out, slice_of("holds"));
	if (rev)
		columns_add(out, slice_of("rev"));
}

static enum kind
kind_of(struct slice name)
{
	static const char *const kinds[] = {[ID] = "id",
	    [UPDATED] = "updated",
	    [REV] = "rev",
	    [HOLDS] = "holds"};
	enum kind kind = ID;

	while (kind < NONE && !slice_is(name, kinds[kind]))
		kind++;
	return kind;
}

void
record_bind(struct record *r, const struct incidents *all,
    const struct columns *columns)
{
	r->value = mem_resize(r->value, columns->n, sizeof *r->value);
	r->special = mem_resize(r->special, columns->n, sizeof *r->special);
	r->to = mem_resize(r->to, all->columns.n, sizeof *r->to);
	r->nvalues = r->nspecial = 0;
	r->known = all->columns.n;
	for (size_t i = 0; i < r->known; i++)
		r->to[i] = COLUMNS_NONE;
	for (size_t i = 0; i < columns->n; i++) {
		size_t place = columns_find(&all->columns, columns->name[i]);
		enum kind kind = kind_of(columns->name[i]);

		if (kind != NONE) {
			r->special[r->nspecial++] =
			    (struct record_column){kind, i, place};
		} else if (place != COLUMNS_NONE) {
			r->value[r->nvalues++] = i;
			r->to[place] = i;
		}
	}
}

/* When an incident was last told of; a stream may tell of no time. */
static struct slice
updated_text(struct record *r, const struct incident *in)
{
	struct stamp updated = incident_updated(in);

	return updated.s != 0 ? stamp_text(&r->updated, updated)
			      : (struct slice){"", 0};
}

/* The field of a column that is made for the row. */
static struct slice
special(
    struct record *r, const struct record_column *c, const struct incident *in)
{
	switch (c->kind) {
	case ID:
		return in->id;
	case UPDATED:
		return updated_text(r, in);
	case REV:
		buf_clear(&r->rev);
		buf_add_number(&r->rev, incident_rev(in));
		return buf_slice(&r->rev);
	case HOLDS:
		buf_clear(&r->holds);
		incident_holds(in, incident_value(in, c->place), &r->holds);
		return buf_slice(&r->holds);
	case NONE:
		break;
	}
	return (struct slice){"", 0};
}

void
record_fill(struct record *r, const struct incident *in, struct slice *field)
{
	for (size_t i = 0; i < r->nvalues; i++)
		field[r->value[i]] = (struct slice){"", 0};
	incident_place(in, field, r->to, r->known);
	for (size_t i = 0; i < r->nspecial; i++)
		field[r->special[i].at] = special(r, &r->special[i], in);
}

void
record_release(struct record *r)
{
	free(r->value);
	free(r->special);
	free(r->to);
	buf_release(&r->updated.text);
	buf_release(&r->rev);
	buf_release(&r->holds);
	*r = (struct record){0};
}
