#include "flight.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "custody.h"
#include "files.h"
#include "mem.h"
#include "segment.h"
#include "tail.h"

static const char left[] =
    "; what was written could not be taken back: the log may hold a part of "
    "the batch";

int
flight_open(struct flight *fl, const char *dir, struct fault *f)
{
	struct buf path = {0};

	*fl = (struct flight){.open = true, .dir = dir, .fd = -1};
	buf_addf(&path, "%s/lock", dir);
	buf_str(&path);
	fl->lock_path = path.p;
	fl->lock = open(fl->lock_path, O_RDWR | CUSTODY_FLAGS);
	return fl->lock < 0 || fstat(fl->lock, &fl->lock_now) < 0
	    ? fault_errno(f, "open", fl->lock_path)
	    : synced_open(&fl->synced, dir, true, f);
}

/* Closes the segment, and so gives back its lock. */
static void
end(struct flight *fl)
{
	if (fl->fd >= 0)
		close(fl->fd);
	fl->fd = -1;
	fl->landing = fl->landed = false;
}

/* Opens a segment, unless it is the one that is open.  Returns 0, or -1. */
static int
open_segment(struct flight *fl, const char *path, struct fault *f)
{
	fl->landing = fl->landed = false;
	if (fl->fd >= 0 && strcmp(path, fl->path) == 0 &&
	    file_is_still(path, &fl->now))
		return 0;
	end(fl);
	free(fl->path);
	fl->path = mem_copy(path, strlen(path));
	fl->fd = open(path, O_RDWR | O_APPEND | CUSTODY_FLAGS);
	return fl->fd < 0 || fstat(fl->fd, &fl->now) < 0
	    ? fault_errno(f, "open", path)
	    : 0;
}

/*
 * Whether the lock is that of the log: another directory that was put in its
 * place, as a restored copy is, has a lock of its own, which others take.
 */
static int
check_lock(struct flight *fl, struct fault *f)
{
	if (file_is_still(fl->lock_path, &fl->lock_now))
		return 0;
	file_unlock(fl->lock);
	return fault_at(f, (struct place){.file = fl->dir},
	    "was taken away or replaced since it was opened: start again");
}

/* Whether a segment begins with the entry after the one that has landed. */
static bool
is_another_begun(struct flight *fl)
{
	struct stat st;

	buf_clear(&fl->next);
	buf_addf(&fl->next, "%s/", fl->dir);
	segment_name(&fl->next, fl->seq + 1);
	return lstat(buf_str(&fl->next), &st) == 0 || errno != ENOENT;
}

/* Whether the entry stands where it was written. */
static bool
is_there(const struct flight *fl)
{
	return segment_has_end(fl->fd, fl->end, fl->chain);
}

/* Whether the log is as it was when the last entry landed, all on disk. */
static bool
is_as_left(struct flight *fl)
{
	if (!fl->landed || !file_is_still(fl->path, &fl->now) ||
	    fl->now.st_size != fl->end || !is_there(fl) || is_another_begun(fl))
		return false;
	synced_read(&fl->synced);
	return fl->synced.spoiled == 0 &&
	    synced_covers(&fl->synced, &fl->now, fl->end);
}

/* Finds the newest segment, and settles it. */
static int
settle_newest(struct flight *fl, int64_t wait_s, struct buf *newest,
    struct buf *notice, struct fault *f)
{
	int got = segment_last(fl->dir, newest, f);

	if (got <= 0)
		return got < 0 ? -1 : 1;
	return flight_settle(fl, buf_str(newest), false, wait_s, notice, f);
}

int
flight_lock(struct flight *fl, int64_t wait_s, struct buf *newest,
    struct buf *notice, struct fault *f)
{
	int got = segment_lock(fl->lock, fl->dir, false, wait_s, f);

	fl->as_left = false;
	if (got <= 0 || check_lock(fl, f) < 0)
		return got > 0 ? -1 : got;
	fl->as_left = is_as_left(fl);
	if (!fl->as_left)
		return settle_newest(fl, wait_s, newest, notice, f);
	buf_clear(newest);
	buf_add_slice(newest, segment_of(slice_of(fl->path)));
	return 1;
}

void
flight_unlock(struct flight *fl)
{
	fl->as_left = false;
	if (fl->open)
		file_unlock(fl->lock);
}

/* Whether a file ends with a line, or is empty. */
static bool
ends_whole(int fd, off_t size)
{
	char last = '\n';

	return (size == 0 || pread(fd, &last, 1, size - 1) == 1) &&
	    last == '\n';
}

int
flight_is_waited_for(int fd, const char *path, struct fault *f)
{
	int got = file_lock(fd, path, 0, f);

	if (got > 0)
		file_unlock(fd);
	return got < 0 ? -1 : got == 0;
}

/*
 * Whether what stands in a segment is whole and either on disk or in the hands
 * of those who wrote it: 1, 0, or -1 and the fault.
 */
static int
is_settled(const struct synced *s, int fd, const struct stat *st,
    const char *path, struct fault *f)
{
	if (s->spoiled > 0 || !ends_whole(fd, st->st_size) ||
	    !synced_covers(s, st, 0))
		return 0;
	return synced_covers(s, st, st->st_size)
	    ? 1
	    : flight_is_waited_for(fd, path, f);
}

/* Cuts off what is not synced.  Returns 0, or -1 and the fault. */
static int
cut(struct synced *s, int fd, const struct stat *st, const char *path,
    struct fault *f)
{
	if (ftruncate(fd, s->bytes) < 0 || fdatasync(fd) < 0)
		return fault_errno(f, "cut what is not synced off", path);
	return synced_note(s, st, s->bytes, f);
}

/* Settles the segment under both locks.  Returns 1, or -1 and the fault. */
static int
set_right(
    struct flight *fl, const char *name, struct buf *notice, struct fault *f)
{
	struct synced *s = &fl->synced;
	struct stat *now = &fl->now;
	struct buf torn = {0};
	int result = 0;

	if (synced_is_spoiled(s, fl->fd, now)) {
		buf_clear(notice);
		buf_addf(notice,
		    "%s: could not be synced; its last %lld bytes, of which "
		    "nobody was told, are taken back",
		    fl->path, (long long)(now->st_size - s->bytes));
		result = cut(s, fl->fd, now, fl->path, f);
	}
	if (result == 0)
		result = tail_cut(fl->dir, name, &torn, f);
	if (torn.n > 0)
		buf_addf(
		    notice, "%s%s", notice->n > 0 ? "; " : "", buf_str(&torn));
	buf_release(&torn);
	if (result == 0 && (fdatasync(fl->fd) < 0 || fstat(fl->fd, now) < 0))
		result = fault_errno(f, "sync", fl->path);
	if (result == 0)
		result = synced_note(s, now, now->st_size, f);
	return result < 0 ? -1 : 1;
}

/* The same under the log's lock alone, where it is not settled, or whole. */
static int
settle(struct flight *fl, const char *name, bool whole, int64_t wait_s,
    struct buf *notice, struct fault *f)
{
	struct synced *s = &fl->synced;
	int got = 0;

	/* Without its lock, which is held as long as a sync takes. */
	synced_read(s);
	if (!whole)
		got = is_settled(s, fl->fd, &fl->now, fl->path, f);
	if (got == 0) {
		got = synced_lock(s, wait_s, f);
		if (got > 0)
			got = set_right(fl, name, notice, f);
		synced_unlock(s);
	}
	return got;
}

int
flight_settle(struct flight *fl, const char *name, bool whole, int64_t wait_s,
    struct buf *notice, struct fault *f)
{
	struct buf path = {0};
	int result;

	buf_addf(&path, "%s/%s", fl->dir, name);
	result = open_segment(fl, buf_str(&path), f);
	buf_release(&path);
	return result < 0 ? -1 : settle(fl, name, whole, wait_s, notice, f);
}

/*
 * Writes a batch to the end of the open segment, and leaves word where it ends.
 * The segment's lock says that it is waited for.
 */
static int
write_batch(struct flight *fl, struct slice text, struct fault *f)
{
	fl->end = fl->now.st_size;
	if (text.n == 0)
		return 0;
	if (file_lock_shared(fl->fd, fl->path, INT64_MAX, f) < 0)
		return -1;
	fl->end += (off_t)text.n;
	if (file_write(fl->fd, text, fl->path, f) == 0 &&
	    synced_write_end(&fl->synced, fl->end, f) == 0)
		return 0;
	if (ftruncate(fl->fd, fl->now.st_size) < 0 || fdatasync(fl->fd) < 0)
		buf_add_str(&f->text, left);
	return -1;
}

int
flight_begin(struct flight *fl, const char *path, struct slice text,
    uint64_t seq, const char *chain, struct fault *f)
{
	if ((fl->fd < 0 && open_segment(fl, path, f) < 0) ||
	    write_batch(fl, text, f) < 0) {
		end(fl);
		return -1;
	}
	fl->seq = seq;
	memcpy(fl->chain, chain, sizeof fl->chain);
	fl->landed = false;
	fl->landing = true;
	return 0;
}

/*
 * Syncs what stands in the segment, and notes how far it went.  Of a segment
 * that was swept or is not the newest any more nothing is noted, and nothing
 * is left to sync.
 */
static int
sync_all(struct flight *fl, const struct stat *st, struct fault *f)
{
	struct synced *s = &fl->synced;
	off_t bytes = synced_end(s, fl->end, st->st_size);

	if (fdatasync(fl->fd) < 0)
		return fault_errno(f, "sync", fl->path);
	return synced_covers(s, st, 0) ? synced_note(s, st, bytes, f) : 0;
}

/* Takes the lock of the log, and then that of `synced` again. */
static int
lock_both(struct flight *fl)
{
	struct fault fault = {0}; /* one was said already */
	int got;

	synced_unlock(&fl->synced);
	got = file_lock(fl->lock, fl->dir, INT64_MAX, &fault);
	if (got > 0)
		got = synced_lock(&fl->synced, INT64_MAX, &fault);
	fault_release(&fault);
	return got > 0 ? 0 : -1;
}

/*
 * Takes back all that is not synced, where that was not done by another while
 * the locks were taken.  What is noted as synced meanwhile can't be.
 */
static int
take_back(struct flight *fl, bool held, struct fault *f)
{
	struct synced *s = &fl->synced;
	struct fault fault = {0}; /* one was said already */
	struct stat st;
	bool locked = held || lock_both(fl) == 0;

	if (!locked || fstat(fl->fd, &st) < 0 ||
	    (is_there(fl) &&
		(!synced_covers(s, &st, 0) || synced_covers(s, &st, fl->end) ||
		    cut(s, fl->fd, &st, fl->path, &fault) < 0)))
		buf_add_str(&f->text, left);
	if (!held)
		file_unlock(fl->lock);
	fault_release(&fault);
	return -1;
}

static int
taken_back(const struct flight *fl, struct fault *f)
{
	return fault_at(f, (struct place){.file = fl->path},
	    "another writer could not sync it: what was added since is taken "
	    "back");
}

/* Lands under the lock of `synced`. */
static int
land(struct flight *fl, bool held, struct fault *f)
{
	struct synced *s = &fl->synced;
	struct stat st;

	if (fstat(fl->fd, &st) < 0)
		return fault_errno(f, "open", fl->path);
	if (!is_there(fl))
		return taken_back(fl, f);
	if (synced_covers(s, &st, fl->end))
		return 0;
	if (synced_is_spoiled(s, fl->fd, &st))
		taken_back(fl, f);
	else if (sync_all(fl, &st, f) == 0)
		return 0;
	else if (synced_covers(s, &st, 0))
		synced_spoil(s, fl->end, fl->chain);
	return take_back(fl, held, f);
}

int
flight_land(struct flight *fl, bool held, struct fault *f)
{
	int result;

	if (!fl->landing)
		return 0;
	result = synced_lock(&fl->synced, INT64_MAX, f);
	if (result > 0)
		result = land(fl, held, f);
	else
		buf_add_str(&f->text, left);
	synced_unlock(&fl->synced);
	if (result < 0 || held) {
		end(fl);
		return result;
	}
	file_unlock(fl->fd);
	fl->landing = false;
	fl->landed = true;
	return 0;
}

void
flight_release(struct flight *fl)
{
	if (!fl->open)
		return;
	end(fl);
	synced_release(&fl->synced);
	if (fl->lock >= 0)
		close(fl->lock);
	free(fl->lock_path);
	free(fl->path);
	buf_release(&fl->next);
	fl->open = false;
}
