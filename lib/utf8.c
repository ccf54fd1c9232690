#include "utf8.h"

#include <string.h>

#include "wide.h"

#ifdef WIDE
#include <immintrin.h>

#define BLOCK ((size_t)32) /* bytes looked at together */

/*
 * By Keiser and Lemire, "Validating UTF-8 in less than one instruction per
 * byte" (2020): two bytes that stand side by side are wrong in one of these
 * ways, and the four bits of each of three halves of them say in which ways
 * they might be.  What all three say is so.
 */
enum {
	TOO_SHORT = 1 << 0,      /* a lead or ASCII where more must come */
	TOO_LONG = 1 << 1,       /* ASCII, then what continues nothing */
	OVERLONG_3 = 1 << 2,     /* e0 80..9f */
	TOO_LARGE = 1 << 3,      /* f4 90..bf, f5..ff */
	SURROGATE = 1 << 4,      /* ed a0..bf */
	OVERLONG_2 = 1 << 5,     /* c0, c1 */
	TOO_LARGE_1000 = 1 << 6, /* f5..ff 80..8f */
	OVERLONG_4 = 1 << 6,     /* f0 80..8f */
	TWO_CONTS = 1 << 7,      /* right in a third or fourth byte alone */
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS
};

#define LARGE (TOO_LARGE | TOO_LARGE_1000)
#define CONT (TOO_LONG | OVERLONG_2 | TWO_CONTS)
#define BITS(x) ((char)(x))

/* By the high half of the first byte. */
static const char first_high[16] = {TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, BITS(TWO_CONTS), BITS(TWO_CONTS),
    BITS(TWO_CONTS), BITS(TWO_CONTS), TOO_SHORT | OVERLONG_2, TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | LARGE | OVERLONG_4};

/* By its low half. */
static const char first_low[16] = {
    BITS(CARRY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4),
    BITS(CARRY | OVERLONG_2), BITS(CARRY), BITS(CARRY), BITS(CARRY | TOO_LARGE),
    BITS(CARRY | LARGE), BITS(CARRY | LARGE), BITS(CARRY | LARGE),
    BITS(CARRY | LARGE), BITS(CARRY | LARGE), BITS(CARRY | LARGE),
    BITS(CARRY | LARGE), BITS(CARRY | LARGE), BITS(CARRY | LARGE | SURROGATE),
    BITS(CARRY | LARGE), BITS(CARRY | LARGE)};

/* By the high half of the second byte. */
static const char second_high[16] = {TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    BITS(CONT | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
    BITS(CONT | OVERLONG_3 | TOO_LARGE), BITS(CONT | SURROGATE | TOO_LARGE),
    BITS(CONT | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT,
    TOO_SHORT};

/* What a table says of each byte's low half. */
static WIDE inline __m256i
look_up(const char table[16], __m256i v)
{
	__m256i both =
	    _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)table));

	return _mm256_shuffle_epi8(
	    both, _mm256_and_si256(v, _mm256_set1_epi8(15)));
}

static WIDE inline __m256i
high_halves(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* Not zero where bytes of a block, or at its border, are wrong. */
static WIDE inline __m256i
wrong_in(__m256i block, __m256i before)
{
	__m256i join = _mm256_permute2x128_si256(before, block, 0x21);
	__m256i one = _mm256_alignr_epi8(block, join, 15);
	__m256i two = _mm256_alignr_epi8(block, join, 14);
	__m256i three = _mm256_alignr_epi8(block, join, 13);
	__m256i wrong = look_up(first_high, high_halves(one)) &
	    look_up(first_low, one) & look_up(second_high, high_halves(block));
	/* What must be a third or fourth byte, as its lead says. */
	__m256i must =
	    _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xe0 - 0x80))) |
	    _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xf0 - 0x80)));

	return wrong ^ (must & _mm256_set1_epi8((char)0x80));
}

static WIDE bool
is_valid_wide(struct slice s)
{
	__m256i before = _mm256_setzero_si256(), wrong = before, block;
	char rest[BLOCK] = {0};
	size_t i = 0;

	for (; i + BLOCK <= s.n; i += BLOCK) {
		block = _mm256_loadu_si256((const void *)(s.p + i));
		wrong |= wrong_in(block, before);
		before = block;
	}
	/* Zeros after the end show what should have gone on. */
	if (i < s.n)
		memcpy(rest, s.p + i, s.n - i);
	block = _mm256_loadu_si256((const void *)rest);
	wrong |= wrong_in(block, before);
	return _mm256_testz_si256(wrong, wrong) != 0;
}
#endif

static bool
is_valid_plain(struct slice s)
{
	while (s.n > 0) {
		size_t n = slice_utf8(s);

		if (n == 0)
			return false;
		s = slice_from(s, n);
	}
	return true;
}

bool
utf8_is_valid(struct slice s)
{
#ifdef WIDE
	if (wide_is_used())
		return is_valid_wide(s);
#endif
	return is_valid_plain(s);
}
