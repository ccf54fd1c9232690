#include "trial.h"

#include "coverage.h"
#include "dir.h"

/* A desk of its own: what may come of a record, and what cases expect. */
static struct pack pack;
static struct rehearsal rehearsal;
static struct coverage coverage;
static struct fault fault;
static struct buf said; /* failures and what was reported, one a line */

static void
say(void *ctx, const struct fault *f)
{
	(void)ctx;
	buf_add_slice(&said, buf_slice(&f->text));
	buf_add_char(&said, '\n');
}

/* Tries the cases of a table, and returns what was said. */
static struct slice
try(const char *text)
{
	struct table table = {0};
	struct cases cases = {0};
	struct trial trial = {
	    .cases = &cases, .rehearsal = &rehearsal, .failed = say};

	buf_clear(&said);
	coverage_release(&coverage);
	coverage = (struct coverage){0};
	rehearsal_release(&rehearsal);
	rehearsal.report = rehearsal.remark = say;
	CHECK(rehearsal_load(&rehearsal, &pack, &fault) == 0);
	CHECK(table_read(&table, "t", slice_of(text), false, &fault) == 0);
	CHECK(cases_load(&cases, &table, &pack, &fault) == 0);
	CHECK(rehearsal_bind(&rehearsal, &cases.columns, &pack.known, &fault) ==
	    0);
	CHECK_SLICE(buf_slice(&fault.text), "");
	coverage_open(&coverage, &rehearsal);
	for (size_t i = 0; i < cases.n; i++) {
		rehearsal_record(
		    &rehearsal, cases.one[i].field, cases.one[i].now);
		trial_case(&trial, &cases.one[i]);
		coverage_add(&coverage, &rehearsal);
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

static void
what_is_missing_is_marked_unless_given(void)
{
	CHECK_SLICE(try("case\tnow\tsummary\tincomplete\t>incomplete\n"
			"a\t" NOW "\t\t\tsummary\nb\t" NOW "\tx\t\t-\n"
			"c\t" NOW "\tx\tby hand\tby hand\n"),
	    "");
}

static void
what_programs_would_say_is_told(void)
{
	CHECK_SLICE(try("case\tnow\tlevel\tescalate_to\t>priority\n"
			"a\t" NOW "\t1\tdee\tP2\n"),
	    "'dee' is neither a role nor a party; asking 'desk'\n");
	CHECK_SLICE(
	    try("case\tnow\treports\t>priority\na\t" NOW "\tmany\tP2\n"),
	    "a value could not be read as a time, a number or a duration\n");
}

/* Whether a row of a kind was reached. */
static bool
reached(enum coverage_kind kind, const char *name)
{
	const struct coverage_part *part = &coverage.part[kind];
	size_t i = columns_find(&part->names, slice_of(name));

	CHECK(i != COLUMNS_NONE);
	return i != COLUMNS_NONE && part->reached[i];
}

static void
rows_that_were_reached_are_covered(void)
{
	try("case\tnow\treceived\tsummary\tpriority\tboundary\tlevel\t>level\n"
	    "a\t" NOW "\t1h ago\tfire\t\t\t\t1\n"
	    "b\t" NOW "\t\tx\t\tmany\t1\t1\n");
	CHECK(coverage.part[COVERAGE_LEAVES].names.n == 3);
	CHECK(coverage.part[COVERAGE_LEAVES].n == 2);
	CHECK(reached(COVERAGE_LEAVES, "start.1"));
	CHECK(reached(COVERAGE_LEAVES, "more.else"));
	CHECK(!reached(COVERAGE_LEAVES, "more.flood"));
	CHECK(coverage.part[COVERAGE_BRANCHES].names.n == 1);
	CHECK(reached(COVERAGE_BRANCHES, "start.else"));
	CHECK(reached(COVERAGE_BOUNDARIES, "slow"));
	/* It was the record's before. */
	CHECK(!reached(COVERAGE_BOUNDARIES, "many"));
	CHECK(reached(COVERAGE_ROUTES, "new.1"));
	CHECK(coverage.part[COVERAGE_ROUTES].n == 2);
	CHECK(coverage.part[COVERAGE_LEAVES].where[1].line == 4);
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

static void
make_pack(void)
{
	dir_begin();
	dir_make("wording");
	dir_make("wording/sms");
	dir_put("wording/sms/new.txt", "{priority} {id} at {level|else -}\n");
	dir_put("pack.tsv", "name\tzone\nunit\tEurope/London\n");
	dir_put("fields.tsv",
	    "name\ttype\trequired\nsummary\ttext\t*\nseen\ttime\t\n");
	dir_put("triage.tsv",
	    "node\trow\twhen\tnext\tpriority\n"
	    "start\t\tsummary = fire\t\tP1\nstart\telse\t*\tmore\tP2\n"
	    "more\tflood\tsummary = flood\t\tP1\nmore\telse\t*\t\t\n");
	dir_put("levels.tsv", "level\trole\n0\tdesk\n1\tduty\n");
	dir_put("escalation.tsv",
	    "boundary\twhen\tfrom\tafter\tdirection\tlevel\n"
	    "slow\tpriority = P1\treceived\t15m\tup\t1\n"
	    "many\treports > 9\t\t\tup\t1\n");
	dir_put("channels.tsv", "medium\ttell\nsms\turgent\n");
	dir_put("directory.tsv",
	    "party\tmedium\taddress\nann\tsms\t1\nbob\tsms\t2\n");
	dir_put("roster.tsv", "role\tparty\nduty\tann\ndesk\tbob\n");
	dir_put("routes.tsv",
	    "reason\twhen\tto\twording\n"
	    "new\tclosed is empty\tdesk\tnew\n"
	    "up\tlevel > 0 and closed is empty\t{escalate_to}\tnew\n"
	    "off\tcaller = x\tdesk\tnew\n");
	CHECK(pack_open(&pack, dir, "/nowhere", &fault) == 0);
}

int
main(void)
{
	make_pack();
	RUN(texts_are_compared_by_what_they_are);
	RUN(words_are_compared_from_the_start);
	RUN(what_comes_as_expected_is_not_told);
	RUN(what_comes_else_is_told_with_its_place);
	RUN(the_nearest_message_is_told);
	RUN(a_message_that_none_expects_is_told);
	RUN(what_is_missing_is_marked_unless_given);
	RUN(what_programs_would_say_is_told);
	RUN(rows_that_were_reached_are_covered);
	coverage_release(&coverage);
	rehearsal_release(&rehearsal);
	pack_release(&pack);
	fault_release(&fault);
	buf_release(&said);
	dir_end();
	return test_done();
}
