#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "input.h"

#define NS_PER_S 1000000000
#define FIRST_PAUSE_NS 62500  /* between two looks at a lock, */
#define MOST_PAUSE_NS 2000000 /* and later on */
#define READ_BYTES ((size_t)64 * 1024)

int
file_read(const char *path, size_t max, struct buf *text, struct fault *f)
{
	struct input in;
	size_t start = text->n;
	ssize_t got;

	if (input_open(&in, path, f) < 0)
		return -1;
	while ((got = input_read(
		    &in, buf_room(text, READ_BYTES), READ_BYTES, f)) > 0) {
		text->n += (size_t)got;
		if (text->n - start > max) {
			got = fault_at(f, (struct place){.file = path},
			    "more than %zu bytes", max);
			break;
		}
	}
	input_close(&in);
	return got < 0 ? -1 : 0;
}

int
file_check_regular(const char *path, struct fault *f)
{
	struct stat st;

	if (stat(path, &st) < 0 || S_ISREG(st.st_mode))
		return 0;
	return fault_at(f, (struct place){.file = path}, "is no regular file");
}

bool
file_is(int fd, const char *path)
{
	struct stat st;

	return fstat(fd, &st) == 0 && file_is_still(path, &st);
}

bool
file_is_still(const char *path, struct stat *st)
{
	struct stat there;

	if (stat(path, &there) < 0 || st->st_dev != there.st_dev ||
	    st->st_ino != there.st_ino)
		return false;
	*st = there;
	return true;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool
directory_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/*
 * flock() waits without a limit or not at all, so where there is one the lock
 * is asked for now and again: soon at first, as most are held but for a moment.
 */
static int
lock(int fd, int how, const char *name, int64_t wait_s, struct fault *f)
{
	struct timespec pause = {0, FIRST_PAUSE_NS};
	int64_t waited_ns = 0;

	if (wait_s < INT64_MAX)
		how |= LOCK_NB;
	while (flock(fd, how) < 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return fault_errno(f, "lock", name);
		if (waited_ns / NS_PER_S >= wait_s)
			return 0;
		nanosleep(&pause, NULL);
		waited_ns += pause.tv_nsec;
		if (pause.tv_nsec < MOST_PAUSE_NS)
			pause.tv_nsec *= 2;
	}
	return 1;
}

int
file_lock(int fd, const char *name, int64_t wait_s, struct fault *f)
{
	return lock(fd, LOCK_EX, name, wait_s, f);
}

int
file_lock_shared(int fd, const char *name, int64_t wait_s, struct fault *f)
{
	return lock(fd, LOCK_SH, name, wait_s, f);
}

void
file_unlock(int fd)
{
	flock(fd, LOCK_UN);
}

int
directory_sync(const char *path, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = 0;

	if (fd < 0)
		return fault_errno(f, "open", path);
	if (fsync(fd) < 0)
		result = fault_errno(f, "sync", path);
	close(fd);
	return result;
}

int
file_write(int fd, struct slice text, const char *path, struct fault *f)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fault_errno(f, "write", path);
		text = slice_from(text, (size_t)n);
	}
	return 0;
}

int
file_write_synced(int fd, struct slice text, const char *path, struct fault *f)
{
	if (file_write(fd, text, path, f) < 0)
		return -1;
	return fdatasync(fd) < 0 ? fault_errno(f, "sync", path) : 0;
}

int
directory_create(const char *path, struct custody c, struct fault *f)
{
	struct buf parent = {0};
	size_t n = strlen(path);
	int result;

	if (mkdir(path, 0700) < 0)
		return errno == EEXIST ? 0 : fault_errno(f, "create", path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 0 && path[n - 1] != '/')
		n--;
	buf_add(&parent, path, n);
	result = custody_set(path, c, f);
	if (result == 0)
		result = directory_sync(n > 0 ? buf_str(&parent) : ".", f);
	if (result < 0)
		rmdir(path); /* else the next one would take it as it is */
	buf_release(&parent);
	return result;
}
