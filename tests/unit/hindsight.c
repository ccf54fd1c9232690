#include "hindsight.h"

#include "escalation.h"
#include "folds.h"
#include "times.h"

#define ROWS                                                            \
	"slow\tpriority = P1\treceived\t15m\t\tacknowledged\tup\t1\n"   \
	"slower\tpriority = P1\treceived\t30m\t\tacknowledged\tup\t2\n" \
	"major\treports >= 10\t\t\t\t\tup\t3\n"                         \
	"calm\tlevel >= 2 and reports < 4\t\t\t\t\tdown\t0\n"

static struct hindsight hindsight;
static struct buf text;

/* An instant of 2026-03-02: "09:15". */
static struct stamp
today(const char *time)
{
	buf_clear(&text);
	buf_addf(&text, "2026-03-02T%s:00Z", time);
	return at(buf_str(&text));
}

/* A history says something of an incident at a time of the day. */
static void
say(const char *id, const char *time, const char *column, const char *value)
{
	fold(id, today(time).s, column, value);
}

/* Begins the history of a P1 that was received at nine. */
static void
begin(void)
{
	start();
	say("A", "09:00", "received", "2026-03-02T09:00:00Z");
	say("A", "09:00", "priority", "P1");
}

static struct slice
in_row(const char *column)
{
	return hindsight
	    .field[columns_find(&hindsight.columns, slice_of(column))];
}

static void
add_crossing(void *ctx)
{
	struct slice time = in_row("escalated");

	CHECK(ctx == &text);
	CHECK(time.n == 20);
	buf_addf(&text, "%s%.*s %.*s %.*s", text.n > 0 ? ", " : "", 5,
	    time.p + 11, SLICE_ARG(in_row("level")),
	    SLICE_ARG(in_row("boundary")));
}

/* The crossings of an incident: "09:15 1 slow, 09:30 2 slower". */
static struct slice
crossings(const char *id, const char *until)
{
	struct stamp end = today(until);

	buf_clear(&text);
	hindsight_incident(&hindsight,
	    &all.list[incidents_find(&all, slice_of(id))], end, add_crossing,
	    &text);
	return buf_slice(&text);
}

/* Those of the only incident, once all is said of it. */
static struct slice
crossed(const char *until)
{
	hindsight_release(&hindsight);
	hindsight = (struct hindsight){0};
	hindsight_open(&hindsight, &boundaries, &all);
	boundaries_use(&hindsight.columns);
	return crossings("A", until);
}

static void
each_crossing_is_seen_up_to_the_last_instant(void)
{
	begin();
	CHECK_SLICE(crossed("08:59"), "");
	CHECK_SLICE(crossed("09:14"), "");
	CHECK_SLICE(crossed("09:15"), "09:15 1 slow");
	CHECK_SLICE(crossed("09:29"), "09:15 1 slow");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow, 09:30 2 slower");
}

static void
a_clock_that_runs_out_as_something_is_said_counts_once(void)
{
	begin();
	say("A", "09:15", "reports", "5");
	say("A", "09:30", "reports", "6");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow, 09:30 2 slower");
}

static void
an_instant_knows_what_was_said_by_then(void)
{
	begin();
	say("A", "09:20", "acknowledged", "2026-03-02T09:20:00Z");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow");
	begin();
	say("A", "09:15", "acknowledged", "2026-03-02T09:15:00Z");
	CHECK_SLICE(crossed("23:00"), "");
	begin(); /* said too late */
	say("A", "09:40", "acknowledged", "2026-03-02T09:10:00Z");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow, 09:30 2 slower");
	CHECK_SLICE(crossed("09:29"), "09:15 1 slow");
	begin();
	say("A", "09:10", "priority", "P3");
	say("A", "09:50", "priority", "P1");
	CHECK_SLICE(crossed("23:00"), "09:30 2 slower");
}

static void
a_history_may_tell_of_its_times_in_any_order(void)
{
	begin();
	say("A", "10:00", "reports", "11");
	say("A", "09:20", "reports", "12");
	say("A", "09:20", "acknowledged", "2026-03-02T09:20:00Z");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow, 09:20 3 major");
	CHECK_SLICE(crossed("09:20"), "09:15 1 slow, 09:20 3 major");
	CHECK_SLICE(crossed("09:19"), "09:15 1 slow");
}

static void
a_level_goes_down_and_up_again(void)
{
	begin();
	say("A", "09:05", "reports", "10");
	say("A", "10:00", "reports", "3");
	say("A", "11:00", "reports", "20");
	CHECK_SLICE(
	    crossed("23:00"), "09:05 3 major, 10:00 0 calm, 11:00 3 major");
}

static void
clocks_stand_while_it_is_held(void)
{
	begin();
	say("A", "09:10", "held", "2026-03-02T09:10:00Z");
	CHECK_SLICE(crossed("23:00"), "");
	say("A", "09:20", "held", "\\N");
	CHECK_SLICE(crossed("23:00"), "09:25 1 slow, 09:40 2 slower");
}

static void
a_level_counts_from_when_a_person_said_it_and_one_of_rules_never(void)
{
	begin();
	say("A", "09:01", "level", "3");
	say("A", "09:01", "level_by", "rules");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow, 09:30 2 slower");
	say("A", "09:20", "level_by", "ann");
	CHECK_SLICE(crossed("23:00"), "09:15 1 slow");
	begin();
	say("A", "09:05", "level", "3");
	say("A", "09:05", "level_by", "ann");
	say("A", "09:10", "level", "1"); /* she thinks again */
	say("A", "10:00", "reports", "10");
	say("A", "11:00", "reports", "11"); /* nobody sets the level again */
	CHECK_SLICE(crossed("23:00"), "09:30 2 slower, 10:00 3 major");
}

static void
nothing_is_left_of_the_incident_before(void)
{
	begin();
	say("B", "09:00", "reports", "2");
	say("A", "09:10", "reports", "10");
	CHECK_SLICE(crossed("23:00"), "09:10 3 major");
	CHECK_SLICE(crossings("B", "23:00"), "");
	CHECK_SLICE(in_row("id"), "B");
	CHECK_SLICE(in_row("level"), "");
	CHECK_SLICE(in_row("priority"), "");
	CHECK_SLICE(crossings("A", "23:00"), "09:10 3 major");
}

static void
rows_have_the_incidents_columns_and_then_those_of_judging(void)
{
	start();
	say("A", "09:00", "boundary", "x");
	crossed("10:00");
	buf_clear(&text);
	for (size_t i = 0; i < hindsight.columns.n; i++)
		buf_addf(&text, "%s%.*s", i > 0 ? " " : "",
		    SLICE_ARG(hindsight.columns.name[i]));
	CHECK_SLICE(buf_slice(&text),
	    "id boundary holds level level_by escalated escalate_to why");
}

int
main(void)
{
	pack_begin();
	boundaries_begin(ROWS);
	RUN(each_crossing_is_seen_up_to_the_last_instant);
	RUN(a_clock_that_runs_out_as_something_is_said_counts_once);
	RUN(an_instant_knows_what_was_said_by_then);
	RUN(a_history_may_tell_of_its_times_in_any_order);
	RUN(a_level_goes_down_and_up_again);
	RUN(clocks_stand_while_it_is_held);
	RUN(a_level_counts_from_when_a_person_said_it_and_one_of_rules_never);
	RUN(nothing_is_left_of_the_incident_before);
	RUN(rows_have_the_incidents_columns_and_then_those_of_judging);
	hindsight_release(&hindsight);
	boundaries_end();
	incidents_release(&all);
	buf_release(&text);
	dir_end();
	return test_done();
}
