#ifndef INC_DICT_H
#define INC_DICT_H

#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "mem.h"
#include "slice.h"

/*
 * Byte strings to numbers: from a column's name to its index, from an
 * incident's id to its record.  Keys are copied.  They are hashed under a
 * random key, because ids come from whoever wrote the stream.  All zero is an
 * empty dict; 2^31 keys are the most.
 */
struct dict {
	struct dict_slot *slot;   /* cap slots, open addressing */
	size_t cap;               /* a power of two, or 0 */
	struct dict_entry *entry; /* n of them, in the order added */
	size_t n, room;           /* keys, and entries that there is room for */
	struct hash_key key;      /* of the hash, drawn at the first key */
	struct arena keys;        /* the keys' bytes */
};

#define DICT_NONE SIZE_MAX

/* The number of key, or DICT_NONE. */
size_t dict_find(const struct dict *d, struct slice key);

/* Has the place of key fetched, which will soon be asked for. */
void dict_expect(const struct dict *d, struct slice key);

/*
 * Adds key with the number value unless it is there; returns the number that
 * it has now.  *added, where not NULL, says whether it was added.
 */
size_t dict_add(struct dict *d, struct slice key, size_t value, bool *added);

/* The dict's own copy of the key that was added last; there must be one. */
struct slice dict_newest(const struct dict *d);

/* The dict's own copy of the i-th key that was added, of d->n. */
struct slice dict_key(const struct dict *d, size_t i);

/* The number that it has. */
size_t dict_value(const struct dict *d, size_t i);

/* Gives key the number value, whether it was there or not. */
void dict_set(struct dict *d, struct slice key, size_t value);

void dict_release(struct dict *d);

#endif
