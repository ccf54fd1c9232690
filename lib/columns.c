#include "columns.h"

#include <stdlib.h>

#define SHOWN_BYTES 100 /* of a name, in a message */

size_t
columns_find(const struct columns *c, struct slice name)
{
	return dict_find(&c->index, name);
}

size_t
columns_add(struct columns *c, struct slice name)
{
	bool added;
	size_t at = dict_add(&c->index, name, c->n, &added);

	if (!added)
		return at;
	c->name = mem_grow(c->name, c->n, &c->cap, sizeof *c->name);
	c->name[c->n].p = arena_copy(&c->index.keys, name.p, name.n);
	c->name[c->n].n = name.n;
	return c->n++;
}

void
columns_add_all(struct columns *c, const struct columns *more)
{
	for (size_t i = 0; i < more->n; i++)
		columns_add(c, more->name[i]);
}

int
columns_unknown(const struct columns *c, const struct columns *known,
    struct slice name, struct place where, struct fault *f)
{
	struct columns all = {0};
	struct slice shown = slice_cut(name, SHOWN_BYTES);

	columns_add_all(&all, c);
	if (known != NULL)
		columns_add_all(&all, known);
	fault_at(f, where, "unknown column '%.*s'", SLICE_ARG(shown));
	fault_suggest(f, name, all.name, all.n);
	columns_release(&all);
	return -1;
}

struct slice
columns_meant(const struct columns *known, struct slice name)
{
	if (columns_find(known, name) != COLUMNS_NONE)
		return (struct slice){"", 0};
	return slice_nearest(name, known->name, known->n);
}

bool
columns_plain_name(struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = c >= 'a' && c <= 'z';
		bool other = (c >= '0' && c <= '9') || c == '_';

		if (!letter && (i == 0 || !other))
			return false;
	}
	return name.n > 0;
}

void
columns_release(struct columns *c)
{
	free(c->name);
	dict_release(&c->index);
	*c = (struct columns){0};
}
