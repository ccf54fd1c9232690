#include "hash.h"

#include <sys/auxv.h>
#include <sys/random.h>

void
hash_draw(struct hash_key *key)
{
	if (getrandom(key, sizeof *key, 0) != (ssize_t)sizeof *key)
		memcpy(key, (const void *)getauxval(AT_RANDOM), sizeof *key);
}

static inline uint64_t
rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

/* What has been hashed so far. */
struct state {
	uint64_t a, b, c, d;
};

static inline void
sip_round(struct state *v)
{
	v->a += v->b;
	v->b = rotate(v->b, 13) ^ v->a;
	v->a = rotate(v->a, 32);
	v->c += v->d;
	v->d = rotate(v->d, 16) ^ v->c;
	v->a += v->d;
	v->d = rotate(v->d, 21) ^ v->a;
	v->c += v->b;
	v->b = rotate(v->b, 17) ^ v->c;
	v->c = rotate(v->c, 32);
}

static inline struct state
begin(const struct hash_key *key)
{
	return (struct state){key->word[0] ^ UINT64_C(0x736f6d6570736575),
	    key->word[1] ^ UINT64_C(0x646f72616e646f6d),
	    key->word[0] ^ UINT64_C(0x6c7967656e657261),
	    key->word[1] ^ UINT64_C(0x7465646279746573)};
}

static inline void
add_word(struct state *v, uint64_t word)
{
	v->d ^= word;
	sip_round(v);
	v->a ^= word;
}

/* Adds the bytes, and how many there are after `before` others. */
static inline void
add_bytes(struct state *v, struct slice s, size_t before)
{
	uint64_t last = (uint64_t)(s.n + before) << 56, word;

	while (s.n >= sizeof word) {
		memcpy(&word, s.p, sizeof word);
		add_word(v, word);
		s.p += sizeof word;
		s.n -= sizeof word;
	}
	for (size_t i = 0; i < s.n; i++)
		last |= (uint64_t)(unsigned char)s.p[i] << (8 * i);
	add_word(v, last);
}

static inline uint64_t
finish(struct state *v)
{
	for (int i = 0; i < 3; i++)
		sip_round(v);
	return v->a ^ v->b ^ v->c ^ v->d;
}

uint64_t
hash_of(const struct hash_key *key, struct slice s)
{
	struct state v = begin(key);

	add_bytes(&v, s, 0);
	v.c ^= 0xff;
	return finish(&v);
}

void
hash_wide(
    const struct hash_key *key, uint64_t what, struct slice s, uint64_t out[2])
{
	struct state v = begin(key);

	v.b ^= 0xee;
	add_word(&v, what);
	add_bytes(&v, s, sizeof what);
	v.c ^= 0xee;
	out[0] = finish(&v);
	v.b ^= 0xdd;
	out[1] = finish(&v);
}
