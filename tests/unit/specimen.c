#include "specimen.h"

#include "dir.h"

static struct pack pack;
static struct codes codes;
static struct specimens specimens;
static struct fault fault;

/* Loads the pack's specimens.  Returns 0, or -1 and the fault. */
static int
load(void)
{
	struct table *t;

	if (pack_open(&pack, in_dir("p"), "share", &fault) < 0 ||
	    pack_learn_outputs(&pack, &fault) < 0)
		return -1;
	if (pack_table(&pack, "codes", &t, &fault) > 0 &&
	    codes_load(&codes, t, &fault) < 0)
		return -1;
	return specimens_load(&specimens, &pack, &codes, &fault);
}

static void
unload(void)
{
	specimens_release(&specimens);
	codes_release(&codes);
	pack_release(&pack);
}

/* The values of a column, separated by '|'. */
static void
check(const char *column, const char *want)
{
	size_t at = columns_find(&specimens.columns, slice_of(column));
	struct buf out = {0};

	CHECK(at != COLUMNS_NONE);
	for (size_t i = 0; at != COLUMNS_NONE && i < specimens.of[at].n; i++) {
		buf_add_str(&out, i > 0 ? "|" : "");
		buf_add_slice(&out, specimens.of[at].value[i]);
	}
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

/* The characters of the only value of a column. */
static size_t
length(const char *column)
{
	size_t at = columns_find(&specimens.columns, slice_of(column));

	CHECK(at != COLUMNS_NONE && specimens.of[at].n == 1);
	return slice_characters(specimens.of[at].value[0]);
}

static bool
always(const char *column)
{
	return specimens.of[columns_find(&specimens.columns, slice_of(column))]
	    .always;
}

static void
fields_say_how_long_values_are(void)
{
	dir_put("p/fields.tsv",
	    "name\ttype\trequired\tpattern\tvalues\tlongest\n"
	    "site\ttext\t*\t\t\t12\n"
	    "team\tcode\tsite = x\t\tday night\t\n"
	    "badge\tcode\t\t[A-Z]{2}[0-9]{4}\t\t\n"
	    "mail\ttext\t\t[^@]+@[^@]+\t\t\n"
	    "room\tcode\t\t\t\t\n"
	    "seen\ttime\t\t\t\t\n"
	    "count\tnumber\t\t\t\t\n"
	    "kind\tcode\t\t\ta b\t3\n"
	    "at\ttime\t\t\t\t\n");
	CHECK(load() == 0);
	check("site", "site site si");
	check("team", "day|night");
	check("badge", "XX8888");
	check("room", "roomroomroomroomroom");
	check("seen", "2026-12-28T22:58:58.888888888Z");
	check("count", "888888888");
	check("kind", "kin");
	check("at", "2026-12-28T22:58:58.888888888Z");
	check("incomplete", "site team badge mail room seen count kind at");
	CHECK(length("mail") == SPECIMEN_TEXT);
	CHECK(always("site") && always("id"));
	CHECK(!always("team") && !always("received"));
	unload();
}

static void
codes_and_other_tables_give_names(void)
{
	dir_put("p/fields.tsv", "name\tvalues\n");
	dir_put("p/codes.tsv",
	    "field\tcode\npriority\tP1\nx\ty\npriority\tP2\n"
	    "summary\ta\\tb\n");
	dir_put("p/targets.tsv", "priority\nP1 and more\n");
	dir_put("p/levels.tsv", "level\trole\n0\tdesk\n10\tcrisis-lead\n");
	dir_put("p/roster.tsv", "role\tparty\ndesk\tann\n");
	dir_put("p/directory.tsv",
	    "party\tmedium\taddress\nthe-whole-team\tsms\t1\n");
	dir_put("p/triage.tsv", "node\twhen\tnext\tzone\nstart\t*\t\tx\n");
	CHECK(load() == 0);
	check("priority", "P1|P2");
	check("summary", "a\\tb");
	check("level", "10");
	check("assigned", "the-whole-team");
	check("escalate_to", "the-whole-team");
	check("rules", "test 7");
	check("status", "exercise");
	check("id", "I-20261228-8888");
	CHECK(length("zone") == SPECIMEN_TEXT);
	CHECK(length("details") == SPECIMEN_TEXT);
	CHECK(length("reports") == SPECIMEN_DIGITS);
	unload();
}

static void
only_columns_of_records_have_values(void)
{
	dir_put("p/fields.tsv", "name\n");
	CHECK(load() == 0);
	CHECK(columns_find(&specimens.columns, slice_of("party")) ==
	    COLUMNS_NONE);
	CHECK(columns_find(&specimens.columns, slice_of("chain")) ==
	    COLUMNS_NONE);
	CHECK(
	    columns_find(&specimens.columns, slice_of("zone")) != COLUMNS_NONE);
	/* Nothing to list, so it is a text as any other. */
	CHECK(length("incomplete") == SPECIMEN_TEXT);
	unload();
}

static void
texts_are_words_of_their_column(void)
{
	dir_put("p/fields.tsv",
	    "name\tlongest\nOrt\t6\n9\t6\nwhy\t9\nx\t5\nsrc_a\t5\n");
	CHECK(load() == 0);
	check("Ort", "rt rtr");
	check("9", "text t");
	check("why", "why why w");
	check("x", "x x x");
	check("src_a", "srcas");
	unload();
}

static void
a_length_that_is_none_is_named_with_its_place(void)
{
	static const char *const wrong[] = {"0", "long", "100001", "-1"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct buf text = {0};

		buf_addf(&text, "name\tlongest\nsite\t%s\n", wrong[i]);
		dir_put("p/fields.tsv", buf_str(&text));
		CHECK(load() < 0);
		buf_clear(&text);
		buf_addf(&text,
		    "%s/p/fields.tsv:2:6: '%s': a number of characters up to "
		    "100000 was expected",
		    dir, wrong[i]);
		CHECK_SLICE(buf_slice(&fault.text), buf_str(&text));
		buf_release(&text);
		unload();
	}
}

int
main(void)
{
	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\tversion\tid_prefix\ntest\t7\tI-\n");
	RUN(fields_say_how_long_values_are);
	RUN(codes_and_other_tables_give_names);
	RUN(only_columns_of_records_have_values);
	RUN(texts_are_words_of_their_column);
	RUN(a_length_that_is_none_is_named_with_its_place);
	dir_end();
	fault_release(&fault);
	return test_done();
}
