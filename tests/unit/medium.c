#include "medium.h"

#include <stdint.h>

#include "test.h"

static void
check_limit(const char *cell, enum medium_limit_kind kind, size_t most)
{
	struct medium_limit limit;

	CHECK(medium_limit_read(slice_of(cell), &limit) == 0);
	CHECK(limit.kind == kind && limit.most == most);
}

static void
limits_are_read(void)
{
	static const char *const none[] = {"0", "0 parts", "x", "3 pieces",
	    "3 parts x", "0s", "1.5 MiB", "-1", "1000000001", "parts"};
	struct medium_limit limit;

	check_limit("", MEDIUM_NO_LIMIT, 0);
	check_limit("3 parts", MEDIUM_PARTS, 3);
	check_limit("1 part", MEDIUM_PARTS, 1);
	check_limit("500", MEDIUM_CHARACTERS, 500);
	check_limit("1 MiB", MEDIUM_BYTES, 1048576);
	check_limit("64 KiB", MEDIUM_BYTES, 65536);
	check_limit("60s", MEDIUM_SECONDS, 60);
	check_limit("2m", MEDIUM_SECONDS, 120);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		CHECK(medium_limit_read(slice_of(none[i]), &limit) < 0);
}

/* Reads a row of channels: its medium, or the fault. */
static int
read_row(const char *row, struct medium *m, struct fault *f)
{
	struct table t = {0};
	struct buf text = {0};
	int result;

	buf_addf(&text, "medium\tlimit\tcharset\n%s\n", row);
	result = table_read(&t, "channels.tsv", buf_slice(&text), false, f);
	if (result == 0)
		result = medium_read(m, &t.row[0], f);
	/* The name is borrowed from the table. */
	m->name = (struct slice){NULL, 0};
	table_release(&t);
	buf_release(&text);
	return result;
}

static void
check_row(const char *row, enum medium_charset charset,
    enum medium_limit_kind kind, size_t most)
{
	struct medium m = {0};
	struct fault f = {0};

	CHECK(read_row(row, &m, &f) == 0);
	CHECK(m.charset == charset);
	CHECK(m.limit.kind == kind && m.limit.most == most);
	fault_release(&f);
}

static void
check_fault(const char *row, const char *want)
{
	struct medium m = {0};
	struct fault f = {0};

	CHECK(read_row(row, &m, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text), want);
	fault_release(&f);
}

static void
a_row_says_what_a_medium_carries(void)
{
	check_row("sms\t3 parts\tgsm7", MEDIUM_GSM7, MEDIUM_PARTS, 3);
	check_row("voice\t60s\tspeech", MEDIUM_SPEECH, MEDIUM_SECONDS, 60);
	check_row("email\t1 MiB\tutf-8", MEDIUM_UTF8, MEDIUM_BYTES, 1048576);
	check_row("screen\t\t", MEDIUM_UTF8, MEDIUM_NO_LIMIT, 0);
}

static void
a_cell_that_says_nothing_is_named_with_its_place(void)
{
	check_fault("\t3 parts\tgsm7",
	    "channels.tsv:2:1: a medium was expected, as sms or email");
	check_fault("sms\t3 pieces\tgsm7",
	    "channels.tsv:2:5: '3 pieces' is no limit: '3 parts', '500', "
	    "'64 KiB' or '60s' was expected");
	check_fault("sms\t\tlatin1",
	    "channels.tsv:2:6: 'latin1' is no charset: utf-8, gsm7 or speech "
	    "was expected");
}

static void
check_short(enum medium_charset charset, const char *text, size_t n,
    const char *want, size_t left)
{
	struct medium m = {.charset = charset};
	struct buf out = {0};

	CHECK(medium_shorten(&m, slice_of(text), n, &out) == left);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
what_is_left_out_shows(void)
{
	check_short(MEDIUM_UTF8, "mail", 4, "mail", 0);
	check_short(MEDIUM_UTF8, "mails", 4, "mai…", 2);
	check_short(MEDIUM_UTF8, "ночь", 3, "но…", 2);
	check_short(MEDIUM_GSM7, "mails", 4, "m...", 4);
	check_short(MEDIUM_SPEECH, "mails", 3, "...", 5);
	check_short(MEDIUM_GSM7, "mails", 2, "ma", 3);
	check_short(MEDIUM_UTF8, "mails", 0, "", 5);
	check_short(MEDIUM_UTF8, "", 0, "", 0);
}

/* How much of a text is left in a limit with a tail after it. */
static void
check_cut(const char *limit, const char *text, const char *tail, size_t want)
{
	struct medium_limit l;
	struct slice s = slice_of(text);

	CHECK(medium_limit_read(slice_of(limit), &l) == 0);
	CHECK(medium_cut(s, l, slice_of(tail)) == want);
	if (*tail == '\0')
		CHECK(medium_fits(s, l) == (want == s.n));
}

static void
a_text_is_cut_to_its_limit(void)
{
	check_cut("", "any length", "...", 10);
	check_cut("4", "ночь", "", 8);
	check_cut("3", "ночь", "", 6);
	check_cut("3", "ночь", "…", 4);
	check_cut("1", "ночь", "...", 0);
	check_cut("7 B", "ночь", "", 6);
	check_cut("7 B", "ночь", "…", 4);
	check_cut("2 B", "ночь", "…", 0);
}

static void
a_text_is_cut_to_parts_of_a_message(void)
{
	char text[161];

	memset(text, 'a', sizeof text);
	text[160] = '\0';
	check_cut("1 part", text, "", 160);
	check_cut("1 part", text, "...", 157);
	check_cut("2 parts", text, "...", 160);
}

static void
a_text_is_cut_to_the_words_of_its_time(void)
{
	check_cut("1s", "go to exit", "", 6); /* 2 words, and the blank */
	check_cut("1s", "go to exit", "...", 3);
	check_cut("1s", "go\nto\t", "", 6);
	/* Of a run 20 characters are a word. */
	check_cut("1s", "abcdefghijabcdefghijabcdefghijabcdefghija", "", 40);
	check_cut("1s", "abcdefghijabcdefghijabcdefghijabcdefghij", "", 40);
}

static void
no_longer_text_keeps_the_limit(void)
{
	static const char *const limits[] = {
	    "1 part", "3 parts", "1", "500", "9 B", "1s", "2m"};
	struct buf text = {0};

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct medium_limit l;
		size_t most;

		CHECK(medium_limit_read(slice_of(limits[i]), &l) == 0);
		most = medium_most_characters(l);
		buf_clear(&text);
		while (text.n <= most)
			buf_add_char(&text, text.n % 21 == 20 ? ' ' : 'a');
		CHECK(!medium_fits(buf_slice(&text), l));
	}
	buf_release(&text);
	CHECK(medium_most_characters((struct medium_limit){0}) == SIZE_MAX);
}

static void
check_size(const char *text, enum medium_limit_kind kind, size_t units,
    const char *want)
{
	struct slice s = slice_of(text);
	struct medium_limit size = {kind, medium_size(s, kind)};
	struct buf out = {0};

	CHECK(medium_units(s, kind) == units);
	medium_size_add(&out, size);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
sizes_are_told_as_limits_are(void)
{
	check_size("€ ночь", MEDIUM_NO_LIMIT, 6, "6");
	check_size("€ ночь", MEDIUM_CHARACTERS, 6, "6");
	check_size("€ ночь", MEDIUM_BYTES, 12, "12 B");
	check_size("a € b", MEDIUM_PARTS, 6, "1 part");
	check_size("", MEDIUM_PARTS, 0, "0 parts");
	check_size("one two three", MEDIUM_SECONDS, 3, "2s");
}

int
main(void)
{
	RUN(limits_are_read);
	RUN(a_row_says_what_a_medium_carries);
	RUN(a_cell_that_says_nothing_is_named_with_its_place);
	RUN(what_is_left_out_shows);
	RUN(a_text_is_cut_to_its_limit);
	RUN(a_text_is_cut_to_parts_of_a_message);
	RUN(a_text_is_cut_to_the_words_of_its_time);
	RUN(no_longer_text_keeps_the_limit);
	RUN(sizes_are_told_as_limits_are);
	return test_done();
}
