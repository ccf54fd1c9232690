#include "restoration.h"

#include "book.h"
#include "times.h"
#include "working.h"

static struct restoration restoration;

/* Begins a restoration at a time, under the lock. */
static void
start(const char *when)
{
	open_book("id");
	CHECK(logbook_lock(&book, noon) == 0);
	restoration_release(&restoration);
	restoration = (struct restoration){
	    .book = &book, .why = slice_of("disk failed"), .at = at(when)};
}

/* Ends it for good, and returns the id that would be the last given. */
static struct slice
restored(void)
{
	CHECK(restoration_add(&restoration) == 0);
	CHECK_SLICE(buf_slice(&restoration.fault.text), "");
	CHECK(logbook_commit(&book) == 0);
	return buf_slice(&restoration.last_id);
}

/* The id that a row without one gets at noon. */
static struct slice
given(void)
{
	open_book("state");
	CHECK(logbook_lock(&book, noon) == 0);
	CHECK(add_row("new") == LOGBOOK_LOGGED);
	CHECK(logbook_commit(&book) == 0);
	return book.ledger.incidents.list[book.place].id;
}

static void
numbers_go_on_from_the_time_of_day(void)
{
	begin();
	CHECK_SLICE(given(), "20260601-0001");
	start("2026-06-01T12:00:01Z");
	CHECK_SLICE(restored(), "20260601-120002");
	CHECK(holds("\trestored\trestored-2026-06-01T12:00:01Z-120002\t"));
	CHECK(holds("\tdisk failed\t"));
	CHECK(count() == 2 && book.ledger.incidents.n == 1);
	CHECK_SLICE(given(), "20260601-120003");
}

static void
numbers_that_are_lost_are_passed_over_though_the_day_is_young(void)
{
	begin();
	start("2026-06-01T00:00:00Z");
	CHECK_SLICE(restored(), "20260601-0001");
	start("2026-06-01T00:00:00Z");
	restoration.lost = 7;
	CHECK_SLICE(restored(), "20260601-0009");
	/* what was given by hand counts for more, and the clock for most */
	start("2026-06-01T00:00:00Z");
	restoration.last = 400;
	CHECK_SLICE(restored(), "20260601-0401");
	start("2026-06-01T23:59:59Z");
	restoration.last = 400;
	CHECK_SLICE(restored(), "20260601-235960");
	CHECK_SLICE(given(), "20260601-235961");
}

static void
the_same_copy_restored_again_gives_other_numbers(void)
{
	begin();
	start("2026-06-01T10:00:00Z");
	CHECK_SLICE(restored(), "20260601-100001");
	begin();
	start("2026-06-01T10:00:05Z");
	CHECK_SLICE(restored(), "20260601-100006");
}

static void
the_day_is_the_zone_s_and_as_long_as_it_was(void)
{
	begin();
	options.zone = zone("Europe/London");
	options.id_prefix = slice_of("INC");
	start("2026-06-01T23:00:00Z");
	CHECK_SLICE(restored(), "INC20260602-0001");
	/* the clock was set back at 01:00Z: half past eleven is later */
	start("2026-10-25T23:30:00Z");
	CHECK_SLICE(restored(), "INC20261025-243001");
	/* and forward: half past eleven is earlier */
	begin();
	options.zone = zone("Europe/London");
	start("2026-03-29T22:30:00Z");
	CHECK_SLICE(restored(), "20260329-223001");
}

static void
it_is_never_before_the_last_entry(void)
{
	begin();
	CHECK_SLICE(given(), "20260601-0001");
	start("2026-05-31T08:00:00Z");
	CHECK_SLICE(restored(), "20260601-120001");
	CHECK(stamp_cmp(restoration.at, noon) == 0);
	CHECK(holds("\trestored\trestored-2026-06-01T12:00:00Z-120001\t"));
}

static void
where_no_number_is_left_nothing_is_added(void)
{
	begin();
	CHECK_SLICE(given(), "20260601-0001");
	start("2026-06-01T12:00:00Z");
	restoration.lost = UINT64_MAX;
	CHECK(restoration_add(&restoration) == -1);
	CHECK_SLICE(buf_slice(&restoration.fault.text),
	    "after 18446744073709551615 lost entries and number 0 no id is "
	    "left of this day: is the newest head of this log, and --last "
	    "right?");
	logbook_abandon(&book);
	start("2026-06-01T12:00:00Z");
	restoration.last = IDS_MOST;
	CHECK(restoration_add(&restoration) == -1);
	logbook_abandon(&book);
	CHECK(count() == 1);
	start("2026-06-01T12:00:00Z");
	restoration.last = IDS_MOST - 1;
	CHECK_SLICE(restored(), "20260601-4294967295");
}

int
main(void)
{
	dir_begin();
	RUN(numbers_go_on_from_the_time_of_day);
	RUN(numbers_that_are_lost_are_passed_over_though_the_day_is_young);
	RUN(the_same_copy_restored_again_gives_other_numbers);
	RUN(the_day_is_the_zone_s_and_as_long_as_it_was);
	RUN(it_is_never_before_the_last_entry);
	RUN(where_no_number_is_left_nothing_is_added);
	restoration_release(&restoration);
	working_end();
	return book_end();
}
