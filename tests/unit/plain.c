#include "plain.h"

#include "chance.h"
#include "test.h"

/* What becomes of a text, character by character. */
static void
add_slowly(struct buf *out, struct slice s, bool lines)
{
	while (s.n > 0) {
		size_t n = slice_utf8(s);
		struct slice rest = s;
		unsigned long c = slice_take_character(&rest);
		bool stays = lines && (c == '\n' || c == '\t');

		if (n == 0)
			buf_add_char(out, '?');
		else if (lines && slice_starts(s, "\r\n"))
			; /* left out */
		else if (!stays &&
		    (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
			c == 0x2029))
			buf_add_char(out, ' ');
		else
			buf_add(out, s.p, n);
		s = rest;
	}
}

static void
check(struct slice s)
{
	struct buf got = {0}, want = {0};

	for (int lines = 0; lines < 2; lines++) {
		buf_clear(&got);
		buf_clear(&want);
		plain_add(&got, s, lines != 0);
		add_slowly(&want, s, lines != 0);
		CHECK(slice_eq(buf_slice(&got), buf_slice(&want)));
	}
	buf_release(&got);
	buf_release(&want);
}

static void
every_byte_is_seen_at_every_place(void)
{
	for (unsigned c = 0; c < 256; c++) {
		for (size_t at = 0; at < 20; at++) {
			char text[20];

			memset(text, '~', sizeof text);
			text[at] = (char)c;
			check((struct slice){text, sizeof text});
		}
	}
}

static void
random_texts_become_the_same_as_character_by_character(void)
{
	static const char *const piece[] = {"a", "plain words", " ", "\n",
	    "\r\n", "\r", "\t", "\x7f", "\xc2\x80", "\xc2\x9f", "\xc2\xa0",
	    "\xe2\x80\xa7", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
	    "\xf0\x9f\x9a\x92", "\xff", "\xc2", "\x1b[2J"};
	struct buf text = {0};

	for (int i = 0; i < 20000; i++) {
		buf_clear(&text);
		for (size_t k = chance(8); k > 0; k--)
			buf_add_str(&text, piece[chance(LEN(piece))]);
		check(buf_slice(&text));
	}
	buf_release(&text);
}

int
main(void)
{
	RUN(every_byte_is_seen_at_every_place);
	RUN(random_texts_become_the_same_as_character_by_character);
	return test_done();
}
