#include "custody.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

static char root[] = "/tmp/inc-custody-XXXXXX";
static struct fault fault;

/* A path in the directory; valid until the next but one call. */
static const char *
in_root(const char *name)
{
	static struct buf path[2];
	static int turn;

	turn = 1 - turn;
	buf_clear(&path[turn]);
	buf_addf(&path[turn], "%s/%s", root, name);
	return buf_str(&path[turn]);
}

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
	int fd = custody_open(root, in_root(name), flags, &fault);

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
			CHECK(chmod(root, of[i].dir) == 0);
			umask(mask[k]);
			CHECK(touch("file", O_RDWR) == 0);
			CHECK(mode(in_root("file")) == of[i].file);
			unlink(in_root("file"));
		}
	}
	umask(022);
	chmod(root, 0700);
}

static void
a_link_is_not_followed(void)
{
	CHECK(touch("other", O_RDWR) == 0);
	CHECK(symlink("other", in_root("link")) == 0);
	CHECK(touch("link", O_RDWR) == -1);
	CHECK(touch("link", O_RDWR | O_EXCL) == -1);
	CHECK(touch("other", O_RDWR) == 0);
	unlink(in_root("link"));
	unlink(in_root("other"));
}

static void
a_file_that_is_there_is_left_as_it_is(void)
{
	CHECK(touch("file", O_RDWR) == 0);
	CHECK(chmod(in_root("file"), 0644) == 0);
	CHECK(touch("file", O_RDWR | O_APPEND) == 0);
	CHECK(mode(in_root("file")) == 0644);
	CHECK(touch("file", O_WRONLY | O_EXCL) == -1);
	CHECK(errno == EEXIST);
	unlink(in_root("file"));
}

static void
a_link_to_nowhere_is_no_place_for_a_file(void)
{
	CHECK(symlink("nowhere", in_root("link")) == 0);
	CHECK(touch("link", O_RDWR) == -1);
	CHECK(access(in_root("nowhere"), F_OK) == -1);
	unlink(in_root("link"));
}

static void
a_new_directory_is_shared_or_not(void)
{
	const struct custody shared = CUSTODY_SHARED(getegid());

	umask(0777);
	CHECK(mkdir(in_root("d"), 0700) == 0);
	CHECK(custody_set(in_root("d"), CUSTODY_OWN, &fault) == 0);
	CHECK(mode(in_root("d")) == 0700);
	CHECK(custody_is(in_root("d"), CUSTODY_OWN));
	CHECK(!custody_is(in_root("d"), shared));
	CHECK(custody_set(in_root("d"), shared, &fault) == 0);
	CHECK(mode(in_root("d")) == 02770);
	CHECK(custody_is(in_root("d"), shared));
	CHECK(!custody_is(in_root("d"), CUSTODY_SHARED(getegid() + 1)));
	CHECK(!custody_is(in_root("d"), CUSTODY_OWN));
	umask(022);
	rmdir(in_root("d"));
	CHECK(custody_set(in_root("d"), CUSTODY_OWN, &fault) == -1);
	CHECK(!custody_is(in_root("d"), CUSTODY_OWN));
}

static void
what_replaces_a_file_is_as_that_was(void)
{
	int fd;

	CHECK(touch("old", O_RDWR) == 0);
	CHECK(chmod(in_root("old"), 0640) == 0);
	fd = custody_open(root, in_root("new"), O_WRONLY, &fault);
	CHECK(custody_keep(fd, in_root("new"), in_root("no"), &fault) == 0);
	CHECK(mode(in_root("new")) == 0600);
	CHECK(custody_keep(fd, in_root("new"), in_root("old"), &fault) == 0);
	CHECK(mode(in_root("new")) == 0640);
	close(fd);
	unlink(in_root("old"));
	unlink(in_root("new"));
}

int
main(void)
{
	if (mkdtemp(root) == NULL)
		return 1;
	RUN(a_file_follows_its_directory_whatever_the_umask);
	RUN(a_link_is_not_followed);
	RUN(a_file_that_is_there_is_left_as_it_is);
	RUN(a_link_to_nowhere_is_no_place_for_a_file);
	RUN(a_new_directory_is_shared_or_not);
	RUN(what_replaces_a_file_is_as_that_was);
	rmdir(root);
	fault_release(&fault);
	return test_done();
}
