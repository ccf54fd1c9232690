/*
 * lookup: what is looked up of a log is what the whole log says, and no other
 * incident is known.
 */
#include "lookup.h"

#include "files.h"
#include "segment.h"
#include "told.h"

static struct fault fault;

/* A log under way: what looks up, and what that needs. */
static struct journal journal;
static struct ledger ledger;
static struct lookup lookup;

/*
 * Three segments, of which the second begins with a checkpoint.  20260101-0001
 * and 20260101-0003 are closed, the others open; of 20260101-0005 the
 * checkpoint alone tells that.
 */
static const struct told first[] = {
    {"2026-01-01T01:00:00Z", "received", "20260101-0001", {"summary"}, {"a"}},
    {"2026-01-01T02:00:00Z", "closed", "20260101-0001", {"closed"},
	{"2026-01-01T02:00:00Z"}},
    {"2026-01-02T01:00:00Z", "received", "20260102-0001", {"summary"}, {"b"}},
    {"2026-01-02T02:00:00Z", "notified", "20260102-0001",
	{"message", "try", "delivery"}, {"m1", "1", "delivered"}},
    {"2026-01-02T02:30:00Z", "received", "20260101-0005", {"summary"}, {"f"}}};
static const struct told second[] = {
    {"2026-01-02T03:00:00Z", "segment", "", {"why"},
	{"3 20260102-0001\\n5 20260101-0005\\n"}},
    {"2026-01-02T04:00:00Z", "received", "20260101-0003", {"summary"}, {"c"}},
    {"2026-01-02T05:00:00Z", "closed", "20260101-0003", {"closed"},
	{"2026-01-02T05:00:00Z"}}};
static const struct told third[] = {
    {"2026-01-03T01:00:00Z", "updated", "20260102-0001", {"summary"}, {"b2"}},
    {"2026-01-03T02:00:00Z", "received", "20260103-0004", {"summary"}, {"d"}}};

static void
begin(struct lookup options)
{
	CHECK(journal_open(&journal, dir, true) == 0);
	ledger_open(&ledger, true, slice_of("feed"));
	lookup = options;
	lookup.journal = &journal.in;
	lookup.ledger = &ledger;
}

/* Begins to look up in a log that is larger than a segment. */
static void
begin_some(void)
{
	begin((struct lookup){.some = true, .segment_bytes = 1});
	CHECK(lookup_start(&lookup) == 0);
	CHECK(!lookup.whole);
	CHECK(ledger.incidents.n == 0);
}

static void
done(void)
{
	lookup_release(&lookup);
	ledger_release(&ledger);
	journal_release(&journal);
}

static bool
knows(const char *id)
{
	return incidents_find(&ledger.incidents, slice_of(id)) != DICT_NONE;
}

/* What holds in a column of an incident that is known. */
static struct slice
value(const char *id, const char *column)
{
	const struct incidents *all = &ledger.incidents;
	size_t place = incidents_find(all, slice_of(id));

	CHECK(place != DICT_NONE);
	return incidents_value(all, &all->list[place], column);
}

static void
a_log_no_larger_than_a_segment_is_read_whole(void)
{
	begin((struct lookup){.some = true});
	CHECK(lookup_start(&lookup) == 0);
	CHECK(lookup.whole);
	CHECK(ledger.incidents.n == 5 && lookup_count(&lookup) == 5);
	CHECK(lookup_incident(&lookup, slice_of("none")) == 0);
	CHECK(lookup_meant(&lookup, slice_of("1")) == 0);
	CHECK(lookup_open(&lookup) == 0);
	CHECK(lookup_receipts(&lookup, slice_of("m1")) == 0);
	CHECK(ledger.incidents.n == 5);
	done();
}

static void
a_log_of_which_not_only_some_are_wanted_is_read_whole(void)
{
	begin((struct lookup){.segment_bytes = 1});
	CHECK(lookup_start(&lookup) == 0);
	CHECK(lookup.whole && lookup.recall.n == 0);
	CHECK(ledger.incidents.n == 5 && lookup_count(&lookup) == 5);
	CHECK_SLICE(value("20260102-0001", "summary"), "b2");
	done();
}

static void
an_incident_is_known_by_all_its_entries_and_no_other_is(void)
{
	begin_some();
	CHECK(lookup_count(&lookup) == 5);
	CHECK(lookup_incident(&lookup, slice_of("20260102-0001")) == 0);
	CHECK(ledger.incidents.n == 1);
	CHECK_SLICE(value("20260102-0001", "summary"), "b2");
	CHECK(incident_rev(&ledger.incidents.list[0]) == 9);
	CHECK(ledger.incidents.list[0].first == 3);
	CHECK(lookup_incident(&lookup, slice_of("20260102-0001")) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260102-000")) == 0);
	CHECK(lookup_incident(&lookup, slice_of("")) == 0);
	CHECK(ledger.incidents.n == 1);
	CHECK(lookup_incident(&lookup, slice_of("20260101-0003")) == 0);
	CHECK(ledger.incidents.n == 2);
	CHECK_SLICE(value("20260101-0003", "closed"), "2026-01-02T05:00:00Z");
	CHECK(lookup_count(&lookup) == 5);
	done();
}

static void
where_much_is_looked_up_the_log_is_read_whole(void)
{
	begin_some();
	for (size_t i = 0; i < 10; i++)
		CHECK(lookup_incident(&lookup, slice_of("none")) == 0);
	CHECK(lookup.whole);
	CHECK(ledger.incidents.n == 5 && lookup_count(&lookup) == 5);
	CHECK_SLICE(value("20260102-0001", "summary"), "b2");
	done();
}

static void
all_that_are_open_are_looked_up(void)
{
	begin_some();
	CHECK(lookup_open(&lookup) == 0);
	CHECK(knows("20260102-0001") && knows("20260103-0004"));
	CHECK(knows("20260101-0005"));
	CHECK(!knows("20260101-0001"));
	CHECK_SLICE(value("20260102-0001", "summary"), "b2");
	done();
}

static void
what_is_meant_is_among_what_is_looked_up(void)
{
	size_t fits;

	begin_some();
	CHECK(lookup_meant(&lookup, slice_of("1")) == 0);
	CHECK(knows("20260102-0001")); /* which is open, and so is meant */
	CHECK(ids_find(&ledger.incidents, slice_of("1"), &fits) ==
	    incidents_find(&ledger.incidents, slice_of("20260102-0001")));
	CHECK(fits == 1 && !knows("20260103-0004"));
	done();
	begin_some();
	CHECK(lookup_meant(&lookup, slice_of("01-0001")) == 0);
	CHECK(knows("20260101-0001")); /* closed, but no other fits */
	done();
	begin_some();
	CHECK(lookup_meant(&lookup, slice_of("20260101-0003")) == 0);
	CHECK(knows("20260101-0003") && ledger.incidents.n == 1);
	done();
	begin_some();
	CHECK(lookup_meant(&lookup, slice_of("77")) == 0);
	CHECK(lookup_meant(&lookup, slice_of("")) == 0);
	CHECK(ledger.incidents.n == 0);
	done();
}

static void
receipts_are_looked_up_without_their_incident(void)
{
	begin_some();
	CHECK(lookup_receipts(&lookup, slice_of("m2")) == 0);
	CHECK(ledger.receipts.taken.n == 0);
	CHECK(lookup_receipts(&lookup, slice_of("m1")) == 0);
	CHECK(ledger.receipts.taken.n == 1);
	CHECK(ledger.incidents.n == 0);
	done();
}

static void
the_ids_of_a_day_are_seen_though_nobody_knows_their_incidents(void)
{
	begin_some();
	CHECK(ledger_begin_day(
	    &ledger, slice_of(""), NULL, at("2026-01-01T12:00:00Z")));
	CHECK(lookup_numbers(&lookup) == 0);
	CHECK(ledger.ids.number == 5);
	CHECK(ledger_begin_day(
	    &ledger, slice_of(""), NULL, at("2026-01-03T12:00:00Z")));
	CHECK(lookup_numbers(&lookup) == 0);
	CHECK(ledger.ids.number == 4);
	CHECK(ledger.incidents.n == 0);
	done();
}

static void
entries_that_came_too_late_do_not_count(void)
{
	begin((struct lookup){.some = true,
	    .segment_bytes = 1,
	    .limited = true,
	    .at = at("2026-01-02T23:00:00Z"),
	    .known_at = at("2026-01-03T23:00:00Z")});
	CHECK(lookup_start(&lookup) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260102-0001")) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260103-0004")) == 0);
	CHECK(!knows("20260103-0004"));
	CHECK_SLICE(value("20260102-0001", "summary"), "b");
	done();
	begin((struct lookup){.limited = true,
	    .at = at("2026-01-03T23:00:00Z"),
	    .known_at = at("2026-01-01T01:30:00Z")});
	CHECK(lookup_start(&lookup) == 0);
	CHECK(ledger.incidents.n == 1 && !ledger.incidents.list[0].closed);
	done();
}

static void
a_segment_is_full_by_what_came_since_the_checkpoint(void)
{
	begin_some();
	CHECK(lookup_is_full(&lookup) == 1);
	lookup.segment_bytes = 100000;
	CHECK(lookup_is_full(&lookup) == 0);
	done();
}

static void
a_checkpoint_names_what_is_open(void)
{
	struct buf text = {0};

	begin_some();
	CHECK(lookup_checkpoint(&lookup, &text) == 0);
	CHECK_SLICE(buf_slice(&text),
	    "3 20260102-0001\n5 20260101-0005\n10 20260103-0004\n");
	buf_release(&text);
	done();
}

/* Reads on, under the lock, after what somebody else has added. */
static void
refresh(const struct told *s)
{
	tell(s, 1, false);
	CHECK(journal_lock(&journal) == 0);
	CHECK(lookup_refresh(&lookup) == 0);
	journal_unlock(&journal);
}

static void
what_others_add_is_known_after_a_refresh(void)
{
	static const struct told of_known = {"2026-01-04T01:00:00Z", "updated",
	    "20260102-0001", {"summary"}, {"b3"}};
	static const struct told of_another = {"2026-01-04T02:00:00Z",
	    "received", "20260104-0001", {"summary"}, {"e"}};

	begin_some();
	CHECK(lookup_incident(&lookup, slice_of("20260102-0001")) == 0);
	refresh(&of_known);
	CHECK_SLICE(value("20260102-0001", "summary"), "b3");
	refresh(&of_another);
	CHECK(ledger.incidents.n == 1 && lookup_count(&lookup) == 6);
	CHECK(lookup_incident(&lookup, slice_of("20260104-0001")) == 0);
	CHECK_SLICE(value("20260104-0001", "summary"), "e");
	done();
}

/* The path of the segment that begins with an entry. */
static const char *
segment(uint64_t seq)
{
	struct buf name = {0};
	const char *path;

	segment_name(&name, seq);
	path = in_dir(buf_str(&name));
	buf_release(&name);
	return path;
}

static void
what_can_t_be_read_is_a_fault(void)
{
	struct buf text = {0};
	char *time;

	begin_some();
	CHECK(rename(segment(1), in_dir("aside")) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260101-0001")) == -1);
	CHECK(slice_starts(fault_reason(&lookup.fault), "open '"));
	done();
	begin((struct lookup){.some = true, .segment_bytes = 1});
	CHECK(rename(in_dir("aside"), segment(1)) == 0);
	CHECK(file_read(segment(1), 1 << 20, &text, &fault) == 0);
	time = strstr(buf_str(&text), "2026-01-02T01:00:00Z\tb");
	CHECK(time != NULL);
	*time = 'x'; /* in `updated` of the third entry */
	dir_put("00000000000001.tsv", buf_str(&text));
	CHECK(lookup_start(&lookup) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260101-0001")) == 0);
	CHECK(lookup_incident(&lookup, slice_of("20260102-0001")) == -1);
	CHECK_SLICE(
	    fault_reason(&lookup.fault), "'x026-01-02T01:00:00Z' is no time");
	CHECK_SLICE(fault_file(&lookup.fault), segment(1));
	done();
	buf_release(&text);
}

int
main(void)
{
	dir_begin();
	CHECK(journal_create(dir, &fault) == 0);
	tell(first, LEN(first), true);
	tell(second, LEN(second), true);
	tell(third, LEN(third), true);
	RUN(a_log_no_larger_than_a_segment_is_read_whole);
	RUN(a_log_of_which_not_only_some_are_wanted_is_read_whole);
	RUN(an_incident_is_known_by_all_its_entries_and_no_other_is);
	RUN(where_much_is_looked_up_the_log_is_read_whole);
	RUN(all_that_are_open_are_looked_up);
	RUN(what_is_meant_is_among_what_is_looked_up);
	RUN(receipts_are_looked_up_without_their_incident);
	RUN(the_ids_of_a_day_are_seen_though_nobody_knows_their_incidents);
	RUN(entries_that_came_too_late_do_not_count);
	RUN(a_segment_is_full_by_what_came_since_the_checkpoint);
	RUN(a_checkpoint_names_what_is_open);
	RUN(what_others_add_is_known_after_a_refresh);
	RUN(what_can_t_be_read_is_a_fault);
	fault_release(&fault);
	dir_end();
	return test_done();
}
