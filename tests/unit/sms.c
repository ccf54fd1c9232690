#include "sms.h"

#include <stdio.h>

#include "buf.h"
#include "chance.h"
#include "files.h"
#include "test.h"

/* n times the same text. */
static void
fill(struct buf *b, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add_str(b, text);
}

static void
check_size(const struct buf *b, bool ucs2, size_t units, size_t parts)
{
	struct sms_size size = sms_size(buf_slice(b));

	CHECK(size.ucs2 == ucs2);
	CHECK(size.units == units);
	CHECK(size.parts == parts);
}

/* n of a character, with one text before them. */
static void
check(const char *before, const char *text, size_t n, bool ucs2, size_t units,
    size_t parts)
{
	struct buf b = {0};

	buf_add_str(&b, before);
	fill(&b, text, n);
	check_size(&b, ucs2, units, parts);
	if (test_now)
		printf("# %zu '%s'\n", n, text);
	buf_release(&b);
}

static void
septets_are_counted_to_the_part(void)
{
	check("", "a", 0, false, 0, 0);
	check("", "a", 1, false, 1, 1);
	check("", "a", 160, false, 160, 1);
	check("", "a", 161, false, 161, 2);
	check("", "a", 306, false, 306, 2);
	check("", "a", 307, false, 307, 3);
	check("", "\n", 160, false, 160, 1);
}

static void
the_extension_table_costs_two(void)
{
	check("", "€", 80, false, 160, 1);
	check("", "€", 81, false, 162, 2);
	/* 153 is odd: each part ends with a septet that no pair fits in. */
	check("", "{", 152, false, 304, 2);
	check("", "{", 153, false, 306, 3);
	check("a", "{", 152, false, 305, 2);
	check("", "^{}\\[~]|\f", 1, false, 18, 1);
}

static void
one_character_outside_makes_all_of_it_ucs2(void)
{
	check("", "ж", 70, true, 70, 1);
	check("", "ж", 71, true, 71, 2);
	check("", "ж", 134, true, 134, 2);
	check("", "ж", 135, true, 135, 3);
	check("ж", "a", 69, true, 70, 1);
	check("ж", "a", 70, true, 71, 2);
	check("ж", "{", 69, true, 70, 1);
	check("", "`", 1, true, 1, 1);
	check("", "ç", 1, true, 1, 1);
	check("", "\t", 1, true, 1, 1);
	check("", "\x1b", 1, true, 1, 1);
	check("", "\xff", 2, true, 2, 1);
}

static void
a_surrogate_pair_is_never_split(void)
{
	check("", "😜", 35, true, 70, 1);
	/* 67 is odd: each part ends with a unit that no pair fits in. */
	check("", "😜", 66, true, 132, 2);
	check("", "😜", 67, true, 134, 3);
	check("a", "😜", 66, true, 133, 2);
}

static void
the_greek_delta_is_a_letter_and_no_increment(void)
{
	CHECK(sms_septets(0x394) == 1);
	CHECK(sms_septets(0x2206) == 0);
	CHECK(sms_septets(0xc7) == 1);
	CHECK(sms_septets(0xe7) == 0);
	CHECK(sms_septets(0) == 0);
	CHECK(sms_septets(0x7f) == 0);
}

/* The start of a text of n characters that fits with "..." after it. */
static void
check_cut(const char *text, size_t n, size_t parts, size_t want)
{
	struct buf b = {0};
	size_t got;

	fill(&b, text, n);
	got = sms_cut(buf_slice(&b), parts, slice_of("..."));
	CHECK(got == want);
	if (got != want)
		printf("# got %zu, wanted %zu\n", got, want);
	buf_release(&b);
}

static void
a_cut_fills_the_parts(void)
{
	check_cut("a", 500, 1, 157);
	check_cut("a", 157, 1, 157);
	check_cut("a", 500, 2, 303);
	check_cut("a", 500, 3, 456);
	check_cut("{", 500, 1, 78);
	check_cut("ж", 500, 1, 2 * 67);
	check_cut("😜", 500, 1, 4 * 33);
	check_cut("a", 500, 0, 0);
}

/*
 * Every text of a few kinds of characters: the cut fits, one more character
 * does not.
 */
static void
a_cut_is_the_longest_that_fits(void)
{
	static const char *const kind[] = {"a", "€", "ж", "😜"};
	unsigned seed = 1;

	for (unsigned round = 0; round < 2000; round++) {
		struct buf b = {0}, cut = {0};
		size_t parts = 1 + round % 3, n, next;

		for (size_t i = 0; i < 100 * parts; i++) {
			seed = seed * 1103515245 + 12345;
			buf_add_str(&b, kind[seed >> 16 & (round % 4)]);
		}
		n = sms_cut(buf_slice(&b), parts, slice_of("..."));
		buf_add(&cut, b.p, n);
		buf_add_str(&cut, "...");
		CHECK(sms_size(buf_slice(&cut)).parts <= parts);
		if (n < b.n) {
			next = slice_utf8((struct slice){b.p + n, b.n - n});
			cut.n = n;
			buf_add(&cut, b.p + n, next);
			buf_add_str(&cut, "...");
			CHECK(sms_size(buf_slice(&cut)).parts > parts);
		}
		buf_release(&b);
		buf_release(&cut);
	}
}

/* Calls see for each row of a table of real data; false where there is none. */
static bool
each_row(const char *name, size_t (*see)(struct slice row))
{
	const char *data = getenv("INC_DATA");
	struct buf path = {0}, text = {0};
	struct fault f = {0};
	struct slice rest, row;
	size_t n = 0;

	buf_addf(&path, "%s/sms/%s", data ? data : "../shared/data", name);
	if (file_read(buf_str(&path), 1 << 20, &text, &f) < 0) {
		printf("# skipped: no real data\n");
	} else {
		rest = buf_slice(&text);
		slice_split(&rest, '\n', &row);
		while (slice_split(&rest, '\n', &row)) {
			if (row.n > 0)
				n += see(row);
		}
		CHECK(n > 0);
	}
	buf_release(&path);
	buf_release(&text);
	fault_release(&f);
	return n > 0;
}

static size_t
see_character(struct slice row)
{
	struct slice cell[3];
	char code[16] = "";

	for (size_t i = 0; i < 3; i++)
		slice_split(&row, '\t', &cell[i]);
	CHECK(cell[0].n < sizeof code);
	memcpy(code, cell[0].p, cell[0].n);
	CHECK(sms_septets(strtoul(code + 2, NULL, 16)) == cell[2].p[0] - '0');
	return 1;
}

static void
the_table_of_gsm_0338_is_ours(void)
{
	size_t ours = 0;

	if (!each_row("gsm0338.tsv", see_character))
		return;
	for (unsigned long c = 0; c < 0x110000; c++)
		ours += sms_septets(c) > 0;
	CHECK(ours == 137);
}

static size_t
see_text(struct slice row)
{
	struct slice cell[4];
	struct sms_size size;
	unsigned long long parts;

	for (size_t i = 0; i < 4; i++)
		slice_split(&row, '\t', &cell[i]);
	size = sms_size(cell[1]);
	CHECK(slice_number(cell[3], 100, &parts) == 0);
	CHECK(size.parts == parts);
	CHECK(size.ucs2 == slice_is(cell[2], "UCS-2"));
	return 1;
}

static void
texts_make_the_parts_that_others_count(void)
{
	each_row("sms-segments.tsv", see_text);
}

static size_t
see_packing(struct slice row)
{
	struct slice cell[2];
	unsigned long long septets;

	for (size_t i = 0; i < 2; i++)
		slice_split(&row, '\t', &cell[i]);
	CHECK(slice_number(cell[1], 1000, &septets) == 0);
	CHECK(sms_size(cell[0]).units == septets);
	return 1;
}

static void
texts_make_the_septets_that_others_pack(void)
{
	each_row("gsm7-pack.tsv", see_packing);
}

static void
what_fits_by_its_bytes_fits(void)
{
	static const char *const letter[] = {"a", "{", "\xe2\x82\xac",
	    "\xc3\xa9", "\xc4\x85", "\xf0\x9f\x9a\x92"};
	struct buf b = {0};
	size_t sure = 0;

	for (int i = 0; i < 20000; i++) {
		size_t parts = 1 + chance(4);
		size_t n = chance(320), kinds = 1 + chance(6);

		buf_clear(&b);
		while (b.n < n)
			buf_add_str(&b, letter[chance(kinds)]);
		if (!sms_any_fits(b.n, parts))
			continue;
		sure++;
		CHECK(sms_size(buf_slice(&b)).parts <= parts);
	}
	CHECK(sure > 5000);
	CHECK(sms_any_fits(0, 0) && !sms_any_fits(1, 0));
	CHECK(sms_any_fits(70, 1) && !sms_any_fits(71, 1));
	buf_release(&b);
}

int
main(void)
{
	RUN(septets_are_counted_to_the_part);
	RUN(the_extension_table_costs_two);
	RUN(one_character_outside_makes_all_of_it_ucs2);
	RUN(a_surrogate_pair_is_never_split);
	RUN(the_greek_delta_is_a_letter_and_no_increment);
	RUN(a_cut_fills_the_parts);
	RUN(a_cut_is_the_longest_that_fits);
	RUN(the_table_of_gsm_0338_is_ours);
	RUN(texts_make_the_parts_that_others_count);
	RUN(texts_make_the_septets_that_others_pack);
	RUN(what_fits_by_its_bytes_fits);
	return test_done();
}
