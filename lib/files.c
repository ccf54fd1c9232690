#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000
#define FIRST_PAUSE_NS 62500  /* between two looks at a lock, */
#define MOST_PAUSE_NS 2000000 /* and later on */
#define READ_BYTES ((size_t)64 * 1024)

static int stop_fd = -1; /* set while there is one thread */

const char *
input_name(const char *operand)
{
	return strcmp(operand, "-") == 0 ? "<stdin>" : operand;
}

char *const *
input_operands(char *const *operands, size_t *n)
{
	static char dash[] = "-";
	static char *const standard_input[] = {dash};

	if (*n > 0)
		return operands;
	*n = 1;
	return standard_input;
}

int
input_look(const char *operand, struct fault *f)
{
	struct stat st;

	if (strcmp(operand, "-") == 0)
		return 0;
	if (stat(operand, &st) < 0)
		return fault_errno(f, "open", operand);
	if (S_ISDIR(st.st_mode))
		return fault_at(f, (struct place){.file = operand},
		    "is a directory, a file was expected");
	return S_ISREG(st.st_mode);
}

int
input_open(struct input *in, const char *operand, struct fault *f)
{
	in->name = input_name(operand);
	if (strcmp(operand, "-") == 0) {
		in->fd = STDIN_FILENO;
		return 0;
	}
	in->fd = open(operand, O_RDONLY | O_CLOEXEC);
	return in->fd < 0 ? fault_errno(f, "open", operand) : 0;
}

bool
input_is_ready(const struct input *in)
{
	struct pollfd fd = {in->fd, POLLIN, 0};

	return poll(&fd, 1, 0) > 0;
}

void
input_stop_by(int fd)
{
	stop_fd = fd;
}

/* Waits for input.  Returns false where it is to stop. */
static bool
wait_for(const struct input *in)
{
	struct pollfd wait[] = {{in->fd, POLLIN, 0}, {stop_fd, POLLIN, 0}};

	if (stop_fd < 0)
		return true;
	while (poll(wait, 2, -1) < 0 && errno == EINTR)
		;
	return wait[1].revents == 0;
}

ssize_t
input_read(struct input *in, void *p, size_t n, struct fault *f)
{
	ssize_t got;

	if (!wait_for(in))
		return 0;
	do
		got = read(in->fd, p, n);
	while (got < 0 && errno == EINTR);
	return got < 0 ? fault_errno(f, "read", in->name) : got;
}

void
input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
}

void
output_init(struct output *out, int fd, const char *name)
{
	*out = (struct output){.fd = fd, .name = name};
}

static int
open_output(struct output *out, const char *path, int flag)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0666);

	output_init(out, fd, path);
	if (fd < 0) {
		out->failed = true;
		return fault_errno(&out->fault, "create", path);
	}
	return 0;
}

int
output_create(struct output *out, const char *path)
{
	return open_output(out, path, O_TRUNC);
}

int
output_create_new(struct output *out, const char *path)
{
	return open_output(out, path, O_EXCL);
}

int
output_append(struct output *out, const char *path)
{
	return open_output(out, path, O_APPEND);
}

/* Writes n bytes past the buffer. */
static int
write_all(struct output *out, const char *p, size_t n)
{
	while (n > 0 && !out->failed) {
		ssize_t done = write(out->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			out->failed = true;
			fault_errno(&out->fault, "write", out->name);
			break;
		}
		p += done;
		n -= (size_t)done;
	}
	return out->failed ? -1 : 0;
}

int
output_flush(struct output *out)
{
	int result = write_all(out, out->buf.p, out->buf.n);

	buf_clear(&out->buf);
	return result;
}

int
output_add(struct output *out, struct slice s)
{
	if (out->failed)
		return -1;
	if (!out->held && out->buf.n + s.n > OUTPUT_BYTES &&
	    output_flush(out) < 0)
		return -1;
	if (!out->held && s.n > OUTPUT_BYTES)
		return write_all(out, s.p, s.n);
	buf_add_slice(&out->buf, s);
	return 0;
}

int
output_write(struct output *out, struct slice s)
{
	if (output_flush(out) < 0)
		return -1;
	return write_all(out, s.p, s.n);
}

char *
output_room(struct output *out, size_t n)
{
	char *room;

	if (out->failed)
		return NULL;
	if (!out->held && out->buf.n + n > OUTPUT_BYTES &&
	    output_flush(out) < 0)
		return NULL;
	room = buf_room(&out->buf, n);
	out->buf.n += n;
	return room;
}

int
output_close(struct output *out)
{
	output_flush(out);
	/* NFS and quotas tell of a full disk only here. */
	if (out->fd >= 0 && close(out->fd) < 0 && !out->failed) {
		out->failed = true;
		fault_errno(&out->fault, "close", out->name);
	}
	out->fd = -1;
	buf_release(&out->buf);
	return out->failed ? -1 : 0;
}

void
output_release(struct output *out)
{
	buf_release(&out->buf);
	fault_release(&out->fault);
}

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
replacement_begin(
    struct replacement *r, const char *dir, const char *name, struct fault *f)
{
	const char *path;
	int fd;

	*r = (struct replacement){0};
	buf_add_str(&r->dir, dir);
	buf_addf(&r->path, "%s/%s", dir, name);
	buf_addf(&r->temporary, "%s/%s.tmp", dir, name);
	path = buf_str(&r->temporary);
	/* What an interrupted program left may be another user's. */
	unlink(path);
	fd = custody_open(dir, path, O_WRONLY | O_EXCL, f);
	output_init(&r->out, fd, path);
	return fd < 0 ? -1 : custody_keep(fd, path, buf_str(&r->path), f);
}

/* Writes out, syncs and renames. */
static int
put_in_place(struct replacement *r, struct fault *f)
{
	if (output_flush(&r->out) < 0)
		return fault_pass(f, &r->out.fault);
	if (fdatasync(r->out.fd) < 0)
		return fault_errno(f, "sync", r->out.name);
	if (output_close(&r->out) < 0)
		return fault_pass(f, &r->out.fault);
	if (rename(r->out.name, buf_str(&r->path)) < 0)
		return fault_errno(f, "create", buf_str(&r->path));
	return 0;
}

int
replacement_end(struct replacement *r, bool keep, struct fault *f)
{
	int result = keep ? put_in_place(r, f) : 0;

	if (r->out.fd >= 0) {
		close(r->out.fd); /* what it holds does not count */
		r->out.fd = -1;
	}
	if (!keep || result < 0)
		unlink(r->out.name); /* the fault is said already */
	else
		result = directory_sync(buf_str(&r->dir), f);
	output_release(&r->out);
	buf_release(&r->dir);
	buf_release(&r->path);
	buf_release(&r->temporary);
	return result;
}

int
file_replace(
    const char *dir, const char *name, struct slice text, struct fault *f)
{
	struct replacement r;
	bool begun = replacement_begin(&r, dir, name, f) == 0;

	if (begun)
		output_add(&r.out, text);
	return replacement_end(&r, begun, f) < 0 || !begun ? -1 : 0;
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
