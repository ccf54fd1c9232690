#include "utf8.h"

#include <stdlib.h>

#include "buf.h"
#include "chance.h"
#include "mem.h"
#include "test.h"
#include "wide.h"

/* Character by character. */
static bool
is_valid_slowly(struct slice s)
{
	while (s.n > 0) {
		size_t n = slice_utf8(s);

		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

/* Checks a text of which nothing around it may be read. */
static void
check(struct slice text)
{
	char *copy = mem_copy(text.p, text.n);

	CHECK(utf8_is_valid((struct slice){copy, text.n}) ==
	    is_valid_slowly(text));
	free(copy);
}

/* Puts n bytes at a place between letters. */
static void
check_at(const unsigned char *bytes, size_t n, size_t at, size_t size)
{
	char text[80];

	memset(text, 'x', sizeof text);
	memcpy(text + at, bytes, n);
	check((struct slice){text, size});
}

static void
all_pairs_and_triples_are_told_apart(void)
{
	static const unsigned char edge[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
	    0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
	    0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
	unsigned char b[4];

	for (unsigned i = 0; i < 65536; i++) {
		b[0] = (unsigned char)(i >> 8);
		b[1] = (unsigned char)i;
		check_at(b, 2, 3, 20);
		check_at(b, 2, 31, 40);
	}
	for (size_t i = 0; i < 24 * 24 * 24 * 24; i++) {
		b[0] = edge[i % 24];
		b[1] = edge[i / 24 % 24];
		b[2] = edge[i / 576 % 24];
		b[3] = edge[i / 13824];
		check_at(b, 4, 30, 40);
		check_at(b, 4, 28, 32); /* and the text ends */
	}
}

static void
random_texts_are_judged_as_character_by_character(void)
{
	static const char *const piece[] = {"a", "letters and letters",
	    "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x9a\x92", "\xef\xbf\xbf",
	    "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf", "\xc3", "\xe2\x82",
	    "\xf0\x9f\x9a", "\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
	    "\xc0\x80"};
	struct buf text = {0};
	size_t valid = 0;

	for (int i = 0; i < 100000; i++) {
		size_t kinds = chance(2) > 0 ? 8 : LEN(piece);

		buf_clear(&text);
		for (size_t k = chance(20); k > 0; k--)
			buf_add_str(&text, piece[chance(kinds)]);
		if (text.n > 0 && chance(4) == 0)
			text.n -= chance(text.n);
		check(buf_slice(&text));
		valid += is_valid_slowly(buf_slice(&text));
	}
	buf_release(&text);
	CHECK(valid > 20000 && valid < 80000);
}

static void
the_plain_way_judges_the_same(void)
{
	wide_forbid();
	random_texts_are_judged_as_character_by_character();
}

int
main(void)
{
	RUN(all_pairs_and_triples_are_told_apart);
	RUN(random_texts_are_judged_as_character_by_character);
	RUN(the_plain_way_judges_the_same);
	return test_done();
}
