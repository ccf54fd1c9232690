#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

static struct table t;
static struct fault f;

static void
done(void)
{
	table_release(&t);
	fault_release(&f);
}

static void
check_read(const char *text, bool csv)
{
	int result =
	    table_read(&t, csv ? "t.csv" : "t.tsv", slice_of(text), csv, &f);

	if (result != 0)
		printf("# %s\n", buf_str(&f.text));
	CHECK(result == 0);
}

static void
check_fault(const char *text, bool csv, const char *want)
{
	CHECK(table_read(
		  &t, csv ? "t.csv" : "t.tsv", slice_of(text), csv, &f) == -1);
	CHECK_SLICE(buf_slice(&f.text), want);
	done();
}

static void
rows_have_their_line_and_their_cells(void)
{
	check_read("# head\na\tb\tc\n\n1\t 2 \t3\n#x\n4\n \t \t\n5\t6", false);
	CHECK(t.n == 3 && t.columns.n == 3);
	CHECK(t.row[0].line == 4 && t.row[1].line == 6 && t.row[2].line == 8);
	CHECK_SLICE(t.row[0].cell[1], " 2 ");
	CHECK_SLICE(table_raw(&t.row[0], "b"), "2");
	CHECK_SLICE(table_raw(&t.row[1], "c"), "");
	CHECK_SLICE(table_raw(&t.row[2], "b"), "6");
	CHECK_SLICE(table_raw(&t.row[2], "none"), "");
	CHECK(table_place(&t.row[0], "b").column == 4);
	CHECK(table_place(&t.row[0], "c").column == 7);
	CHECK(table_place(&t.row[0], "none").column == 0);
	CHECK(table_place(&t.row[0], "none").line == 4);
	CHECK(strcmp(table_place(&t.row[0], "a").file, "t.tsv") == 0);
	done();
}

static void
text_is_unescaped_and_raw_is_not(void)
{
	check_read("a\tb\tc\n/\\bx\\b/\tone\\ntwo\t\\N\n", false);
	CHECK_SLICE(table_raw(&t.row[0], "a"), "/\\bx\\b/");
	CHECK_SLICE(table_text(&t.row[0], "b"), "one\ntwo");
	CHECK_SLICE(table_text(&t.row[0], "c"), "");
	CHECK_SLICE(table_raw(&t.row[0], "c"), "\\N");
	CHECK(table_text(&t.row[0], "b").p == table_text(&t.row[0], "b").p);
	done();
	check_read("a,b\none\\ntwo,\\N\n", true);
	CHECK_SLICE(table_text(&t.row[0], "a"), "one\\ntwo");
	CHECK_SLICE(table_text(&t.row[0], "b"), "");
	done();
}

static void
windows_line_ends_and_marks_are_accepted(void)
{
	check_read("\xef\xbb\xbf"
		   "a\tb\r\n1\t2\r\n",
	    false);
	CHECK_SLICE(t.columns.name[0], "a");
	CHECK_SLICE(t.columns.name[1], "b");
	CHECK_SLICE(table_raw(&t.row[0], "b"), "2");
	done();
	check_read("\xef\xbb\xbf"
		   "a;b\r\n\"1;x\";2,5\r\n",
	    true);
	CHECK_SLICE(table_raw(&t.row[0], "a"), "1;x");
	CHECK_SLICE(table_raw(&t.row[0], "b"), "2,5");
	done();
}

static void
csv_cells_know_where_they_stand(void)
{
	check_read("\"# a, b\",,\nnode,when,next\n"
		   "s,\"summary = \"\"x\"\", y\",\" go\"\n\n,,\n# it's 5\" x\n"
		   "t,*,\n",
	    true);
	CHECK(t.n == 2);
	CHECK_SLICE(table_raw(&t.row[0], "when"), "summary = \"x\", y");
	CHECK(table_place(&t.row[0], "when").column == 4);
	CHECK(table_place(&t.row[0], "next").column == 26);
	CHECK(t.row[1].line == 7);
	done();
}

static void
wrong_tables_are_refused_with_their_place(void)
{
	check_fault(
	    "a\tb\n1\t2\t3\n", false, "t.tsv:2: 3 cells, the header names 2");
	check_fault(
	    "a\tb\ta\n", false, "t.tsv:1:5: two columns are called 'a'");
	check_fault("# x\na\t\tb\n", false, "t.tsv:2:3: column 2 has no name");
	check_fault("a\n\xff\n", false, "t.tsv:2: not UTF-8 text");
	check_fault("", false, "t.tsv: empty, a header line was expected");
	check_fault("#x\n\n", true, "t.csv: empty, a header line was expected");
}

static void
a_nul_is_refused(void)
{
	struct slice text = {"a\n1\0002\n", 6};

	CHECK(table_read(&t, "t.tsv", text, false, &f) == -1);
	CHECK(slice_starts(buf_slice(&f.text), "t.tsv:2: "));
	done();
	CHECK(table_read(&t, "t.csv", text, true, &f) == -1);
	done();
}

static void
wrong_quotes_are_refused(void)
{
	CHECK(table_read(&t, "t.csv", slice_of("a,b\n1,\"2\"3\n"), true, &f) ==
	    -1);
	CHECK(slice_starts(buf_slice(&f.text), "t.csv:2: "));
	done();
}

static void
a_wide_table_of_short_rows_does_not_grow_without_bound(void)
{
	struct buf text = {0};

	for (int i = 0; i < 10000; i++)
		buf_addf(&text, "c%d\t", i);
	buf_add_str(&text, "last\n");
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, "1\n");
	CHECK(table_read(&t, "t.tsv", buf_slice(&text), false, &f) == -1);
	CHECK_SLICE(buf_slice(&f.text),
	    "t.tsv:401: more than 4000000 cells in a table");
	buf_release(&text);
	done();
}

static void
the_header_is_checked(void)
{
	static const struct slice known[] = {
	    SLICE("priority"), SLICE("respond"), SLICE("note")};

	check_read("priority\tresponse\n", false);
	CHECK(table_check(&t, known, 3, 1, &f) == -1);
	CHECK_SLICE(buf_slice(&f.text),
	    "t.tsv:1:10: unknown column 'response' (did you mean 'respond'?)");
	done();
	check_read("note\tpriority\n", false);
	CHECK(table_check(&t, known, 3, 1, &f) == 0);
	CHECK(table_check(&t, known, 3, 2, &f) == -1);
	CHECK_SLICE(
	    buf_slice(&f.text), "t.tsv:1: the column 'respond' is missing");
	done();
}

static void
a_file_is_read_by_its_name(void)
{
	char dir[] = "/tmp/inc-table-XXXXXX";
	struct buf path = {0};
	FILE *file;

	CHECK(mkdtemp(dir) != NULL);
	buf_addf(&path, "%s/t.csv", dir);
	file = fopen(buf_str(&path), "w");
	CHECK(file != NULL && fputs("a,b\n1,2\n", file) >= 0);
	CHECK(file != NULL && fclose(file) == 0);
	CHECK(table_load(&t, buf_str(&path), &f) == 0);
	CHECK_SLICE(table_raw(&t.row[0], "b"), "2");
	done();
	unlink(buf_str(&path));
	CHECK(table_load(&t, buf_str(&path), &f) == -1);
	CHECK(f.text.n > 0);
	rmdir(dir);
	buf_release(&path);
	done();
}

int
main(void)
{
	RUN(rows_have_their_line_and_their_cells);
	RUN(text_is_unescaped_and_raw_is_not);
	RUN(windows_line_ends_and_marks_are_accepted);
	RUN(csv_cells_know_where_they_stand);
	RUN(wrong_tables_are_refused_with_their_place);
	RUN(a_nul_is_refused);
	RUN(wrong_quotes_are_refused);
	RUN(a_wide_table_of_short_rows_does_not_grow_without_bound);
	RUN(the_header_is_checked);
	RUN(a_file_is_read_by_its_name);
	return test_done();
}
