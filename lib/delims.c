#include "delims.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "wide.h"

#ifdef WIDE
#include <immintrin.h>
#endif

#define STEP 8 /* offsets written at once, so at most as many too many */

/* Looks for a character too. */
static void
seek(struct delims *d, char sought)
{
	unsigned char c = (unsigned char)sought;
	unsigned char other = d->by_nibble[c % 16];

	if (c >= 0x80 || (other % 16 == c % 16 && other != c))
		d->wide = false;
	d->by_nibble[c % 16] = c;
	d->sought[c] = true;
}

void
delims_init(struct delims *d, char separator, const char *others)
{
	*d = (struct delims){.at = mem_new(DELIMS_BYTES + STEP, sizeof *d->at),
	    .stop = mem_new(DELIMS_BYTES + 1, sizeof *d->stop),
	    .separator = separator,
	    .wide = true};
	/* Nothing equals what has other low bits than its place. */
	for (unsigned i = 0; i < 16; i++)
		d->by_nibble[i] = (unsigned char)(i ^ 1);
	seek(d, separator);
	for (; *others != '\0'; others++)
		seek(d, *others);
}

void
delims_release(struct delims *d)
{
	free(d->at);
	free(d->stop);
}

/* Finds those of a stretch's end, from a block's start, byte by byte. */
static void
find_plain(struct delims *d, const char *p, size_t start, size_t n)
{
	for (size_t i = start; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (d->sought[c]) {
			if (p[i] != d->separator)
				d->stop[d->nstop++] = (uint32_t)d->n;
			d->at[d->n++] = (uint32_t)i;
		} else if (c >= 0x80 || c == 0) {
			d->odd[i / DELIMS_BLOCK / 64] |= UINT64_C(1)
			    << i / DELIMS_BLOCK % 64;
			d->any_odd = true;
		}
	}
}

#ifdef WIDE
/* A bit for each of 32 bytes. */
static WIDE inline uint32_t
bits(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

/*
 * A bit for each of 32 bytes that is sought.  A byte's low four bits say which
 * of those sought it may be, and then it is or is not; one outside ASCII is
 * taken to NUL, which it is not either.
 */
static WIDE inline uint64_t
sought_in(__m256i v, __m256i by_nibble)
{
	return bits(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(by_nibble, v), v));
}

/* Adds the offset of the first bit set.  Returns the others. */
static WIDE inline uint64_t
add_first(uint32_t *at, uint64_t marks, uint32_t from)
{
	*at = from + (uint32_t)_tzcnt_u64(marks);
	return _blsr_u64(marks);
}

/*
 * Adds the offsets of n bits set, STEP at a time: that costs no branch for
 * each, and those too many, which are nonsense, are written over.
 */
static WIDE inline void
add_offsets(uint32_t *at, uint64_t marks, size_t n, uint32_t from)
{
	size_t i = 0;

	do {
		marks = add_first(at + i, marks, from);
		marks = add_first(at + i + 1, marks, from);
		marks = add_first(at + i + 2, marks, from);
		marks = add_first(at + i + 3, marks, from);
		marks = add_first(at + i + 4, marks, from);
		marks = add_first(at + i + 5, marks, from);
		marks = add_first(at + i + 6, marks, from);
		marks = add_first(at + i + 7, marks, from);
		i += STEP;
	} while (i < n);
}

/*
 * Adds the places of those n marks that are no separators, all marks starting
 * at place from.  In a block there is one, or none, as a rule: that is no
 * branch.
 */
static WIDE inline void
add_stops(uint32_t *stop, uint64_t stops, size_t n, uint64_t marks, size_t from)
{
	size_t i = 0;

	do {
		uint64_t upto = marks & _blsmsk_u64(stops);

		stop[i] =
		    (uint32_t)(from - 1 + (size_t)__builtin_popcountll(upto));
		stops = _blsr_u64(stops);
	} while (++i < n);
}

/* A bit for each block that holds odd bytes, of all whole blocks. */
static WIDE void
find_odd(struct delims *d, const char *p, size_t n)
{
	const __m256i zero = _mm256_setzero_si256();

	for (size_t i = 0; i + DELIMS_BLOCK <= n; i += DELIMS_BLOCK) {
		__m256i a = _mm256_loadu_si256((const void *)(p + i));
		__m256i b = _mm256_loadu_si256((const void *)(p + i + 32));
		__m256i odd = _mm256_or_si256(_mm256_or_si256(a, b),
		    _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), zero));

		d->odd[i / DELIMS_BLOCK / 64] |= (uint64_t)(bits(odd) != 0)
		    << i / DELIMS_BLOCK % 64;
	}
}

/* The same for all whole blocks; returns where the rest starts. */
static WIDE size_t
find_wide(struct delims *d, const char *p, size_t n)
{
	const __m256i by_nibble = _mm256_broadcastsi128_si256(
	    _mm_loadu_si128((const void *)d->by_nibble));
	const __m256i zero = _mm256_setzero_si256();
	__m256i high = zero, least = ~zero;
	const __m256i separator = _mm256_set1_epi8(d->separator);
	size_t nat = 0, nstop = 0, i;

	for (i = 0; i + DELIMS_BLOCK <= n; i += DELIMS_BLOCK) {
		__m256i a = _mm256_loadu_si256((const void *)(p + i));
		__m256i b = _mm256_loadu_si256((const void *)(p + i + 32));
		uint64_t marks, separators, stops;
		size_t found, stopped;

		high |= a | b;
		least = _mm256_min_epu8(least, _mm256_min_epu8(a, b));
		marks = sought_in(a, by_nibble) | sought_in(b, by_nibble) << 32;
		separators = bits(_mm256_cmpeq_epi8(a, separator)) |
		    (uint64_t)bits(_mm256_cmpeq_epi8(b, separator)) << 32;
		stops = marks & ~separators;
		found = (size_t)__builtin_popcountll(marks);
		stopped = (size_t)__builtin_popcountll(stops);
		add_stops(d->stop + nstop, stops, stopped, marks, nat);
		add_offsets(d->at + nat, marks, found, (uint32_t)i);
		nat += found;
		nstop += stopped;
	}
	d->n = nat;
	d->nstop = nstop;
	/* Most text has no odd bytes, so their places are a second look. */
	d->any_odd = bits(high | _mm256_cmpeq_epi8(least, zero)) != 0;
	if (d->any_odd)
		find_odd(d, p, n);
	return i;
}
#endif

void
delims_find(struct delims *d, const char *p, size_t n)
{
	size_t start = 0;

	d->n = d->nstop = 0;
	d->any_odd = false;
	memset(d->odd, 0, sizeof d->odd);
#ifdef WIDE
	if (d->wide && wide_is_used())
		start = find_wide(d, p, n);
#endif
	find_plain(d, p, start, n);
}

bool
delims_odd(const struct delims *d, size_t start, size_t end)
{
	if (!d->any_odd)
		return false;
	for (size_t i = start / DELIMS_BLOCK; i * DELIMS_BLOCK < end; i++) {
		if ((d->odd[i / 64] >> i % 64 & 1) != 0)
			return true;
	}
	return false;
}
