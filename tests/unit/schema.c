#include "schema.h"

#include "test.h"

static void
files_are_told_apart_by_their_names(void)
{
	static const struct {
		const char *file;
		enum schema_file kind;
		const char *table;
	} files[] = {
	    {"targets.tsv", SCHEMA_TABLE, "targets"},
	    {"targets.csv", SCHEMA_TABLE, "targets"},
	    {"Targets.tsv", SCHEMA_MEANT, "targets"},
	    {"targets.CSV", SCHEMA_MEANT, "targets"},
	    {"target.tsv", SCHEMA_MEANT, "targets"},
	    {"tagrets.tsv", SCHEMA_MEANT, "targets"},
	    {"targets (1).tsv", SCHEMA_MEANT, "targets"},
	    {"targets (12).csv", SCHEMA_MEANT, "targets"},
	    {"targets.xlsx", SCHEMA_SOURCE, "targets"},
	    {"Targets.ODS", SCHEMA_SOURCE, "targets"},
	    {"targets.txt", SCHEMA_SOURCE, "targets"},
	    {"targets.tsv.bak", SCHEMA_OTHER, NULL},
	    {"targets.tsv~", SCHEMA_OTHER, NULL},
	    {"targets", SCHEMA_OTHER, NULL},
	    {"target.txt", SCHEMA_OTHER, NULL},
	    {"notes.tsv", SCHEMA_OTHER, NULL},
	    {"targets 2025.tsv", SCHEMA_OTHER, NULL},
	    {"(1).tsv", SCHEMA_OTHER, NULL},
	    {" (1).tsv", SCHEMA_OTHER, NULL},
	    {").tsv", SCHEMA_OTHER, NULL},
	    {".tsv", SCHEMA_OTHER, NULL},
	    {"", SCHEMA_OTHER, NULL},
	    {"a-name-that-is-longer-than-that-of-any-table.tsv", SCHEMA_OTHER,
		NULL},
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct slice table;

		if (schema_file(slice_of(files[i].file), &table) !=
		    files[i].kind)
			CHECK_SLICE(slice_of(files[i].file), "another kind");
		else if (files[i].table != NULL)
			CHECK_SLICE(table, files[i].table);
	}
}

static void
columns_of_a_tree_are_its_own_or_outputs(void)
{
	CHECK(!schema_is_output(slice_of("node")));
	CHECK(!schema_is_output(slice_of("note")));
	CHECK(schema_is_output(slice_of("priority")));
}

/* Checks a table of one header; want is the fault, or NULL. */
static void
check(const char *name, const char *header, const char *want)
{
	struct columns known = {0};
	struct table t = {0};
	struct fault f = {0};

	columns_add(&known, slice_of("priority"));
	CHECK(table_read(&t, "t.tsv", slice_of(header), false, &f) == 0);
	CHECK(schema_check(name, &t, &known, &f) == (want != NULL ? -1 : 0));
	if (want != NULL)
		CHECK_SLICE(buf_slice(&f.text), want);
	table_release(&t);
	fault_release(&f);
	columns_release(&known);
}

static void
columns_are_checked_by_the_name_of_the_table(void)
{
	check("targets", "priority\trespond\n", NULL);
	check("targets", "priority\trespnod\n",
	    "t.tsv:1:10: unknown column 'respnod' (did you mean 'respond'?)");
	check("triage", "node\twhen\tpriority\tteam\n", NULL);
	check("triage", "node\twhen\tprioirty\n",
	    "t.tsv:1:11: unknown column 'prioirty' (did you mean "
	    "'priority'?)");
	check("triage", "node\twhne\n",
	    "t.tsv:1:6: unknown column 'whne' (did you mean 'when'?)");
	check("triage", "node\tpriority\n", "t.tsv:1: no column 'when'");
	check("ours", "anything\tat all\n", NULL);
}

int
main(void)
{
	RUN(files_are_told_apart_by_their_names);
	RUN(columns_of_a_tree_are_its_own_or_outputs);
	RUN(columns_are_checked_by_the_name_of_the_table);
	return test_done();
}
