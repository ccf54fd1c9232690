#include "dict.h"

#include <stdlib.h>

#define MOST ((size_t)1 << 31) /* keys */

/* Small, so that looking for a key that is not there touches little memory. */
struct dict_slot {
	uint32_t hash; /* a part of it: the lowest bits are the slot's place */
	uint32_t at;   /* in entry, plus 1; 0: free */
};

struct dict_entry {
	struct slice key;
	size_t value;
};

/* The slot that holds key or, where it is not there, the free one for it. */
static struct dict_slot *
find_slot(const struct dict *d, struct slice key, uint32_t hash)
{
	size_t i = hash & (d->cap - 1);

	while (d->slot[i].at != 0 &&
	    (d->slot[i].hash != hash ||
		!slice_eq(d->entry[d->slot[i].at - 1].key, key)))
		i = (i + 1) & (d->cap - 1);
	return &d->slot[i];
}

static void
grow(struct dict *d)
{
	struct dict old = *d;

	if (d->cap == 0)
		hash_draw(&d->key);
	d->cap = d->cap == 0 ? 16 : d->cap * 2;
	/* Of more than the most there is no memory, which mem_new() says. */
	d->slot = mem_new(d->n < MOST ? d->cap : SIZE_MAX, sizeof *d->slot);
	for (size_t i = 0; i < old.cap; i++) {
		size_t to = old.slot[i].hash & (d->cap - 1);

		if (old.slot[i].at == 0)
			continue;
		while (d->slot[to].at != 0)
			to = (to + 1) & (d->cap - 1);
		d->slot[to] = old.slot[i];
	}
	free(old.slot);
}

size_t
dict_find(const struct dict *d, struct slice key)
{
	struct dict_slot *s;

	if (d->n == 0)
		return DICT_NONE;
	s = find_slot(d, key, (uint32_t)hash_of(&d->key, key));
	return s->at != 0 ? d->entry[s->at - 1].value : DICT_NONE;
}

void
dict_expect(const struct dict *d, struct slice key)
{
	if (d->n > 0)
		__builtin_prefetch(
		    &d->slot[hash_of(&d->key, key) & (d->cap - 1)]);
}

static struct dict_entry *
add_entry(struct dict *d, struct slice key, size_t value, bool *added)
{
	struct dict_slot *s;
	uint32_t hash;

	if (d->n + 1 > d->cap / 2)
		grow(d);
	hash = (uint32_t)hash_of(&d->key, key);
	s = find_slot(d, key, hash);
	*added = s->at == 0;
	if (*added) {
		key.p = arena_copy(&d->keys, key.p, key.n);
		d->entry = mem_grow(d->entry, d->n, &d->room, sizeof *d->entry);
		d->entry[d->n++] = (struct dict_entry){key, value};
		*s = (struct dict_slot){hash, (uint32_t)d->n};
	}
	return &d->entry[s->at - 1];
}

size_t
dict_add(struct dict *d, struct slice key, size_t value, bool *added)
{
	bool fresh;
	size_t now = add_entry(d, key, value, &fresh)->value;

	if (added != NULL)
		*added = fresh;
	return now;
}

struct slice
dict_newest(const struct dict *d)
{
	return d->entry[d->n - 1].key;
}

struct slice
dict_key(const struct dict *d, size_t i)
{
	return d->entry[i].key;
}

size_t
dict_value(const struct dict *d, size_t i)
{
	return d->entry[i].value;
}

void
dict_set(struct dict *d, struct slice key, size_t value)
{
	bool fresh;

	add_entry(d, key, value, &fresh)->value = value;
}

void
dict_release(struct dict *d)
{
	free(d->slot);
	free(d->entry);
	arena_release(&d->keys);
	*d = (struct dict){0};
}
