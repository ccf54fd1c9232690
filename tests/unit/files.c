#include "files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

static char root[] = "/tmp/inc-files-XXXXXX";
static struct buf path, text;
static struct fault fault;

/* A path in the directory of the test, valid until the next call. */
static const char *
in_root(const char *name)
{
	buf_clear(&path);
	buf_addf(&path, "%s/%s", root, name);
	return buf_str(&path);
}

/* What a file holds. */
static struct slice
get(const char *name)
{
	buf_clear(&text);
	CHECK(file_read(in_root(name), 1 << 20, &text, &fault) == 0);
	return buf_slice(&text);
}

static unsigned
mode(const char *name)
{
	struct stat st = {0};

	CHECK(stat(in_root(name), &st) == 0);
	return (unsigned)st.st_mode & 0777U;
}

/* The fault so far, without the directory of the test. */
static struct slice
said(void)
{
	struct slice rest = buf_slice(&fault.text);

	buf_clear(&text);
	while (rest.n > 0) {
		size_t n = slice_starts(rest, root) ? strlen(root) : 0;

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
		CHECK(file_replace(root, "file", content[i], &fault) == 0);
		CHECK(slice_eq(get("file"), content[i]));
		CHECK(mode("file") == 0600);
		CHECK(!file_exists(in_root("file.tmp")));
	}
	unlink(in_root("file"));
}

static void
what_cant_be_replaced_leaves_nothing(void)
{
	struct slice content = SLICE("text");

	CHECK(file_replace(in_root("no"), "file", content, &fault) == -1);
	CHECK_SLICE(said(), "create '/no/file.tmp': No such file or directory");
	CHECK(mkdir(in_root("taken"), 0700) == 0);
	CHECK(file_replace(root, "taken", content, &fault) == -1);
	CHECK_SLICE(said(), "create '/taken': Is a directory");
	CHECK(!file_exists(in_root("taken.tmp")));
	CHECK(directory_exists(in_root("taken")));
	rmdir(in_root("taken"));
}

static void
a_file_is_read_up_to_a_limit(void)
{
	struct buf out = {0};

	CHECK(file_replace(
		  root, "file", (struct slice)SLICE("12345"), &fault) == 0);
	buf_add_str(&out, "before ");
	CHECK(file_read(in_root("file"), 5, &out, &fault) == 0);
	CHECK_SLICE(buf_slice(&out), "before 12345");
	CHECK(file_read(in_root("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "/file: more than 4 bytes");
	unlink(in_root("file"));
	CHECK(file_read(in_root("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "open '/file': No such file or directory");
	CHECK(file_read(root, 4, &out, &fault) == -1);
	CHECK_SLICE(said(), "read '': Is a directory");
	buf_release(&out);
}

static void
an_operand_is_looked_at_before_it_is_opened(void)
{
	close(open(in_root("file"), O_WRONLY | O_CREAT, 0600));
	CHECK(mkfifo(in_root("pipe"), 0600) == 0);
	CHECK(input_look(in_root("file"), &fault) == 1);
	CHECK(input_look(in_root("pipe"), &fault) == 0);
	CHECK(input_look("-", &fault) == 0);
	CHECK(input_look(root, &fault) == -1);
	CHECK_SLICE(said(), ": is a directory, a file was expected");
	unlink(in_root("file"));
	unlink(in_root("pipe"));
	CHECK(input_look(in_root("file"), &fault) == -1);
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
	int one = open(in_root("lock"), O_RDWR | O_CREAT, 0600);
	int two = open(in_root("lock"), O_RDWR);

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
	unlink(in_root("lock"));
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
		CHECK(!directory_exists(in_root(name[i])));
		CHECK(directory_create(in_root(name[i]), CUSTODY_OWN, &fault) ==
		    0);
		CHECK(mode(name[i]) == 0700);
	}
	CHECK(chmod(in_root("d"), 0755) == 0);
	CHECK(directory_create(in_root("d"), CUSTODY_OWN, &fault) == 0);
	CHECK(mode("d") == 0755);
	CHECK(!file_exists(in_root("d")));
	for (size_t i = 3; i-- > 0;)
		rmdir(in_root(name[i]));
	CHECK(directory_create(in_root("d/e"), CUSTODY_OWN, &fault) == -1);
	CHECK_SLICE(said(), "create '/d/e': No such file or directory");
}

static void
a_directory_may_be_named_from_here(void)
{
	int here = open(".", O_RDONLY | O_DIRECTORY);

	CHECK(chdir(root) == 0);
	CHECK(directory_create("here", CUSTODY_OWN, &fault) == 0);
	CHECK(directory_exists(in_root("here")));
	CHECK(fchdir(here) == 0);
	rmdir(in_root("here"));
	close(here);
	CHECK(directory_sync(in_root("here"), &fault) == -1);
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

	CHECK(output_create(&out, root) == -1);
	CHECK(add(&out, 1) == -1);
	CHECK(output_close(&out) == -1);
	CHECK(slice_starts(buf_slice(&out.fault.text), "create '/tmp/inc-"));
	output_release(&out);
}

static void
a_new_file_takes_no_other_s_place(void)
{
	struct output out;

	CHECK(output_create_new(&out, in_root("new")) == 0);
	CHECK(add(&out, 3) == 0);
	CHECK(output_close(&out) == 0);
	output_release(&out);
	CHECK(output_create_new(&out, in_root("new")) == -1);
	CHECK(output_close(&out) == -1);
	output_release(&out);
	CHECK(get("new").n == 3);
	unlink(in_root("new"));
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

	CHECK(output_create(&out, in_root("held")) == 0);
	out.held = true;
	CHECK(add(&out, large) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(get("held").n == 0);
	CHECK(output_flush(&out) == 0);
	CHECK(get("held").n == large + 1);
	CHECK(output_close(&out) == 0);
	CHECK(output_append(&out, in_root("held")) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(get("held").n == large + 2);
	CHECK(output_create(&out, in_root("held")) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(get("held").n == 0);
	output_release(&out);
	unlink(in_root("held"));
}

static void
a_file_is_known_again_and_another_in_its_place_is_not(void)
{
	struct stat st;
	int fd;

	CHECK(file_replace(root, "f", slice_of("1\n"), &fault) == 0);
	fd = open(in_root("f"), O_WRONLY | O_APPEND);
	CHECK(fstat(fd, &st) == 0);
	CHECK(write(fd, "2\n", 2) == 2);
	CHECK(file_is_still(in_root("f"), &st) && st.st_size == 4);
	CHECK(file_is(fd, in_root("f")));
	CHECK(file_replace(root, "f", slice_of("other\n"), &fault) == 0);
	CHECK(!file_is_still(in_root("f"), &st) && st.st_size == 4);
	CHECK(!file_is(fd, in_root("f")));
	unlink(in_root("f"));
	CHECK(!file_is_still(in_root("f"), &st));
	close(fd);
}

int
main(void)
{
	if (mkdtemp(root) == NULL)
		return 1;
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
	rmdir(root);
	buf_release(&path);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
