#include "files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "replacement.h"

static struct fault fault;

static void
a_file_is_read_up_to_a_limit(void)
{
	struct buf out = {0};

	CHECK(replacement_write(
		  dir, "file", (struct slice)SLICE("12345"), &fault) == 0);
	buf_add_str(&out, "before ");
	CHECK(file_read(in_dir("file"), 5, &out, &fault) == 0);
	CHECK_SLICE(buf_slice(&out), "before 12345");
	CHECK(file_read(in_dir("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(dir_said(&fault), "/file: more than 4 bytes");
	unlink(in_dir("file"));
	CHECK(file_read(in_dir("file"), 4, &out, &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "open '/file': No such file or directory");
	CHECK(file_read(dir, 4, &out, &fault) == -1);
	CHECK_SLICE(dir_said(&fault), "read '': Is a directory");
	buf_release(&out);
}

static void
a_disk_that_is_full_is_seen(void)
{
	int fd = open("/dev/full", O_WRONLY);

	CHECK(file_write_synced(fd, (struct slice)SLICE("x"), "full", &fault) ==
	    -1);
	CHECK_SLICE(dir_said(&fault), "write 'full': No space left on device");
	close(fd);
	CHECK(file_write_synced(-1, (struct slice)SLICE(""), "none", &fault) ==
	    -1);
	CHECK_SLICE(dir_said(&fault), "sync 'none': Bad file descriptor");
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
	CHECK_SLICE(dir_said(&fault), "lock 'none': Bad file descriptor");
}

static void
a_directory_is_made_for_its_owner_alone(void)
{
	static const char *const name[] = {"d", "d/e", "d/e/f//"};

	umask(0);
	for (size_t i = 0; i < 3; i++) {
		CHECK(!directory_exists(in_dir(name[i])));
		CHECK(directory_create(in_dir(name[i]), CUSTODY_OWN, &fault) ==
		    0);
		CHECK(dir_mode(name[i]) == 0700);
	}
	CHECK(chmod(in_dir("d"), 0755) == 0);
	CHECK(directory_create(in_dir("d"), CUSTODY_OWN, &fault) == 0);
	CHECK(dir_mode("d") == 0755);
	CHECK(!file_exists(in_dir("d")));
	for (size_t i = 3; i-- > 0;)
		rmdir(in_dir(name[i]));
	CHECK(directory_create(in_dir("d/e"), CUSTODY_OWN, &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "create '/d/e': No such file or directory");
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
	CHECK_SLICE(
	    dir_said(&fault), "open '/here': No such file or directory");
}

static void
a_file_is_known_again_and_another_in_its_place_is_not(void)
{
	struct stat st;
	int fd;

	CHECK(replacement_write(dir, "f", slice_of("1\n"), &fault) == 0);
	fd = open(in_dir("f"), O_WRONLY | O_APPEND);
	CHECK(fstat(fd, &st) == 0);
	CHECK(write(fd, "2\n", 2) == 2);
	CHECK(file_is_still(in_dir("f"), &st) && st.st_size == 4);
	CHECK(file_is(fd, in_dir("f")));
	CHECK(replacement_write(dir, "f", slice_of("other\n"), &fault) == 0);
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
	RUN(a_file_is_read_up_to_a_limit);
	RUN(a_disk_that_is_full_is_seen);
	RUN(a_lock_keeps_another_descriptor_out);
	RUN(a_directory_is_made_for_its_owner_alone);
	RUN(a_directory_may_be_named_from_here);
	RUN(a_file_is_known_again_and_another_in_its_place_is_not);
	dir_end();
	fault_release(&fault);
	return test_done();
}
