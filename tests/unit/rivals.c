#include "rivals.h"

#include "surveyed.h"

#define NODE "node\twhen\tnext\tpriority\n"
#define ROUTES "reason\twhen\tto\twording\n"

#define MOST_TOGETHER 500 /* rows of which it is asked what they leave */

static struct slice
found(void)
{
	return found_at("2026-03-02T09:00:00Z", rivals_check);
}

/* What is found in a pack with people, columns a, b and c, and this table. */
static struct slice
found_in(const char *table, const char *text)
{
	begin_pack();
	put_people();
	put_table("fields", "name\na\nb\nc\n");
	put_table(table, text);
	return found();
}

static void
a_pack_without_conditions_has_no_rivals(void)
{
	begin_pack();
	CHECK_SLICE(found(), "");
	CHECK_SLICE(found_in("triage", NODE "start\t*\t\t\n"), "");
}

static void
a_condition_that_never_or_always_holds_is_told_in_any_table(void)
{
	CHECK_SLICE(found_in("escalation",
			"boundary\twhen\tdirection\tlevel\n"
			"none\ta = 1 and a = 2\tup\t1\n"
			"any\ta is set or a is empty\tup\t1\n"
			"meant\t*\tup\t1\n"
			"some\ta = 1 or a = 2\tup\t1\n"),
	    "escalation.tsv:2:6 INC401 this can never hold: it excludes "
	    "itself\n"
	    "escalation.tsv:3:5 INC406 this always holds: write * if that is "
	    "meant\n");
	CHECK_SLICE(found_in("fields",
			"name\trequired\na\t\nb\ta is set and a is empty\n"),
	    "fields.tsv:3:3 INC401 this can never hold: it excludes itself\n");
}

static void
a_row_that_an_earlier_one_forestalls_is_told(void)
{
	CHECK_SLICE(
	    found_in("triage",
		NODE "start\ta = 1\tmore\tP1\nstart\ta = 1 and b = 2\t\tP2\n"
		     "start\t*\t\t\n"
		     "more\ta = 1 and b = 2\t\tP2\nmore\t*\t\t\n"),
	    "triage.tsv:3:7 INC402 never taken: wherever this holds, line 2 "
	    "does before\n");
	CHECK_SLICE(found_in("call",
			NODE "start\ta = 1\t\t\nstart\ta = 1\t\t\n"
			     "start\t*\t\t\n"),
	    "call.tsv:3:7 INC402 never taken: wherever this holds, line 2 "
	    "does before\n");
	/* what comes first has nothing before it, be it ever so wide */
	CHECK_SLICE(found_in("triage",
			NODE "start\ta = 1 and b = 2\t\t\nstart\ta = 1\t\t\n"
			     "start\t*\t\t\n"),
	    "");
}

static void
routes_are_rivals_of_their_reason_alone(void)
{
	CHECK_SLICE(found_in("routes",
			ROUTES "new\t*\tduty\tnew\nup\ta = 1\tduty\tnew\n"
			       "new\ta = 1\tduty\tnew\nup\t*\tduty\tnew\n"
			       "up\t*\tduty\tnew\n"),
	    "routes.tsv:4:5 INC402 never taken: wherever this holds, line 2 "
	    "does before\n"
	    "routes.tsv:6:4 INC402 never taken: wherever this holds, line 5 "
	    "does before\n");
}

static void
boundaries_are_no_rivals(void)
{
	CHECK_SLICE(found_in("escalation",
			"boundary\twhen\tdirection\tlevel\n"
			"one\ta = 1\tup\t1\ntwo\ta = 1\tup\t1\n"),
	    "");
}

static void
a_row_for_which_all_before_leave_nothing_is_told(void)
{
	CHECK_SLICE(found_in("triage",
			NODE "start\ta is set\t\t\nstart\ta is empty\t\t\n"
			     "start\tb = 1\t\t\nstart\t*\t\t\n"),
	    "triage.tsv:4:7 INC403 never taken: the rows before it leave "
	    "nothing for it\n");
	CHECK_SLICE(found_in("triage",
			NODE "start\ta = 1\t\t\nstart\ta is empty\t\t\n"
			     "start\tb = 1\t\t\nstart\t*\t\t\n"),
	    "");
}

static void
a_row_that_is_never_taken_takes_nothing_from_others(void)
{
	CHECK_SLICE(
	    found_in("triage",
		NODE "start\ta = 1\t\t\nstart\tb = 1 and b = 2\t\t\n"
		     "start\ta = 1 and c = 1\t\t\nstart\ta = 1 and c = 1\t\t\n"
		     "start\t*\t\t\n"),
	    "triage.tsv:3:7 INC401 this can never hold: it excludes itself\n"
	    "triage.tsv:4:7 INC402 never taken: wherever this holds, line 2 "
	    "does before\n"
	    "triage.tsv:5:7 INC402 never taken: wherever this holds, line 2 "
	    "does before\n");
}

static void
rows_of_a_table_with_a_fault_are_not_compared(void)
{
	CHECK_SLICE(found_in("triage",
			NODE "start\ta = 1\tgone\t\nstart\ta = 1\t\t\n"
			     "start\ta = 1 and a = 2\t\t\nstart\t*\t\t\n"),
	    "triage.tsv:2:13 INC131 unknown node 'gone'\n"
	    "triage.tsv:4:7 INC401 this can never hold: it excludes itself\n");
	CHECK_SLICE(
	    found_in("routes", ROUTES "new\t*\tduty\tnew\nnew\t*\tduty\t\n"),
	    "routes.tsv:3:12 INC221 a route without a wording\n");
}

/* What is found in a row that n rows before it, all together, forestall. */
static struct slice
found_after(int n)
{
	struct buf text = {0};
	struct slice got;

	buf_add_str(&text, NODE);
	for (int i = 2; i < n; i++)
		buf_addf(&text, "start\ta = %d\t\t\n", i);
	buf_add_str(&text,
	    "start\ta is empty\t\t\nstart\ta is set\t\t\n"
	    "start\tb = 1\t\t\nstart\t*\t\t\n");
	got = found_in("triage", buf_str(&text));
	buf_release(&text);
	return got;
}

static void
five_hundred_rows_are_held_together_and_no_more(void)
{
	CHECK_SLICE(found_after(MOST_TOGETHER),
	    "triage.tsv:502:7 INC403 never taken: the rows before it leave "
	    "nothing for it\n");
	CHECK_SLICE(found_after(MOST_TOGETHER + 1), "");
}

/* Adds a row that holds in more ways than can be gone. */
static void
add_intricate(struct buf *text)
{
	buf_add_str(text, "start\t");
	for (int i = 0; i < 80; i++)
		buf_addf(text, "(x%d = 1 or x%d = 2) and ", i % 40, i % 40);
	buf_add_str(text, "a = 1\t\t\n");
}

static void
work_that_runs_out_is_told_and_so_is_its_end(void)
{
	static const char one[] =
	    "triage.tsv:4:7 INC405 too intricate to tell all that follows "
	    "from it\n";
	static const char last[] =
	    " INC405 from here on no rows could be compared\n";
	struct buf fields = {0}, rows = {0};
	struct slice got;
	const char *end;

	buf_add_str(&fields, "name\na\n");
	for (int i = 0; i < 40; i++)
		buf_addf(&fields, "x%d\n", i);
	begin_pack();
	put_table("fields", buf_str(&fields));
	buf_add_str(&rows, NODE "start\ta = 2\t\t\n");
	for (int i = 0; i < 150; i++)
		add_intricate(&rows);
	buf_add_str(&rows, "start\ta = 2\t\t\nstart\t*\t\t\n");
	put_table("triage", buf_str(&rows));
	got = found();
	CHECK(slice_starts(got, one));
	end = strstr(buf_str(&surveyed_found), last);
	CHECK(end != NULL && strlen(end) == strlen(last));
	buf_release(&fields);
	buf_release(&rows);
}

int
main(void)
{
	dir_begin();
	RUN(a_pack_without_conditions_has_no_rivals);
	RUN(a_condition_that_never_or_always_holds_is_told_in_any_table);
	RUN(a_row_that_an_earlier_one_forestalls_is_told);
	RUN(routes_are_rivals_of_their_reason_alone);
	RUN(boundaries_are_no_rivals);
	RUN(a_row_for_which_all_before_leave_nothing_is_told);
	RUN(a_row_that_is_never_taken_takes_nothing_from_others);
	RUN(rows_of_a_table_with_a_fault_are_not_compared);
	RUN(five_hundred_rows_are_held_together_and_no_more);
	RUN(work_that_runs_out_is_told_and_so_is_its_end);
	return surveyed_end();
}
