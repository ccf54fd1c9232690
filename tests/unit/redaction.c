#include "redaction.h"

#include "book.h"

#define COLUMNS "id\tupdated\tcaller\tstate"
#define ONE_DAY "2026-01-01T00:00:00Z"
#define NEXT_DAY "2026-01-02T00:00:00Z"
#define LATER "2026-07-01T00:00:00Z"

static struct table table;
static struct form form;
static struct redaction redaction;
static const struct slice why[] = {SLICE("asked"), SLICE("asked too")};

/* A log of A and B, whose callers are sealed: A has told of two. */
static void
begin_log(void)
{
	begin();
	options.form = &form;
	add(COLUMNS, "A\t" ONE_DAY "\tAnn\tnew");
	add(COLUMNS, "A\t" NEXT_DAY "\tAnna\topen");
	add(COLUMNS, "B\t" ONE_DAY "\tBob\tnew");
}

static void
add_words(struct columns *to, const char *words)
{
	struct slice rest = slice_of(words), word;

	while (slice_word(&rest, &word))
		columns_add(to, word);
}

/* Locks the log and looks what there is of some ids in some columns. */
static void
begin_redaction(const char *ids, const char *names)
{
	open_book("");
	CHECK(logbook_lock(&book, noon) == 0);
	redaction_release(&redaction);
	redaction = (struct redaction){.book = &book, .dir = dir, .why = why};
	add_words(&redaction.holdings.ids, ids);
	add_words(&redaction.holdings.columns, names);
	CHECK(redaction_look(&redaction) == 0);
}

/* Takes that out; returns what redaction_make() does. */
static int
redact(const char *ids, const char *names)
{
	int result;

	begin_redaction(ids, names);
	result = redaction_make(&redaction, noon);
	logbook_abandon(&book);
	return result;
}

/* What holds of an incident by the log as it is read anew. */
static struct slice
value_of(const char *id, const char *column)
{
	open_book("");
	book.place = incidents_find(&book.ledger.incidents, slice_of(id));
	return value(column);
}

static void
a_look_changes_nothing(void)
{
	begin_log();
	begin_redaction("A", "caller");
	CHECK(holdings_of(&redaction.holdings, 0, 0)->values == 2);
	CHECK(!redaction_refuses(&redaction, 0, 0));
	logbook_abandon(&book);
	CHECK(count() == 3 && holds("\tAnn\t") && holds("\tAnna\t"));
}

static void
what_is_taken_out_is_gone_and_the_chain_holds(void)
{
	begin_log();
	CHECK(redact("A", "caller") == 0);
	CHECK(count() == 4);
	CHECK(redaction.swept.values == 2 && redaction.swept.segments == 1);
	CHECK(redaction.swept.torn == 0);
	CHECK(!holds("Ann") && holds("Bob"));
	CHECK(holds("\tredacted\tA\t") && holds("\tasked\t"));
	CHECK(redactions_of(&redaction.redactions, slice_of("A"),
		  slice_of("caller")) == 4);
	CHECK_SLICE(value_of("A", "caller"), "");
	CHECK_SLICE(value("state"), "open");
	CHECK_SLICE(value_of("B", "caller"), "Bob");
}

static void
each_incident_that_wants_one_has_its_entry(void)
{
	begin_log();
	add(COLUMNS, "C\t" ONE_DAY "\t\tnew");
	CHECK(redact("B A C", "caller callback") == 0);
	CHECK(count() == 6 && redaction.swept.values == 3);
	CHECK(!holds("Ann") && !holds("Bob"));
	CHECK(holds("\tredacted\tB\t") && holds("\tasked\t"));
	CHECK(holds("\tredacted\tA\t") && holds("\tasked too\t"));
	CHECK(!holds("\tredacted\tC\t"));
}

static void
the_same_again_finds_nothing_whatever_a_source_says(void)
{
	begin_log();
	CHECK(redact("A", "caller") == 0 && redact("A", "caller") == 0);
	CHECK(count() == 4);
	CHECK(redaction.swept.values == 0 && redaction.swept.segments == 0);
	add(COLUMNS, "A\t" LATER "\tAnn\tdone");
	CHECK_SLICE(value("state"), "done");
	CHECK(redact("A", "caller") == 0);
	CHECK(count() == 5 && redaction.swept.values == 0);
	CHECK(!holds("Ann"));
}

static void
it_holds_though_somebody_spoke_of_a_later_time(void)
{
	begin_log();
	add(COLUMNS, "A\t2027-01-01T00:00:00Z\tAnn\tnew");
	CHECK(redact("A", "caller") == 0);
	CHECK_SLICE(value_of("A", "caller"), "");
}

static void
what_was_not_sealed_is_refused_and_the_rest_taken_out(void)
{
	begin_log();
	begin_redaction("B A", "caller state");
	CHECK(!redaction_refuses(&redaction, 1, 0));
	CHECK_SLICE(buf_slice(&redaction.fault.text), "");
	CHECK(redaction_refuses(&redaction, 1, 1));
	CHECK_SLICE(buf_slice(&redaction.fault.text),
	    "'A': column 'state' was not sealed when entry 1 was logged, so it "
	    "can't be taken out without breaking the chain");
	CHECK(redaction_make(&redaction, noon) == 0);
	logbook_abandon(&book);
	CHECK(count() == 5 && !holds("Ann") && !holds("Bob"));
	CHECK_SLICE(value_of("A", "caller"), "");
	CHECK_SLICE(value("state"), "open");
}

static void
what_an_earlier_run_left_is_done_as_well(void)
{
	begin_log();
	dir_make(SEGMENT ".tmp");
	CHECK(redact("A", "caller") == -1);
	CHECK(slice_ends(buf_slice(&redaction.fault.text),
	    "; not all values are taken out yet: the same again does the "
	    "rest"));
	CHECK(holds("\tAnn\t") && holds("\tredacted\tA\t"));
	CHECK(rmdir(in_dir(SEGMENT ".tmp")) == 0);
	CHECK(redact("B", "caller") == 0);
	CHECK(count() == 5 && redaction.swept.values == 3);
	CHECK(!holds("Ann") && !holds("Bob"));
}

static void
what_writers_left_unfinished_goes_too(void)
{
	begin_log();
	dir_put(SEGMENT ".torn",
	    "4\t\tme\tfeed\tupdated\tA\t\tAnna\n"
	    "4\t\tme\tfeed\tupdated\tB\t\tBob\n");
	CHECK(redact("A", "caller") == 0);
	CHECK(redaction.swept.torn == 1);
	CHECK_SLICE(
	    dir_get(SEGMENT ".torn"), "4\t\tme\tfeed\tupdated\tB\t\tBob\n");
	/* where nothing else wants an entry, it does */
	add(COLUMNS, "C\t" ONE_DAY "\t\tnew");
	dir_put(SEGMENT ".torn", "6\t\tme\tfeed\tupdated\tC\t\tCat\n");
	CHECK(redact("C", "callback caller") == 0);
	CHECK(redaction.swept.torn == 1 && holds("\tredacted\tC\t"));
	CHECK_SLICE(dir_get(SEGMENT ".torn"), "");
}

static void
the_lock_stays(void)
{
	struct logbook other = {0};

	begin_log();
	begin_redaction("A", "caller");
	CHECK(redaction_make(&redaction, noon) == 0);
	CHECK(logbook_open(&other, &options) == 0);
	CHECK(logbook_lock(&other, noon) == -1 && other.journal.busy);
	logbook_release(&other);
	logbook_abandon(&book);
}

static void
a_log_that_is_not_there_can_t_be_looked_at(void)
{
	redaction_release(&redaction);
	redaction = (struct redaction){.dir = in_dir("none")};
	CHECK(redaction_look(&redaction) == -1);
	CHECK(slice_starts(dir_said(&redaction.fault),
	    "open '/none': No such file or directory"));
}

int
main(void)
{
	dir_begin();
	CHECK(table_read(&table, "fields.tsv",
		  slice_of("name\tpersonal\ncaller\tname\n"), false,
		  &fault) == 0);
	CHECK(form_load(&form, &table, &fault) == 0);
	RUN(a_look_changes_nothing);
	RUN(what_is_taken_out_is_gone_and_the_chain_holds);
	RUN(each_incident_that_wants_one_has_its_entry);
	RUN(the_same_again_finds_nothing_whatever_a_source_says);
	RUN(it_holds_though_somebody_spoke_of_a_later_time);
	RUN(what_was_not_sealed_is_refused_and_the_rest_taken_out);
	RUN(what_an_earlier_run_left_is_done_as_well);
	RUN(what_writers_left_unfinished_goes_too);
	RUN(the_lock_stays);
	RUN(a_log_that_is_not_there_can_t_be_looked_at);
	redaction_release(&redaction);
	form_release(&form);
	table_release(&table);
	return book_end();
}
