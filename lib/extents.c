#include "extents.h"

#include <stdlib.h>

#include "mem.h"

struct extents_item {
	struct extent extent;
	size_t before; /* the one before of the same incident, or DICT_NONE */
	bool fresh;    /* this or one before is the incident's first */
};

void
extent_list_add(struct extent_list *list, struct extent extent)
{
	list->extent =
	    mem_grow(list->extent, list->n, &list->cap, sizeof *list->extent);
	list->extent[list->n++] = extent;
}

void
extent_list_release(struct extent_list *list)
{
	free(list->extent);
	*list = (struct extent_list){0};
}

void
extents_add(
    struct extents *e, struct slice id, struct extent extent, bool fresh)
{
	bool added;
	size_t before = dict_add(&e->id, id, e->n, &added);

	e->item = mem_grow(e->item, e->n, &e->cap, sizeof *e->item);
	if (!added)
		fresh = fresh || e->item[before].fresh;
	e->item[e->n] =
	    (struct extents_item){extent, added ? DICT_NONE : before, fresh};
	if (!added)
		dict_set(&e->id, id, e->n);
	e->n++;
}

/* Adds those of an incident, by its newest item, to a list. */
static void
add_all(const struct extents *e, size_t newest, struct extent_list *list)
{
	size_t from = list->n;

	for (size_t i = newest; i != DICT_NONE; i = e->item[i].before)
		extent_list_add(list, e->item[i].extent);
	/* they were found from the last to the first */
	for (size_t to = list->n; from + 1 < to; from++) {
		struct extent last = list->extent[--to];

		list->extent[to] = list->extent[from];
		list->extent[from] = last;
	}
}

void
extents_find(const struct extents *e, struct slice id, struct extent_list *list)
{
	add_all(e, dict_find(&e->id, id), list);
}

bool
extents_of(const struct extents *e, size_t i, struct extent_list *list)
{
	size_t newest = dict_value(&e->id, i);

	add_all(e, newest, list);
	return e->item[newest].fresh;
}

size_t
extents_incidents(const struct extents *e)
{
	return e->id.n;
}

struct slice
extents_id(const struct extents *e, size_t i)
{
	return dict_key(&e->id, i);
}

bool
extents_fresh(const struct extents *e, struct slice id)
{
	size_t newest = dict_find(&e->id, id);

	return newest != DICT_NONE && e->item[newest].fresh;
}

void
extents_release(struct extents *e)
{
	dict_release(&e->id);
	free(e->item);
	*e = (struct extents){0};
}
