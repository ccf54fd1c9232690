#include "slice.h"

#include <limits.h>

#include "test.h"
#include "utf8.h"

static void
slices_compare_in_byte_order(void)
{
	CHECK(slice_cmp(slice_of("a"), slice_of("b")) < 0);
	CHECK(slice_cmp(slice_of("a"), slice_of("ab")) < 0);
	CHECK(slice_cmp(slice_of("\xff"), slice_of("a")) > 0);
	CHECK(slice_cmp(slice_of(""), (struct slice){NULL, 0}) == 0);
	CHECK(slice_eq(slice_of(""), (struct slice){NULL, 0}));
	CHECK(!slice_eq(slice_of("a"), slice_of("b")));
}

static void
the_ends_of_a_slice_are_seen_and_left_out(void)
{
	CHECK(slice_starts(slice_of("abc"), "ab"));
	CHECK(!slice_starts(slice_of("a"), "ab"));
	CHECK(slice_starts((struct slice){NULL, 0}, ""));
	CHECK(slice_ends(slice_of("abc"), "bc"));
	CHECK(slice_ends(slice_of("abc"), "abc"));
	CHECK(!slice_ends(slice_of("abc"), "ab"));
	CHECK(!slice_ends(slice_of("bc"), "abc"));
	CHECK(slice_ends((struct slice){NULL, 0}, ""));
	CHECK_SLICE(slice_from(slice_of("abc"), 1), "bc");
	CHECK_SLICE(slice_from(slice_of("abc"), 3), "");
}

static void
trimming_takes_blanks_at_both_ends(void)
{
	CHECK_SLICE(slice_trim(slice_of(" \t a b\r\n ")), "a b");
	CHECK_SLICE(slice_trim(slice_of("   ")), "");
	CHECK_SLICE(slice_trim(slice_of("\xc2\xa0x")), "\xc2\xa0x");
}

static void
splitting_keeps_empty_pieces(void)
{
	struct slice rest = slice_of("a,,b,"), piece;

	CHECK(slice_split(&rest, ',', &piece) == 1);
	CHECK_SLICE(piece, "a");
	CHECK(slice_split(&rest, ',', &piece) == 1);
	CHECK_SLICE(piece, "");
	CHECK(slice_split(&rest, ',', &piece) == 1);
	CHECK_SLICE(piece, "b");
	CHECK(slice_split(&rest, ',', &piece) == 1);
	CHECK_SLICE(piece, "");
	CHECK(slice_split(&rest, ',', &piece) == 0);
	rest = slice_of("");
	CHECK(slice_split(&rest, ',', &piece) == 1);
	CHECK_SLICE(piece, "");
	CHECK(slice_split(&rest, ',', &piece) == 0);
}

static void
words_are_separated_by_any_blanks(void)
{
	struct slice rest = slice_of("  one\t two\n"), word;

	CHECK(slice_word(&rest, &word) == 1);
	CHECK_SLICE(word, "one");
	CHECK(slice_word(&rest, &word) == 1);
	CHECK_SLICE(word, "two");
	CHECK(slice_word(&rest, &word) == 0);
}

static void
numbers_are_digits_alone_up_to_a_limit(void)
{
	static const char *const wrong[] = {
	    "", "-1", "+1", " 1", "1 ", "0x1", "1.0", "18446744073709551616"};
	unsigned long long v = 7;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(slice_number(slice_of(wrong[i]), ULLONG_MAX, &v) < 0);
	CHECK(v == 7);
	CHECK(slice_number(slice_of("18446744073709551615"), ULLONG_MAX, &v) ==
	    0);
	CHECK(v == ULLONG_MAX);
	CHECK(slice_number(slice_of("0042"), 42, &v) == 0 && v == 42);
	CHECK(slice_number(slice_of("43"), 42, &v) < 0);
	CHECK(slice_number(slice_of("5"), 3, &v) < 0);
	CHECK(slice_number(slice_of("0"), 0, &v) == 0 && v == 0);
}

static void
digits_are_taken_from_the_start(void)
{
	struct slice s = slice_of("2026-3x");
	int v = -1;

	CHECK(slice_digits(&s, 4, 4, &v) == 0 && v == 2026);
	CHECK_SLICE(s, "-3x");
	CHECK(slice_digits(&s, 1, 2, &v) < 0);
	CHECK(slice_take(&s, '-'));
	CHECK(slice_digits(&s, 2, 2, &v) < 0);
	CHECK_SLICE(s, "3x");
	CHECK(slice_digits(&s, 1, 2, &v) == 0 && v == 3);
	CHECK_SLICE(s, "x");
	s = slice_of("0129999999990");
	CHECK(slice_digits(&s, 1, 3, &v) == 0 && v == 12);
	CHECK(slice_digits(&s, 1, 9, &v) == 0 && v == 999999999);
	CHECK_SLICE(s, "0");
}

static void
the_nearest_name_is_a_typing_mistake_away(void)
{
	static const struct slice names[] = {
	    SLICE("severity"), SLICE("summary"), SLICE("impact"), SLICE("id")};

	CHECK_SLICE(slice_nearest(slice_of("sevrity"), names, 4), "severity");
	CHECK_SLICE(slice_nearest(slice_of("sevreity"), names, 4), "severity");
	CHECK_SLICE(slice_nearest(slice_of("Summary"), names, 4), "summary");
	CHECK_SLICE(slice_nearest(slice_of("xx"), names, 4), "");
	CHECK_SLICE(slice_nearest(slice_of("urgency"), names, 4), "");
	CHECK_SLICE(slice_nearest(slice_of(""), names, 4), "");
}

static void
utf8_is_checked_by_its_standard(void)
{
	static const char *const good[] = {"a", "\x7f", "\xc2\x80", "\xdf\xbf",
	    "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
	    "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xc1\xbf",
	    "\xc2", "\xc2x", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
	    "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		CHECK(slice_utf8(slice_of(good[i])) == strlen(good[i]));
		CHECK(utf8_is_valid(slice_of(good[i])));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(slice_utf8(slice_of(bad[i])) == 0);
		CHECK(!utf8_is_valid(slice_of(bad[i])));
	}
	CHECK(slice_utf8(slice_of("")) == 0);
	CHECK(utf8_is_valid(slice_of("")));
	CHECK(!utf8_is_valid(slice_of("a long run of plain letters \xff")));
	CHECK(utf8_is_valid(slice_of("a long run of letters \xc3\xa9 and on")));
}

static void
characters_are_taken_as_code_points(void)
{
	static const unsigned long want[] = {
	    'a', 0xe9, 0x20ac, 0x1f600, 0xfffd, 0xfffd, 'z'};
	struct slice s = slice_of("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"
				  "\xff\xc3z");

	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		CHECK(slice_take_character(&s) == want[i]);
	CHECK(s.n == 0);
}

static void
the_case_of_letters_may_be_disregarded(void)
{
	CHECK(slice_eq_letters(slice_of("En-gB4@["), slice_of("eN-Gb4@[")));
	CHECK(slice_eq_letters(slice_of(""), (struct slice){NULL, 0}));
	CHECK(!slice_eq_letters(slice_of("a"), slice_of("ab")));
	CHECK(!slice_eq_letters(slice_of("a"), slice_of("b")));
	/* These differ by the same bit as small and capital letters do. */
	CHECK(!slice_eq_letters(slice_of("@"), slice_of("`")));
	CHECK(!slice_eq_letters(slice_of("["), slice_of("{")));
	CHECK(!slice_eq_letters(slice_of("\xc3\x89"), slice_of("\xc3\xa9")));
}

/* The first n characters, one after the other. */
static size_t
first_slowly(struct slice s, size_t n)
{
	struct slice rest = s;

	while (n-- > 0 && rest.n > 0) {
		size_t length = slice_utf8(rest);

		rest.p += length > 0 ? length : 1;
		rest.n -= length > 0 ? length : 1;
	}
	return s.n - rest.n;
}

static void
characters_are_counted_as_one_after_the_other(void)
{
	static const char letters[] = "abcdefghijklmnopq\xc3\xa9\xe2\x82\xac"
				      "\xf0\x9f\x9a\x92\xff\x80";

	for (size_t from = 0; from + 1 < sizeof letters; from++) {
		for (size_t n = 0; n <= sizeof letters - 1 - from; n++) {
			struct slice s = {letters + from, n};
			size_t count = 0;

			for (size_t i = 0; i < n; i++)
				count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
			CHECK(slice_characters(s) == count);
			for (size_t k = 0; k < n + 2; k++)
				CHECK(
				    slice_first(s, k).n == first_slowly(s, k));
		}
	}
}

int
main(void)
{
	RUN(slices_compare_in_byte_order);
	RUN(the_ends_of_a_slice_are_seen_and_left_out);
	RUN(the_case_of_letters_may_be_disregarded);
	RUN(trimming_takes_blanks_at_both_ends);
	RUN(splitting_keeps_empty_pieces);
	RUN(words_are_separated_by_any_blanks);
	RUN(numbers_are_digits_alone_up_to_a_limit);
	RUN(digits_are_taken_from_the_start);
	RUN(the_nearest_name_is_a_typing_mistake_away);
	RUN(utf8_is_checked_by_its_standard);
	RUN(characters_are_taken_as_code_points);
	RUN(characters_are_counted_as_one_after_the_other);
	return test_done();
}
