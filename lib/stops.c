#include "stops.h"

#include <stdlib.h>

#include "holds.h"

static const struct slice names[] = {SLICE("held"), SLICE("vanished")};

struct stop {
	struct stop *before;    /* the one that was added before, or NULL */
	struct version version; /* of the entry */
	unsigned kind;          /* of the column */
	struct slice text;      /* a time; empty: cleared */
};

unsigned
stops_kind(struct slice name)
{
	for (unsigned i = 0; i < LEN(names); i++) {
		if (slice_eq(name, names[i]))
			return i + 1;
	}
	return 0;
}

bool
stops_among(const struct columns *columns)
{
	for (size_t i = 0; i < LEN(names); i++) {
		if (columns_find(columns, names[i]) != COLUMNS_NONE)
			return true;
	}
	return false;
}

struct stop *
stops_add(struct arena *arena, struct stop *newest, unsigned kind,
    const struct version *version, struct slice text)
{
	struct stop *stop = arena_new(arena, sizeof *stop);

	*stop = (struct stop){newest, *version, kind, text};
	return stop;
}

/*
 * The order of the fold; what one entry says in both columns has none, so
 * that which it clears comes first.
 */
static int
stop_cmp(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;
	int d = version_cmp(&x->version, &y->version);

	return d != 0 ? d : (x->text.n > 0) - (y->text.n > 0);
}

/*
 * Begins an interval.  Those since the given ones that it touches go on in it:
 * what is said later, or at once, may have begun before they ended.
 */
static void
begin_hold(
    struct hold *hold, struct stamp from, struct holds *all, size_t given)
{
	hold->from = from;
	while (all->n > given &&
	    stamp_cmp(hold->from, all->hold[all->n - 1].until) <= 0) {
		from = all->hold[--all->n].from;
		if (stamp_cmp(from, hold->from) < 0)
			hold->from = from;
	}
}

/* All of them in the order of the fold; to be freed. */
static struct stop *
sort(const struct stop *newest, size_t *n)
{
	struct stop *stop;
	size_t at = 0;

	for (const struct stop *s = newest; s != NULL; s = s->before)
		at++;
	*n = at;
	stop = mem_new(at, sizeof *stop);
	for (const struct stop *s = newest; s != NULL; s = s->before)
		stop[--at] = *s;
	qsort(stop, *n, sizeof *stop, stop_cmp);
	return stop;
}

/* Adds the intervals from each time that one was set until none was. */
static void
fold(const struct stop *newest, struct holds *all)
{
	struct hold hold = {0};
	struct stamp from;
	unsigned set = 0; /* of the columns, a bit each */
	size_t given = all->n, n;
	struct stop *stop = sort(newest, &n);

	for (size_t i = 0; i < n; i++) {
		unsigned bit = 1U << stop[i].kind;

		if (stop[i].text.n == 0) {
			hold.until = stop[i].version.updated;
			if (set == bit)
				holds_add(all, hold);
			set &= ~bit;
		} else if ((set & bit) == 0 &&
		    stamp_parse(stop[i].text, &from) == 0) {
			if (set == 0 || stamp_cmp(from, hold.from) < 0)
				begin_hold(&hold, from, all, given);
			set |= bit;
		}
	}
	hold.lasts = true;
	if (set != 0)
		holds_add(all, hold);
	free(stop);
}

void
stops_write(const struct stop *newest, struct slice given, struct buf *out)
{
	struct holds all = {0};
	bool readable = holds_read(&all, given) == 0;

	fold(newest, &all);
	holds_write(&all, out);
	if (!readable) /* whoever goes by them must see that */
		holds_unread(given, out);
	holds_release(&all);
}
