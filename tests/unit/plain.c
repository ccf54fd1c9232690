#include "plain.h"

#include "test.h"

static void
check(const char *text, bool lines, const char *want)
{
	struct buf out = {0};

	plain_add(&out, slice_of(text), lines);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
what_ends_a_line_or_acts_on_a_terminal_is_a_blank(void)
{
	check("a\r\nBcc: b\tc", false, "a  Bcc: b c");
	check("\x1b[2J\x7f\xc2\x9b\xc2\x85.", false, " [2J   .");
	check("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xa6", false, "  \xe2\x80\xa6");
}

static void
lines_stay_where_there_may_be_several(void)
{
	check("a\r\nb\tc\rd\n", true, "a\nb\tc d\n");
	check("\x1b\xe2\x80\xa8", true, "  ");
}

static void
what_is_not_utf8_is_a_question_mark(void)
{
	check("a\xff\xc3z\xe2\x80", false, "a??z??");
	check("é\xc2\xa0", false, "é\xc2\xa0");
	check("", true, "");
}

int
main(void)
{
	RUN(what_ends_a_line_or_acts_on_a_terminal_is_a_blank);
	RUN(lines_stay_where_there_may_be_several);
	RUN(what_is_not_utf8_is_a_question_mark);
	return test_done();
}
