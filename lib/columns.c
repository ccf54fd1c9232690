#include "columns.h"

#include <stdlib.h>

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

void
columns_release(struct columns *c)
{
	free(c->name);
	dict_release(&c->index);
	*c = (struct columns){0};
}
