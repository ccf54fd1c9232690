#include "custody.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "test.h"

static struct fault fault;

static mode_t
mode(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

/* Opens a file and closes it: 0, or -1. */
static int
touch(const char *name, int flags)
{
	int fd = custody_open(dir, in_dir(name), flags, &fault);

	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : 0;
}

static void
a_file_follows_its_directory_whatever_the_umask(void)
{
	static const struct {
		mode_t dir, file;
	} of[] = {{0700, 0600}, {0777, 0600}, {02700, 0600}, {02750, 0640},
	    {02770, 0660}, {02777, 0660}};
	static const mode_t mask[] = {0, 022, 0777};

	for (size_t i = 0; i < LEN(of); i++) {
		for (size_t k = 0; k < LEN(mask); k++) {
			CHECK(chmod(dir, of[i].dir) == 0);
			umask(mask[k]);
			CHECK(touch("file", O_RDWR) == 0);
			CHECK(mode(in_dir("file")) == of[i].file);
			unlink(in_dir("file"));
		}
	}
	umask(022);
	chmod(dir, 0700);
}

static void
a_link_is_not_followed(void)
{
	CHECK(touch("other", O_RDWR) == 0);
	CHECK(symlink("other", in_dir("link")) == 0);
	CHECK(touch("link", O_RDWR) == -1);
	CHECK(touch("link", O_RDWR | O_EXCL) == -1);
	CHECK(touch("other", O_RDWR) == 0);
	unlink(in_dir("link"));
	unlink(in_dir("other"));
}

static void
a_file_that_is_there_is_left_as_it_is(void)
{
	CHECK(touch("file", O_RDWR) == 0);
	CHECK(chmod(in_dir("file"), 0644) == 0);
	CHECK(touch("file", O_RDWR | O_APPEND) == 0);
	CHECK(mode(in_dir("file")) == 0644);
	CHECK(touch("file", O_WRONLY | O_EXCL) == -1);
	CHECK(errno == EEXIST);
	unlink(in_dir("file"));
}

static void
a_link_to_nowhere_is_no_place_for_a_file(void)
{
	CHECK(symlink("nowhere", in_dir("link")) == 0);
	CHECK(touch("link", O_RDWR) == -1);
	CHECK(access(in_dir("nowhere"), F_OK) == -1);
	unlink(in_dir("link"));
}

static void
a_new_directory_is_shared_or_not(void)
{
	const struct custody shared = CUSTODY_SHARED(getegid());

	umask(0777);
	CHECK(mkdir(in_dir("d"), 0700) == 0);
	CHECK(custody_set(in_dir("d"), CUSTODY_OWN, &fault) == 0);
	CHECK(mode(in_dir("d")) == 0700);
	CHECK(custody_is(in_dir("d"), CUSTODY_OWN));
	CHECK(!custody_is(in_dir("d"), shared));
	CHECK(custody_set(in_dir("d"), shared, &fault) == 0);
	CHECK(mode(in_dir("d")) == 02770);
	CHECK(custody_is(in_dir("d"), shared));
	CHECK(!custody_is(in_dir("d"), CUSTODY_SHARED(getegid() + 1)));
	CHECK(!custody_is(in_dir("d"), CUSTODY_OWN));
	umask(022);
	rmdir(in_dir("d"));
	CHECK(custody_set(in_dir("d"), CUSTODY_OWN, &fault) == -1);
	CHECK(!custody_is(in_dir("d"), CUSTODY_OWN));
}

static void
what_replaces_a_file_is_as_that_was(void)
{
	int fd;

	CHECK(touch("old", O_RDWR) == 0);
	CHECK(chmod(in_dir("old"), 0640) == 0);
	fd = custody_open(dir, in_dir("new"), O_WRONLY, &fault);
	CHECK(custody_keep(fd, in_dir("new"), in_dir("no"), &fault) == 0);
	CHECK(mode(in_dir("new")) == 0600);
	CHECK(custody_keep(fd, in_dir("new"), in_dir("old"), &fault) == 0);
	CHECK(mode(in_dir("new")) == 0640);
	close(fd);
	unlink(in_dir("old"));
	unlink(in_dir("new"));
}

int
main(void)
{
	dir_begin();
	RUN(a_file_follows_its_directory_whatever_the_umask);
	RUN(a_link_is_not_followed);
	RUN(a_file_that_is_there_is_left_as_it_is);
	RUN(a_link_to_nowhere_is_no_place_for_a_file);
	RUN(a_new_directory_is_shared_or_not);
	RUN(what_replaces_a_file_is_as_that_was);
	dir_end();
	fault_release(&fault);
	return test_done();
}
