#include "changes.h"

#include <stdlib.h>

#include "escape.h"
#include "event.h"
#include "mem.h"

static const struct slice nothing = {"", 0};

void
changes_grow(struct changes *c)
{
	c->column = mem_grow(c->column, c->n, &c->cap, sizeof *c->column);
	c->value = mem_resize(c->value, c->cap, sizeof *c->value);
}

void
changes_put(struct changes *c, size_t column, struct slice value)
{
	size_t at = 0;

	while (at < c->n && c->column[at] != column)
		at++;
	if (at == c->n)
		changes_add(c, column, value);
	else
		c->value[at] = value.n > 0 ? value : (struct slice)SLICE("\\N");
}

bool
changes_set(const struct changes *c, size_t column)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->column[i] == column && field_is_set(c->value[i]))
			return true;
	}
	return false;
}

/* What decides the event, as the record stands. */
static void
decisive(const struct incidents *all, const struct slice *record,
    struct slice value[EVENT_COLUMNS])
{
	for (size_t i = 0; i < EVENT_COLUMNS; i++)
		value[i] = all->decisive[i] > 0 ? record[all->decisive[i] - 1]
						: nothing;
}

struct slice
changes_preview(const struct changes *c, const struct incidents *all,
    const struct incident *in, struct stamp updated, struct slice *record)
{
	struct slice before[EVENT_COLUMNS], after[EVENT_COLUMNS];

	if (in == NULL) {
		for (size_t i = 0; i < all->columns.n; i++)
			record[i] = nothing;
	} else {
		incident_values(in, record, all->columns.n);
		decisive(all, record, before);
	}
	for (size_t i = 0; i < c->n; i++) {
		if (in == NULL || incident_yields(in, c->column[i], updated))
			record[c->column[i]] =
			    field_is_set(c->value[i]) ? c->value[i] : nothing;
	}
	if (in == NULL)
		return (struct slice)SLICE("received");
	decisive(all, record, after);
	return event_of(before, after);
}

void
changes_release(struct changes *c)
{
	free(c->column);
	free(c->value);
	*c = (struct changes){0};
}
