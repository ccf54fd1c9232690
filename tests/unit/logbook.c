#include "logbook.h"

#include <stdint.h>

#include "book.h"

#define LEN(array) (sizeof(array) / sizeof *(array))

static void
what_differs_from_the_source_s_last_row_becomes_an_entry(void)
{
	static const struct {
		const char *source, *row; /* id updated state urgency closed */
		enum logbook_outcome outcome;
		size_t entries; /* then on disk */
		const char *event, *state, *urgency;
	} row[] = {
	    {"feed", "A\t2026-01-01T00:00:00Z\tnew\t2\t", LOGBOOK_LOGGED, 1,
		"received", "new", "2"},
	    {"feed", "A\t2026-01-01T00:00:00Z\tnew\t2\t", LOGBOOK_SAME, 1,
		"received", "new", "2"},
	    {"feed", "A\t2026-01-02T00:00:00Z\tnew\t2\t", LOGBOOK_SAME, 1,
		"received", "new", "2"},
	    {"feed", "A\t2026-01-03T00:00:00Z\topen\t2\t", LOGBOOK_LOGGED, 2,
		"updated", "open", "2"},
	    /* Its own word is cleared, another's is not. */
	    {"desk", "A\t2026-01-04T00:00:00Z\t\t\t", LOGBOOK_SAME, 2,
		"updated", "open", "2"},
	    {"feed", "A\t2026-01-04T00:00:00Z\topen\t\t", LOGBOOK_LOGGED, 3,
		"updated", "open", ""},
	    {"desk", "A\t2026-01-05T00:00:00Z\t\t1\t", LOGBOOK_LOGGED, 4,
		"updated", "open", "1"},
	    {"feed", "A\t2026-01-06T00:00:00Z\topen\t\t", LOGBOOK_SAME, 4,
		"updated", "open", "1"},
	    {"feed", "A\t2026-01-07T00:00:00Z\tdone\t\t2026-01-07T00:00:00Z",
		LOGBOOK_LOGGED, 5, "closed", "done", "1"},
	    {"feed", "A\t2026-01-08T00:00:00Z\topen\t\t", LOGBOOK_LOGGED, 6,
		"reopened", "open", "1"},
	    {"feed", "B\t2026-01-08T00:00:00Z\tnew\t\t", LOGBOOK_LOGGED, 7,
		"received", "new", ""},
	};

	begin();
	for (size_t i = 0; i < LEN(row); i++) {
		struct buf event = {0};

		options.source = slice_of(row[i].source);
		CHECK(add("id\tupdated\tstate\turgency\tclosed", row[i].row) ==
		    row[i].outcome);
		CHECK_SLICE(value("state"), row[i].state);
		CHECK_SLICE(value("urgency"), row[i].urgency);
		CHECK(entries(&event) == row[i].entries);
		CHECK_SLICE(buf_slice(&event), row[i].event);
		buf_release(&event);
	}
	done();
}

static void
a_row_that_comes_late_changes_nothing_that_holds(void)
{
	static const char header[] = "id\tupdated\tstate";

	begin();
	add(header, "A\t2026-01-01T00:00:00Z\tnew");
	add(header, "A\t2026-01-03T00:00:00Z\tdone");
	CHECK(add(header, "A\t2026-01-02T00:00:00Z\topen") == LOGBOOK_LOGGED);
	CHECK_SLICE(value("state"), "done");
	CHECK(add(header, "A\t2026-01-02T00:00:00Z\topen") == LOGBOOK_SAME);
	CHECK(add(header, "A\t2026-01-03T00:00:00Z\tdone") == LOGBOOK_SAME);
	options.limited = true;
	CHECK(stamp_parse((struct slice)SLICE("2026-01-02T12:00:00Z"),
		  &options.at) == 0);
	options.known_at = noon;
	open_book(header);
	book.place = incidents_find(&book.ledger.incidents, slice_of("A"));
	CHECK_SLICE(value("state"), "open");
	done();
}

static void
a_row_read_from_the_log_is_compared_as_it_stood_then(void)
{
	static const struct {
		const char *row; /* id rev state impact */
		enum logbook_outcome outcome;
		const char *fault;
		const char *state, *impact;
	} row[] = {
	    {"A\t1\tnew\t", LOGBOOK_SAME, "", "new", ""},
	    {"A\t1\topen\t", LOGBOOK_LOGGED, "", "open", ""},
	    /* What another changed since is no change of this row. */
	    {"A\t1\tnew\t3", LOGBOOK_LOGGED, "", "open", "3"},
	    {"A\t1\tdone\t3", LOGBOOK_OVERTAKEN,
		"'A' is overtaken: its state was changed by entry 2, after 1",
		"open", "3"},
	    {"A\t2\tdone\t4", LOGBOOK_OVERTAKEN,
		"'A' is overtaken: its impact was changed by entry 3, after 2",
		"open", "3"},
	    {"A\t3\tdone\t\\N", LOGBOOK_LOGGED, "", "done", ""},
	    {"A\t5\tnew\t", LOGBOOK_REFUSED,
		"'A': rev '5' is no entry of this log", "done", ""},
	    {"A\tx\tnew\t", LOGBOOK_REFUSED,
		"'A': rev 'x' is no entry of this log", "done", ""},
	    /* Without one it is a source's. */
	    {"A\t\tdrop\t", LOGBOOK_LOGGED, "", "drop", ""},
	};

	begin();
	add("id\tstate", "A\tnew");
	for (size_t i = 0; i < LEN(row); i++) {
		CHECK(add("id\trev\tstate\timpact", row[i].row) ==
		    row[i].outcome);
		CHECK_SLICE(buf_slice(&book.fault.text), row[i].fault);
		CHECK_SLICE(value("state"), row[i].state);
		CHECK_SLICE(value("impact"), row[i].impact);
	}
	CHECK(count() == 5);
	done();
}

static void
without_a_directory_rows_are_folded_in_memory(void)
{
	static const char *const row[] = {"A\t2026-01-03T00:00:00Z\tdone",
	    "A\t2026-01-01T00:00:00Z\tnew", "B\t2026-01-02T00:00:00Z\topen",
	    "A\t2026-01-02T00:00:00Z\topen"};

	begin();
	options.dir = NULL;
	open_book("id\tupdated\tstate");
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	for (size_t i = 0; i < LEN(row); i++)
		CHECK(add_row(row[i]) == LOGBOOK_LOGGED);
	CHECK(add_row(row[0]) == LOGBOOK_SAME);
	CHECK(logbook_commit(&book) == 0);
	CHECK_SLICE(value("state"), "done");
	CHECK_SLICE(value("received"), "");
	CHECK_SLICE(value("incomplete"), "");
	CHECK(book.ledger.incidents.n == 2);
	CHECK(count() == 0);
	done();
}

static size_t
pick(size_t n)
{
	static uint64_t random = 88172645463325252;

	random ^= random << 13;
	random ^= random >> 7;
	random ^= random << 17;
	return (size_t)(random % n);
}

/* A row of the test below. */
struct told {
	struct slice field[4]; /* id updated state note */
};

/* Whether the i-th row says what one before it says. */
static bool
is_again(const struct told *told, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		bool same = true;

		for (size_t c = 0; c < LEN(told->field); c++)
			same = same &&
			    slice_eq(told[k].field[c], told[i].field[c]);
		if (same)
			return true;
	}
	return false;
}

/* The latest of n rows with an id; of one time the later that is new. */
static const struct told *
latest(const struct told *told, size_t n, struct slice id)
{
	const struct told *last = NULL;

	for (size_t i = 0; i < n; i++) {
		if (slice_eq(told[i].field[0], id) && !is_again(told, i) &&
		    (last == NULL ||
			slice_cmp(told[i].field[1], last->field[1]) >= 0))
			last = &told[i];
	}
	return last;
}

/* Whether every incident holds what the latest of n rows says. */
static bool
holds_the_latest(const struct told *told, size_t n)
{
	const struct incidents *all = &book.ledger.incidents;
	bool is = true;

	for (size_t i = 0; i < all->n; i++) {
		const struct incident *in = &all->list[i];
		const struct told *last = latest(told, n, in->id);

		is = is && last != NULL &&
		    slice_eq(
			incidents_value(all, in, "state"), last->field[2]) &&
		    slice_eq(incidents_value(all, in, "note"), last->field[3]);
	}
	return is;
}

/*
 * Takes rows at random; returns whether what holds is what the latest says
 * after each of them.
 */
static bool
rows_are_kept(void)
{
	static const struct slice ids[] = {SLICE("A"), SLICE("B"), SLICE("C")};
	static const struct slice times[] = {SLICE("2026-01-01T00:00:00Z"),
	    SLICE("2026-01-02T00:00:00Z"), SLICE("2026-01-03T00:00:00Z"),
	    SLICE("2026-01-04T00:00:00Z")};
	static const struct slice values[] = {
	    SLICE(""), SLICE("a"), SLICE("b")};
	struct told told[10];
	bool kept = true;

	for (size_t n = 0; n < LEN(told); n++) {
		told[n].field[0] = ids[pick(LEN(ids))];
		told[n].field[1] = times[pick(LEN(times))];
		told[n].field[2] = values[pick(LEN(values))];
		told[n].field[3] = values[pick(LEN(values))];
		CHECK(logbook_row(&book, told[n].field, noon) >= LOGBOOK_SAME);
		kept = kept && holds_the_latest(told, n + 1);
	}
	return kept;
}

static void
what_holds_is_what_the_latest_row_says_in_whatever_order(void)
{
	static const char header[] = "id\tupdated\tstate\tnote";

	begin();
	for (size_t run = 0; run < 2000; run++) {
		options.dir = run % 20 == 0 ? dir : NULL;
		if (options.dir != NULL) {
			clear();
			CHECK(journal_create(dir, &fault) == 0);
		}
		open_book(header);
		CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
		CHECK(rows_are_kept());
		CHECK(logbook_commit(&book) == 0);
	}
	done();
}

static void
received_is_filled_and_marked_until_somebody_says_it(void)
{
	static const struct {
		const char *header, *row;
		const char *received, *incomplete;
	} row[] = {
	    {"id\tupdated", "A\t2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z",
		"received"},
	    {"id\tstate", "A\topen", "2026-01-02T00:00:00Z", "received"},
	    {"id\treceived", "A\t2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z",
		""},
	    {"id\tstate", "A\tdone", "2026-01-01T00:00:00Z", ""},
	    /* What is none of its kind is marked, and kept. */
	    {"id\tupdated\tclosed", "A\tsoon\tlater", "2026-01-01T00:00:00Z",
		"updated closed"},
	    {"id\tclosed\tlevel", "A\t2026-01-05T00:00:00Z\thigh",
		"2026-01-01T00:00:00Z", "level"},
	    {"id\tstate", "B\tnew", "2026-06-01T12:00:00Z", "received"},
	};

	begin();
	for (size_t i = 0; i < LEN(row); i++) {
		CHECK(add(row[i].header, row[i].row) == LOGBOOK_LOGGED);
		CHECK_SLICE(value("received"), row[i].received);
		CHECK_SLICE(value("incomplete"), row[i].incomplete);
	}
	done();
}

static void
what_is_incomplete_is_marked_or_refused(void)
{
	static const struct {
		const char *row; /* id received caller code */
		const char *incomplete;
		enum logbook_outcome outcome;
		bool strict;
	} row[] = {
	    {"A\t\t\tX", "received caller code", LOGBOOK_LOGGED, false},
	    {"B\t\t\tX", "received caller code", LOGBOOK_REFUSED, true},
	    {"B\t2026-01-01T00:00:00Z\t\tC1", "caller", LOGBOOK_REFUSED, true},
	    {"B\t2026-01-01T00:00:00Z\tAnn\tC1", "", LOGBOOK_LOGGED, true},
	    {"A\t\tAnn\tC1", "received", LOGBOOK_REFUSED, true},
	};
	struct table table = {0};
	struct form form = {0};

	begin();
	CHECK(table_read(&table, "fields.tsv",
		  slice_of("name\trequired\tpattern\ncaller\t*\t\n"
			   "code\t\tC[0-9]\n"),
		  false, &fault) == 0);
	CHECK(form_load(&form, &table, &fault) == 0);
	options.form = &form;
	for (size_t i = 0; i < LEN(row); i++) {
		struct buf want = {0};
		size_t before = count();

		options.strict = row[i].strict;
		CHECK(add("id\treceived\tcaller\tcode", row[i].row) ==
		    row[i].outcome);
		if (row[i].outcome == LOGBOOK_LOGGED) {
			CHECK_SLICE(value("incomplete"), row[i].incomplete);
			CHECK(count() == before + 1);
			continue;
		}
		buf_addf(&want, "missing or not as it should be: %s",
		    row[i].incomplete);
		CHECK_SLICE(buf_slice(&book.fault.text), buf_str(&want));
		CHECK(count() == before);
		buf_release(&want);
	}
	done();
	form_release(&form);
	table_release(&table);
}

static void
a_row_without_an_id_gets_the_next_of_the_day(void)
{
	begin();
	options.id_prefix = slice_of("HQ");
	open_book("summary");
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	for (size_t i = 0; i < 3; i++)
		CHECK(add_row("x") == LOGBOOK_LOGGED);
	CHECK(logbook_commit(&book) == 0);
	CHECK_SLICE(
	    book.ledger.incidents.list[book.place].id, "HQ20260601-0003");
	CHECK(add("summary", "y") == LOGBOOK_LOGGED);
	CHECK_SLICE(
	    book.ledger.incidents.list[book.place].id, "HQ20260601-0004");
	done();
}

static void
a_receipt_is_logged_once_and_changes_no_incident(void)
{
	static const char header[] = "id\tmessage\ttry\tdelivery\tstate";

	begin();
	add("id\tstate", "A\tnew");
	CHECK(add(header, "A\tm1\t1\tsent\tx") == LOGBOOK_LOGGED);
	CHECK(book.place == DICT_NONE);
	CHECK(add(header, "A\tm1\t1\tsent\tx") == LOGBOOK_SAME);
	CHECK(add(header, "A\tm1\t2\tsent\tx") == LOGBOOK_LOGGED);
	CHECK(count() == 3);
	CHECK(add("id\tstate", "A\tnew") == LOGBOOK_SAME);
	CHECK_SLICE(value("state"), "new");
	done();
}

static void
what_is_dry_or_abandoned_is_not_on_disk(void)
{
	begin();
	options.dry = true;
	CHECK(add("id\tstate", "A\tnew") == LOGBOOK_LOGGED);
	CHECK_SLICE(value("state"), "new");
	CHECK(count() == 0);
	options.dry = false;
	open_book("id\tstate");
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	CHECK(add_row("A\tnew") == LOGBOOK_LOGGED);
	logbook_abandon(&book);
	CHECK(count() == 0);
	/* The lock was given back. */
	CHECK(add("id\tstate", "A\tnew") == LOGBOOK_LOGGED);
	CHECK(count() == 1);
	done();
}

static void
rows_without_a_time_are_counted_from_the_second_on(void)
{
	begin();
	open_book("id\tstate");
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	CHECK(add_row("A\tone") == LOGBOOK_LOGGED);
	CHECK(add_row("B\tone") == LOGBOOK_LOGGED);
	CHECK(book.untimed == 0);
	CHECK(add_row("A\ttwo") == LOGBOOK_LOGGED);
	CHECK(add_row("A\tthree") == LOGBOOK_LOGGED);
	CHECK(book.untimed == 2);
	CHECK(book.scribe.entries == 4);
	CHECK(logbook_commit(&book) == 0);
	done();
}

/* Marks what the source has no row of; *n is how many. */
static void
vanish(size_t *n)
{
	bool told;

	*n = 0;
	for (size_t i = 0; i < book.ledger.incidents.n; i++) {
		if (!ledger_feeds(&book.ledger, i, &told) || told)
			continue;
		CHECK(logbook_vanish(&book, i, noon) == LOGBOOK_LOGGED);
		++*n;
	}
}

/* A whole export of one row; returns how many incidents vanished. */
static size_t
export_of(const char *source, const char *row, enum logbook_outcome outcome)
{
	size_t n;

	options.source = slice_of(source);
	options.complete = true;
	open_book("id\tupdated\tstate");
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	CHECK(add_row(row) == outcome);
	vanish(&n);
	CHECK(logbook_commit(&book) == 0);
	return n;
}

static void
what_a_source_has_no_row_of_vanishes_until_there_is_one(void)
{
	static const char a[] = "A\t2026-01-01T00:00:00Z\tnew";
	static const char b[] = "B\t2026-01-01T00:00:00Z\tnew";
	struct buf event = {0};

	begin();
	CHECK(export_of("feed", a, LOGBOOK_LOGGED) == 0);
	CHECK(export_of("feed", b, LOGBOOK_LOGGED) == 1);
	CHECK_SLICE(value("vanished"), "2026-06-01T12:00:00Z");
	CHECK_SLICE(value("state"), "new");
	CHECK(entries(&event) == 3);
	CHECK_SLICE(buf_slice(&event), "held");
	/* once */
	CHECK(export_of("feed", b, LOGBOOK_SAME) == 0);
	/* The same row again says that it is there, and B is not. */
	CHECK(export_of("feed", a, LOGBOOK_LOGGED) == 1);
	CHECK(count() == 5);
	book.place = incidents_find(&book.ledger.incidents, slice_of("A"));
	CHECK_SLICE(value("vanished"), "");
	CHECK_SLICE(value("state"), "new");
	done();
	buf_release(&event);
}

static void
a_source_says_once_that_an_incident_vanished(void)
{
	static const char a[] = "A\t2026-01-01T00:00:00Z\tnew";
	static const char b[] = "B\t2026-01-01T00:00:00Z\tnew";

	begin();
	CHECK(export_of("feed", a, LOGBOOK_LOGGED) == 0);
	CHECK(export_of("other", a, LOGBOOK_LOGGED) == 0);
	CHECK(export_of("feed", b, LOGBOOK_LOGGED) == 1);
	/* Another source has it still, and that stands. */
	CHECK(export_of("other", a, LOGBOOK_LOGGED) == 0);
	CHECK_SLICE(value("vanished"), "");
	CHECK(export_of("feed", b, LOGBOOK_SAME) == 0);
	/* It has it again, which nobody had doubted, and loses it anew. */
	CHECK(export_of("feed", a, LOGBOOK_LOGGED) == 1);
	CHECK(export_of("feed", b, LOGBOOK_LOGGED) == 1);
	CHECK(export_of("other", a, LOGBOOK_LOGGED) == 0);
	/* Neither has it. */
	CHECK(export_of("other", "C\t2026-01-01T00:00:00Z\tnew",
		  LOGBOOK_LOGGED) == 1);
	done();
}

static void
what_is_not_in_a_source_s_hands_does_not_vanish(void)
{
	begin();
	/* closed; another's; and nobody's who feeds */
	add("id\tstate\tclosed", "A\tdone\t2026-01-01T00:00:00Z");
	options.source = slice_of("other");
	add("id\tstate\tclosed", "B\tnew\t");
	options.source = slice_of("");
	add("id\tstate\tclosed", "C\tnew\t");
	CHECK(export_of(
		  "feed", "D\t2026-01-01T00:00:00Z\tnew", LOGBOOK_LOGGED) == 0);
	done();
}

static void
no_source_says_itself_what_has_vanished(void)
{
	begin();
	add("id\tvanished", "A\t2026-01-01T00:00:00Z");
	CHECK_SLICE(value("vanished"), "");
	add("id\tstate\tvanished", "A\tnew\t2026-01-01T00:00:00Z");
	CHECK_SLICE(value("vanished"), "");
	CHECK_SLICE(value("state"), "new");
	done();
}

static void
what_others_add_meanwhile_has_not_vanished(void)
{
	struct logbook second = {0};
	struct slice field[MOST];
	bool told;

	begin();
	options.complete = true;
	open_book("id\tupdated\tstate");
	CHECK(logbook_open(&second, &options) == 0);
	logbook_columns(&second, &columns);
	CHECK(logbook_lock(&second, (struct stamp){0, 0}) == 0);
	CHECK(split("A\t2026-01-01T00:00:00Z\tnew", field) == columns.n);
	CHECK(logbook_row(&second, field, noon) == LOGBOOK_LOGGED);
	CHECK(logbook_commit(&second) == 0);
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	CHECK(ledger_feeds(&book.ledger, 0, &told));
	CHECK(told);
	logbook_abandon(&book);
	logbook_release(&second);
	done();
}

/* Whether the index of the first segment is of the chain that ends it. */
static void
check_index(void)
{
	struct journal_reader j;
	struct journal_entry e;
	char chain[SEAL_DIGITS + 1] = "";
	struct buf path = {0}, index = {0};

	CHECK(journal_reader_open(&j, dir) == 0);
	while (journal_reader_next(&j, &e) > 0 && j.segments == 1)
		memcpy(chain, e.chain.p, SEAL_DIGITS);
	CHECK(j.segments == 2);
	journal_reader_release(&j);
	buf_addf(&path, "%s/00000000000001.index", dir);
	CHECK(file_read(buf_str(&path), SIZE_MAX, &index, &fault) == 0);
	CHECK(strstr(buf_str(&index), chain) != NULL);
	buf_release(&index);
	buf_release(&path);
}

static void
a_segment_that_many_entries_fill_gets_its_index(void)
{
	char row[64];

	begin();
	options.some = true;
	options.segment_bytes = 10000;
	open_book("id\tupdated\tstate");
	for (int batch = 0; batch < 2; batch++) {
		CHECK(logbook_lock(&book, noon) == 0);
		for (int i = 0; i < 1000; i++) {
			snprintf(row, sizeof row,
			    "%d-%d\t2026-01-01T00:00:00Z\tnew", batch, i);
			CHECK(add_row(row) == LOGBOOK_LOGGED);
		}
		CHECK(logbook_commit(&book) == 0);
	}
	done();
	check_index();
}

int
main(void)
{
	dir_begin();
	RUN(what_differs_from_the_source_s_last_row_becomes_an_entry);
	RUN(a_row_that_comes_late_changes_nothing_that_holds);
	RUN(a_row_read_from_the_log_is_compared_as_it_stood_then);
	RUN(without_a_directory_rows_are_folded_in_memory);
	RUN(what_holds_is_what_the_latest_row_says_in_whatever_order);
	RUN(received_is_filled_and_marked_until_somebody_says_it);
	RUN(what_is_incomplete_is_marked_or_refused);
	RUN(a_row_without_an_id_gets_the_next_of_the_day);
	RUN(a_receipt_is_logged_once_and_changes_no_incident);
	RUN(what_is_dry_or_abandoned_is_not_on_disk);
	RUN(rows_without_a_time_are_counted_from_the_second_on);
	RUN(what_a_source_has_no_row_of_vanishes_until_there_is_one);
	RUN(a_source_says_once_that_an_incident_vanished);
	RUN(what_is_not_in_a_source_s_hands_does_not_vanish);
	RUN(no_source_says_itself_what_has_vanished);
	RUN(what_others_add_meanwhile_has_not_vanished);
	RUN(a_segment_that_many_entries_fill_gets_its_index);
	return book_end();
}
