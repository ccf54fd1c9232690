#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "output.h"
#include "test.h"

static struct buf out;

/* Writes a file in the current directory. */
static void
put(const char *path, struct slice text)
{
	struct output file = {0};

	CHECK(output_create(&file, path) == 0);
	output_add(&file, text);
	CHECK(output_close(&file) == 0);
	output_release(&file);
}

/* Adds all records that a sheet has.  Returns the end that they come to. */
static int
add_records(struct buf *to, struct sheet *s)
{
	int got;

	while ((got = sheet_next(s)) > SHEET_END) {
		if (got == SHEET_BAD) {
			buf_addf(to, "! %s\n", buf_str(&s->fault.text));
			continue;
		}
		buf_addf(to, "%zu ", s->line);
		for (size_t i = 0; i < s->n; i++)
			buf_addf(to, "[%.*s]", SLICE_ARG(s->field[i]));
		buf_add_char(to, '\n');
	}
	return got;
}

/* The same where two sheets share them and take turns. */
static int
add_shared(struct buf *to, struct sheet *s)
{
	struct sheet own[2];
	int got;

	sheet_share(&own[0], s);
	sheet_share(&own[1], s);
	for (size_t i = 0; (got = sheet_take(s, &own[i % 2])) > 0; i++)
		CHECK(add_records(to, &own[i % 2]) == SHEET_END);
	CHECK(sheet_take(s, &own[0]) == got); /* it stays so */
	sheet_release(&own[0]);
	sheet_release(&own[1]);
	return got;
}

static void
read_by(int (*add)(struct buf *to, struct sheet *s), struct buf *to,
    char *const *operands, size_t n, const struct sheet_form *form)
{
	struct sheet s;

	if (sheet_open(&s, operands, n, form) < 0) {
		buf_add_slice(to, buf_slice(&s.fault.text));
		sheet_release(&s);
		return;
	}
	for (size_t i = 0; i < s.n; i++)
		buf_addf(to, "<%.*s>", SLICE_ARG(s.name[i]));
	buf_add_char(to, '\n');
	if (add(to, &s) == SHEET_FAILED)
		buf_add_slice(to, buf_slice(&s.fault.text));
	sheet_release(&s);
}

/* All that a sheet of these files says, however it is read. */
static const char *
read_files(char *const *operands, size_t n, const struct sheet_form *form)
{
	struct buf shared = {0};

	buf_clear(&out);
	read_by(add_records, &out, operands, n, form);
	read_by(add_shared, &shared, operands, n, form);
	CHECK_SLICE(buf_slice(&shared), buf_str(&out));
	buf_release(&shared);
	return buf_str(&out);
}

#define READS(text, form, want)                                            \
	do {                                                               \
		static char path[] = "a.csv";                              \
		char *const operand[] = {path};                            \
		put(path, (struct slice)SLICE(text));                      \
		CHECK_SLICE(slice_of(read_files(operand, 1, form)), want); \
	} while (0)

static const struct sheet_form plain;

static void
the_delimiter_is_seen_in_the_first_line(void)
{
	READS("a,b;c,d\n1,2,3\n", &plain, "<a><b;c><d>\n2 [1][2][3]\n");
	READS("a;b;c,d\n1;2;3\n", &plain, "<a><b><c,d>\n2 [1][2][3]\n");
	READS("a, b\tc\n\"1\t2\"\n", &plain, "<a, b><c>\n2 [\"1][2\"]\n");
	READS("\"a;b;c\",d\n1,2\n", &plain, "<a;b;c><d>\n2 [1][2]\n");
	READS("a\n1,2\n", &plain,
	    "<a>\n! a.csv:2: 2 fields, the header names 1\n");
	READS("a;b,c,d\n1;2\n", &(struct sheet_form){.delimiter = ';'},
	    "<a><b,c,d>\n2 [1][2]\n");
}

static void
ragged_records_are_bad_ones(void)
{
	READS("a,b\n1\n1,2,3\n4,5\n", &plain,
	    "<a><b>\n! a.csv:2: 1 field, the header names 2 ('b' is "
	    "missing)\n"
	    "! a.csv:3: 3 fields, the header names 2\n4 [4][5]\n");
}

static void
empty_lines_are_records_of_one_column_alone(void)
{
	READS("a,b\n\n1,2\n\n", &plain, "<a><b>\n3 [1][2]\n");
	READS("a\n\n1\n\n", &plain, "<a>\n2 []\n3 [1]\n4 []\n");
}

static void
names_must_be_there_and_differ(void)
{
	READS("a,,b,a,b,\n", &plain,
	    "a.csv:1: column 2 has no name, two columns are called 'a', two "
	    "columns are called 'b', column 6 has no name (a map can join "
	    "them: inc-import(1), Maps)");
	READS("a,,a\n1,2,3\n", &(struct sheet_form){.loose = true},
	    "<a><><a>\n2 [1][2][3]\n");
}

static void
names_that_are_joined_may_come_twice(void)
{
	struct joins joins = {0};

	joins_add(&joins, slice_of("a"), slice_of(";"));
	READS("a,b,a\n1,2,3\n", &(struct sheet_form){.joins = &joins},
	    "<a><b><a>\n2 [1][2][3]\n");
	READS("a,b,,a,b\n", &(struct sheet_form){.joins = &joins},
	    "a.csv:1: column 3 has no name, two columns are called 'b' (a map "
	    "can join them: inc-import(1), Maps)");
	joins_release(&joins);
}

static void
input_may_have_no_header(void)
{
	READS("x,y\n1,2\n3\n", &(struct sheet_form){.headless = true},
	    "<1><2>\n1 [x][y]\n2 [1][2]\n"
	    "! a.csv:3: 1 field, the first record has 2\n");
	READS("x,y\n1\n", &(struct sheet_form){.names = "a,b"},
	    "<a><b>\n1 [x][y]\n"
	    "! a.csv:2: 1 field, the header names 2 ('b' is missing)\n");
	READS("x\n", &(struct sheet_form){.names = "a,a"},
	    "--header: two columns are called 'a' (a map can join them: "
	    "inc-import(1), Maps)");
}

static void
nothing_at_all_is_a_fault(void)
{
	READS("", &plain, "a.csv: empty, a header line was expected");
	READS("", &(struct sheet_form){.headless = true},
	    "a.csv: empty, a record was expected");
	READS("", &(struct sheet_form){.names = "a"}, "<a>\n");
	READS("a,b", &plain, "<a><b>\n");
}

static void
text_is_checked_and_converted(void)
{
	READS("a,b\n\351,1\nx,2\n", &plain,
	    "<a><b>\n! a.csv:2: not UTF-8\n3 [x][2]\n");
	READS("a\n\351\n", &(struct sheet_form){.encoding = "latin1"},
	    "<a>\n2 [\303\251]\n");
	READS("a\n\351\nb\n", &(struct sheet_form){.encoding = "ascii"},
	    "<a>\n! a.csv:2: not valid in ascii\n3 [b]\n");
	READS("\377\376a\0\n\0b\0", &plain, "<a>\n2 [b]\n");
	READS("\376\377\0a\0\n\0b", &plain, "<a>\n2 [b]\n");
	READS("\377\376a\0\n\0b\0", &(struct sheet_form){.encoding = "UTF-16"},
	    "<a>\n2 [b]\n");
	READS("a\n", &(struct sheet_form){.encoding = "x"},
	    "encoding 'x' is not known (iconv -l lists them)");
}

static void
files_follow_one_another(void)
{
	static char a[] = "a.csv", b[] = "b.csv", c[] = "c.csv";

	put(a, (struct slice)SLICE("x,y\n1,2\nx,y\n3,4"));
	put(b, (struct slice)SLICE("x;y\n5;6\n"));
	put(c, (struct slice)SLICE("x,z\n7,8\n"));
	CHECK_SLICE(slice_of(read_files((char *const[]){a, b}, 2, &plain)),
	    "<x><y>\n2 [1][2]\n4 [3][4]\n2 [5][6]\n");
	CHECK_SLICE(slice_of(read_files((char *const[]){a, c}, 2, &plain)),
	    "c.csv:1: the header differs from the first");
	CHECK_SLICE(
	    slice_of(read_files((char *const[]){a, b}, 2,
		&(struct sheet_form){.headless = true, .delimiter = ','})),
	    "<1><2>\n1 [x][y]\n2 [1][2]\n3 [x][y]\n4 [3][4]\n"
	    "! b.csv:1: 1 field, the first record has 2\n"
	    "! b.csv:2: 1 field, the first record has 2\n");
}

int
main(void)
{
	char dir[] = "/tmp/inc-sheet-XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		return 1;
	RUN(the_delimiter_is_seen_in_the_first_line);
	RUN(ragged_records_are_bad_ones);
	RUN(empty_lines_are_records_of_one_column_alone);
	RUN(names_must_be_there_and_differ);
	RUN(names_that_are_joined_may_come_twice);
	RUN(input_may_have_no_header);
	RUN(nothing_at_all_is_a_fault);
	RUN(text_is_checked_and_converted);
	RUN(files_follow_one_another);
	buf_release(&out);
	remove("a.csv");
	remove("b.csv");
	remove("c.csv");
	rmdir(dir);
	return test_done();
}
