#include "files.h"
#include "dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

static struct buf text;
static struct fault fault;

/* What a file holds. */
static struct slice
get(const char *name)
{
	buf_clear(&text);
	CHECK(file_read(in_dir(name), 1 << 20, &text, &fault) == 0);
	return buf_slice(&text);
}

static unsigned
mode(const char *name)
{
	struct stat st = {0};

	CHECK(stat(in_dir(name), &st) == 0);
	return (unsigned)st.st_mode & 0777U;
}

/* The fault so far, without the directory of the test. */
static struct slice
said(void)
{
	struct slice rest = buf_slice(&fault.text);

	buf_clear(&text);
	while (rest.n > 0) {
		size_t n = slice_starts(rest, dir) ? strlen(dir) : 0;

		if (n == 0)
			buf_add_char(&text, *rest.p);
		rest.p += n > 0 ? n : 1;
		rest.n -= n > 0 ? n : 1;
	}
	return buf_slice(&text);
}

/* ---- whole files ---- */

static void
a_file_is_replaced_whole(void)
{
	static const struct slice content[] = {
	    SLICE("one\n"), SLICE("two\0three"), SLICE(""), SLICE("longer\n")};

	umask(022);
	for (size_t i = 0; i < sizeof content / sizeof *content; i++) {
		CHECK(file_replace(dir, "file", content[i], &fault) == 0);
		CHECK(slice_eq(get("file"), content[i]));
		CHECK(mode("file") == 0600);
		CHECK(!file_exists(in_dir("file.tmp")));
	}
	unlink(in_dir("file"));
}

static void
what_cant_be_replaced_leaves_nothing(void)
{
	struct slice content = SLICE("text");

	CHECK(file_replace(in_dir("no"), "file", content, &fault) == -1);
	CHECK_SLICE(said(), "create '/no/file.tmp': No such file or directory");
	CHECK(mkdir(in_dir("taken"), 0700) == 0);
	CHECK(file_replace(dir, "taken", content, &fault) == -1);
	CHECK_SLICE(said(), "create '/taken': Is a directory");
	CHECK(!file_exists(in_dir("taken.tmp")));
	CHECK(directory_exists(in_dir("taken")));
	rmdir(in_dir("taken"));
}

static void
a_file_is_read_up_to_a_limit(void)
{
	struct buf out = {0};

	CHECK(file_replace(dir, "file", (struct slice)SLICE("12345"), &fault) ==
	    0);
	buf_add_str(&out, "before ");
	CHECK(file_read(in_dir("file"), 5, &out, &fault) == 0);
	CHECK_SLICE(buf_slice(&out), "before 12345");
	CHECK(file_read(in_dir("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "/file: more than 4 bytes");
	unlink(in_dir("file"));
	CHECK(file_read(in_dir("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "open '/file': No such file or directory");
	CHECK(file_read(dir, 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "read '': Is a directory");
	buf_release(&out);
}

static void
an_operand_is_looked_at_before_it_is_opened(void)
{
	close(open(in_dir("file"), O_WRONLY | O_CREAT, 0600));
	CHECK(mkfifo(in_dir("pipe"), 0600) == 0);
	CHECK(input_look(in_dir("file"), &fault) == 1);
	CHECK(input_look(in_dir("pipe"), &fault) == 0);
	CHECK(input_look("-", &fault) == 0);
	CHECK(input_look(dir, &fault) == -1);
	CHECK_SLICE(said(), ": is a directory, a file was expected");
	unlink(in_dir("file"));
	unlink(in_dir("pipe"));
	CHECK(input_look(in_dir("file"), &fault) == -1);
	CHECK_SLICE(said(), "open '/file': No such file or directory");
}

static void
a_disk_that_is_full_is_seen(void)
{
	int fd = open("/dev/full", O_WRONLY);

	CHECK(file_write_synced(fd, (struct slice)SLICE("x"), "full", &fault) ==
	    -1);
	CHECK_SLICE(said(), "write 'full': No space left on device");
	close(fd);
	CHECK(file_write_synced(-1, (struct slice)SLICE(""), "none", &fault) ==
	    -1);
	CHECK_SLICE(said(), "sync 'none': Bad file descriptor");
}

static void
a_lock_keeps_another_descriptor_out(void)
{
	int one = open(in_dir("lock"), O_RDWR | O_CREAT, 0600);
	int two = open(in_dir("lock"), O_RDWR);

	CHECK(file_lock(one, "lock", 0, &fault) == 1);
	CHECK(flock(two, LOCK_EX | LOCK_NB) < 0);
	CHECK(file_lock(two, "lock", 0, &fault) == 0);
	CHECK(file_lock(two, "lock", 1, &fault) == 0);
	file_unlock(one);
	CHECK(file_lock(two, "lock", 0, &fault) == 1);
	CHECK(flock(one, LOCK_EX | LOCK_NB) < 0);
	close(two);
	CHECK(file_lock(one, "lock", 0, &fault) == 1);
	close(one);
	unlink(in_dir("lock"));
	CHECK(file_lock(-1, "none", 0, &fault) == -1);
	CHECK_SLICE(said(), "lock 'none': Bad file descriptor");
}

/* ---- directories ---- */

static void
a_directory_is_made_for_its_owner_alone(void)
{
	static const char *const name[] = {"d", "d/e", "d/e/f//"};

	umask(0);
	for (size_t i = 0; i < 3; i++) {
		CHECK(!directory_exists(in_dir(name[i])));
		CHECK(directory_create(in_dir(name[i]), CUSTODY_OWN, &fault) ==
		    0);
		CHECK(mode(name[i]) == 0700);
	}
	CHECK(chmod(in_dir("d"), 0755) == 0);
	CHECK(directory_create(in_dir("d"), CUSTODY_OWN, &fault) == 0);
	CHECK(mode("d") == 0755);
	CHECK(!file_exists(in_dir("d")));
	for (size_t i = 3; i-- > 0;)
		rmdir(in_dir(name[i]));
	CHECK(directory_create(in_dir("d/e"), CUSTODY_OWN, &fault) == -1);
	CHECK_SLICE(said(), "create '/d/e': No such file or directory");
}

static void
a_directory_may_be_named_from_here(void)
{
	int here = open(".", O_RDONLY | O_DIRECTORY);

	CHECK(chdir(dir) == 0);
	CHECK(directory_create("here", CUSTODY_OWN, &fault) == 0);
	CHECK(directory_exists(in_dir("here")));
	CHECK(fchdir(here) == 0);
	rmdir(in_dir("here"));
	close(here);
	CHECK(directory_sync(in_dir("here"), &fault) == -1);
	CHECK_SLICE(said(), "open '/here': No such file or directory");
}

/* ---- output ---- */

/* Output to /dev/full. */
static struct output
full(void)
{
	struct output out;

	CHECK(output_append(&out, "/dev/full") == 0);
	return out;
}

/* Adds n bytes.  Returns what output_add() does. */
static int
add(struct output *out, size_t n)
{
	struct buf many = {0};
	int got;

	memset(buf_room(&many, n), 'x', n);
	many.n = n;
	got = output_add(out, buf_slice(&many));
	buf_release(&many);
	return got;
}

static void
an_error_is_seen_at_the_latest_when_output_is_closed(void)
{
	static const size_t small = 1, large = 1 << 20;
	struct output out = full();

	CHECK(add(&out, small) == 0);
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(buf_slice(&out.fault.text),
	    "write '/dev/full': No space left on device");
	output_release(&out);

	out = full();
	CHECK(add(&out, small) == 0);
	CHECK(add(&out, large) == -1);
	CHECK(add(&out, small) == -1);
	CHECK(output_flush(&out) == -1);
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(buf_slice(&out.fault.text),
	    "write '/dev/full': No space left on device");
	output_release(&out);
}

static void
a_file_that_cant_be_made_takes_no_output(void)
{
	struct output out;

	CHECK(output_create(&out, dir) == -1);
	CHECK(add(&out, 1) == -1);
	CHECK(output_close(&out) == -1);
	CHECK(slice_starts(buf_slice(&out.fault.text), "create '/tmp/inc-"));
	output_release(&out);
}

static void
a_new_file_takes_no_other_s_place(void)
{
	struct output out;

	CHECK(output_create_new(&out, in_dir("new")) == 0);
	CHECK(add(&out, 3) == 0);
	CHECK(output_close(&out) == 0);
	output_release(&out);
	CHECK(output_create_new(&out, in_dir("new")) == -1);
	CHECK(output_close(&out) == -1);
	output_release(&out);
	CHECK(get("new").n == 3);
	unlink(in_dir("new"));
}

static void
an_error_of_close_itself_is_seen(void)
{
	struct output out;
	int fd = open("/dev/null", O_WRONLY);

	close(fd);
	output_init(&out, fd, "closed");
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(
	    buf_slice(&out.fault.text), "close 'closed': Bad file descriptor");
	output_release(&out);
}

static void
what_is_held_is_not_written_before_a_flush(void)
{
	static const size_t large = 1 << 19;
	struct output out;

	CHECK(output_create(&out, in_dir("held")) == 0);
	out.held = true;
	CHECK(add(&out, large) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(get("held").n == 0);
	CHECK(output_flush(&out) == 0);
	CHECK(get("held").n == large + 1);
	CHECK(output_close(&out) == 0);
	CHECK(output_append(&out, in_dir("held")) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(get("held").n == large + 2);
	CHECK(output_create(&out, in_dir("held")) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(get("held").n == 0);
	output_release(&out);
	unlink(in_dir("held"));
}

static void
a_file_is_known_again_and_another_in_its_place_is_not(void)
{
	struct stat st;
	int fd;

	CHECK(file_replace(dir, "f", slice_of("1\n"), &fault) == 0);
	fd = open(in_dir("f"), O_WRONLY | O_APPEND);
	CHECK(fstat(fd, &st) == 0);
	CHECK(write(fd, "2\n", 2) == 2);
	CHECK(file_is_still(in_dir("f"), &st) && st.st_size == 4);
	CHECK(file_is(fd, in_dir("f")));
	CHECK(file_replace(dir, "f", slice_of("other\n"), &fault) == 0);
	CHECK(!file_is_still(in_dir("f"), &st) && st.st_size == 4);
	CHECK(!file_is(fd, in_dir("f")));
	unlink(in_dir("f"));
	CHECK(!file_is_still(in_dir("f"), &st));
	close(fd);
}

int
main(void)
{
	dir_begin();
	RUN(a_file_is_replaced_whole);
	RUN(what_cant_be_replaced_leaves_nothing);
	RUN(a_file_is_read_up_to_a_limit);
	RUN(an_operand_is_looked_at_before_it_is_opened);
	RUN(a_disk_that_is_full_is_seen);
	RUN(a_lock_keeps_another_descriptor_out);
	RUN(a_directory_is_made_for_its_owner_alone);
	RUN(a_directory_may_be_named_from_here);
	RUN(an_error_is_seen_at_the_latest_when_output_is_closed);
	RUN(a_file_that_cant_be_made_takes_no_output);
	RUN(a_new_file_takes_no_other_s_place);
	RUN(an_error_of_close_itself_is_seen);
	RUN(what_is_held_is_not_written_before_a_flush);
	RUN(a_file_is_known_again_and_another_in_its_place_is_not);
	dir_end();
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
