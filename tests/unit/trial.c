#include "trial.h"

#include "desk.h"

/* Tries the cases of a table, and returns what was said. */
static struct slice
try(const char *text)
{
	struct table table = {0};
	struct cases cases = {0};
	struct trial trial = {.cases = &cases,
	    .rehearsal = &rehearsal,
	    .failed = say,
	    .ctx = &said};

	CHECK(desk_load() == 0);
	CHECK(table_read(&table, "t", slice_of(text), false, &fault) == 0);
	CHECK(cases_load(&cases, &table, &pack, &fault) == 0);
	CHECK(rehearsal_bind(&rehearsal, &cases.columns, &pack.known, &fault) ==
	    0);
	CHECK_SLICE(buf_slice(&fault.text), "");
	for (size_t i = 0; i < cases.n; i++) {
		rehearsal_record(
		    &rehearsal, cases.one[i].field, cases.one[i].now);
		trial_case(&trial, &cases.one[i]);
	}
	trial_release(&trial);
	cases_release(&cases);
	table_release(&table);
	return buf_slice(&said);
}

#define NOW "2026-07-01T09:00:00Z"

static void
what_comes_as_expected_is_not_told(void)
{
	CHECK_SLICE(
	    try("case\tnow\treceived\tsummary\t>priority\t>level\t>boundary\t"
		">party\t>words\n"
		"a\t" NOW "\t1h ago\tfire\tP1\t1\tslow\tann\tP1 a at 1\n"
		"b\t" NOW "\t\tfire\tP1\t-\t-\tbob\tP1 b at -\n"
		"c\t" NOW "\t1h ago\t\tP2\t-\t-\tbob\tP2 c\n"),
	    "");
}

static void
what_comes_else_is_told_with_its_place(void)
{
	CHECK_SLICE(try("case\tnow\tsummary\t>priority\t>path\t>seen\n"
			"a\t" NOW "\tfire\tP2\tstart.else\t-\n"),
	    "t:2:29: case 'a': priority P1, expected P2 (path start.1)\n"
	    "t:2:32: case 'a': path start.1, expected start.else\n");
}

static void
the_nearest_message_is_told(void)
{
	CHECK_SLICE(
	    try("case\tnow\treceived\tsummary\t>reason\t>party\t>medium\n"
		"a\t" NOW "\t1h ago\tfire\tup\tann\tpost\n"
		"a\t\t\t\tup\tbob\tsms\n"),
	    "t:2:43: case 'a': no message with reason up, party ann, medium "
	    "post; the nearest of 2: reason up, party ann, medium sms\n"
	    "t:3:6: case 'a': no message with reason up, party bob, medium "
	    "sms; the nearest of 2: reason new, party bob, medium sms\n");
	CHECK_SLICE(try("case\tnow\tclosed\t>party\na\t" NOW "\tnow\tbob\n"),
	    "t:2:28: case 'a': no message with party bob: none came\n");
}

static void
a_message_that_none_expects_is_told(void)
{
	CHECK_SLICE(try("case\tnow\t>reason\t>party\na\t" NOW "\tnew\t-\n"
			"b\t" NOW "\tup\t-\nc\t" NOW "\t-\tann\n"
			"d\t" NOW "\t-\t\n"),
	    "t:2:28: case 'a': a message that none expects: reason new, "
	    "party bob\n"
	    "t:5:24: case 'd': a message that none expects: reason new\n");
}

/* Whether a text is met by what a case expects in a column. */
static bool
meets(const char *column, const char *expected, const char *got)
{
	struct buf text = {0};
	struct table table = {0};
	struct cases cases = {0};
	bool met;

	buf_addf(&text, "case\tnow\t>%s\na\t" NOW "\t%s\n", column, expected);
	CHECK(table_read(&table, "t", buf_slice(&text), false, &fault) == 0);
	CHECK(cases_load(&cases, &table, &pack, &fault) == 0);
	met = cases.n == 1 &&
	    trial_meets(&cases, &cases.one[0], &cases.column[2],
		cases_expected(&cases, &table.row[0], 2), slice_of(got));
	cases_release(&cases);
	table_release(&table);
	buf_release(&text);
	return met;
}

static void
texts_are_compared_by_what_they_are(void)
{
	CHECK(meets("priority", "P1", "P1"));
	CHECK(!meets("priority", "P1", "P10") && !meets("priority", "P1", ""));
	CHECK(meets("priority", "-", "") && !meets("priority", "-", "-"));
	CHECK(meets("priority", "\\N", "") && !meets("priority", "\\N", "P1"));
	CHECK(meets("seen", "1h ago", "2026-07-01T08:00:00Z"));
	CHECK(meets("seen", "2026-07-01 09:00", "2026-07-01T09:00:00+01:00"));
	CHECK(!meets("seen", "1h ago", "2026-07-01T08:00:01Z"));
	CHECK(!meets("seen", "1h ago", "never") && !meets("seen", "now", ""));
	CHECK(meets("path", "b.2", "a.1>b.2") && meets("path", "b.2", "b.2"));
	CHECK(!meets("path", "a.1", "a.1>b.2") && !meets("path", ".2", "b.2"));
	CHECK(!meets("path", "a.1>b.2", "b.2"));
}

static void
words_are_compared_from_the_start(void)
{
	CHECK(meets("words", "P1 mail", "P1 mail is down"));
	CHECK(meets("words", "P1  mail", "P1\n\nmail is down"));
	CHECK(meets("words", "P1 mail", "P1 mail: down"));
	CHECK(meets("words", "P1 mail is down", "P1 mail is down"));
	CHECK(!meets("words", "P1 mai", "P1 mail"));
	CHECK(!meets("words", "P1 caf", "P1 caf\xc3\xa9"));
	CHECK(!meets("words", "P1 mail", "P1: mail"));
	CHECK(!meets("words", "P1 mail is", "P1 mail"));
	CHECK(!meets("words", "P1", ""));
}

int
main(void)
{
	desk_begin();
	RUN(texts_are_compared_by_what_they_are);
	RUN(words_are_compared_from_the_start);
	RUN(what_comes_as_expected_is_not_told);
	RUN(what_comes_else_is_told_with_its_place);
	RUN(the_nearest_message_is_told);
	RUN(a_message_that_none_expects_is_told);
	return desk_end();
}
