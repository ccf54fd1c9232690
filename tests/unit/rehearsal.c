#include "rehearsal.h"

#include "desk.h"

#define NOW "2026-07-01T09:00:00Z"
#define AN_HOUR_AGO "2026-07-01T08:00:00Z"

static struct buf text;

/* What came of the last record in a column. */
static struct slice
get(const char *name)
{
	return columns_field(
	    rehearsal.field, columns_find(&rehearsal.columns, slice_of(name)));
}

/* The boundary that moved its level, or an empty slice. */
static struct slice
crossed(void)
{
	return rehearsal.crossed != NULL ? rehearsal.crossed->name
					 : (struct slice){"", 0};
}

/* Its messages, "reason party id: words", one a line. */
static struct slice
messages(void)
{
	buf_clear(&text);
	for (size_t i = 0; i < rehearsal.n; i++) {
		const struct slice *m = rehearsal.message[i].text;

		buf_addf(&text, "%.*s %.*s %.*s: %.*s\n",
		    SLICE_ARG(m[MESSAGE_REASON]), SLICE_ARG(m[MESSAGE_PARTY]),
		    SLICE_ARG(m[MESSAGE_RECORD]), SLICE_ARG(m[MESSAGE_BODY]));
	}
	return buf_slice(&text);
}

static void
start(void)
{
	CHECK(desk_load() == 0);
	CHECK(desk_bind("id,received,summary,priority,incomplete,level,"
			"escalate_to,reports") == 0);
}

static void
a_record_goes_all_the_way(void)
{
	start();
	CHECK(rehearsal.decides && rehearsal.judges);
	CHECK(rehearsal.marks && rehearsal.tells);
	desk_go("a\\tb," AN_HOUR_AGO ",fire,,,,,", NOW);
	CHECK_SLICE(rehearsal.columns.name[0], "id");
	CHECK_SLICE(rehearsal.field[0], "a\\tb");
	CHECK_SLICE(get("priority"), "P1");
	CHECK_SLICE(get("path"), "start.1");
	CHECK_SLICE(get("level"), "1");
	CHECK_SLICE(get("escalated"), "2026-07-01T08:15:00Z");
	CHECK_SLICE(get("boundary"), "slow");
	CHECK_SLICE(get("incomplete"), "");
	CHECK_SLICE(crossed(), "slow");
	CHECK_SLICE(messages(),
	    "new bob a\tb: P1 a b at 1\n"
	    "up ann a\tb: P1 a b at 1\n");
	CHECK_SLICE(buf_slice(&said), "");
}

static void
it_goes_by_the_instant_that_it_is_tried_at(void)
{
	start();
	desk_go("a," AN_HOUR_AGO ",fire,,,,,", "2026-07-01T08:14:59Z");
	CHECK_SLICE(crossed(), "");
	CHECK_SLICE(get("level"), "");
	desk_go("a," AN_HOUR_AGO ",fire,,,,,", "2026-07-01T08:15:00Z");
	CHECK_SLICE(crossed(), "slow");
	CHECK_SLICE(get("level"), "1");
}

static void
nothing_of_a_record_is_left_for_the_next(void)
{
	start();
	desk_go("a," AN_HOUR_AGO ",fire,,,,,", NOW);
	CHECK(rehearsal.n == 2);
	desk_go("b," NOW ",,,,,,", NOW);
	CHECK_SLICE(crossed(), "");
	CHECK_SLICE(get("escalated"), "");
	CHECK_SLICE(get("incomplete"), "summary");
	CHECK_SLICE(messages(), "new bob b: P2 b at -\n");
	desk_go("c," NOW ",x,,,,,", NOW);
	CHECK_SLICE(get("incomplete"), "");
}

static void
a_mark_that_came_with_the_record_stays(void)
{
	start();
	desk_go("a," NOW ",,,by hand,,,", NOW);
	CHECK_SLICE(get("incomplete"), "by hand");
}

static void
what_went_wrong_is_reported_and_what_is_good_to_know_remarked(void)
{
	start();
	desk_go("a," NOW ",fire,,,1,dee,", NOW);
	desk_go("b,,fire,,,,,", NOW);
	desk_go("c," NOW ",fire,,,,,many", NOW);
	desk_go("d," NOW ",fire,,,,,9", NOW);
	CHECK_SLICE(buf_slice(&said),
	    "reported: 'dee' is neither a role nor a party; asking 'desk'\n"
	    "reported: boundary 'slow' can't be judged: no time to count "
	    "from\n"
	    "reported: no time in 'received': now is gone by\n"
	    "remarked: a value could not be read as a time, a number or a "
	    "duration\n");
}

/* Opens a pack of this table alone or, with ahead, ahead of the desk's. */
static void
open_other(const char *table, const char *rows, bool ahead)
{
	begin_pack();
	put_table(table, rows);
	desk_open(ahead);
}

static void
a_part_of_the_way_without_its_table_is_left_out(void)
{
	open_other("targets", "priority\trespond\nP1\t1h\n", false);
	start();
	CHECK(!rehearsal.decides && !rehearsal.judges);
	CHECK(!rehearsal.marks && !rehearsal.tells);
	desk_go("a," AN_HOUR_AGO ",,P1,,,,", NOW);
	CHECK_SLICE(get("priority"), "P1");
	CHECK_SLICE(get("level"), "");
	CHECK_SLICE(get("incomplete"), "");
	CHECK_SLICE(crossed(), "");
	CHECK_SLICE(messages(), "");
	open_other("fields", "name\trequired\nsummary\t*\n", false);
	start();
	CHECK(rehearsal.marks && !rehearsal.decides);
	desk_go("a," AN_HOUR_AGO ",,P1,,,,", NOW);
	CHECK_SLICE(get("incomplete"), "summary");
}

static void
that_a_priority_has_no_target_is_not_told(void)
{
	open_other("targets", "priority\trespond\nP1\t1h\nP2\t2h\n", true);
	start();
	desk_go("a," NOW ",x,P1,,,,", NOW);
	CHECK_SLICE(get("respond_by"), "2026-07-01T10:00:00Z");
	desk_go("a," NOW ",x,P7,,,,", NOW);
	CHECK_SLICE(get("respond_by"), "");
	CHECK_SLICE(buf_slice(&said), "");
}

static void
a_table_that_is_wrong_is_refused_with_its_place(void)
{
	open_other("triage", "node\twhen\tpriority\nstart\ta =\tP1\n", true);
	CHECK(desk_load() == -1);
	CHECK(slice_ends(dir_said(&fault),
	    "/triage.tsv:2:10: a value was expected at the end"));
	open_other("routes", "reason\twhen\tto\nnew\t*\tdesk\n", true);
	CHECK(desk_load() == -1);
	CHECK(slice_ends(dir_said(&fault),
	    "/routes.tsv:1: the column 'wording' is missing"));
}

static void
a_condition_on_no_column_is_refused_with_its_place(void)
{
	static const char *const row[][3] = {
	    {"triage",
		"node\twhen\tpriority\nstart\tsumary = 1\t\nstart\t*\t\n",
		"/triage.tsv:2:7: "},
	    {"escalation",
		"boundary\twhen\tdirection\tlevel\none\tsumary = 1\tup\t1\n",
		"/escalation.tsv:2:5: "},
	    {"fields", "name\trequired\nx\tsumary = 1\n", "/fields.tsv:2:3: "},
	    {"routes",
		"reason\twhen\tto\twording\nnew\tsumary = 1\tdesk\tnew\n",
		"/routes.tsv:2:5: "},
	};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		open_other(row[i][0], row[i][1], true);
		CHECK(desk_load() == 0);
		CHECK(desk_bind("id,received,summary") == -1);
		CHECK(strstr(buf_str(&fault.text), row[i][2]) != NULL);
		CHECK_SLICE(fault_reason(&fault),
		    "unknown column 'sumary' (did you mean 'summary'?)");
	}
}

int
main(void)
{
	desk_begin();
	RUN(a_record_goes_all_the_way);
	RUN(it_goes_by_the_instant_that_it_is_tried_at);
	RUN(nothing_of_a_record_is_left_for_the_next);
	RUN(a_mark_that_came_with_the_record_stays);
	RUN(what_went_wrong_is_reported_and_what_is_good_to_know_remarked);
	RUN(a_part_of_the_way_without_its_table_is_left_out);
	RUN(that_a_priority_has_no_target_is_not_told);
	RUN(a_table_that_is_wrong_is_refused_with_its_place);
	RUN(a_condition_on_no_column_is_refused_with_its_place);
	buf_release(&text);
	return desk_end();
}
