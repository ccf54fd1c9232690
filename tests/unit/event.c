#include "event.h"

#include "test.h"

static void
events_go_by_the_first_column_that_changed(void)
{
	struct slice before[EVENT_COLUMNS] = {{"", 0}};
	struct slice after[EVENT_COLUMNS] = {{"", 0}};

	CHECK_SLICE(event_of(before, after), "updated");
	after[EVENT_PRIORITY] = slice_of("P1");
	CHECK_SLICE(event_of(before, after), "triaged");
	after[EVENT_LEVEL] = slice_of("2");
	CHECK_SLICE(event_of(before, after), "escalated");
	before[EVENT_LEVEL] = slice_of("10");
	CHECK_SLICE(event_of(before, after), "stood-down");
	before[EVENT_VANISHED] = slice_of("2026-01-01T00:00:00Z");
	CHECK_SLICE(event_of(before, after), "resumed");
	before[EVENT_CLOSED] = slice_of("2026-01-01T00:00:00Z");
	CHECK_SLICE(event_of(before, after), "reopened");
	before[EVENT_CLOSED].n = before[EVENT_VANISHED].n = 0;
	before[EVENT_ACKNOWLEDGED] = slice_of("2026-01-01T00:00:00Z");
	CHECK_SLICE(event_of(before, after), "stood-down");
}

static void
every_event_that_a_change_makes_is_known(void)
{
	size_t n;
	const struct slice *name = event_names(&n);

	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		struct slice set[EVENT_COLUMNS] = {{"", 0}};
		struct slice none[EVENT_COLUMNS] = {{"", 0}};

		CHECK(event_column[i].n > 0);
		set[i] = slice_of("1");
		CHECK(event_known(event_of(none, set)));
		CHECK(!slice_is(event_of(none, set), "updated"));
		CHECK(event_known(event_of(set, none)));
	}
	for (size_t i = 0; i < n; i++)
		CHECK(event_known(name[i]));
	CHECK(event_known(slice_of("stood-down")));
	CHECK(!event_known(slice_of("close")));
}

static void
some_events_are_no_row_s(void)
{
	CHECK(event_is_logs(slice_of("redacted")));
	CHECK(event_is_logs(slice_of("restored")));
	CHECK(event_known(slice_of("restored")));
	CHECK(!event_is_logs(slice_of("closed")));
	CHECK(!event_is_logs(slice_of("")));
}

int
main(void)
{
	RUN(some_events_are_no_row_s);
	RUN(events_go_by_the_first_column_that_changed);
	RUN(every_event_that_a_change_makes_is_known);
	return test_done();
}
