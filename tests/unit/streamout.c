#include "streamout.h"

#include <fcntl.h>

#include "chance.h"
#include "files.h"
#include "kept.h"
#include "output.h"
#include "test.h"

static void
a_writer_puts_neighbours_and_strangers_in_a_row(void)
{
	char *path = keep(slice_of(""));
	struct slice row = SLICE("a\tb\tc"), field[4];
	struct stream_writer w = {0};
	struct columns columns = {0};
	struct buf text = {0};
	struct fault f = {0};

	for (size_t i = 0; i < 3; i++)
		field[i] = (struct slice){row.p + 2 * i, 1};
	field[3] = slice_of("new");
	columns_add(&columns, slice_of("x"));
	columns_add(&columns, slice_of("y"));
	CHECK(output_create(&w.out, path) == 0);
	CHECK(stream_writer_header(&w, &columns) == 0);
	CHECK(stream_writer_row(&w, field, 4) == 0);
	field[1] = slice_of("changed");
	CHECK(stream_writer_row(&w, field, 4) == 0);
	CHECK(stream_writer_row(&w, &(struct slice){"", 0}, 1) == 0);
	CHECK(output_close(&w.out) == 0);
	output_release(&w.out);
	CHECK(file_read(path, 100, &text, &f) == 0);
	CHECK_SLICE(
	    buf_slice(&text), "x\ty\na\tb\tc\tnew\na\tchanged\tc\tnew\n\n");
	columns_release(&columns);
	buf_release(&text);
	drop(path);
}

static void
a_full_disk_is_seen_at_the_latest_when_closing(void)
{
	struct stream_writer w = {0};
	struct slice field = SLICE("x");

	CHECK(output_create(&w.out, "/dev/full") == 0);
	CHECK(stream_writer_row(&w, &field, 1) == 0);
	CHECK(output_close(&w.out) < 0);
	CHECK_SLICE(buf_slice(&w.out.fault.text),
	    "write '/dev/full': No space left on device");
	output_release(&w.out);
}

/* A field of up to three letters, by chance. */
static struct slice
some_field(void)
{
	static const char letters[] = "abc";
	size_t from = chance(4);

	return (struct slice){letters + from, chance(4 - from)};
}

/* Checks that a row comes out both ways alike with changes by chance. */
static void
check_changed(const struct stream_reader *all, const struct stream_reader *few,
    struct stream_writer *plain, struct stream_writer *quick)
{
	const size_t changing[] = {0, 2, 6};
	struct slice field[9] = {0}, same[9];

	memcpy(field, all->field, all->columns.n * sizeof *field);
	for (size_t i = 0; i < few->npicked; i++) {
		struct slice a = all->field[few->picked[i]];
		struct slice b = few->field[few->picked[i]];

		CHECK(slice_eq(a, b));
		same[few->picked[i]] = b;
	}
	for (size_t i = 0; i < 3; i++) {
		if (chance(3) == 0)
			same[changing[i]] = field[changing[i]] = some_field();
	}
	for (size_t i = 7; i < 9; i++)
		same[i] = field[i] = some_field();
	stream_writer_row(plain, field, 9);
	stream_writer_changed(quick, few, same, changing, 3, 2);
	CHECK(slice_eq(buf_slice(&plain->out.buf), buf_slice(&quick->out.buf)));
	buf_clear(&plain->out.buf);
	buf_clear(&quick->out.buf);
}

static void
picked_fields_changed_are_the_row_written_anew(void)
{
	const size_t picked[] = {0, 2, 3, 6};
	struct stream_writer plain = {0}, quick = {0};
	struct stream_reader all, few;
	struct buf text = {0};
	char *path;

	buf_add_str(&text, "a\tb\tc\td\te\tf\tg\n");
	for (int i = 0; i < 20000; i++) {
		for (int k = 0; k < 7; k++) {
			buf_add_slice(&text, some_field());
			buf_add_char(&text, k < 6 ? '\t' : '\n');
		}
	}
	path = keep(buf_slice(&text));
	CHECK(stream_reader_open(&all, &path, 1, NULL) == 0);
	CHECK(stream_reader_open(&few, &path, 1, NULL) == 0);
	stream_reader_pick(&few, picked, 4);
	output_init(&plain.out, -1, "plain");
	output_init(&quick.out, -1, "quick");
	while (stream_reader_next(&all) == STREAM_ROW) {
		CHECK(stream_reader_next(&few) == STREAM_ROW);
		check_changed(&all, &few, &plain, &quick);
	}
	CHECK(all.line == 20001 && few.line == 20001);
	output_close(&plain.out);
	output_close(&quick.out);
	stream_reader_release(&all);
	stream_reader_release(&few);
	drop(path);
	buf_release(&text);
}

static void
rows_that_are_lines_are_written_as_one_by_one(void)
{
	struct stream_writer one = {0}, all = {0};
	struct buf rows = {0};
	struct slice field;

	output_init(&one.out, open("/dev/null", O_WRONLY), "null");
	output_init(&all.out, open("/dev/null", O_WRONLY), "null");
	memset(buf_room(&rows, 70000), 'x', 70000);
	for (size_t n = 1; n < 70000; n += 6999) {
		field = (struct slice){rows.p, n};
		CHECK(stream_writer_row(&one, &field, 1) == 0);
	}
	rows.n = 0;
	for (size_t n = 1; n < 70000; n += 6999) {
		memset(buf_room(&rows, n), 'x', n);
		rows.n += n;
		buf_add_char(&rows, '\n');
	}
	CHECK(stream_writer_rows(&all, buf_slice(&rows)) == 0);
	CHECK(all.out.buf.n == one.out.buf.n);
	CHECK(all.out.buf.n > 0 && all.out.buf.n < rows.n);
	output_close(&one.out);
	output_close(&all.out);
	output_release(&one.out);
	output_release(&all.out);
	buf_release(&rows);
}

int
main(void)
{
	RUN(a_writer_puts_neighbours_and_strangers_in_a_row);
	RUN(a_full_disk_is_seen_at_the_latest_when_closing);
	RUN(picked_fields_changed_are_the_row_written_anew);
	RUN(rows_that_are_lines_are_written_as_one_by_one);
	return test_done();
}
