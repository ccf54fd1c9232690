#include "inert.h"

#include <stdbool.h>

/* Whether a character of n bytes of UTF-8 is one that a terminal acts on. */
static bool
is_active(const unsigned char *p, size_t n)
{
	if (n == 0 || p[0] < 0x20 || p[0] == 0x7f)
		return true;
	if (n == 2)
		return p[0] == 0xc2 && p[1] < 0xa0; /* C1 */
	/* U+200E..F, U+2028..202E, U+2066..2069: direction, line ends */
	return n == 3 && p[0] == 0xe2 &&
	    ((p[1] == 0x80 &&
		 (p[2] == 0x8e || p[2] == 0x8f ||
		     (p[2] >= 0xa8 && p[2] <= 0xae))) ||
		(p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
}

void
inert_add(struct buf *out, struct slice text)
{
	while (text.n > 0) {
		size_t n = slice_utf8(text);

		if (is_active((const unsigned char *)text.p, n))
			buf_add_char(out, '?');
		else
			buf_add(out, text.p, n);
		n = n == 0 ? 1 : n;
		text = slice_from(text, n);
	}
}

void
inert_column(struct buf *out, struct slice text, size_t width)
{
	struct slice start = slice_first(text, width);
	size_t n;

	if (width == 0)
		return;
	if (start.n < text.n) {
		inert_add(out, slice_first(text, width - 1));
		buf_add_str(out, "\xe2\x80\xa6");
		return;
	}
	inert_add(out, text);
	/* one character each, also where a byte is not UTF-8 */
	for (n = 0; text.n > 0; n++) {
		start = slice_first(text, 1);
		text = slice_from(text, start.n);
	}
	for (; n < width; n++)
		buf_add_char(out, ' ');
}
