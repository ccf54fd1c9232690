#include "items.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"

/* Items that are gone through. */
struct walk {
	const struct spool *s;
	int (*take)(struct walk *w, const char *name); /* 1 ends it */
	struct buf least; /* of SPOOL_DONE, the first directory; empty: all */
	const char *dir;  /* under way, in the queue */
	struct buf path;  /* of that */
	struct fault *fault;

	/* Who is told of them. */
	void (*see)(void *ctx, const char *name, struct stamp at);
	void *ctx;
	struct stamp since;
	struct buf file;

	/* Those whose names begin so. */
	struct slice start;
	char *name; /* of the first */
	size_t n;
};

static int
take_name(void *ctx, const char *name)
{
	struct walk *w = ctx;

	return spool_is_name(slice_of(name)) ? w->take(w, name) : 0;
}

static int
walk_dir(void *ctx, const char *dir)
{
	struct walk *w = ctx;

	if (w->least.n > 0 && strcmp(dir, buf_str(&w->least)) < 0)
		return 0;
	w->dir = dir;
	spool_set_path(w->s, &w->path, dir, NULL);
	return spool_each_name(buf_str(&w->path), take_name, w, w->fault);
}

/* Goes through a place.  Returns 0, 1 where it was ended, or -1. */
static int
walk_place(struct walk *w, enum spool_where where)
{
	buf_clear(&w->least);
	if (where == SPOOL_DONE && (w->since.s > 0 || w->since.ns > 0))
		spool_set_month(&w->least, w->since);
	return spool_each_dir(w->s, where, walk_dir, w, w->fault);
}

/*
 * Goes through all, under the lock: so none is moved past the walk.  Returns as
 * walk_place().
 */
static int
walk_all(struct walk *w)
{
	int result = spool_lock(w->s, w->fault);

	if (result < 0)
		return -1;
	for (int i = 0; i < SPOOL_NOWHERE && result == 0; i++)
		result = walk_place(w, (enum spool_where)i);
	spool_unlock(w->s);
	return result;
}

static void
walk_release(struct walk *w)
{
	buf_release(&w->least);
	buf_release(&w->path);
	buf_release(&w->file);
}

/* Tells of an item. */
static int
tell(struct walk *w, const char *name)
{
	struct stamp at;
	struct stat st;

	spool_set_path(w->s, &w->file, w->dir, name);
	if (stat(buf_str(&w->file), &st) < 0)
		return errno == ENOENT /* moved meanwhile */
		    ? 0
		    : fault_errno(w->fault, "open", buf_str(&w->file));
	at = (struct stamp){st.st_mtim.tv_sec, (uint32_t)st.st_mtim.tv_nsec};
	if (w->least.n == 0 || stamp_cmp(at, w->since) >= 0)
		w->see(w->ctx, name, at);
	return 0;
}

/* Tells of all items in a place, with SPOOL_NOWHERE of all there are. */
static int
tell_all(const struct spool *s, enum spool_where where, struct stamp since,
    void (*see)(void *ctx, const char *name, struct stamp at), void *ctx,
    struct fault *f)
{
	struct walk w = {.s = s,
	    .take = tell,
	    .since = since,
	    .see = see,
	    .ctx = ctx,
	    .fault = f};
	int result =
	    where == SPOOL_NOWHERE ? walk_all(&w) : walk_place(&w, where);

	walk_release(&w);
	return result;
}

int
items_each(const struct spool *s, enum spool_where where, struct stamp since,
    void (*see)(void *ctx, const char *name, struct stamp at), void *ctx,
    struct fault *f)
{
	return tell_all(s, where, since, see, ctx, f);
}

/* Takes note of an item. */
static void
collect(void *ctx, const char *name, struct stamp at)
{
	struct founds *all = ctx;

	all->found =
	    mem_grow(all->found, all->n, &all->cap, sizeof *all->found);
	all->found[all->n++] =
	    (struct found){arena_copy(&all->arena, name, strlen(name)), at};
}

static int
oldest_first(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int by = stamp_cmp(x->at, y->at);

	return by != 0 ? by : strcmp(x->name, y->name);
}

/* Finds what tell_all() tells of. */
static int
find(const struct spool *s, enum spool_where where, struct stamp since,
    struct founds *all, struct fault *f)
{
	if (tell_all(s, where, since, collect, all, f) < 0)
		return -1;
	if (all->n > 1)
		qsort(all->found, all->n, sizeof *all->found, oldest_first);
	return 0;
}

int
items_in(const struct spool *s, enum spool_where where, struct founds *all,
    struct fault *f)
{
	return find(s, where, (struct stamp){0, 0}, all, f);
}

int
items_all(const struct spool *s, struct stamp since, struct founds *all,
    struct fault *f)
{
	return find(s, SPOOL_NOWHERE, since, all, f);
}

void
founds_release(struct founds *all)
{
	arena_release(&all->arena);
	free(all->found);
	*all = (struct founds){0};
}

/* Counts an item whose name begins so. */
static int
match(struct walk *w, const char *name)
{
	struct slice text = slice_of(name);

	if (text.n < w->start.n || memcmp(name, w->start.p, w->start.n) != 0)
		return 0;
	if (w->n++ == 0)
		memcpy(w->name, name, text.n + 1);
	return w->n == 2 ? 1 : 0;
}

int
items_match(const struct spool *s, struct slice start,
    char name[SPOOL_NAME + 1], size_t *n, struct fault *f)
{
	struct walk w = {
	    .s = s, .take = match, .start = start, .name = name, .fault = f};
	int result;

	name[0] = '\0';
	result = walk_all(&w);
	*n = w.n;
	walk_release(&w);
	return result < 0 ? -1 : 0;
}
