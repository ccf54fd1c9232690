#include "ledger.h"

#include "seal.h"
#include "segment.h"
#include "test.h"
#include "times.h"

#define SEAL "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The columns of a segment. */
static const char *const names[] = {"seq", "at", "by", "source", "event", "id",
    "updated", "received", "state", "caller", "vanished", "message", "try",
    "delivery", "why", "rules", "nonces", "chain"};
enum { RECEIVED = SEGMENT_FIRST, STATE, CALLER, VANISHED, MESSAGE, TRY };

static struct ledger l;
static struct columns columns;
static struct slice field[LEN(names)];
static struct journal_entry e;

static void
start(bool writer)
{
	ledger_release(&l);
	ledger_open(&l, writer, slice_of("feed"));
	e = (struct journal_entry){.columns = &columns,
	    .field = field,
	    .segment = 1,
	    .source = SLICE("feed")};
}

/* An entry of an incident that says one thing: not read yet. */
static const struct journal_entry *
entry(const char *event, const char *id, size_t column, const char *value)
{
	for (size_t i = 0; i < LEN(field); i++)
		field[i] = slice_of("");
	field[column] = slice_of(value);
	e.seq++;
	e.event = slice_of(event);
	e.id = slice_of(id);
	return &e;
}

static void
take(const char *event, const char *id, size_t column, const char *value)
{
	ledger_read(&l, entry(event, id, column, value),
	    (struct stamp){(int64_t)e.seq + 1, 0});
}

static size_t
place(const char *id)
{
	return incidents_find(&l.incidents, slice_of(id));
}

static struct slice
value(const char *id, const char *column)
{
	return incidents_value(
	    &l.incidents, &l.incidents.list[place(id)], column);
}

static void
entries_become_incidents(void)
{
	start(true);
	take("received", "A", STATE, "new");
	take("updated", "A", STATE, "old");
	take("received", "B", CALLER, "Ann");
	CHECK(l.incidents.n == 2 && l.seq == 3);
	CHECK_SLICE(value("A", "state"), "old");
	CHECK_SLICE(value("B", "caller"), "Ann");
	ledger_pass(&l, entry("received", "C", STATE, "new"));
	CHECK(l.incidents.n == 2 && l.seq == 4);
	take("segment", "", STATE, "x");
	CHECK(l.incidents.n == 2 && l.seq == 5);
}

static void
changes_are_an_entry_like_any_other(void)
{
	struct changes c = {0};
	struct entry_head head = {.id = SLICE("A"), .event = SLICE("received")};
	size_t at;

	start(true);
	changes_add(&c, ledger_column(&l, "state"), slice_of("new"));
	at = ledger_add(&l, DICT_NONE, &c, &head, (struct stamp){9, 0});
	CHECK(at == 0 && l.seq == 1);
	CHECK_SLICE(value("A", "state"), "new");
	head.event = slice_of("restored");
	head.id = slice_of(IDS_LOST "1970-01-01T00:00:00Z-1");
	changes_release(&c);
	CHECK(ledger_add(&l, DICT_NONE, &c, &head, (struct stamp){10, 0}) ==
	    DICT_NONE);
	CHECK(l.nlost == 1 && l.seq == 2);
}

static void
a_value_that_was_taken_out_is_known_as_such(void)
{
	start(true);
	take("received", "A", CALLER, "redacted:" SEAL);
	take("received", "B", CALLER, "Bob");
	CHECK(!ledger_redacted(&l, place("A"), ledger_column(&l, "caller")));
	take("redacted", "A", CALLER, "\\N");
	CHECK(ledger_redacted(&l, place("A"), ledger_column(&l, "caller")));
	CHECK(!ledger_redacted(&l, place("A"), ledger_column(&l, "state")));
	CHECK(!ledger_redacted(&l, place("B"), ledger_column(&l, "caller")));
	CHECK_SLICE(value("A", "caller"), "");
}

static void
what_looks_like_a_mark_and_has_a_nonce_is_a_value(void)
{
	start(true);
	for (size_t sealed = 0; sealed < 2; sealed++) {
		entry("received", sealed > 0 ? "A" : "B", CALLER,
		    "redacted:" SEAL);
		e.nonces = slice_of(sealed > 0
			? "caller:0123456789abcdef0123456789abcdef"
			: "");
		ledger_read(&l, &e, (struct stamp){1, 0});
		CHECK_SLICE(
		    feed_value(&l.feed, sealed, ledger_column(&l, "caller")),
		    sealed > 0 ? "redacted:" SEAL : "");
	}
}

static void
a_receipt_is_taken_once_whoever_s_it_is(void)
{
	start(true);
	ledger_receipt(&l, entry("notified", "gone", MESSAGE, "m1"));
	CHECK(l.receipts.taken.n == 1 && l.incidents.n == 0);
	take("received", "A", STATE, "new");
	take("notified", "A", MESSAGE, "m1");
	CHECK(l.receipts.taken.n == 1);
	take("notified", "A", MESSAGE, "m2");
	CHECK(l.receipts.taken.n == 2);
	start(false);
	take("received", "A", STATE, "new");
	take("notified", "A", MESSAGE, "m1");
	CHECK(l.receipts.taken.n == 0); /* a reader compares nothing */
}

static void
a_source_feeds_what_is_open_until_it_has_vanished(void)
{
	bool told;

	start(true);
	take("received", "A", STATE, "new");
	CHECK(ledger_feeds(&l, place("A"), &told) && told);
	feed_begin(&l.feed);
	CHECK(ledger_feeds(&l, place("A"), &told) && !told);
	take("updated", "A", VANISHED, "2026-03-02T12:00:00Z");
	CHECK(!ledger_feeds(&l, place("A"), &told));
	take("updated", "A", VANISHED, "\\N");
	CHECK(ledger_feeds(&l, place("A"), &told) && told);
	e.source = slice_of("another");
	take("received", "B", STATE, "new");
	CHECK(!ledger_feeds(&l, place("B"), &told));
}

static void
numbers_that_were_lost_are_not_given_again(void)
{
	const struct slice prefix = SLICE("INC");

	start(true);
	CHECK(ledger_begin_day(&l, prefix, NULL, at("2026-03-02T23:59:59Z")));
	CHECK(!ledger_begin_day(&l, prefix, NULL, at("2026-03-02T00:00:00Z")));
	CHECK(l.ids.number == 0);
	take("received", "INC20260302-0007", STATE, "new");
	CHECK(l.ids.number == 7);
	take("restored", IDS_LOST "2026-03-02T12:00:00Z-120000", STATE, "");
	CHECK(l.nlost == 1);
	CHECK(ledger_begin_day(&l, prefix, NULL, at("2026-03-02T12:30:00Z")));
	CHECK(l.ids.number == 120000);
	CHECK(ledger_begin_day(&l, prefix, NULL, at("2026-03-01T12:30:00Z")));
	CHECK(l.ids.number == 120000);
	CHECK(ledger_begin_day(&l, prefix, NULL, at("2026-03-03T00:00:00Z")));
	CHECK(l.ids.number == 0);
	ledger_lose(&l, slice_of("INC20260302-0007"));
	CHECK(l.nlost == 1);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(names); i++)
		columns_add(&columns, slice_of(names[i]));
	RUN(entries_become_incidents);
	RUN(changes_are_an_entry_like_any_other);
	RUN(a_value_that_was_taken_out_is_known_as_such);
	RUN(what_looks_like_a_mark_and_has_a_nonce_is_a_value);
	RUN(a_receipt_is_taken_once_whoever_s_it_is);
	RUN(a_source_feeds_what_is_open_until_it_has_vanished);
	RUN(numbers_that_were_lost_are_not_given_again);
	ledger_release(&l);
	columns_release(&columns);
	return test_done();
}
