#include "plain.h"

#include <stdint.h>
#include <string.h>

/*
 * Whether a character (its first byte and length) ends a line or acts on a
 * terminal: C0, DEL, C1, and the separators of lines and paragraphs.
 */
static bool
is_control(const char *p, size_t len)
{
	const unsigned char *c = (const unsigned char *)p;

	if (len == 1)
		return c[0] < ' ' || c[0] == 0x7f;
	if (len == 2)
		return c[0] == 0xc2 && c[1] < 0xa0;
	return len == 3 && c[0] == 0xe2 && c[1] == 0x80 &&
	    (c[2] == 0xa8 || c[2] == 0xa9);
}

/* How many bytes s starts with that stay as they are, or somewhat fewer. */
static size_t
plain_start(struct slice s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t n = 0;
	uint64_t w;

	/* Of eight bytes at a time none is over 0x7e, none under a blank. */
	for (; n + sizeof w <= s.n; n += sizeof w) {
		memcpy(&w, s.p + n, sizeof w);
		if (((w | (w + ones) | ~((w | high) - ones * ' ')) & high) != 0)
			break;
	}
	while (n < s.n && s.p[n] >= ' ' && s.p[n] < 0x7f)
		n++;
	return n;
}

void
plain_add(struct buf *out, struct slice s, bool lines)
{
	size_t from = 0, i = 0;

	while (i < s.n) {
		struct slice rest = slice_from(s, i);
		size_t len = plain_start(rest);

		if (len > 0) {
			i += len;
			continue;
		}
		len = slice_utf8(rest);
		if (len > 0 &&
		    (!is_control(rest.p, len) ||
			(lines && (rest.p[0] == '\n' || rest.p[0] == '\t')))) {
			i += len;
			continue;
		}
		buf_add(out, s.p + from, i - from);
		if (len == 0)
			buf_add_char(out, '?');
		else if (!lines || !slice_starts(rest, "\r\n"))
			buf_add_char(out, ' ');
		i += len > 0 ? len : 1;
		from = i;
	}
	if (from < s.n)
		buf_add(out, s.p + from, s.n - from);
}
