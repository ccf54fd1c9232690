#ifndef INC_HASH_H
#define INC_HASH_H

#include <stdint.h>

#include "slice.h"

/*
 * SipHash-1-3 (Aumasson and Bernstein) under a random key: who writes the
 * bytes can't know which others have the same number.
 */
struct hash_key {
	uint64_t word[2];
};

/*
 * Draws a key.  Where the system gives no random numbers it is the one that
 * came with the process, the same for all.
 */
void hash_draw(struct hash_key *key);

/* The number of bytes, 64 bits of it. */
uint64_t hash_of(const struct hash_key *key, struct slice s);

/* 128 bits, of what and the bytes: equal for the same of both alone. */
void hash_wide(
    const struct hash_key *key, uint64_t what, struct slice s, uint64_t out[2]);

#endif
