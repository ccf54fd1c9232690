#include "tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "files.h"
#include "replacement.h"
#include "test.h"

static struct buf notice, text;
static struct fault fault;

static void
put(const char *name, struct slice content)
{
	CHECK(replacement_write(dir, name, content, &fault) == 0);
}

/* What a file of the directory holds; "" where it is not there. */
static struct slice
get(const char *name)
{
	buf_clear(&text);
	file_read(in_dir(name), 1 << 20, &text, &fault);
	return buf_slice(&text);
}

static void
only_what_is_after_the_last_line_end_is_cut(void)
{
	static const struct {
		const char *is, *becomes, *torn;
	} row[] = {{"", "", ""}, {"one\n", "one\n", ""},
	    {"one\ntwo\n", "one\ntwo\n", ""}, {"\n", "\n", ""},
	    {"one\ntwo", "one\n", "two\n"}, {"one", "", "one\n"},
	    {"\n\nx", "\n\n", "x\n"}, {"one\nt\two\r", "one\n", "t\two\r\n"}};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		unlink(in_dir("log.torn"));
		buf_clear(&notice);
		put("log", slice_of(row[i].is));
		CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
		CHECK_SLICE(get("log"), row[i].becomes);
		CHECK_SLICE(get("log.torn"), row[i].torn);
		CHECK((notice.n > 0) == (*row[i].torn != '\0'));
	}
}

static void
a_notice_says_how_much_is_kept_and_where(void)
{
	struct buf want = {0};
	struct stat st;

	put("log", (struct slice)SLICE("one\nab\0c"));
	unlink(in_dir("log.torn"));
	CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
	buf_addf(&want,
	    "%s/log: the last writer stopped in the middle of an entry; its 4 "
	    "bytes are kept in %s/log.torn",
	    dir, dir);
	CHECK_SLICE(buf_slice(&notice), buf_str(&want));
	CHECK(slice_eq(get("log.torn"), (struct slice)SLICE("ab\0c\n")));
	CHECK(stat(in_dir("log.torn"), &st) == 0);
	CHECK((st.st_mode & 0777) == 0600);
	buf_release(&want);
}

static void
one_tail_is_kept_after_another(void)
{
	unlink(in_dir("log.torn"));
	put("log", slice_of("one\ntwo"));
	CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
	put("log", slice_of("one\nthree"));
	CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
	CHECK_SLICE(get("log.torn"), "two\nthree\n");
}

/* A tail longer than what is read at once, on each side of a block's end. */
static void
what_was_kept_in_part_is_a_line_of_its_own(void)
{
	put("log.torn", (struct slice)SLICE("one\ntw"));
	put("log", (struct slice)SLICE("two"));
	CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
	CHECK_SLICE(get("log.torn"), "one\ntw\ntwo\n");
	unlink(in_dir("log.torn"));
}

static void
a_long_tail_is_cut_whole(void)
{
	static const size_t size[] = {65535, 65536, 65537, 200000};

	for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
		struct buf all = {0};

		buf_add_str(&all, "one\n");
		for (size_t n = 0; n < size[i]; n++)
			buf_add_char(&all, 'x');
		put("log", buf_slice(&all));
		unlink(in_dir("log.torn"));
		CHECK(tail_cut(dir, "log", &notice, &fault) == 0);
		CHECK_SLICE(get("log"), "one\n");
		CHECK(get("log.torn").n == size[i] + 1);
		buf_release(&all);
	}
}

/* The last line of a file, or "none". */
static struct slice
last_line(void)
{
	int fd = open(in_dir("log"), O_RDONLY);
	int got = tail_line(fd, INT64_MAX, in_dir("log"), &text, &fault);

	close(fd);
	return got > 0 ? buf_slice(&text) : slice_of("none");
}

static void
the_last_whole_line_is_found(void)
{
	static const char *const row[][2] = {{"", "none"}, {"one", "none"},
	    {"\n", ""}, {"one\n", "one"}, {"one\ntwo\n", "two"},
	    {"one\ntwo\nthr", "two"}, {"one\n\n", ""}};
	struct buf all = {0};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		put("log", slice_of(row[i][0]));
		CHECK_SLICE(last_line(), row[i][1]);
	}
	for (size_t n = 65534; n < 65539; n++) {
		buf_clear(&all);
		buf_add_str(&all, "one\n");
		while (all.n < 4 + n)
			buf_add_char(&all, 'x');
		buf_add_str(&all, "\ntorn");
		put("log", buf_slice(&all));
		CHECK(last_line().n == n);
	}
	buf_release(&all);
}

static void
a_file_that_is_not_there_or_cant_be_kept_is_a_fault(void)
{
	buf_clear(&notice);
	unlink(in_dir("log"));
	CHECK(tail_cut(dir, "log", &notice, &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "open '/tmp/inc-unit-"));
	put("log", slice_of("one\ntwo"));
	unlink(in_dir("log.torn"));
	CHECK(mkdir(in_dir("log.torn"), 0700) == 0);
	CHECK(tail_cut(dir, "log", &notice, &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "open '/tmp/inc-unit-"));
	CHECK_SLICE(get("log"), "one\ntwo");
	CHECK(notice.n == 0);
	rmdir(in_dir("log.torn"));
}

int
main(void)
{
	dir_begin();
	RUN(only_what_is_after_the_last_line_end_is_cut);
	RUN(a_notice_says_how_much_is_kept_and_where);
	RUN(one_tail_is_kept_after_another);
	RUN(what_was_kept_in_part_is_a_line_of_its_own);
	RUN(a_long_tail_is_cut_whole);
	RUN(the_last_whole_line_is_found);
	RUN(a_file_that_is_not_there_or_cant_be_kept_is_a_fault);
	dir_end();
	buf_release(&notice);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
