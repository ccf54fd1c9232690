#include "incident.h"

#include "buf.h"
#include "test.h"

static struct incidents all;
static uint64_t seq;

/* Folds an entry of one column: text as on disk. */
static void
fold(const char *id, int64_t updated, const char *column, const char *text)
{
	size_t at = incidents_column(&all, slice_of(column));
	struct slice field = slice_of(text);
	struct entry entry = {.seq = ++seq,
	    .updated = {updated, 0},
	    .id = slice_of(id),
	    .event = slice_of("updated"),
	    .field = &field,
	    .column = &at,
	    .n = 1};

	incidents_fold(&all, &entry);
}

static struct slice
value(const char *id, const char *column)
{
	size_t place = incidents_find(&all, slice_of(id));

	return incident_value(
	    &all.list[place], columns_find(&all.columns, slice_of(column)));
}

static void
start(void)
{
	incidents_release(&all);
	all.remember = true;
	seq = 0;
}

static void
the_latest_updated_holds_then_the_latest_entry(void)
{
	start();
	fold("A", 10, "state", "ten");
	fold("A", 5, "state", "five");
	CHECK_SLICE(value("A", "state"), "ten");
	fold("A", 10, "state", "ten again");
	CHECK_SLICE(value("A", "state"), "ten again");
	CHECK(incident_updated(&all.list[0]).s == 10);
	CHECK(incident_rev(&all.list[0]) == 3);
}

static void
an_empty_field_says_nothing_and_a_mark_clears(void)
{
	start();
	fold("A", 1, "state", "x");
	fold("A", 2, "state", "");
	CHECK_SLICE(value("A", "state"), "x");
	fold("A", 3, "state", "\\N");
	CHECK_SLICE(value("A", "state"), "");
	fold("A", 2, "state", "late");
	CHECK_SLICE(value("A", "state"), "");
}

static void
what_held_at_an_earlier_entry_is_remembered(void)
{
	const struct incident *in;

	start();
	fold("A", 1, "state", "one");
	fold("A", 3, "state", "three");
	fold("A", 2, "state", "two");
	fold("A", 4, "state", "\\N");
	in = &all.list[0];
	CHECK_SLICE(incident_value_at(in, 0, 1), "one");
	CHECK_SLICE(incident_value_at(in, 0, 2), "three");
	CHECK_SLICE(incident_value_at(in, 0, 3), "three");
	CHECK_SLICE(incident_value_at(in, 0, 4), "");
	CHECK(incident_said(in, 0) == 4);
	CHECK(incident_yields(in, 0, (struct stamp){4, 0}));
	CHECK(!incident_yields(in, 0, (struct stamp){3, 0}));
}

static void
messages_make_no_incident_and_change_no_column(void)
{
	struct slice field = slice_of("x");
	size_t column;
	struct entry entry = {.seq = 9,
	    .id = slice_of("B"),
	    .event = slice_of("notified"),
	    .field = &field,
	    .column = &column,
	    .n = 1};

	start();
	fold("A", 1, "state", "one");
	column = 0;
	incidents_fold(&all, &entry);
	CHECK(incidents_find(&all, slice_of("B")) == DICT_NONE);
	entry.id = slice_of("A");
	incidents_fold(&all, &entry);
	CHECK_SLICE(value("A", "state"), "one");
	CHECK(incident_rev(&all.list[0]) == 9);
}

static void
holds_are_folded_in_the_order_of_updated(void)
{
	struct buf out = {0};

	start();
	fold("A", 300, "held", "\\N");
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 200, "held", "1970-01-01T00:03:20Z");
	fold("A", 400, "held", "1970-01-01T00:06:40Z");
	incident_holds(&all.list[0],
	    slice_of("1970-01-01T00:00:01Z/1970-01-01T00:00:02Z "
		     "1970-01-01T00:01:40Z/ nonsense"),
	    &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:00:01Z/1970-01-01T00:00:02Z "
	    "1970-01-01T00:01:40Z/1970-01-01T00:05:00Z "
	    "1970-01-01T00:06:40Z/ nonsense");
	buf_release(&out);
}

static void
clocks_stand_while_it_is_held_or_vanished(void)
{
	struct buf out = {0};

	start();
	CHECK(!incidents_stand(&all));
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 150, "vanished", "1970-01-01T00:02:30Z");
	CHECK(incidents_stand(&all));
	fold("A", 200, "held", "\\N");
	fold("A", 300, "vanished", "\\N");
	/* Said later, it began earlier. */
	fold("A", 400, "vanished", "1970-01-01T00:06:40Z");
	fold("A", 410, "held", "1970-01-01T00:06:30Z");
	fold("A", 500, "vanished", "\\N");
	incident_holds(&all.list[0], slice_of(""), &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:01:40Z/1970-01-01T00:05:00Z "
	    "1970-01-01T00:06:30Z/");
	buf_release(&out);
}

static void
holds_that_touch_are_one(void)
{
	struct buf out = {0};

	start();
	/* Held again, as if nobody had resumed it. */
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 200, "held", "\\N");
	fold("A", 300, "held", "1970-01-01T00:01:40Z");
	fold("A", 400, "held", "\\N");
	/* All at one time: the clock may have gone back. */
	fold("A", 500, "vanished", "1970-01-01T00:08:20Z");
	fold("A", 500, "vanished", "\\N");
	fold("A", 500, "vanished", "1970-01-01T00:08:20Z");
	incident_holds(&all.list[0], slice_of(""), &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:01:40Z/1970-01-01T00:06:40Z "
	    "1970-01-01T00:08:20Z/");
	buf_release(&out);
}

static void
columns_of_the_log_itself_are_no_incident_s(void)
{
	start();
	CHECK(incidents_column(&all, slice_of("id")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("rev")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("chain")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("why")) == 0);
}

int
main(void)
{
	RUN(the_latest_updated_holds_then_the_latest_entry);
	RUN(an_empty_field_says_nothing_and_a_mark_clears);
	RUN(what_held_at_an_earlier_entry_is_remembered);
	RUN(messages_make_no_incident_and_change_no_column);
	RUN(holds_are_folded_in_the_order_of_updated);
	RUN(clocks_stand_while_it_is_held_or_vanished);
	RUN(holds_that_touch_are_one);
	RUN(columns_of_the_log_itself_are_no_incident_s);
	incidents_release(&all);
	return test_done();
}
