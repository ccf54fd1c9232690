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

#define LOOK_MS 100 /* between two looks at what another works on */
#define NS_PER_MS 1000000L

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

/* ---- what those who died have left ---- */

struct leftovers {
	struct spool *s;
	struct buf from, to;
	struct fault *fault;
};

/*
 * Opens a file whose lock nobody has, and takes that.  Returns 1 and *fd; 0
 * where it is not there, or another has it; -1 and the fault.
 */
static int
open_free(const char *path, int *fd, struct fault *f)
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

/* The same of what is left; where it can't be, whoever comes next may: -1. */
static int
open_left(const char *path)
{
	struct fault fault = {0};
	int fd;

	open_free(path, &fd, &fault);
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
clear_up(struct spool *s, struct fault *f)
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

/* ---- what is written to tmp ---- */

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

/* ---- items that are there ---- */

/* Cuts off what has no line end. */
static void
cut_half_line(struct buf *text)
{
	while (text->n > 0 && text->p[text->n - 1] != '\n')
		text->n--;
}

int
spool_read(
    struct spool *s, struct slice name, struct buf *text, struct fault *f)
{
	char short_name[SPOOL_NAME + 1];
	struct buf path = {0};
	int where;

	memcpy(short_name, name.p, name.n);
	short_name[name.n] = '\0';
	if (spool_lock(s, f) < 0)
		return -1;
	where = spool_find(s, short_name, &path, f);
	if (where >= 0 && where != SPOOL_NOWHERE &&
	    file_read(buf_str(&path), SPOOL_MOST, text, f) < 0)
		where = -1;
	spool_unlock(s);
	cut_half_line(text);
	buf_release(&path);
	return where;
}

/* Gives up an item, which others may claim then. */
static void
give_up(struct spool_item *item)
{
	close(item->fd);
	item->fd = -1;
}

/* Reads a claimed item, and cuts half a line off. */
static int
take_text(struct spool_item *item, struct fault *f)
{
	const char *path = buf_str(&item->path);
	size_t whole;

	buf_clear(&item->text);
	if (file_read(path, SPOOL_MOST, &item->text, f) < 0)
		return -1;
	whole = item->text.n;
	cut_half_line(&item->text);
	if (item->text.n < whole &&
	    ftruncate(item->fd, (off_t)item->text.n) < 0)
		return fault_errno(f, "cut the torn end of", path);
	return 0;
}

/* Moves an open item from one path to another, under the lock of the queue. */
static int
move(struct spool *s, const char *from, const char *to, struct fault *f)
{
	int result = spool_lock(s, f);

	if (result < 0)
		return -1;
	if (rename(from, to) < 0)
		result = fault_errno(f, "move", from);
	spool_unlock(s);
	return result;
}

/*
 * Moves an open item to work, and reads it.  Returns 1, or -1 and the fault,
 * with the item where it was, as far as that can be had.
 */
static int
take(
    struct spool *s, struct spool_item *item, const char *from, struct fault *f)
{
	const char *path = buf_str(&item->path);
	struct fault also = {0};

	if (move(s, from, path, f) < 0)
		return -1;
	if (take_text(item, f) == 0)
		return 1;
	move(s, path, from, &also);
	fault_release(&also);
	return -1;
}

/*
 * Sets *path to that of an item in a place.  Returns 1; 0 where it is not
 * there; -1 and the fault.
 */
static int
find_in(struct spool *s, const char *name, enum spool_where where,
    struct buf *path, struct fault *f)
{
	int found = (int)where;

	if (where != SPOOL_DONE) {
		spool_set_path(s, path, spool_place[where], name);
		return 1;
	}
	if (spool_lock(s, f) < 0)
		return -1;
	found = spool_find(s, name, path, f);
	spool_unlock(s);
	return found < 0 ? -1 : found == SPOOL_DONE;
}

int
spool_claim(struct spool *s, const char *name, enum spool_where where,
    struct spool_item *item, struct fault *f)
{
	struct buf from = {0};
	int result = find_in(s, name, where, &from, f);

	item->fd = -1;
	if (result > 0)
		result = open_free(buf_str(&from), &item->fd, f);
	if (result > 0) {
		memcpy(item->name, name, strlen(name) + 1);
		spool_set_path(s, &item->path, spool_place[SPOOL_WORK], name);
		result = take(s, item, buf_str(&from), f);
		if (result < 0)
			give_up(item);
	}
	buf_release(&from);
	return result;
}

/* Where an item is: a place, SPOOL_NOWHERE, or -1 and the fault. */
static int
place_of(struct spool *s, const char *name, struct fault *f)
{
	struct buf path = {0};
	int where = spool_lock(s, f);

	if (where == 0) {
		where = spool_find(s, name, &path, f);
		spool_unlock(s);
	}
	buf_release(&path);
	return where;
}

int
spool_claim_any(struct spool *s, const char *name, int64_t wait_s,
    enum spool_where *where, struct spool_item *item, struct fault *f)
{
	const struct timespec pause = {0, LOOK_MS * NS_PER_MS};
	int64_t waited_ms = 0;

	for (;;) {
		int found = place_of(s, name, f), got;

		*where = found < 0 ? SPOOL_NOWHERE : (enum spool_where)found;
		if (found < 0 || found == SPOOL_NOWHERE)
			return found < 0 ? -1 : 0;
		got = spool_claim(s, name, *where, item, f);
		if (got != 0 || waited_ms / 1000 >= wait_s)
			return got;
		nanosleep(&pause, NULL);
		waited_ms += LOOK_MS;
	}
}

/* Writes what takes an item's place, synced.  Returns 0, or -1 and the fault.
 */
static int
write_anew(const struct spool_item *item, int fd, const char *path,
    struct slice text, struct fault *f)
{
	const char *to = item->path.p;

	if (custody_keep(fd, path, to, f) < 0 ||
	    file_write_synced(fd, text, path, f) < 0)
		return -1;
	return rename(path, to) < 0 ? fault_errno(f, "create", to) : 0;
}

int
spool_replace(struct spool *s, struct spool_item *item, struct slice text,
    struct fault *f)
{
	struct buf path = {0};
	int fd = spool_temporary(s, item->name, &path, f), result = -1;

	if (fd >= 0) {
		result = write_anew(item, fd, buf_str(&path), text, f);
		if (result < 0)
			unlink(path.p); /* the fault is said already */
		/* What is closed gives its lock back; what stays has its own.
		 */
		close(result < 0 ? fd : item->fd);
	}
	if (result == 0) {
		item->fd = fd;
		buf_clear(&item->text);
		buf_add_slice(&item->text, text);
	}
	buf_release(&path);
	return result;
}

int
spool_note(struct spool_item *item, struct slice lines, struct fault *f)
{
	const char *path = buf_str(&item->path);
	off_t end = lseek(item->fd, 0, SEEK_END);

	if (end < 0)
		return fault_errno(f, "open", path);
	if (file_write_synced(item->fd, lines, path, f) == 0) {
		buf_add_slice(&item->text, lines);
		return 0;
	}
	if (ftruncate(item->fd, end) < 0)
		buf_add_str(&f->text, "; a part of it may be there");
	return -1;
}

/* Sets *path to where an item is to go. */
static int
set_target(struct spool *s, struct buf *path, const char *name,
    enum spool_where where, struct stamp at, struct fault *f)
{
	struct buf dir = {0}, parent = {0};
	struct stat st;
	int result = 0;

	buf_add_str(&dir, spool_place[where]);
	if (where == SPOOL_DONE) {
		spool_set_path(s, &parent, spool_place[where], NULL);
		spool_set_month(&dir, at);
		spool_set_path(s, path, buf_str(&dir), NULL);
		if (!directory_exists(buf_str(path))) {
			if (stat(buf_str(&parent), &st) < 0)
				result =
				    fault_errno(f, "open", buf_str(&parent));
			else
				result = directory_create(buf_str(path),
				    (struct custody){
					st.st_mode & 07777, st.st_gid},
				    f);
		}
	}
	spool_set_path(s, path, buf_str(&dir), name);
	buf_release(&dir);
	buf_release(&parent);
	return result;
}

int
spool_put(struct spool *s, struct spool_item *item, enum spool_where where,
    struct stamp at, struct fault *f)
{
	const char *from = buf_str(&item->path);
	struct buf to = {0};
	int result;

	if (where == SPOOL_NOWHERE) {
		result = unlink(from) < 0 ? fault_errno(f, "remove", from) : 0;
	} else {
		result = set_target(s, &to, item->name, where, at, f);
		if (result == 0)
			result = spool_set_time(item->fd, item->path.p, at, f);
		if (result == 0)
			result = move(s, from, buf_str(&to), f);
		buf_release(&to);
	}
	give_up(item);
	return result;
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
	int result = sync_dir(&y, spool_place[SPOOL_DONE]); /* the months */

	for (int i = 0; i < SPOOL_NOWHERE && result == 0; i++)
		result =
		    spool_each_dir(s, (enum spool_where)i, sync_dir, &y, f);
	buf_release(&y.path);
	return result;
}

void
spool_item_release(struct spool_item *item)
{
	if (item->path.n > 0 && item->fd >= 0)
		give_up(item);
	buf_release(&item->text);
	buf_release(&item->path);
	*item = (struct spool_item){.fd = -1};
}

void
spool_release(struct spool *s)
{
	if (s->lock >= 0)
		close(s->lock);
	free(s->dir);
	*s = (struct spool){.lock = -1};
}
