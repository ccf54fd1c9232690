#include "dict.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct dict_slot {
	struct slice key; /* p == NULL: free */
	uint64_t hash;
	size_t value;
};

static uint64_t
rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

static void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[0] = rotate(v[0], 32);
	v[2] += v[3];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[2] = rotate(v[2], 32);
}

static uint64_t
sip_hash(const uint64_t key[2], struct slice s)
{
	uint64_t v[4] = {
	    key[0] ^ UINT64_C(0x736f6d6570736575),
	    key[1] ^ UINT64_C(0x646f72616e646f6d),
	    key[0] ^ UINT64_C(0x6c7967656e657261),
	    key[1] ^ UINT64_C(0x7465646279746573),
	};
	uint64_t last = (uint64_t)s.n << 56, word;

	while (s.n >= 8) {
		memcpy(&word, s.p, 8);
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
		s.p += 8;
		s.n -= 8;
	}
	for (size_t i = 0; i < s.n; i++)
		last |= (uint64_t)(unsigned char)s.p[i] << (8 * i);
	v[3] ^= last;
	sip_round(v);
	v[0] ^= last;
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The slot that holds key or, where it is not there, the free one for it. */
static struct dict_slot *
find_slot(const struct dict *d, struct slice key, uint64_t hash)
{
	size_t i = (size_t)hash & (d->cap - 1);

	while (d->slot[i].key.p != NULL &&
	    (d->slot[i].hash != hash || !slice_eq(d->slot[i].key, key)))
		i = (i + 1) & (d->cap - 1);
	return &d->slot[i];
}

static void
grow(struct dict *d)
{
	struct dict old = *d;

	/*
	 * Without random numbers (a kernel older than 3.17) the key stays
	 * zero: slower under attack, never wrong.
	 */
	if (d->cap == 0 &&
	    getrandom(d->key, sizeof d->key, 0) != (ssize_t)sizeof d->key)
		memset(d->key, 0, sizeof d->key);
	d->cap = d->cap == 0 ? 64 : d->cap * 2;
	d->slot = mem_new(d->cap, sizeof *d->slot);
	for (size_t i = 0; i < old.cap; i++) {
		struct dict_slot *s = &old.slot[i];

		if (s->key.p != NULL)
			*find_slot(d, s->key, s->hash) = *s;
	}
	free(old.slot);
}

size_t
dict_find(const struct dict *d, struct slice key)
{
	struct dict_slot *s;

	if (d->n == 0)
		return DICT_NONE;
	s = find_slot(d, key, sip_hash(d->key, key));
	return s->key.p != NULL ? s->value : DICT_NONE;
}

static struct dict_slot *
add_slot(struct dict *d, struct slice key, size_t value, bool *added)
{
	struct dict_slot *s;
	uint64_t hash;

	if (d->n + 1 > d->cap / 2)
		grow(d);
	hash = sip_hash(d->key, key);
	s = find_slot(d, key, hash);
	*added = s->key.p == NULL;
	if (*added) {
		s->key.p = arena_copy(&d->keys, key.p, key.n);
		s->key.n = key.n;
		s->hash = hash;
		s->value = value;
		d->n++;
	}
	return s;
}

size_t
dict_add(struct dict *d, struct slice key, size_t value, bool *added)
{
	bool fresh;
	size_t now = add_slot(d, key, value, &fresh)->value;

	if (added != NULL)
		*added = fresh;
	return now;
}

void
dict_set(struct dict *d, struct slice key, size_t value)
{
	bool fresh;

	add_slot(d, key, value, &fresh)->value = value;
}

void
dict_release(struct dict *d)
{
	free(d->slot);
	arena_release(&d->keys);
	*d = (struct dict){0};
}
