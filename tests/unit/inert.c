#include "inert.h"

#include "test.h"

static void
check(const char *text, const char *want)
{
	struct buf out = {0};

	inert_add(&out, slice_of(text));
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
what_a_terminal_acts_on_is_taken_out(void)
{
	check("plain text", "plain text");
	check("Gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x9a\x92",
	    "Gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x9a\x92");
	check("a\x1b[31mred\r\n\tb\x7f", "a?[31mred???b?");
	check("csi \xc2\x9b nel \xc2\x85 nbsp \xc2\xa0",
	    "csi ? nel ? nbsp \xc2\xa0");
	check("rtl \xe2\x80\xae pdf \xe2\x80\xac rli \xe2\x81\xa7 pdi "
	      "\xe2\x81\xa9 ls "
	      "\xe2\x80\xa8",
	    "rtl ? pdf ? rli ? pdi ? ls ?");
	check("bad \xff\xc3", "bad ??");
}

static void
check_column(const char *text, size_t width, const char *want)
{
	struct buf out = {0};

	inert_column(&out, slice_of(text), width);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
columns_are_filled_or_cut(void)
{
	check_column("ab", 4, "ab  ");
	check_column("abcd", 4, "abcd");
	check_column("abcde", 4, "abc\xe2\x80\xa6");
	check_column("\xc3\xbc\xc3\xbc", 3, "\xc3\xbc\xc3\xbc ");
	check_column("a\x1b", 3, "a? ");
	check_column("\xff\xff", 3, "?? ");
	check_column("x", 0, "");
}

int
main(void)
{
	RUN(what_a_terminal_acts_on_is_taken_out);
	RUN(columns_are_filled_or_cut);
	return test_done();
}
