#include "spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "civil.h"
#include "files.h"
#include "mem.h"

const char *const spool_place[SPOOL_NOWHERE] = {"new", "work", "done", "dead"};

bool
spool_is_name(struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			return false;
	}
	return name.n > 0 && name.n <= SPOOL_NAME;
}

int
spool_create(const char *dir, struct custody c, struct fault *f)
{
	static const char *const all[] = {"tmp", "new", "work", "done", "dead"};
	struct buf path = {0};
	int fd, result = directory_create(dir, c, f);

	for (size_t i = 0; i < LEN(all) && result == 0; i++) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", dir, all[i]);
		result = directory_create(buf_str(&path), c, f);
	}
	buf_clear(&path);
	buf_addf(&path, "%s/lock", dir);
	if (result == 0) {
		fd = custody_open(dir, buf_str(&path), O_RDWR, f);
		if (fd < 0)
			result = -1;
		else
			close(fd);
	}
	if (result == 0)
		result = directory_sync(dir, f);
	buf_release(&path);
	return result;
}

/* ---- where items are ---- */

/*
 * What is put into a queue that was taken away is lost, and one in its place
 * may have given a name that this one gives.
 */
static int
check_there(const struct spool *s, struct fault *f)
{
	struct buf path = {0};
	int result = 0;

	buf_addf(&path, "%s/lock", s->dir);
	if (!file_is(s->lock, buf_str(&path)))
		result = fault_at(f, (struct place){.file = s->dir},
		    "was taken away or replaced since it was opened: start "
		    "again");
	buf_release(&path);
	return result;
}

int
spool_lock(const struct spool *s, struct fault *f)
{
	if (file_lock(s->lock, s->dir, INT64_MAX, f) < 0)
		return -1;
	if (check_there(s, f) == 0)
		return 0;
	file_unlock(s->lock);
	return -1;
}

void
spool_unlock(const struct spool *s)
{
	file_unlock(s->lock);
}

const char *
spool_dir(const struct spool *s)
{
	return s->dir;
}

void
spool_set_path(
    const struct spool *s, struct buf *path, const char *dir, const char *name)
{
	buf_clear(path);
	buf_addf(path, "%s/%s", s->dir, dir);
	if (name != NULL)
		buf_addf(path, "/%s", name);
	buf_str(path);
}

void
spool_set_month(struct buf *dir, struct stamp at)
{
	struct civil c = civil_of(at.s);

	buf_clear(dir);
	buf_addf(dir, "%s/%04d-%02d", spool_place[SPOOL_DONE], c.year, c.month);
	buf_str(dir);
}

int
spool_each_name(const char *path, int (*see)(void *ctx, const char *name),
    void *ctx, struct fault *f)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int result = 0;

	if (d == NULL)
		return fault_errno(f, "open", path);
	while (result == 0 && (errno = 0, e = readdir(d)) != NULL) {
		if (e->d_name[0] != '.')
			result = see(ctx, e->d_name);
	}
	if (result == 0 && errno != 0)
		result = fault_errno(f, "read", path);
	closedir(d);
	return result;
}

/* The months of what is over. */
struct months {
	int (*see)(void *ctx, const char *dir);
	void *ctx;
	struct buf dir;
};

static int
see_month(void *ctx, const char *month)
{
	struct months *m = ctx;

	buf_clear(&m->dir);
	buf_addf(&m->dir, "%s/%s", spool_place[SPOOL_DONE], month);
	return m->see(m->ctx, buf_str(&m->dir));
}

int
spool_each_dir(const struct spool *s, enum spool_where where,
    int (*see)(void *ctx, const char *dir), void *ctx, struct fault *f)
{
	struct months m = {.see = see, .ctx = ctx};
	struct buf path = {0};
	int result;

	if (where != SPOOL_DONE)
		return see(ctx, spool_place[where]);
	spool_set_path(s, &path, spool_place[where], NULL);
	result = spool_each_name(buf_str(&path), see_month, &m, f);
	buf_release(&m.dir);
	buf_release(&path);
	return result;
}

/* An item that is looked for. */
struct search {
	const struct spool *s;
	const char *name;
	struct buf *path;
};

static int
look_in(void *ctx, const char *dir)
{
	const struct search *search = ctx;

	spool_set_path(search->s, search->path, dir, search->name);
	return file_exists(buf_str(search->path)) ? 1 : 0;
}

int
spool_find(
    const struct spool *s, const char *name, struct buf *path, struct fault *f)
{
	/* Most are over: their months are looked into last. */
	static const enum spool_where order[] = {
	    SPOOL_NEW, SPOOL_WORK, SPOOL_DEAD, SPOOL_DONE};
	struct search search = {s, name, path};

	for (size_t i = 0; i < LEN(order); i++) {
		int got = spool_each_dir(s, order[i], look_in, &search, f);

		if (got != 0)
			return got < 0 ? -1 : (int)order[i];
	}
	return SPOOL_NOWHERE;
}

/* ---- files of items ---- */

int
spool_open_free(const char *path, int *fd, struct fault *f)
{
	int got;

	*fd = open(path, O_RDWR | CUSTODY_FLAGS);
	if (*fd < 0)
		return errno == ENOENT ? 0 : fault_errno(f, "open", path);
	got = file_lock(*fd, path, 0, f);
	if (got > 0 && file_is(*fd, path))
		return 1;
	close(*fd);
	*fd = -1;
	return got < 0 ? -1 : 0;
}

/*
 * A file in tmp, locked.  Returns 1 and *fd; 0 where another took it away
 * before it was locked; -1 and the fault.
 */
static int
try_temporary(struct spool *s, const char *name, struct buf *path, int *fd,
    struct fault *f)
{
	struct buf dir = {0};
	int got = -1;

	spool_set_path(s, &dir, "tmp", NULL);
	buf_clear(path);
	buf_addf(path, "%s/%s.%ld.%llu", buf_str(&dir), name, (long)getpid(),
	    s->made++);
	*fd = custody_open(buf_str(&dir), buf_str(path), O_RDWR | O_EXCL, f);
	buf_release(&dir);
	if (*fd >= 0)
		got = file_lock(*fd, path->p, INT64_MAX, f);
	if (got > 0 && !file_is(*fd, path->p))
		got = 0;
	if (*fd >= 0 && got <= 0)
		close(*fd);
	return got;
}

int
spool_temporary(
    struct spool *s, const char *name, struct buf *path, struct fault *f)
{
	int fd, got;

	do
		got = try_temporary(s, name, path, &fd, f);
	while (got == 0);
	return got < 0 ? -1 : fd;
}

int
spool_set_time(int fd, const char *path, struct stamp at, struct fault *f)
{
	struct timespec t[2] = {{at.s, (long)at.ns}, {at.s, (long)at.ns}};

	return futimens(fd, t) < 0 ? fault_errno(f, "set the time of", path)
				   : 0;
}

/* ---- what those who died have left ---- */

struct leftovers {
	const struct spool *s;
	struct buf from, to;
	struct fault *fault;
};

/*
 * Opens what is left, unless another has it or it can't be: whoever comes next
 * may.  Returns its descriptor, or -1.
 */
static int
open_left(const char *path)
{
	struct fault fault = {0};
	int fd;

	spool_open_free(path, &fd, &fault);
	fault_release(&fault);
	return fd;
}

static int
move_back(void *ctx, const char *name)
{
	struct leftovers *l = ctx;
	int fd, result = 0;

	spool_set_path(l->s, &l->from, spool_place[SPOOL_WORK], name);
	spool_set_path(l->s, &l->to, spool_place[SPOOL_NEW], name);
	fd = open_left(buf_str(&l->from));
	if (fd < 0)
		return 0;
	/* Who died may have written what is not yet on disk. */
	if (fdatasync(fd) < 0)
		result = fault_errno(l->fault, "sync", buf_str(&l->from));
	else if (rename(buf_str(&l->from), buf_str(&l->to)) < 0)
		result = fault_errno(l->fault, "move", buf_str(&l->from));
	close(fd);
	return result;
}

static int
take_away(void *ctx, const char *name)
{
	struct leftovers *l = ctx;
	int fd;

	spool_set_path(l->s, &l->from, "tmp", name);
	fd = open_left(buf_str(&l->from));
	if (fd < 0)
		return 0;
	unlink(buf_str(&l->from));
	close(fd);
	return 0;
}

/* Clears up in work and tmp, under the lock. */
static int
clear_up(const struct spool *s, struct fault *f)
{
	struct leftovers l = {.s = s, .fault = f};
	struct buf dir = {0};
	int result;

	spool_set_path(s, &dir, spool_place[SPOOL_WORK], NULL);
	result = spool_each_name(buf_str(&dir), move_back, &l, f);
	spool_set_path(s, &dir, "tmp", NULL);
	if (result == 0)
		result = spool_each_name(buf_str(&dir), take_away, &l, f);
	buf_release(&dir);
	buf_release(&l.from);
	buf_release(&l.to);
	return result;
}

/* ---- the whole ---- */

/* Opens the lock.  Returns 0, or -1 and the fault. */
static int
open_queue(struct spool *s, const char *dir, int flags, struct fault *f)
{
	struct buf path = {0};
	int result = 0;

	*s = (struct spool){.dir = mem_copy(dir, strlen(dir))};
	buf_addf(&path, "%s/lock", dir);
	s->lock = open(buf_str(&path), flags | CUSTODY_FLAGS);
	if (s->lock < 0 && errno == ENOENT)
		result = fault_at(f, (struct place){.file = dir},
		    "is no spool (inc init or inc-send --create makes one)");
	else if (s->lock < 0)
		result = fault_errno(f, "open", buf_str(&path));
	buf_release(&path);
	return result;
}

int
spool_open(struct spool *s, const char *dir, struct fault *f)
{
	int result;

	if (open_queue(s, dir, O_RDWR, f) < 0 || spool_lock(s, f) < 0)
		return -1;
	result = clear_up(s, f);
	spool_unlock(s);
	return result;
}

int
spool_open_reading(struct spool *s, const char *dir, struct fault *f)
{
	return open_queue(s, dir, O_RDONLY, f);
}

struct syncing {
	const struct spool *s;
	struct buf path;
	struct fault *fault;
};

static int
sync_dir(void *ctx, const char *dir)
{
	struct syncing *y = ctx;

	spool_set_path(y->s, &y->path, dir, NULL);
	return directory_sync(buf_str(&y->path), y->fault);
}

int
spool_sync(struct spool *s, struct fault *f)
{
	struct syncing y = {.s = s, .fault = f};
	/* Where the months are, too. */
	int result = sync_dir(&y, spool_place[SPOOL_DONE]);

	for (int i = 0; i < SPOOL_NOWHERE && result == 0; i++)
		result =
		    spool_each_dir(s, (enum spool_where)i, sync_dir, &y, f);
	buf_release(&y.path);
	return result;
}

void
spool_release(struct spool *s)
{
	if (s->lock >= 0)
		close(s->lock);
	free(s->dir);
	*s = (struct spool){.lock = -1};
}
