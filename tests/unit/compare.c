#include "compare.h"

#include "named.h"
#include "segment.h"
#include "test.h"

static struct ledger ledger;
static struct columns columns;
static struct row row;
static struct slice field[16];
static struct comparison c = {.ledger = &ledger, .row = &row};
static struct fault fault;
static struct buf line, text;

/* The empty log, and rows with these columns. */
static void
begin(const char *names)
{
	ledger_release(&ledger);
	ledger_open(&ledger, true, slice_of("feed"));
	ledger_own_columns(&ledger);
	name_columns(&columns, names);
	row_bind(&row, &columns, &ledger.incidents);
	row.field = field;
	compare_bind(&c);
}

/*
 * Begins with a row of the incident at a place, its fields between ";".  That
 * before is gone.
 */
static void
read_row(size_t place, const char *fields)
{
	struct slice rest;

	buf_clear(&line);
	buf_add_str(&line, fields);
	rest = buf_slice(&line);
	for (size_t i = 0; i < columns.n; i++)
		CHECK(slice_split(&rest, ';', &field[i]));
	compare_begin(&c, place);
}

/* The changes: "state=open caller=\N". */
static struct slice
changes(void)
{
	buf_clear(&text);
	for (size_t i = 0; i < c.changes.n; i++)
		buf_addf(&text, "%s%.*s=%.*s", i > 0 ? " " : "",
		    SLICE_ARG(
			ledger.incidents.columns.name[c.changes.column[i]]),
		    SLICE_ARG(c.changes.value[i]));
	return buf_slice(&text);
}

/* Logs the changes as an entry of a source, or of nobody in particular. */
static void
log_as(const char *source, int64_t updated)
{
	struct entry_head head = {.id = SLICE("A"),
	    .event = SLICE("updated"),
	    .source = slice_of(source)};

	c.place = ledger_add(
	    &ledger, c.place, &c.changes, &head, (struct stamp){updated, 0});
}

/* A person says something of the incident, at 9. */
static void
say(const char *column, const char *value)
{
	c.place = ledger.incidents.n > 0 ? 0 : DICT_NONE;
	c.changes.n = 0;
	changes_add(
	    &c.changes, ledger_column(&ledger, column), slice_of(value));
	log_as("", 9);
}

/* What a row of the source says anew, of the incident or a new one. */
static struct slice
feeds(int64_t updated, const char *fields)
{
	size_t place = ledger.incidents.n > 0 ? 0 : DICT_NONE;

	read_row(place, fields);
	if (place == DICT_NONE)
		compare_first(&c);
	else
		compare_feed(&c, updated < feed_said(&ledger.feed, 0)->latest.s,
		    (struct stamp){updated, 0});
	return changes();
}

/* The same, and it is logged. */
static struct slice
feed(int64_t updated, const char *fields)
{
	struct slice anew = feeds(updated, fields);

	log_as("feed", updated);
	compare_note(&c, (struct stamp){updated, 0}, false);
	return anew;
}

/* What a row says that was read from the log at an entry. */
static struct slice
record(uint64_t rev, const char *fields)
{
	read_row(0, fields);
	if (compare_record(&c, rev, &fault) == 0)
		return buf_slice(&fault.text);
	return changes();
}

static void
a_first_row_says_all_that_it_has(void)
{
	begin("id updated state caller incomplete vanished rev");
	CHECK_SLICE(feed(1, "A;x;new;\\N;y;;3"), "state=new");
	CHECK_SLICE(feeds(2, "A;y;new;;z;;4"), ""); /* nor has it any more */
	begin("id vanished state");
	CHECK_SLICE(feed(1, "A;x;"), "vanished=x");
	c.on_disk = true;
	begin("id vanished state");
	CHECK_SLICE(feed(1, "A;x;"), "");
	c.on_disk = false;
}

static void
a_row_of_the_log_says_what_differs_from_it(void)
{
	begin("id state caller holds rev");
	say("state", "new");
	say("caller", "Ann");
	CHECK_SLICE(record(2, "A;new;Ann;x;2"), "");
	CHECK_SLICE(record(2, "A;open;;x;2"), "state=open caller=\\N");
	CHECK_SLICE(record(2, "A;\\N;Bob;;2"), "state=\\N caller=Bob");
}

static void
a_row_of_the_log_is_overtaken_where_both_have_changed_a_column(void)
{
	begin("id state caller");
	say("state", "new");
	say("caller", "Ann");
	say("caller", "Bob");
	CHECK_SLICE(record(2, "A;open;Cid"),
	    "'A' is overtaken: its caller was changed by entry 3, after 2");
	CHECK_SLICE(record(3, "A;open;Cid"), "state=open caller=Cid");
	/* what another has changed since stays, and so does what is the same */
	CHECK_SLICE(record(2, "A;open;Ann"), "state=open");
	CHECK_SLICE(record(2, "A;open;Bob"), "state=open");
	CHECK_SLICE(record(1, "A;open;"), "state=open");
}

/* An entry takes the caller out. */
static void
take_out(void)
{
	static const struct slice fields[] = {
	    [SEGMENT_FIRST] = SLICE("\\N"), [11] = SLICE("")};
	struct columns names = {0};
	struct journal_entry e = {.seq = ledger.seq + 1,
	    .event = SLICE("redacted"),
	    .id = SLICE("A"),
	    .columns = &names,
	    .field = fields,
	    .segment = 1};

	name_columns(&names,
	    "seq at by source event id updated caller why rules nonces chain");
	ledger_read(&ledger, &e, (struct stamp){9, 0});
	columns_release(&names);
}

static void
what_was_taken_out_is_dropped_and_counted(void)
{
	begin("id caller state");
	feed(1, "A;Ann;new");
	take_out();
	c.dropped = 0;
	CHECK_SLICE(record(2, "A;Ann;open"), "state=open");
	CHECK(c.dropped == 1);
	CHECK_SLICE(record(2, "A;;open"), "state=open"); /* that is no value */
	CHECK(c.dropped == 1);
	CHECK_SLICE(feeds(3, "A;Bob;open"), "state=open");
	CHECK(c.dropped == 2);
	CHECK_SLICE(feeds(3, "A;\\N;open"), "state=open");
	CHECK(c.dropped == 2);
}

static void
a_source_is_compared_with_what_it_said_itself(void)
{
	begin("id state caller");
	CHECK_SLICE(feed(1, "A;new;Ann"), "state=new caller=Ann");
	CHECK_SLICE(feeds(2, "A;new;Ann"), "");
	say("state", "open");
	CHECK_SLICE(feeds(3, "A;new;Ann"), "");
	CHECK_SLICE(feed(3, "A;open;"), "state=open caller=\\N");
	CHECK_SLICE(feeds(4, "A;open;\\N"), "");
	CHECK_SLICE(feed(5, "A;shut;Bob"), "state=shut caller=Bob");
	CHECK_SLICE(feeds(6, "A;open;Bob"), "state=open");
}

static void
an_older_row_is_compared_with_what_was_said_by_then(void)
{
	begin("id state");
	feed(10, "A;new");
	feed(20, "A;open");
	CHECK_SLICE(feeds(25, "A;open"), "");
	CHECK_SLICE(feeds(15, "A;open"), "state=open"); /* it was new then */
	CHECK_SLICE(feeds(15, "A;new"), "state=new");
	CHECK_SLICE(feeds(5, "A;open"), "");
}

static void
acknowledged_latches_at_its_earliest(void)
{
	begin("id acknowledged state");
	feed(1, "A;2026-03-02T09:10:00Z;new");
	CHECK_SLICE(feeds(2, "A;;new"), "");
	CHECK_SLICE(feeds(2, "A;2026-03-02T10:10:00+01:00;new"), "");
	CHECK_SLICE(feeds(2, "A;2026-03-02T09:11:00Z;open"), "state=open");
	CHECK(!c.latches);
	CHECK_SLICE(feeds(2, "A;2026-03-02T09:09:00Z;new"),
	    "acknowledged=2026-03-02T09:09:00Z");
	CHECK(c.latches);
	say("acknowledged", "2026-03-02T09:05:00Z");
	CHECK_SLICE(feeds(4, "A;2026-03-02T09:09:00Z;new"), "");
	CHECK(!c.latches);
	CHECK_SLICE(feeds(4, "A;2026-03-02T09:04:00Z;new"),
	    "acknowledged=2026-03-02T09:04:00Z");
}

static void
received_is_changed_but_never_taken_back(void)
{
	begin("id received");
	feed(1, "A;2026-03-02T09:00:00Z");
	CHECK_SLICE(feeds(2, "A;"), "");
	CHECK_SLICE(feeds(2, "A;2026-03-02T09:01:00Z"),
	    "received=2026-03-02T09:01:00Z");
}

static void
what_the_log_filled_in_the_source_has_not_said(void)
{
	const char *row_text = "A;2026-03-02T09:00:00Z";

	for (size_t filled = 0; filled < 2; filled++) {
		begin("id received");
		feeds(1, row_text);
		log_as("feed", 1);
		compare_note(&c, (struct stamp){1, 0}, filled > 0);
		CHECK_SLICE(feeds(2, row_text),
		    filled > 0 ? "received=2026-03-02T09:00:00Z" : "");
	}
}

static void
a_priority_of_rules_is_a_suggestion_where_a_person_decided(void)
{
	begin("id priority priority_by suggested");
	feed(1, "A;P2;;");
	CHECK_SLICE(feed(2, "A;P3;rules;"), "priority=P3 priority_by=rules");
	CHECK_SLICE(
	    feeds(2, "A;P2;rules:4;"), "priority=P2 priority_by=rules:4");
	say("priority", "P1");
	say("priority_by", "ann");
	CHECK_SLICE(feeds(3, "A;P2;rules:4;P9"), "suggested=P2");
	CHECK_SLICE(feeds(3, "A;P1;rules;P9"), ""); /* as she decided */
	CHECK_SLICE(feed(3, "A;P3;rules;"), "suggested=P3");
	CHECK_SLICE(feeds(4, "A;P3;rules;"), "");
	CHECK_SLICE(feeds(4, "A;P1;rules;"), "suggested=\\N");
	CHECK_SLICE(
	    feeds(4, "A;P4;bob;"), "priority=P4 priority_by=bob suggested=\\N");
}

static void
a_priority_is_a_person_s_with_its_value(void)
{
	begin("id priority priority_by level level_by");
	feed(1, "A;P3;rules;1;rules");
	say("priority", "P1");
	say("priority_by", "ann");
	say("level", "2");
	say("level_by", "ann");
	CHECK_SLICE(
	    feeds(2, "A;P3;bob;1;rules"), "priority=P3 priority_by=bob");
	CHECK_SLICE(
	    feeds(2, "A;P1;bob;1;bob"), "priority_by=bob level=1 level_by=bob");
	CHECK_SLICE(feed(2, "A;P3;bob;1;bob"),
	    "priority=P3 priority_by=bob level=1 level_by=bob");
	say("priority", "P1");
	say("priority_by", "ann");
	CHECK_SLICE(feeds(3, "A;P3;bob;1;bob"), ""); /* no new decision */
	CHECK_SLICE(feed(20, "A;P2;bea;1;bob"), "priority=P2 priority_by=bea");
	/* At 15 her P1 held. */
	CHECK_SLICE(feeds(15, "A;P2;cid;1;bob"), "priority=P2 priority_by=cid");
}

static void
a_level_of_rules_is_passed_over_where_a_person_decided(void)
{
	begin("id level level_by escalated escalate_to boundary why state");
	feed(1, "A;1;rules;;;;;new");
	CHECK_SLICE(feeds(2, "A;2;rules;t;r;b;w;open"),
	    "level=2 escalated=t escalate_to=r boundary=b why=w state=open");
	say("level_by", "ann");
	CHECK_SLICE(feeds(3, "A;2;rules:1;t;r;b;w;open"), "state=open");
	CHECK_SLICE(feeds(3, "A;2;bob;;;;;new"), "level=2 level_by=bob");
	say("why", "a favour");
	CHECK_SLICE(
	    feeds(3, "A;2;bob;;;;;new"), "level=2 level_by=bob why=\\N");
}

static void
a_content_is_of_all_that_was_said_save_what_latches(void)
{
	static const char *const rows[] = {"A;new;Ann;",
	    "A;open;;2026-03-02T09:10:00Z", "A;\\N;;2026-03-02T09:00:00Z"};
	struct content before, after;

	begin("id state caller acknowledged");
	feed(1, "A;;;");
	for (size_t i = 0; i < LEN(rows); i++) {
		feeds(2, rows[i]);
		before = compare_content(&c);
		feed(2, rows[i]);
		after = feed_content(&ledger.feed, 0);
		CHECK(memcmp(&before, &after, sizeof after) == 0);
	}
	CHECK(after.sum[0] == 0 && after.sum[1] == 0); /* nothing is left */
}

int
main(void)
{
	RUN(a_first_row_says_all_that_it_has);
	RUN(a_row_of_the_log_says_what_differs_from_it);
	RUN(a_row_of_the_log_is_overtaken_where_both_have_changed_a_column);
	RUN(what_was_taken_out_is_dropped_and_counted);
	RUN(a_source_is_compared_with_what_it_said_itself);
	RUN(an_older_row_is_compared_with_what_was_said_by_then);
	RUN(acknowledged_latches_at_its_earliest);
	RUN(received_is_changed_but_never_taken_back);
	RUN(what_the_log_filled_in_the_source_has_not_said);
	RUN(a_priority_of_rules_is_a_suggestion_where_a_person_decided);
	RUN(a_priority_is_a_person_s_with_its_value);
	RUN(a_level_of_rules_is_passed_over_where_a_person_decided);
	RUN(a_content_is_of_all_that_was_said_save_what_latches);
	compare_release(&c);
	row_release(&row);
	ledger_release(&ledger);
	columns_release(&columns);
	fault_release(&fault);
	buf_release(&line);
	buf_release(&text);
	return test_done();
}
