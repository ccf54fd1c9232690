#include "scribe.h"

#include "test.h"

static struct ledger ledger;
static struct scribe scribe;
static struct changes changes;
static const struct stamp noon = {1780315200, 0}; /* 2026-06-01T12:00:00Z */

static void
start(void)
{
	scribe_release(&scribe);
	ledger_release(&ledger);
	ledger_open(&ledger, true, slice_of("feed"));
	ledger_own_columns(&ledger);
	scribe = (struct scribe){.ledger = &ledger};
}

/* Makes an entry that says one thing of an incident. */
static size_t
say(size_t place, const char *column, const char *value, bool undated)
{
	struct entry_head head = {.id = slice_of("A")};

	changes.n = 0;
	changes_add(&changes, ledger_column(&ledger, column), slice_of(value));
	head.event = scribe_preview(&scribe, &changes, place, noon);
	CHECK_SLICE(head.event, place == DICT_NONE ? "received" : "updated");
	CHECK(scribe_complete(&scribe, &changes, noon, undated) == 0);
	CHECK(scribe_add(&scribe, &place, &changes, head, noon) == 0);
	return place;
}

static struct slice
value(size_t place, const char *column)
{
	return incidents_value(
	    &ledger.incidents, &ledger.incidents.list[place], column);
}

static void
received_is_filled_in_and_marked_until_it_is_said(void)
{
	size_t place;

	start();
	place = say(DICT_NONE, "state", "new", false);
	CHECK(scribe.filled);
	CHECK_SLICE(value(place, "received"), "2026-06-01T12:00:00Z");
	CHECK_SLICE(value(place, "incomplete"), "received");
	CHECK(say(place, "state", "open", true) == place);
	CHECK(!scribe.filled);
	CHECK_SLICE(value(place, "incomplete"), "received updated");
	say(place, "received", "2026-05-31T00:00:00Z", false);
	CHECK_SLICE(value(place, "received"), "2026-05-31T00:00:00Z");
	CHECK_SLICE(value(place, "incomplete"), "");
	CHECK(scribe.entries == 3);
	CHECK(ledger.incidents.n == 1);
}

static void
what_the_changes_clear_is_filled_in_and_said_once(void)
{
	size_t place, received = 0;

	start();
	place = say(DICT_NONE, "received", "2026-05-31T00:00:00Z", false);
	say(place, "received", "", false);
	CHECK_SLICE(value(place, "received"), "2026-06-01T12:00:00Z");
	for (size_t i = 0; i < changes.n; i++)
		received += changes.column[i] == ledger.feed.received;
	CHECK(received == 1);
}

int
main(void)
{
	RUN(received_is_filled_in_and_marked_until_it_is_said);
	RUN(what_the_changes_clear_is_filled_in_and_said_once);
	scribe_release(&scribe);
	ledger_release(&ledger);
	changes_release(&changes);
	return test_done();
}
