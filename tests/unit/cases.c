#include "cases.h"

#include "dir.h"

static struct pack pack;
static struct table table;
static struct cases cases;
static struct faults faults;
static struct fault fault;

static void
release(void)
{
	cases_release(&cases);
	table_release(&table);
	faults_release(&faults);
}

/* Loads cases, keeping faults: 0, or -1. */
static int
load(const char *text)
{
	release();
	fault.kept = &faults;
	CHECK(table_read(&table, "t.tsv", slice_of(text), false, &fault) == 0);
	return cases_load(&cases, &table, &pack, &fault);
}

/* Refuses cases without keeping faults, and says why. */
static const char *
refused(const char *text)
{
	release();
	fault.kept = NULL;
	CHECK(table_read(&table, "t.tsv", slice_of(text), false, &fault) == 0);
	CHECK(cases_load(&cases, &table, &pack, &fault) < 0);
	return buf_str(&fault.text);
}

#define NOW "2026-07-01T09:00:00Z"

static void
a_record_has_what_is_given_and_what_every_record_has(void)
{
	CHECK(load("case\tnow\tsummary\tseen\t>priority\n"
		   "a\t2026-07-01 10:00\tx\\ty\t20m ago\tP1\n"
		   "b\t" NOW "\t\t\tP2\nb\t\t\t\tP3\n") == 0);
	CHECK(faults.n == 0 && cases.n == 2);
	CHECK(cases.columns.n == 4);
	CHECK_SLICE(cases.columns.name[0], "id");
	CHECK_SLICE(cases.columns.name[1], "received");
	CHECK_SLICE(cases.columns.name[2], "summary");
	CHECK_SLICE(cases.one[0].field[0], "a");
	CHECK_SLICE(cases.one[0].field[1], NOW); /* in Europe/London */
	CHECK_SLICE(cases.one[0].field[2], "x\\ty");
	CHECK_SLICE(cases.one[0].field[3], "2026-07-01T08:40:00Z");
	CHECK_SLICE(cases.one[1].field[2], "");
	CHECK(cases.one[1].first == 1 && cases.one[1].n == 2);
}

static void
id_and_received_can_be_given(void)
{
	CHECK(load("case\tnow\treceived\tid\t>priority\n"
		   "a\t" NOW "\t1h ago\tI1\tP1\n") == 0);
	CHECK(cases.columns.n == 2);
	CHECK_SLICE(cases.one[0].field[0], "I1");
	CHECK_SLICE(cases.one[0].field[1], "2026-07-01T08:00:00Z");
}

static void
a_name_says_what_a_column_is_about(void)
{
	CHECK(load("case\tnow\tsummary\t>summary\t>party\t>due\t>path\t>seen\n"
		   "a\t" NOW "\tx\tx\n") == 0);
	CHECK(cases.column[0].kind == CASES_OWN);
	CHECK(cases.column[2].kind == CASES_GIVEN);
	CHECK(cases.column[3].kind == CASES_RECORD);
	CHECK(cases.column[4].kind == CASES_MESSAGE &&
	    cases.column[4].message == MESSAGE_PARTY);
	CHECK(cases.column[5].compare == CASES_TIME);
	CHECK(cases.column[6].compare == CASES_STEPS);
	CHECK(cases.column[7].compare == CASES_TIME);
	CHECK_SLICE(cases.column[7].name, "seen");
}

static void
columns_that_nothing_has_are_refused(void)
{
	CHECK_SLICE(slice_of(refused("case\tnow\tsumary\na\tb\tc\n")),
	    "t.tsv:1:10: unknown column 'sumary' (did you mean 'summary'?)");
	CHECK_SLICE(slice_of(refused("case\tnow\t>medum\na\tb\tc\n")),
	    "t.tsv:1:11: unknown column 'medum' (did you mean 'medium'?)");
	CHECK_SLICE(slice_of(refused("case\tnow\t>\na\tb\tc\n")),
	    "t.tsv:1:11: unknown column ''");
	CHECK_SLICE(slice_of(refused("case\tnow\t>>level\na\tb\tc\n")),
	    "t.tsv:1:11: unknown column '>level' (did you mean 'level'?)");
	CHECK_SLICE(slice_of(refused("case\tnow\tchain\na\tb\tc\n")),
	    "t.tsv:1:10: unknown column 'chain'");
	CHECK_SLICE(slice_of(refused("case\tnow\tmedium\na\tb\tc\n")),
	    "t.tsv:1:10: a record has no column 'medium'; what is expected "
	    "of a message is called '>medium'");
}

static void
the_first_fault_ends_it_where_none_are_kept(void)
{
	CHECK_SLICE(slice_of(refused("case\tnow\t>level\n")),
	    "t.tsv:1: no case follows the header: one at least was expected");
	CHECK_SLICE(slice_of(refused("case\tnow\t>level\na\t\t1\nb\t\t1\n")),
	    "t.tsv:2:3: case 'a' has no now: what is decided may depend on "
	    "it");
}

static void
cases_with_a_fault_are_left_out(void)
{
	CHECK(load("case\tnow\tseen\t>level\t>seen\n"
		   "a\t" NOW "\t\t1\t\n"
		   "b\t" NOW "\tx\t1\t\n"
		   "c\t" NOW "\t\t1\tx\n"
		   "d\t" NOW "\t\t\t\n"
		   "a\t" NOW "\t\t1\t\n"
		   "e\t" NOW "\t\t1\t\n"
		   "e\t\t" NOW "\t1\t\n"
		   "\t" NOW "\t\t1\t\n"
		   "f\t\t\t1\t\n"
		   "g\t" NOW "\t\t1\t\n") == 0);
	CHECK(cases.n == 2 && faults.n == 7);
	CHECK_SLICE(cases.one[1].name, "g");
	CHECK_SLICE(buf_slice(&faults.fault[3].text),
	    "t.tsv:6:1: two cases are called 'a', the other on line 2");
	CHECK_SLICE(buf_slice(&faults.fault[4].text),
	    "t.tsv:8:4: case 'e' begins on line 7: what is given stands "
	    "there");
}

int
main(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\tzone\nunit\tEurope/London\n");
	dir_put("fields.tsv", "name\ttype\nsummary\ttext\nseen\ttime\n");
	CHECK(pack_open(&pack, dir, "/nowhere", &fault) == 0);
	RUN(a_record_has_what_is_given_and_what_every_record_has);
	RUN(id_and_received_can_be_given);
	RUN(a_name_says_what_a_column_is_about);
	RUN(columns_that_nothing_has_are_refused);
	RUN(the_first_fault_ends_it_where_none_are_kept);
	RUN(cases_with_a_fault_are_left_out);
	release();
	pack_release(&pack);
	fault_release(&fault);
	dir_end();
	return test_done();
}
