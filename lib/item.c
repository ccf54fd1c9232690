#include "item.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files.h"

#define LOOK_MS 100 /* between two looks at what another works on */
#define NS_PER_MS 1000000L

/* Cuts off what has no line end. */
static void
cut_half_line(struct buf *text)
{
	while (text->n > 0 && text->p[text->n - 1] != '\n')
		text->n--;
}

int
item_read(struct spool *s, struct slice name, struct buf *text, struct fault *f)
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
	    file_read(buf_str(&path), ITEM_MOST, text, f) < 0)
		where = -1;
	spool_unlock(s);
	cut_half_line(text);
	buf_release(&path);
	return where;
}

/* Gives up an item, which others may claim then. */
static void
give_up(struct item *item)
{
	close(item->fd);
	item->fd = -1;
}

/* Reads a claimed item, and cuts half a line off. */
static int
take_text(struct item *item, struct fault *f)
{
	const char *path = buf_str(&item->path);
	size_t whole;

	buf_clear(&item->text);
	if (file_read(path, ITEM_MOST, &item->text, f) < 0)
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
take(struct spool *s, struct item *item, const char *from, struct fault *f)
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
item_claim(struct spool *s, const char *name, enum spool_where where,
    struct item *item, struct fault *f)
{
	struct buf from = {0};
	int result = find_in(s, name, where, &from, f);

	item->fd = -1;
	if (result > 0)
		result = spool_open_free(buf_str(&from), &item->fd, f);
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
item_claim_any(struct spool *s, const char *name, int64_t wait_s,
    enum spool_where *where, struct item *item, struct fault *f)
{
	const struct timespec pause = {0, LOOK_MS * NS_PER_MS};
	int64_t waited_ms = 0;

	for (;;) {
		int found = place_of(s, name, f), got;

		*where = found < 0 ? SPOOL_NOWHERE : (enum spool_where)found;
		if (found < 0 || found == SPOOL_NOWHERE)
			return found < 0 ? -1 : 0;
		got = item_claim(s, name, *where, item, f);
		if (got != 0 || waited_ms / 1000 >= wait_s)
			return got;
		nanosleep(&pause, NULL);
		waited_ms += LOOK_MS;
	}
}

/* Writes what takes an item's place, synced.  Returns 0, or -1 and the fault.
 */
static int
write_anew(const struct item *item, int fd, const char *path, struct slice text,
    struct fault *f)
{
	const char *to = item->path.p;

	if (custody_keep(fd, path, to, f) < 0 ||
	    file_write_synced(fd, text, path, f) < 0)
		return -1;
	return rename(path, to) < 0 ? fault_errno(f, "create", to) : 0;
}

int
item_replace(
    struct spool *s, struct item *item, struct slice text, struct fault *f)
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
item_note(struct item *item, struct slice lines, struct fault *f)
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
item_put(struct spool *s, struct item *item, enum spool_where where,
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

void
item_release(struct item *item)
{
	if (item->path.n > 0 && item->fd >= 0)
		give_up(item);
	buf_release(&item->text);
	buf_release(&item->path);
	*item = (struct item){.fd = -1};
}
