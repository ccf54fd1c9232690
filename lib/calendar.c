#include "calendar.h"

#include <stdlib.h>

#include "civil.h"
#include "mem.h"

#define KEPT_YEARS 64 /* a slot for each year modulo this many */

/* What is open in a year of UTC. */
struct calendar_year {
	int year; /* 0: not worked out */
	struct calendar_opening *open;
	size_t n;
	int64_t total; /* seconds */
};

void
calendar_elapsed(struct calendar *c, const struct zone *zone)
{
	*c = (struct calendar){.zone = zone, .always = true};
}

/* Whether hours fill every day from midnight to midnight. */
static bool
is_whole(const struct hours *h)
{
	return h->days == HOURS_EVERY_DAY && h->n == 1 &&
	    h->window->start == 0 && h->window->end == HOURS_DAY_MINUTES;
}

void
calendar_add(struct calendar *c, struct calendar_row row)
{
	if (c->n == 0)
		c->zone = row.zone;
	if (is_whole(&row.hours) && row.holidays == NULL)
		c->always = true;
	c->row = mem_grow(c->row, c->n, &c->cap, sizeof *c->row);
	c->row[c->n++] = row;
}

void
calendar_release(struct calendar *c)
{
	for (size_t i = 0; c->year != NULL && i < KEPT_YEARS; i++)
		free(c->year[i].open);
	free(c->year);
	free(c->row);
	free(c->scratch);
	*c = (struct calendar){0};
}

static void
add_opening(struct calendar *c, struct stamp from, struct stamp until)
{
	c->scratch = mem_grow(
	    c->scratch, c->scratch_n, &c->scratch_cap, sizeof *c->scratch);
	c->scratch[c->scratch_n++] =
	    (struct calendar_opening){.from = from.s, .until = until.s};
}

/* Adds to scratch what the windows of a day open. */
static void
open_day(struct calendar *c, int64_t day)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct calendar_row *row = &c->row[i];
		const struct holiday *holiday = holidays_on(row->holidays, day);
		const struct hours *h =
		    holiday != NULL ? &holiday->hours : &row->hours;
		struct stamp from, until;

		for (size_t w = 0; w < h->n; w++) {
			if (hours_interval(h, w, day, row->zone, &from, &until))
				add_opening(c, from, until);
		}
	}
}

static int
by_from(const void *a, const void *b)
{
	const struct calendar_opening *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* Sorts scratch and joins what overlaps or touches. */
static void
join_openings(struct calendar *c)
{
	struct calendar_opening *o = c->scratch;
	size_t n = 0;

	if (c->scratch_n > 1)
		qsort(o, c->scratch_n, sizeof *o, by_from);
	for (size_t i = 0; i < c->scratch_n; i++) {
		if (n == 0 || o[i].from > o[n - 1].until)
			o[n++] = o[i];
		else if (o[i].until > o[n - 1].until)
			o[n - 1].until = o[i].until;
	}
	c->scratch_n = n;
}

/* Midnight of 1 January in UTC. */
static int64_t
year_start(int year)
{
	struct civil c = {.year = year, .month = 1, .day = 1};

	return civil_seconds(&c);
}

/* Copies scratch into a year, cut at its ends. */
static void
keep_openings(
    struct calendar *c, struct calendar_year *y, int64_t first, int64_t end)
{
	y->open = mem_resize(y->open, c->scratch_n + 1, sizeof *y->open);
	y->n = 0;
	y->total = 0;
	for (size_t i = 0; i < c->scratch_n; i++) {
		struct calendar_opening o = c->scratch[i];

		o.from = o.from < first ? first : o.from;
		o.until = o.until > end ? end : o.until;
		if (o.from >= o.until)
			continue;
		o.before = y->total;
		y->total += o.until - o.from;
		y->open[y->n++] = o;
	}
}

/*
 * What is open in a year.  A day's windows lie within two days of it in UTC:
 * zones are up to 26 hours off, and a window may end on the next day.
 */
static const struct calendar_year *
year_of(struct calendar *c, int year)
{
	struct calendar_year *y;
	int64_t first, end;

	if (c->year == NULL)
		c->year = mem_new(KEPT_YEARS, sizeof *c->year);
	y = &c->year[year % KEPT_YEARS];
	if (y->year == year)
		return y;
	first = year_start(year);
	end = year < 9999 ? year_start(year + 1) : STAMP_MAX_S + 1;
	c->scratch_n = 0;
	for (int64_t day = first / DAY_S - 3; day <= end / DAY_S + 2; day++) {
		if (day >= 0 && day <= CALENDAR_LAST_DAY)
			open_day(c, day);
	}
	join_openings(c);
	keep_openings(c, y, first, end);
	y->year = year;
	return y;
}

/* The place of the last opening that starts at or before s; n: none. */
static size_t
last_opening(const struct calendar_year *y, int64_t s)
{
	size_t low = 0, high = y->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (y->open[mid].from <= s)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? low - 1 : y->n;
}

/* How long the year was open before an instant in it. */
static struct stamp
open_before(const struct calendar_year *y, struct stamp t)
{
	size_t i = last_opening(y, t.s);
	const struct calendar_opening *o = &y->open[i];

	if (i == y->n)
		return (struct stamp){0, 0};
	if (t.s < o->until)
		return (struct stamp){o->before + t.s - o->from, t.ns};
	return (struct stamp){o->before + o->until - o->from, 0};
}

static int
year_at(struct stamp t)
{
	return civil_of(t.s).year;
}

struct stamp
calendar_open(struct calendar *c, struct stamp from, struct stamp until)
{
	int year, last;
	struct stamp sum = {0, 0}, first;

	if (c->always)
		return stamp_minus(until, from);
	year = year_at(from);
	last = year_at(until);
	first = open_before(year_of(c, year), from);
	for (; year < last; year++)
		sum.s += year_of(c, year)->total;
	sum = stamp_plus(sum, open_before(year_of(c, last), until));
	return stamp_minus(sum, first);
}

/* The instant at which a year was open for so long, more than 0. */
static struct stamp
instant_after(const struct calendar_year *y, struct stamp open)
{
	size_t low = 0, high = y->n;
	const struct calendar_opening *o;

	/* the last that has less before it */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;
		struct stamp before = {y->open[mid].before, 0};

		if (stamp_cmp(before, open) < 0)
			low = mid;
		else
			high = mid;
	}
	o = &y->open[low];
	return (struct stamp){o->from + open.s - o->before, open.ns};
}

int
calendar_advance(
    struct calendar *c, struct stamp from, struct stamp open, struct stamp *t)
{
	int year = year_at(from);

	*t = stamp_plus(from, open);
	if (c->always)
		return t->s <= STAMP_MAX_S;
	if (open.s == 0 && open.ns == 0)
		return 1;
	open = stamp_plus(open, open_before(year_of(c, year), from));
	for (; year <= 9999; year++) {
		const struct calendar_year *y = year_of(c, year);
		struct stamp total = {y->total, 0};

		if (stamp_cmp(open, total) <= 0) {
			*t = instant_after(y, open);
			return 1;
		}
		open = stamp_minus(open, total);
	}
	return 0;
}

bool
calendar_is_open(struct calendar *c, struct stamp at)
{
	const struct calendar_year *y;
	size_t i;

	if (c->always)
		return true;
	y = year_of(c, year_at(at));
	i = last_opening(y, at.s);
	return i < y->n && at.s < y->open[i].until;
}

int
calendar_opens(struct calendar *c, struct stamp at, struct stamp *t)
{
	*t = at;
	if (calendar_is_open(c, at))
		return 1;
	for (int year = year_at(at); year <= 9999; year++) {
		const struct calendar_year *y = year_of(c, year);
		size_t i = last_opening(y, at.s);

		i = i == y->n ? 0 : i + 1;
		if (i < y->n) {
			*t = (struct stamp){y->open[i].from, 0};
			return 1;
		}
	}
	return 0;
}

const struct calendar_opening *
calendar_day(struct calendar *c, int64_t day, size_t *n)
{
	c->scratch_n = 0;
	if (day >= 0 && day <= CALENDAR_LAST_DAY) {
		open_day(c, day);
		join_openings(c);
	}
	*n = c->scratch_n;
	return c->scratch;
}
