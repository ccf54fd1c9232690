#include "advice.h"

#include "test.h"

static struct table table;
static struct advices advices;
static struct fault fault;

/* Loads a table for a role; returns what advices_load() does. */
static int
load(const char *text, const char *role)
{
	CHECK(table_read(&table, "advice.tsv", slice_of(text), false, &fault) ==
	    0);
	return advices_load(&advices, &table, role, &fault);
}

static void
unload(void)
{
	advices_release(&advices);
	table_release(&table);
	table = (struct table){0};
	fault_release(&fault);
	fault = (struct fault){0};
}

static void
cells_are_fields_and_what_is_missing_is_empty(void)
{
	CHECK(load("advice\twhen\tsay\treview_by\n"
		   "a\t*\tone\\ntwo\t1970-01-11\nb\t*\tx\n",
		  NULL) == 0);
	CHECK(advices.n == 2);
	CHECK_SLICE(advices.one[0].field[ADVICE_SAY], "one\\ntwo");
	CHECK_SLICE(advices.one[0].field[ADVICE_LIMIT], "");
	CHECK(advices.one[0].review == 10);
	CHECK(advices.one[1].review == INT64_MAX);
	unload();
}

static void
a_role_is_a_whole_word_and_none_is_everybody(void)
{
	static const char text[] = "advice\twhen\tsay\troles\n"
				   "a\t*\tx\tnurse chief-nurse\n"
				   "b\t*\tx\tchief\nc\t*\tx\t\n";

	CHECK(load(text, "chief") == 0);
	CHECK(advices.n == 2);
	CHECK_SLICE(advices.one[0].field[ADVICE_NAME], "b");
	CHECK_SLICE(advices.one[1].field[ADVICE_NAME], "c");
	unload();
	CHECK(load(text, NULL) == 0 && advices.n == 3);
	unload();
}

static void
what_is_wrong_is_a_fault_with_its_place(void)
{
	CHECK(load("advice\twhen\tsay\na\tx =\ty\n", NULL) < 0);
	CHECK_SLICE(fault_file(&fault), "advice.tsv");
	unload();
	CHECK(load("advice\twhen\tsay\tdated\na\t*\ty\tsoon\n", NULL) < 0);
	unload();
	CHECK(load("advice\twhen\tsay\n\t*\ty\n", NULL) < 0);
	CHECK_SLICE(fault_reason(&fault), "advice without a name");
	unload();
	CHECK(load("advice\twhen\tsay\troles\na\t*\ty\tz\n", "other") < 0);
	CHECK_SLICE(fault_reason(&fault), "nobody's role is 'other' here");
	unload();
}

static void
a_table_without_rows_binds_to_anything(void)
{
	struct columns none = {0};

	CHECK(load("advice\twhen\tsay\n", NULL) == 0 && advices.n == 0);
	CHECK(advices_bind(&advices, &none, NULL, &fault) == 0);
	unload();
}

int
main(void)
{
	RUN(cells_are_fields_and_what_is_missing_is_empty);
	RUN(a_role_is_a_whole_word_and_none_is_everybody);
	RUN(what_is_wrong_is_a_fault_with_its_place);
	RUN(a_table_without_rows_binds_to_anything);
	return test_done();
}
