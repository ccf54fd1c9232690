#include "columns.h"

#include <stdlib.h>

#define SHOWN_BYTES 100 /* of a name, in a message */

size_t
columns_find(const struct columns *c, struct slice name)
{
	size_t at = dict_find(&c->index, name);

	if (at != DICT_NONE)
		c->sought[at] = true;
	return at;
}

bool
columns_append(struct columns *c, struct slice name)
{
	bool added;
	size_t at = dict_add(&c->index, name, c->n, &added);

	if (!added)
		return false;
	if (c->n == c->cap) {
		c->name = mem_grow(c->name, c->n, &c->cap, sizeof *c->name);
		c->sought = mem_resize(c->sought, c->cap, sizeof *c->sought);
	}
	c->name[at] = dict_newest(&c->index);
	c->sought[at] = false;
	c->n++;
	return true;
}

size_t
columns_add(struct columns *c, struct slice name)
{
	size_t at = columns_find(c, name);

	if (at != COLUMNS_NONE)
		return at;
	columns_append(c, name);
	c->sought[c->n - 1] = true;
	return c->n - 1;
}

void
columns_add_all(struct columns *c, const struct columns *more)
{
	for (size_t i = 0; i < more->n; i++)
		columns_append(c, more->name[i]);
}

void
columns_seek(const struct columns *c, const struct columns *copy)
{
	for (size_t i = 0; i < c->n; i++)
		c->sought[i] = c->sought[i] || copy->sought[i];
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
	free(c->sought);
	dict_release(&c->index);
	*c = (struct columns){0};
}
