#include "stream.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kept.h"
#include "test.h"

/* Checks what the last STREAM_BAD or failure said, and its line. */
#define CHECK_FAULT(r, at, why)                              \
	do {                                                 \
		CHECK_SLICE(fault_reason(&(r)->fault), why); \
		CHECK((r)->line == (at));                    \
	} while (0)

static void
rows_are_views_of_fields(void)
{
	char *path = keep(slice_of("id\tsummary\n1\tone\n2\t\n"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	CHECK(r.columns.n == 2);
	CHECK_SLICE(r.columns.name[1], "summary");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[0], "1");
	CHECK_SLICE(r.field[1], "one");
	CHECK_SLICE(r.row, "1\tone");
	CHECK(r.line == 2);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "");
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(path);
}

static void
write_to(int fd, const char *text)
{
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
}

/* Makes standard input a pipe with this text.  Returns its other end. */
static int
pipe_in(const char *text)
{
	int fd[2];

	if (pipe(fd) < 0 || dup2(fd[0], STDIN_FILENO) < 0)
		abort();
	close(fd[0]);
	write_to(fd[1], text);
	return fd[1];
}

static void
a_row_at_hand_is_had_without_waiting(void)
{
	struct stream_reader r;
	int to = pipe_in("id\ta\n1\tx\n2\t");

	CHECK(stream_reader_open(&r, NULL, 0, NULL) == 0);
	CHECK(stream_reader_next_ready(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[0], "1");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	write_to(to, "y");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	write_to(to, "\nid\ta\n3\tz\n"); /* not read so far */
	CHECK(stream_reader_next_ready(&r) == STREAM_ROW);
	CHECK_SLICE(r.row, "2\ty");
	CHECK_SLICE(r.field[1], "y");
	CHECK(stream_reader_next_ready(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "z");
	CHECK(r.line == 5);
	/* What is there, and no row. */
	write_to(to, "id\ta\n");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	write_to(to, "4\tw\n5\t\xff");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.row, "4\tw");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	close(to);
	CHECK(stream_reader_next_ready(&r) == STREAM_BAD);
	CHECK_FAULT(&r, 8, "not UTF-8");
	CHECK(stream_reader_next_ready(&r) == STREAM_END);
	stream_reader_release(&r);
}

static void
the_next_file_is_at_hand_and_a_pipe_is_not(void)
{
	char *one = keep(slice_of("id\n1\n"));
	char *two = keep(slice_of("id\n2\n"));
	char dash[] = "-", *operands[] = {one, two, dash};
	struct stream_reader r;
	int to = pipe_in("id\n3\n");

	CHECK(stream_reader_open(&r, operands, 3, NULL) == 0);
	CHECK(stream_reader_next_ready(&r) == STREAM_ROW);
	CHECK(stream_reader_next_ready(&r) == STREAM_ROW);
	CHECK_SLICE(r.row, "2");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.row, "3");
	CHECK(stream_reader_next_ready(&r) == STREAM_WAIT);
	close(to);
	CHECK(stream_reader_next_ready(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(one);
	drop(two);
}

static void
what_windows_writes_is_read(void)
{
	char *path =
	    keep(slice_of("\xef\xbb\xbfid\tn\r\n1\tone\r\n2\ttwo\r\r\n3\tx"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	CHECK_SLICE(r.columns.name[0], "id");
	CHECK_SLICE(r.columns.name[1], "n");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "one");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "two");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "x");
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(path);
}

static void
a_bad_line_is_passed_over_with_its_reason(void)
{
	static const char text[] =
	    "id\tname\n1\n2\ta\tb\n3\t\xff\n4\t\0\n\n5\tgood\n";
	char *path = keep((struct slice){text, sizeof text - 1});
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	CHECK(stream_reader_next(&r) == STREAM_BAD);
	CHECK_FAULT(&r, 2, "1 field, the header names 2 ('name' is missing)");
	CHECK(stream_reader_next(&r) == STREAM_BAD);
	CHECK_FAULT(&r, 3, "3 fields, the header names 2");
	CHECK_SLICE(r.row, "2\ta\tb");
	CHECK(stream_reader_next(&r) == STREAM_BAD);
	CHECK_FAULT(&r, 4, "not UTF-8");
	CHECK(stream_reader_next(&r) == STREAM_BAD);
	CHECK_FAULT(&r, 5, "a NUL byte, text was expected");
	CHECK(stream_reader_next(&r) == STREAM_BAD);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "good");
	stream_reader_release(&r);
	drop(path);
}

static void
a_later_header_is_skipped(void)
{
	char *path = keep(
	    slice_of("id\tn\n1\ta\nid\tn\n2\tb\n\xef\xbb\xbfid\tn\r\nid\tx\n"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[0], "2");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "x");
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(path);
}

static void
files_with_one_header_are_one_stream(void)
{
	char *path[3] = {keep(slice_of("id\n1\n")), keep(slice_of("id\n")),
	    keep(slice_of("id\n2"))};
	struct stream_reader r;

	CHECK(stream_reader_open(&r, path, 3, NULL) == 0);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(strcmp(r.file, path[0]) == 0);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(strcmp(r.file, path[2]) == 0 && r.line == 2);
	CHECK_SLICE(r.field[0], "2");
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	for (size_t i = 0; i < 3; i++)
		drop(path[i]);
}

static void
another_header_is_refused_before_the_first_row(void)
{
	char *path[2] = {keep(slice_of("id\n1\n")), keep(slice_of("it\n2\n"))};
	struct stream_reader r;

	CHECK(stream_reader_open(&r, path, 2, NULL) < 0);
	CHECK_SLICE(
	    fault_reason(&r.fault), "the header differs from the first");
	stream_reader_release(&r);
	for (size_t i = 0; i < 2; i++)
		drop(path[i]);
}

#define FOREIGN                                   \
	"names separated by tabs were expected; " \
	"inc-import makes a stream of CSV and JSON"

static void
a_broken_header_is_refused(void)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
	    {"", "empty, a header line was expected"},
	    {"\n", "column 1 has no name"},
	    {"a\t\n", "column 2 has no name"},
	    {"a\tb\ta\n", "two columns are called 'a'"},
	    {"a\xff\n", "the header is not UTF-8 text"},
	    {"id,summary\n", FOREIGN},
	    {"id;summary\r\n", FOREIGN},
	    {"{\"id\":7}\n", FOREIGN},
	    {"\xef\xbb\xbf[\n", FOREIGN},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char *path = keep(slice_of(bad[i].text));
		struct stream_reader r;

		CHECK(stream_reader_open(&r, &path, 1, NULL) < 0);
		CHECK_SLICE(fault_reason(&r.fault), bad[i].why);
		stream_reader_release(&r);
		drop(path);
	}
}

static void
names_may_be_given_for_input_without_a_header(void)
{
	char *path = keep(slice_of("1\tone\n1\tone\n"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, "id,summary") == 0);
	CHECK_SLICE(r.columns.name[1], "summary");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "one");
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	CHECK(stream_reader_open(&r, &path, 1, "id,id") < 0);
	stream_reader_release(&r);
	drop(path);
}

static void
a_missing_file_and_a_directory_are_faults(void)
{
	static char here[] = ".", nothing[] = "/nonexistent/x";
	char *path = here;
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) < 0);
	stream_reader_release(&r);
	path = nothing;
	CHECK(stream_reader_open(&r, &path, 1, NULL) < 0);
	CHECK_SLICE(buf_slice(&r.fault.text),
	    "open '/nonexistent/x': No such file or directory");
	stream_reader_release(&r);
}

static void
a_line_may_be_longer_than_a_block(void)
{
	struct buf text = {0};
	struct stream_reader r;
	char *path;

	buf_add_str(&text, "id\tlong\n1\t");
	memset(buf_room(&text, 3000000), 'x', 3000000);
	text.n += 3000000;
	buf_add_str(&text, "\n2\tshort\n");
	path = keep(buf_slice(&text));
	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(r.field[1].n == 3000000);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "short");
	stream_reader_release(&r);
	buf_release(&text);
	drop(path);
}

static void
append(const char *path, const char *text)
{
	FILE *f = fopen(path, "a");

	if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0)
		abort();
}

static void
a_growing_file_is_followed_by_whole_lines(void)
{
	char *path = keep(slice_of("id\tn\n1\ta\n2\tb"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	r.follow = true;
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(stream_reader_next(&r) == STREAM_END);
	append(path, "c\n");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.field[1], "bc");
	CHECK(stream_reader_next(&r) == STREAM_END);
	CHECK(stream_reader_next(&r) == STREAM_END);
	append(path, "3\td\n");
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(r.line == 4);
	stream_reader_release(&r);
	drop(path);
}

static void
what_was_read_ahead_is_read_anew(void)
{
	char *path = keep(slice_of("id\tn\n1\ta\n2\tb\n3\tc\n"));
	struct stream_reader r;

	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	r.follow = true;
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK(truncate(path, 9) == 0);
	append(path, "4\td\n");
	CHECK(readahead_give_back(&r.ahead, &r.fault) == 0);
	CHECK(stream_reader_next(&r) == STREAM_ROW);
	CHECK_SLICE(r.row, "4\td");
	CHECK(r.line == 3);
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(path);
}

static void
a_line_that_is_cut_off_is_not_put_together_with_another(void)
{
	struct buf text = {0};
	struct stream_reader r;

	/* In the first block that is read, and over the end of one. */
	for (size_t n = 4; n < 300000; n = n == 4 ? 262130 : 300000) {
		char *path;
		off_t whole;

		buf_clear(&text);
		buf_add_str(&text, "id\tn\n1\t");
		for (size_t i = 0; i < n; i++)
			buf_add_char(&text, 'a');
		buf_add_char(&text, '\n');
		whole = (off_t)text.n;
		buf_add_str(&text, "2\thalf of a line");
		path = keep(buf_slice(&text));
		CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
		r.follow = true;
		CHECK(stream_reader_next(&r) == STREAM_ROW);
		CHECK(truncate(path, whole) == 0);
		append(path, "3\tquite another line than that\n");
		CHECK(stream_reader_next(&r) == STREAM_ROW);
		CHECK_SLICE(r.row, "3\tquite another line than that");
		CHECK(stream_reader_next(&r) == STREAM_END);
		stream_reader_release(&r);
		drop(path);
	}
	buf_release(&text);
}

/* Adds a row of a field of n bytes and one of m, with an odd byte at odd. */
static void
add_row(struct buf *text, size_t n, size_t m, size_t odd, const char *end)
{
	size_t start = text->n;

	for (size_t i = 0; i < n; i++)
		buf_add_char(text, 'x');
	buf_add_char(text, '\t');
	for (size_t i = 0; i < m; i++)
		buf_add_char(text, 'y');
	if (odd < n)
		text->p[start + odd] = '\xff';
	buf_add_str(text, end);
}

/* Checks the next row against the lengths of its fields, or that it is bad. */
static void
check_next(struct stream_reader *r, size_t n, size_t m, bool bad)
{
	int got = stream_reader_next(r);

	CHECK(got == (bad ? STREAM_BAD : STREAM_ROW));
	CHECK(r->row.n == n + 1 + m);
	if (got != STREAM_ROW)
		return;
	CHECK(r->field[0].n == n && r->field[1].n == m);
	CHECK(r->field[0].p == r->row.p && r->field[1].p == r->row.p + n + 1);
	CHECK(
	    n == 0 || (r->field[0].p[0] == 'x' && r->field[0].p[n - 1] == 'x'));
	CHECK(
	    m == 0 || (r->field[1].p[0] == 'y' && r->field[1].p[m - 1] == 'y'));
}

/* A row that starts n bytes after a border, with short ones around it. */
static void
check_border(size_t border, size_t shift)
{
	struct buf text = {0};
	struct stream_reader r;
	size_t n = border + shift - 8; /* where the header and it end */
	char *path;

	buf_add_str(&text, "a\tb\n");
	add_row(&text, n, 3, SIZE_MAX, "\n");
	add_row(&text, 2, 3, SIZE_MAX, "\r\n");
	add_row(&text, 5, 0, 4, "\n");
	add_row(&text, 0, 0, SIZE_MAX, "\n");
	add_row(&text, 3 * border, n, n, "\n");
	add_row(&text, n, border, SIZE_MAX, "\n");
	add_row(&text, 1, 1, SIZE_MAX, "");
	path = keep(buf_slice(&text));
	CHECK(stream_reader_open(&r, &path, 1, NULL) == 0);
	check_next(&r, n, 3, false);
	check_next(&r, 2, 3, false);
	check_next(&r, 5, 0, true);
	check_next(&r, 0, 0, false);
	check_next(&r, 3 * border, n, true);
	check_next(&r, n, border, false);
	check_next(&r, 1, 1, false);
	CHECK(stream_reader_next(&r) == STREAM_END);
	stream_reader_release(&r);
	drop(path);
	buf_release(&text);
}

static void
rows_stand_anywhere_around_the_borders_of_blocks(void)
{
	for (size_t shift = 0; shift < 16; shift++) {
		check_border(DELIMS_BLOCK, shift);
		check_border(DELIMS_BYTES, shift);
		check_border((size_t)256 * 1024, shift);
	}
}

/* Adds "FILE-END:LINE row" of all that a reader has, what is bad in (). */
static void
add_rows(struct buf *out, struct stream_reader *r, size_t path)
{
	int got;

	while ((got = stream_reader_next(r)) > STREAM_END)
		buf_addf(out,
		    got == STREAM_ROW ? "%s:%zu %.*s|" : "%s:%zu (%.*s)|",
		    r->file + path, r->line, SLICE_ARG(r->row));
}

/* What a reader finds, and what two find that take turns. */
static void
check_taken(char *const *path, size_t n, const char *names)
{
	struct stream_reader r, own[2];
	struct buf whole = {0}, taken = {0};
	int got;

	CHECK(stream_reader_open(&r, path, n, names) == 0);
	add_rows(&whole, &r, strlen(path[0]) - 3);
	stream_reader_release(&r);
	CHECK(stream_reader_open(&r, path, n, names) == 0);
	stream_reader_share(&own[0], &r);
	stream_reader_share(&own[1], &r);
	CHECK(stream_reader_next(&own[0]) == STREAM_END);
	for (size_t i = 0; (got = stream_reader_take(&r, &own[i % 2])) > 0; i++)
		add_rows(&taken, &own[i % 2], strlen(path[0]) - 3);
	CHECK(got == 0);
	CHECK_SLICE(buf_slice(&taken), buf_str(&whole));
	for (size_t i = 0; i < 2; i++)
		stream_reader_release(&own[i]);
	stream_reader_release(&r);
	buf_release(&whole);
	buf_release(&taken);
}

static void
rows_taken_by_several_are_those_of_one(void)
{
	const size_t block = (size_t)256 * 1024;
	struct buf text = {0};
	char *path[3] = {keep(slice_of("id\tn\n1\tone\nbad\n2\ttwo")),
	    keep(slice_of("id\tn\n")), NULL};

	for (size_t by = 0; by < 20; by++) {
		buf_clear(&text);
		buf_add_str(&text, "id\tn\r\n1\t");
		memset(buf_room(&text, block), 'x', block);
		text.n += block - 20 + by;
		buf_add_str(&text, "\n2\ttwo\nid\tn\n\n3\tthree\r\n4\t");
		memset(buf_room(&text, 3 * block), 'y', 3 * block);
		text.n += 3 * block;
		buf_add_str(&text, "\n5\t\xc3\xa9\n\xff\t\n6\t");
		path[2] = keep(buf_slice(&text));
		check_taken(path, 3, NULL);
		check_taken(path + 2, 1, NULL);
		check_taken(path, 3, "x,y");
		drop(path[2]);
	}
	drop(path[0]);
	drop(path[1]);
	buf_release(&text);
}

int
main(void)
{
	RUN(rows_are_views_of_fields);
	RUN(a_row_at_hand_is_had_without_waiting);
	RUN(the_next_file_is_at_hand_and_a_pipe_is_not);
	RUN(what_windows_writes_is_read);
	RUN(a_bad_line_is_passed_over_with_its_reason);
	RUN(a_later_header_is_skipped);
	RUN(files_with_one_header_are_one_stream);
	RUN(another_header_is_refused_before_the_first_row);
	RUN(a_broken_header_is_refused);
	RUN(names_may_be_given_for_input_without_a_header);
	RUN(a_missing_file_and_a_directory_are_faults);
	RUN(a_line_may_be_longer_than_a_block);
	RUN(a_growing_file_is_followed_by_whole_lines);
	RUN(a_line_that_is_cut_off_is_not_put_together_with_another);
	RUN(what_was_read_ahead_is_read_anew);
	RUN(rows_stand_anywhere_around_the_borders_of_blocks);
	RUN(rows_taken_by_several_are_those_of_one);
	return test_done();
}
