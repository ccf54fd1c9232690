#include "readahead.h"

#include "kept.h"
#include "test.h"

/* What comes next, up to the end of what was looked at. */
static struct slice
rest(const struct readahead *a)
{
	return (struct slice){a->buf.p + a->at, a->buf.n - a->at};
}

static void
delimiters_are_found_stretch_by_stretch(void)
{
	struct buf text = {0};
	struct readahead a;
	struct fault f = {0};
	char *path;

	while (text.n < DELIMS_BYTES - 1)
		buf_add_char(&text, 'x');
	buf_add_str(&text, "\n\xc3\xa9\ty\n");
	path = keep(buf_slice(&text));
	readahead_init(&a);
	CHECK(readahead_open(&a, path, &f) == 0);
	CHECK(readahead_look(&a, &f) == 1);
	CHECK(a.delims.n == 1 && a.delims.at[0] == DELIMS_BYTES - 1);
	CHECK(a.delims.nstop == 1 && a.known == DELIMS_BYTES);
	CHECK(!readahead_odd(&a, DELIMS_BYTES));
	a.at = a.known;
	CHECK(readahead_look(&a, &f) == 1);
	CHECK(a.base == DELIMS_BYTES && a.delims.n == 2 && a.delims.nstop == 1);
	CHECK(readahead_odd(&a, 5));
	CHECK_SLICE(rest(&a), "\xc3\xa9\ty\n");
	CHECK(readahead_look(&a, &f) == 0 && a.ended);
	readahead_release(&a);
	buf_release(&text);
	drop(path);
}

static void
what_is_given_back_is_read_again(void)
{
	char *path = keep(slice_of("a\nb"));
	struct readahead a;
	struct fault f = {0};

	readahead_init(&a);
	CHECK(readahead_open(&a, path, &f) == 0);
	CHECK(readahead_look(&a, &f) == 1);
	a.at = 2;
	CHECK(readahead_give_back(&a, &f) == 0);
	CHECK(readahead_look(&a, &f) == 1);
	CHECK_SLICE(rest(&a), "b");
	readahead_release(&a);
	drop(path);
}

/* Checks that a gives own this. */
static void
check_share(struct readahead *a, struct readahead *own, const char *want)
{
	struct fault f = {0};

	CHECK(readahead_share(a, own, &f) == 1);
	CHECK_SLICE(rest(own), want);
	CHECK(readahead_look(own, &f) == 1);
	own->at = own->known;
	CHECK(readahead_look(own, &f) == 0);
}

static void
whole_lines_are_shared_out_and_the_last_one(void)
{
	char *path[2] = {keep(slice_of("a\nb\nc")), keep(slice_of(""))};
	struct readahead a, own[2];
	struct fault f = {0};

	readahead_init(&a);
	for (int i = 0; i < 2; i++)
		readahead_init(&own[i]);
	CHECK(readahead_open(&a, path[0], &f) == 0);
	CHECK(readahead_look(&a, &f) == 1);
	a.at = 2; /* the first line was taken */
	check_share(&a, &own[0], "b\n");
	check_share(&a, &own[1], "c");
	CHECK(readahead_share(&a, &own[0], &f) == 0);
	CHECK(rest(&own[0]).n == 0 && readahead_lines(&own[0]) == 0);
	CHECK(readahead_open(&a, path[1], &f) == 0);
	CHECK(readahead_share(&a, &own[0], &f) == 0);
	CHECK(readahead_open(&a, "/", &f) == 0);
	CHECK(readahead_share(&a, &own[0], &f) < 0);
	CHECK(rest(&own[0]).n == 0);
	fault_release(&f);
	readahead_release(&a);
	for (int i = 0; i < 2; i++) {
		readahead_release(&own[i]);
		drop(path[i]);
	}
}

static void
lines_are_counted_in_any_number(void)
{
	struct readahead a;
	size_t want = 0;

	readahead_init(&a);
	CHECK(readahead_look(&a, &(struct fault){0}) == 0);
	CHECK(readahead_lines(&a) == 0);
	for (size_t i = 0; i < 100000; i++) {
		bool ends = i % 3 == 0 || i / 20000 == 2;

		buf_add_char(&a.buf, ends ? '\n' : 'x');
		want += ends;
		if (i < 200 || i > 99900)
			CHECK(readahead_lines(&a) == want);
	}
	a.at = 1;
	CHECK(readahead_lines(&a) == want - 1);
	readahead_release(&a);
}

int
main(void)
{
	RUN(delimiters_are_found_stretch_by_stretch);
	RUN(what_is_given_back_is_read_again);
	RUN(whole_lines_are_shared_out_and_the_last_one);
	RUN(lines_are_counted_in_any_number);
	return test_done();
}
