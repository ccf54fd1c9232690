#include "changes.h"

#include "test.h"

static struct incidents all;
static struct changes c;
static struct slice record[8];

static size_t
column(const char *name)
{
	return incidents_column(&all, slice_of(name));
}

/* Folds an entry of one column: text as on disk. */
static void
fold(int64_t updated, const char *name, const char *text)
{
	size_t at = column(name);
	struct slice field = slice_of(text);
	struct entry entry = {.seq = all.n + 1,
	    .updated = {updated, 0},
	    .id = SLICE("A"),
	    .event = SLICE("updated"),
	    .field = &field,
	    .column = &at,
	    .n = 1};

	incidents_fold(&all, &entry);
}

static void
start(void)
{
	incidents_release(&all);
	changes_release(&c);
	fold(10, "state", "new");
	fold(10, "closed", "");
	column("priority");
}

/* The event that the changes make at a time, of the incident or a new one. */
static struct slice
preview(bool new, int64_t updated)
{
	CHECK(all.columns.n <= LEN(record));
	return changes_preview(&c, &all, new ? NULL : &all.list[0],
	    (struct stamp){updated, 0}, record);
}

static void
an_empty_value_clears(void)
{
	start();
	changes_add(&c, column("state"), slice_of(""));
	changes_add(&c, column("priority"), slice_of("P1"));
	CHECK(c.n == 2);
	CHECK_SLICE(c.value[0], "\\N");
	CHECK(!changes_set(&c, column("state")));
	CHECK(changes_set(&c, column("priority")));
	CHECK(!changes_set(&c, column("closed")));
}

static void
a_column_is_changed_once(void)
{
	start();
	changes_put(&c, column("state"), slice_of("a"));
	changes_put(&c, column("priority"), slice_of("P2"));
	changes_put(&c, column("state"), slice_of("b"));
	CHECK(c.n == 2);
	CHECK_SLICE(c.value[0], "b");
	changes_put(&c, column("priority"), slice_of(""));
	CHECK_SLICE(c.value[1], "\\N");
}

static void
what_holds_then_is_seen_before_it_is_so(void)
{
	start();
	CHECK_SLICE(preview(false, 11), "updated");
	CHECK_SLICE(record[column("state")], "new");
	changes_put(&c, column("closed"), slice_of("1970-01-01T00:00:11Z"));
	CHECK_SLICE(preview(false, 11), "closed");
	CHECK_SLICE(record[column("closed")], "1970-01-01T00:00:11Z");
	CHECK_SLICE(record[column("state")], "new");
	changes_put(&c, column("state"), slice_of(""));
	preview(false, 11);
	CHECK_SLICE(record[column("state")], "");
	CHECK_SLICE(incident_value(&all.list[0], column("state")), "new");
}

static void
what_comes_late_changes_nothing_that_holds(void)
{
	start();
	changes_put(&c, column("state"), slice_of("late"));
	changes_put(&c, column("priority"), slice_of("P1"));
	CHECK_SLICE(preview(false, 9), "triaged");
	CHECK_SLICE(record[column("state")], "new");
	CHECK_SLICE(record[column("priority")], "P1");
}

static void
a_new_incident_is_received_with_what_is_said(void)
{
	start();
	changes_put(&c, column("state"), slice_of("\\N"));
	changes_put(&c, column("priority"), slice_of("P1"));
	CHECK_SLICE(preview(true, 1), "received");
	CHECK_SLICE(record[column("state")], "");
	CHECK_SLICE(record[column("priority")], "P1");
	CHECK_SLICE(record[column("closed")], "");
}

int
main(void)
{
	RUN(an_empty_value_clears);
	RUN(a_column_is_changed_once);
	RUN(what_holds_then_is_seen_before_it_is_so);
	RUN(what_comes_late_changes_nothing_that_holds);
	RUN(a_new_incident_is_received_with_what_is_said);
	incidents_release(&all);
	changes_release(&c);
	return test_done();
}
