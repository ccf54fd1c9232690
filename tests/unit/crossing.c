#include "crossing.h"

#include "escalation.h"
#include "times.h"

/* The shop opens from noon to eight. */
#define ROWS                                                                   \
	"slow\tpriority = P1\treceived\t15m\t\tacknowledged resolved\tup\t1\n" \
	"own\tpriority = P1\tescalated\t30m\t\t\tup\t1\n"                      \
	"answer\t*\treceived\t100% respond\ttarget\t\tup\t1\n"                 \
	"half\t*\treceived\t50% resolve\tshop\t\tup\t1\n"                      \
	"hour\t*\treceived\t1h\ttarget\t\tup\t1\n"                             \
	"major\treports >= 10 or priority = P2\t\t\t\tresolved\tup\t3\n"       \
	"loop\tsummary ~ /(a+)+$/\t\t\t\t\tup\t1\n"

#define P1 "priority=P1;received=09:00"
#define COLUMNS 8

static struct columns columns;
static struct crossings crossings;
static struct slice field[COLUMNS];
static struct arena arena;
static struct buf text;
static size_t reports; /* of searches that hit a limit */

static void
count_report(void *ctx, const struct fault *f)
{
	CHECK(ctx == &reports);
	CHECK(strstr(f->text.p, "the search of 'summary' hit a limit") != NULL);
	reports++;
}

/* Makes ready for records with these columns. */
static void
begin(const char *names)
{
	crossings_release(&crossings);
	crossings = (struct crossings){.report = count_report, .ctx = &reports};
	name_columns(&columns, names);
	boundaries_use(&columns);
	crossings_open(&crossings, &boundaries, &columns);
}

static struct crossing
examine(const char *name)
{
	return crossings_examine(
	    &crossings, boundaries_find(&boundaries, slice_of(name)), field);
}

/* How it stands with a row for a record at a time of 2026-03-02, in words. */
static struct slice
said(const char *name, const char *record_text, const char *now)
{
	struct crossing x;

	buf_clear(&text);
	buf_addf(&text, "2026-03-02T%sZ", now);
	crossings.when.now = at(buf_str(&text));
	arena_reset(&arena);
	record(&columns, record_text, field, &arena);
	crossings_record(&crossings, field, false);
	x = examine(name);
	buf_clear(&text);
	crossing_describe(
	    &x, boundaries_find(&boundaries, slice_of(name)), field, &text);
	return buf_slice(&text);
}

#define CHECK_SAID(name, record, now, want) \
	CHECK_SLICE(said(name, record, now), want)

static void
a_row_is_crossed_at_the_instant_at_which_its_clock_runs_out(void)
{
	CHECK_SAID("slow", P1, "09:14:59", "due at 2026-03-02T09:15:00Z");
	CHECK_SAID("slow", P1, "09:15:00", "crossed at 2026-03-02T09:15:00Z");
	CHECK_SAID("slow", P1, "23:59:59", "crossed at 2026-03-02T09:15:00Z");
	CHECK_SAID("slow", "priority=P3", "23:00:00", "not: priority=P3");
	CHECK_SAID("slow", "", "23:00:00", "not: priority=");
}

static void
without_a_clock_a_row_is_crossed_as_long_as_its_condition_holds(void)
{
	CHECK_SAID("major", "reports=10", "09:00:01",
	    "crossed at 2026-03-02T09:00:01Z");
	CHECK_SAID("major", "reports=9;priority=P1", "09:00:01",
	    "not: reports=9 priority=P1");
}

static void
the_clock_starts_at_its_column_or_else_at_received(void)
{
	CHECK_SAID("own", P1 ";escalated=09:10", "09:00:00",
	    "due at 2026-03-02T09:40:00Z");
	CHECK_SAID("own", P1, "10:00:00", "crossed at 2026-03-02T09:30:00Z");
	CHECK_SAID("own", P1 ";escalated=\\N", "10:00:00",
	    "crossed at 2026-03-02T09:30:00Z");
	CHECK_SAID("own", "priority=P1", "09:00:00",
	    "can't be judged: no time to count from");
}

static void
a_time_of_until_stops_the_clock_where_it_did_not_come_later(void)
{
	CHECK_SAID("slow", P1 ";resolved=09:15", "10:00:00",
	    "not: resolved came before 2026-03-02T09:15:00Z");
	CHECK_SAID("slow", P1 ";resolved=09:16", "10:00:00",
	    "crossed at 2026-03-02T09:15:00Z");
	/* it is the first of the row that is named, and nothing is due */
	CHECK_SAID("slow", P1 ";acknowledged=09:14;resolved=09:10", "09:11:00",
	    "not: acknowledged came before 2026-03-02T09:15:00Z");
	CHECK_SAID("major", "reports=10;resolved=09:00", "09:00:00",
	    "not: resolved came before 2026-03-02T09:00:00Z");
}

static void
a_share_is_one_of_the_target_of_the_priority(void)
{
	CHECK_SAID("answer", P1, "09:00:00", "due at 2026-03-02T09:15:00Z");
	CHECK_SAID("half", P1, "09:00:00", "due at 2026-03-02T14:00:00Z");
	CHECK_SAID("answer", "priority=P4;received=09:00", "23:00:00",
	    "not: its clock stands, or has no end");
	CHECK_SAID("answer", "priority=P5;received=09:00", "23:00:00",
	    "can't be judged: no target for the priority");
	CHECK_SAID("answer", "received=09:00", "23:00:00",
	    "can't be judged: no target for the priority");
}

static void
a_clock_goes_by_the_calendar_of_the_target_where_its_row_says_so(void)
{
	CHECK_SAID("hour", P1, "09:00:00", "due at 2026-03-02T10:00:00Z");
	CHECK_SAID("hour", "priority=P2;received=09:00", "09:00:00",
	    "due at 2026-03-02T13:00:00Z");
	CHECK_SAID("hour", "received=09:00", "09:00:00",
	    "can't be judged: no target for the priority");
}

static void
what_is_on_hold_does_not_count(void)
{
	CHECK_SAID("slow",
	    P1 ";holds=2026-03-02T09:05:00Z/2026-03-02T09:25:00Z", "09:10:00",
	    "due at 2026-03-02T09:35:00Z");
	CHECK_SAID("slow", P1 ";holds=2026-03-02T09:05:00Z/", "23:00:00",
	    "not: its clock stands, or has no end");
	/* none of it is left for the next record */
	CHECK_SAID("slow", P1, "09:10:00", "due at 2026-03-02T09:15:00Z");
}

static void
what_can_t_be_read_counts_as_missing_and_is_counted_once(void)
{
	CHECK(crossings.unreadable == 0);
	CHECK_SAID("own",
	    "priority=P1;received=soon;escalated=09:60;holds=later", "09:10:00",
	    "can't be judged: no time to count from");
	CHECK(crossings.unreadable == 3);
	crossings_record(&crossings, field, true);
	CHECK(crossings.unreadable == 3);
	CHECK_SAID(
	    "major", "reports=many", "09:10:00", "not: reports=many priority=");
	CHECK(crossings.unreadable == 3 && crossings.when.unreadable == 1);
}

static void
a_search_that_hits_a_limit_is_reported_once(void)
{
	const char *hard =
	    "summary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";

	CHECK_SAID("loop", hard, "09:00:00", "not: a search hit a limit");
	CHECK(reports == 1);
	crossings_record(&crossings, field, true);
	CHECK(examine("loop").state == CROSSING_LIMIT && reports == 1);
	crossings.report = NULL; /* nobody wants to know */
	CHECK_SAID("loop", hard, "09:00:00", "not: a search hit a limit");
}

static void
records_may_lack_every_column(void)
{
	begin("summary");
	CHECK_SAID(
	    "answer", "", "09:00:00", "can't be judged: no time to count from");
	begin("received");
	CHECK_SAID("answer", "received=09:00", "09:00:00",
	    "can't be judged: no target for the priority");
	CHECK(crossings.unreadable == 0);
}

int
main(void)
{
	pack_begin();
	dir_put("calendars.tsv",
	    "calendar\tdays\twindows\nshop\tmon-fri\t12:00-20:00\n");
	dir_put("targets.tsv",
	    "priority\trespond\tresolve\tcalendar\nP1\t15m\t4h\t\n"
	    "P2\t1h\t8h\tshop\nP4\t\t\t\n");
	boundaries_begin(ROWS);
	begin("received priority acknowledged resolved escalated reports holds "
	      "summary");
	RUN(a_row_is_crossed_at_the_instant_at_which_its_clock_runs_out);
	RUN(without_a_clock_a_row_is_crossed_as_long_as_its_condition_holds);
	RUN(the_clock_starts_at_its_column_or_else_at_received);
	RUN(a_time_of_until_stops_the_clock_where_it_did_not_come_later);
	RUN(a_share_is_one_of_the_target_of_the_priority);
	RUN(a_clock_goes_by_the_calendar_of_the_target_where_its_row_says_so);
	RUN(what_is_on_hold_does_not_count);
	RUN(what_can_t_be_read_counts_as_missing_and_is_counted_once);
	RUN(a_search_that_hits_a_limit_is_reported_once);
	RUN(records_may_lack_every_column);
	crossings_release(&crossings);
	boundaries_end();
	columns_release(&columns);
	arena_release(&arena);
	buf_release(&text);
	dir_end();
	return test_done();
}
