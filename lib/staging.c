#include "staging.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "files.h"
#include "mem.h"

/* What was written to tmp and is to become an item. */
struct staged {
	char name[SPOOL_NAME + 1];
	char *path; /* in tmp */
	int fd;     /* locked, so that nobody takes it for left over */
};

static void
note(struct staging *g, struct slice name, const struct buf *path, int fd)
{
	struct staged *staged;

	g->staged = mem_grow(g->staged, g->n, &g->cap, sizeof *g->staged);
	staged = &g->staged[g->n++];
	memcpy(staged->name, name.p, name.n);
	staged->name[name.n] = '\0';
	staged->path = mem_copy(path->p, path->n);
	staged->fd = fd;
}

int
staging_add(struct staging *g, struct slice name, struct slice text,
    struct stamp at, struct fault *f)
{
	char short_name[SPOOL_NAME + 1];
	struct buf path = {0};
	int fd, result = -1;

	memcpy(short_name, name.p, name.n);
	short_name[name.n] = '\0';
	fd = spool_temporary(g->spool, short_name, &path, f);
	if (fd >= 0) {
		note(g, name, &path, fd);
		result = file_write(fd, text, path.p, f);
		if (result == 0)
			result = spool_set_time(fd, path.p, at, f);
	}
	buf_release(&path);
	return result;
}

/* Forgets what was staged; what is still in tmp is removed. */
static void
forget(struct staging *g)
{
	for (size_t i = 0; i < g->n; i++) {
		struct staged *staged = &g->staged[i];

		if (staged->path != NULL)
			unlink(staged->path);
		free(staged->path);
		close(staged->fd);
	}
	g->n = 0;
}

/*
 * Syncs what was staged.  The disk is told of all before one is waited for, so
 * that they share its turns.
 */
static int
sync_all(const struct staging *g, struct fault *f)
{
	for (size_t i = 0; i < g->n; i++)
		posix_fadvise(g->staged[i].fd, 0, 0, POSIX_FADV_DONTNEED);
	for (size_t i = 0; i < g->n; i++) {
		if (fdatasync(g->staged[i].fd) < 0)
			return fault_errno(f, "sync", g->staged[i].path);
	}
	return 0;
}

/* Moves what was staged into the queue, under the lock. */
static int
move_in(struct staging *g, struct fault *f)
{
	struct buf path = {0};
	int result = 0;

	for (size_t i = 0; i < g->n && result == 0; i++) {
		struct staged *staged = &g->staged[i];
		int where = spool_find(g->spool, staged->name, &path, f);

		result = where < 0 ? -1 : 0;
		if (where != SPOOL_NOWHERE)
			continue;
		spool_set_path(
		    g->spool, &path, spool_place[SPOOL_NEW], staged->name);
		if (rename(staged->path, buf_str(&path)) < 0) {
			result = fault_errno(f, "create", buf_str(&path));
			continue;
		}
		free(staged->path);
		staged->path = NULL;
	}
	spool_set_path(g->spool, &path, spool_place[SPOOL_NEW], NULL);
	if (result == 0)
		result = directory_sync(buf_str(&path), f);
	buf_release(&path);
	return result;
}

int
staging_commit(struct staging *g, struct fault *f)
{
	int result = sync_all(g, f);

	if (result == 0)
		result = spool_lock(g->spool, f);
	if (result == 0) {
		result = move_in(g, f);
		spool_unlock(g->spool);
	}
	forget(g);
	return result;
}

void
staging_release(struct staging *g)
{
	forget(g);
	free(g->staged);
	*g = (struct staging){.spool = g->spool};
}
