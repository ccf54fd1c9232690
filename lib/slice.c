#include "slice.h"

#include <stdint.h>

#define NEAR_MAX 64 /* longer names get no suggestion */

bool
slice_eq_letters(struct slice a, struct slice b)
{
	size_t i = 0;

	if (a.n != b.n)
		return false;
	while (i < a.n && slice_small(a.p[i]) == slice_small(b.p[i]))
		i++;
	return i == a.n;
}

int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (d != 0)
		return d;
	return (a.n > b.n) - (a.n < b.n);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice
slice_trim(struct slice s)
{
	while (s.n > 0 && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

int
slice_split(struct slice *rest, char sep, struct slice *piece)
{
	const char *end;

	if (rest->p == NULL)
		return 0;
	end = rest->n > 0 ? memchr(rest->p, sep, rest->n) : NULL;
	if (end == NULL) {
		*piece = *rest;
		*rest = (struct slice){NULL, 0};
		return 1;
	}
	*piece = (struct slice){rest->p, (size_t)(end - rest->p)};
	rest->n -= piece->n + 1;
	rest->p = end + 1;
	return 1;
}

int
slice_word(struct slice *rest, struct slice *word)
{
	size_t n = 0;

	while (rest->n > 0 && is_blank(rest->p[0])) {
		rest->p++;
		rest->n--;
	}
	while (n < rest->n && !is_blank(rest->p[n]))
		n++;
	if (n == 0)
		return 0;
	*word = (struct slice){rest->p, n};
	rest->p += n;
	rest->n -= n;
	return 1;
}

int
slice_number(struct slice s, unsigned long long max, unsigned long long *value)
{
	unsigned long long v = 0, most = max / 10;

	if (s.n == 0)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(unsigned char)s.p[i] - '0';

		if (digit > 9 || v > most || digit > max - v * 10)
			return -1;
		v = v * 10 + digit;
	}
	*value = v;
	return 0;
}

int
slice_digits(struct slice *s, size_t least, size_t most, int *value)
{
	size_t n = 0;
	int v = 0;

	while (n < most && n < s->n && slice_is_digit(s->p[n]))
		v = v * 10 + (s->p[n++] - '0');
	if (n < least)
		return -1;
	s->p += n;
	s->n -= n;
	*value = v;
	return 0;
}

bool
slice_has_word(struct slice words, struct slice word)
{
	struct slice one;

	while (slice_word(&words, &one)) {
		if (slice_eq(one, word))
			return true;
	}
	return false;
}

struct slice
slice_without_bom(struct slice s)
{
	while (slice_starts(s, "\xef\xbb\xbf")) {
		s = slice_from(s, 3);
	}
	return s;
}

struct slice
slice_cut(struct slice s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	s.n = n;
	return s;
}

/* The bytes of ASCII that s starts with, or somewhat fewer. */
static size_t
ascii_start(struct slice s)
{
	size_t n = 0;
	uint64_t word;

	while (n + sizeof word <= s.n) {
		memcpy(&word, s.p + n, sizeof word);
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			return n;
		n += sizeof word;
	}
	while (n < s.n && (unsigned char)s.p[n] < 0x80)
		n++;
	return n;
}

size_t
slice_characters(struct slice s)
{
	size_t n = ascii_start(s);

	for (size_t i = n; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

struct slice
slice_first(struct slice s, size_t n)
{
	size_t bytes;

	if (s.n <= n) /* no text has more characters than bytes */
		return s;
	bytes = ascii_start((struct slice){s.p, n});
	for (n -= bytes; n > 0 && bytes < s.n; n--) {
		size_t length = slice_utf8(slice_from(s, bytes));

		bytes += length > 0 ? length : 1;
	}
	return (struct slice){s.p, bytes};
}

/*
 * Optimal string alignment distance, three rows of the table at a time.
 */
size_t
slice_distance(struct slice a, struct slice b)
{
	size_t row[3][NEAR_MAX + 1];

	if (a.n > NEAR_MAX || b.n > NEAR_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *up = row[(i - 1) % 3], *cur = row[i % 3];

		cur[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			bool same = a.p[i - 1] == b.p[j - 1];
			size_t best = up[j - 1] + (same ? 0 : 1);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (cur[j - 1] + 1 < best)
				best = cur[j - 1] + 1;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] &&
			    row[(i - 2) % 3][j - 2] + 1 < best)
				best = row[(i - 2) % 3][j - 2] + 1;
			cur[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

struct slice
slice_nearest(struct slice s, const struct slice *names, size_t n)
{
	struct slice best = {NULL, 0};
	size_t least = 3;

	for (size_t i = 0; i < n; i++) {
		size_t d = slice_distance(s, names[i]);

		if (d < least && d * 2 < s.n) {
			least = d;
			best = names[i];
		}
	}
	return best;
}

size_t
slice_utf8(struct slice s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char low = 0x80, high = 0xbf; /* range of the second byte */
	size_t len;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		len = 2;
	} else if ((p[0] & 0xf0) == 0xe0) {
		len = 3;
		low = p[0] == 0xe0 ? 0xa0 : 0x80;
		high = p[0] == 0xed ? 0x9f : 0xbf;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		len = 4;
		low = p[0] == 0xf0 ? 0x90 : 0x80;
		high = p[0] == 0xf4 ? 0x8f : 0xbf;
	} else {
		return 0;
	}
	if (s.n < len || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

unsigned long
slice_take_character(struct slice *s)
{
	static const unsigned char lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	size_t n = slice_utf8(*s);
	unsigned long c = n > 0 ? (unsigned char)s->p[0] & lead[n] : 0xfffd;

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)s->p[i] & 0x3f);
	n = n > 0 ? n : 1;
	s->p += n;
	s->n -= n;
	return c;
}
