#include "calendar.h"

#include <stdlib.h>

#include "civil.h"
#include "duration.h"
#include "mem.h"

#define NS_PER_S UINT32_C(1000000000)
#define LAST_DAY (STAMP_MAX_S / DAY_S)
#define KEPT_YEARS 64 /* a slot for each year modulo this many */

/* Open from a second up to but without another. */
struct opening {
	int64_t from, until;
	int64_t before; /* seconds open in the year before it */
};

/* What is open in a year of UTC. */
struct calendar_year {
	int year; /* 0: not worked out */
	struct opening *open;
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

/* The place of the first holiday on a day or later. */
static size_t
find_holiday(const struct holidays *h, int64_t day)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (h->day[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
holidays_add(struct holidays *h, struct holiday day)
{
	size_t at = find_holiday(h, day.day);

	if (at < h->n && h->day[at].day == day.day)
		return -1;
	h->day = mem_grow(h->day, h->n, &h->cap, sizeof *h->day);
	memmove(h->day + at + 1, h->day + at, (h->n - at) * sizeof *h->day);
	h->day[at] = day;
	h->n++;
	return 0;
}

void
holidays_release(struct holidays *h)
{
	free(h->day);
	*h = (struct holidays){0};
}

/* The holiday of a row on a day, or NULL. */
static const struct holiday *
holiday_of(const struct calendar_row *row, int64_t day)
{
	const struct holidays *h = row->holidays;
	size_t at = h != NULL ? find_holiday(h, day) : 0;

	return h != NULL && at < h->n && h->day[at].day == day ? &h->day[at]
							       : NULL;
}

/* ---- what is open ---- */

static void
add_opening(struct calendar *c, struct stamp from, struct stamp until)
{
	c->scratch = mem_grow(
	    c->scratch, c->scratch_n, &c->scratch_cap, sizeof *c->scratch);
	c->scratch[c->scratch_n++] =
	    (struct opening){.from = from.s, .until = until.s};
}

/* Adds to scratch what the windows of a day open. */
static void
open_day(struct calendar *c, int64_t day)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct calendar_row *row = &c->row[i];
		const struct holiday *holiday = holiday_of(row, day);
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
	const struct opening *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* Sorts scratch and joins what overlaps or touches. */
static void
join_openings(struct calendar *c)
{
	struct opening *o = c->scratch;
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
		struct opening o = c->scratch[i];

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
		if (day >= 0 && day <= LAST_DAY)
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

/* a + b; both 0 or more, the sum's seconds within int64_t. */
static struct stamp
plus(struct stamp a, struct stamp b)
{
	uint32_t ns = a.ns + b.ns; /* under 2 * 10^9 */

	return (struct stamp){a.s + b.s + ns / NS_PER_S, ns % NS_PER_S};
}

/* a - b, where a is not before b. */
static struct stamp
minus(struct stamp a, struct stamp b)
{
	if (a.ns >= b.ns)
		return (struct stamp){a.s - b.s, a.ns - b.ns};
	return (struct stamp){a.s - b.s - 1, a.ns + NS_PER_S - b.ns};
}

/* How long the year was open before an instant in it. */
static struct stamp
open_before(const struct calendar_year *y, struct stamp t)
{
	size_t i = last_opening(y, t.s);
	const struct opening *o = &y->open[i];

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
		return minus(until, from);
	year = year_at(from);
	last = year_at(until);
	first = open_before(year_of(c, year), from);
	for (; year < last; year++)
		sum.s += year_of(c, year)->total;
	sum = plus(sum, open_before(year_of(c, last), until));
	return minus(sum, first);
}

/* The instant at which a year was open for so long, more than 0. */
static struct stamp
instant_after(const struct calendar_year *y, struct stamp open)
{
	size_t low = 0, high = y->n;
	const struct opening *o;

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

/* The instant until which it is open for so long after from: 1, or 0. */
static int
advance(
    struct calendar *c, struct stamp from, struct stamp open, struct stamp *t)
{
	int year = year_at(from);

	*t = plus(from, open);
	if (c->always)
		return t->s <= STAMP_MAX_S;
	if (open.s == 0 && open.ns == 0)
		return 1;
	open = plus(open, open_before(year_of(c, year), from));
	for (; year <= 9999; year++) {
		const struct calendar_year *y = year_of(c, year);
		struct stamp total = {y->total, 0};

		if (stamp_cmp(open, total) <= 0) {
			*t = instant_after(y, open);
			return 1;
		}
		open = minus(open, total);
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

/* ---- days and months ---- */

/* The day of a local time, since 1970-01-01. */
static int64_t
local_day(const struct zone *zone, struct stamp t, int64_t *second)
{
	struct civil local = zone_civil(zone, t.s);
	int64_t s = civil_seconds(&local);

	*second = s % DAY_S;
	return s / DAY_S;
}

/* What a day opens, in scratch; returns whether there is any. */
static bool
day_openings(struct calendar *c, int64_t day)
{
	c->scratch_n = 0;
	if (day < 0 || day > LAST_DAY)
		return false;
	open_day(c, day);
	join_openings(c);
	return c->scratch_n > 0;
}

/* The instant of a second of a local day, for an end. */
static struct stamp
local_instant(const struct zone *zone, int64_t day, int64_t second, uint32_t ns)
{
	struct civil local = civil_of(day * DAY_S + second);
	struct stamp t;

	zone_instant(zone, &local, ZONE_LAST, &t);
	t.ns = ns;
	return t;
}

/*
 * The day to which the clock's start belongs: whose windows are open at *from,
 * or open next, to which *from then moves.  Returns 1, or 0: it never opens.
 */
static int
start_day(struct calendar *c, struct stamp *from, int64_t *day)
{
	int64_t second;

	*day = local_day(c->zone, *from, &second) - 1;
	for (; *day <= LAST_DAY; ++*day) {
		if (!day_openings(c, *day))
			continue;
		for (size_t i = 0; i < c->scratch_n; i++) {
			if (from->s >= c->scratch[i].until)
				continue;
			if (from->s < c->scratch[i].from)
				*from = (struct stamp){c->scratch[i].from, 0};
			return 1;
		}
	}
	return 0;
}

/* The last moment up to t that scratch has open, else its first. */
static struct stamp
last_open(const struct calendar *c, struct stamp t)
{
	for (size_t i = c->scratch_n; i-- > 0;) {
		const struct opening *o = &c->scratch[i];

		if (o->from <= t.s)
			return t.s < o->until ? t : (struct stamp){o->until, 0};
	}
	return (struct stamp){c->scratch[0].from, 0};
}

/* Goes on by n days on which it opens. */
static int
add_working_days(
    struct calendar *c, struct stamp from, int64_t n, struct stamp *due)
{
	int64_t day, today, second = 0;

	if (start_day(c, &from, &day) == 0)
		return 0;
	/* More than a day's seconds where a window has run over midnight. */
	today = local_day(c->zone, from, &second);
	second += (today - day) * DAY_S;
	for (; n > 0 && day <= LAST_DAY; n--) {
		do
			day++;
		while (day <= LAST_DAY && !day_openings(c, day));
	}
	if (day > LAST_DAY)
		return 0;
	*due = last_open(c, local_instant(c->zone, day, second, from.ns));
	return 1;
}

static int
add_days(
    const struct calendar *c, struct stamp from, int64_t n, struct stamp *due)
{
	int64_t second, day = local_day(c->zone, from, &second) + n;

	if (day > LAST_DAY)
		return 0;
	*due = local_instant(c->zone, day, second, from.ns);
	return 1;
}

/* Goes on by n months, to the last day of one that is too short. */
static int
add_months(
    const struct calendar *c, struct stamp from, int64_t n, struct stamp *due)
{
	struct civil local = zone_civil(c->zone, from.s);
	int64_t months = local.year * INT64_C(12) + local.month - 1 + n;
	int days;

	if (months >= INT64_C(12) * 10000)
		return 0;
	local.year = (int)(months / 12);
	local.month = (int)(months % 12) + 1;
	days = civil_days_in(local.year, local.month);
	local.day = local.day < days ? local.day : days;
	zone_instant(c->zone, &local, ZONE_LAST, due);
	return 1;
}

/* ---- clocks ---- */

/* A clock that is started: how long it runs, on what, and until when. */
struct clock {
	struct calendar *calendar;
	struct stamp span;
	bool dated; /* days or months: it ends at end where nothing is held */
	struct stamp end;
};

/* Works out a clock of days or months: 1, or 0 where it never ends. */
static int
measure_days(struct clock *clock, struct calendar *elapsed, struct stamp from,
    struct limit limit)
{
	struct calendar *c = clock->calendar;
	bool working = limit.kind == LIMIT_WORKING_DAYS && c->n > 0;
	int got;

	if (working)
		got = add_working_days(c, from, limit.n, &clock->end);
	else if (limit.kind == LIMIT_MONTHS)
		got = add_months(c, from, limit.n, &clock->end);
	else
		got = add_days(c, from, limit.n, &clock->end);
	if (got == 0)
		return 0;
	calendar_elapsed(elapsed, c->zone);
	if (!working)
		clock->calendar = elapsed;
	if (stamp_cmp(clock->end, from) > 0)
		clock->span = calendar_open(clock->calendar, from, clock->end);
	return 1;
}

/* Works out a clock.  elapsed is for its use.  Returns 1, or 0: no end. */
static int
measure(struct clock *clock, struct calendar *c, struct calendar *elapsed,
    struct stamp from, struct limit limit)
{
	*clock = (struct clock){.calendar = c, .span = {limit.n, 0}};
	if (limit.kind == LIMIT_NONE)
		return 0;
	clock->dated = limit.kind != LIMIT_TIME;
	return clock->dated ? measure_days(clock, elapsed, from, limit) : 1;
}

/* Whether any of the time between two instants is on hold. */
static bool
is_held(const struct holds *holds, struct stamp from, struct stamp until)
{
	for (size_t i = 0; holds != NULL && i < holds->n; i++) {
		const struct hold *h = &holds->hold[i];

		if (stamp_cmp(h->from, until) < 0 &&
		    (h->lasts || stamp_cmp(h->until, from) > 0))
			return true;
	}
	return false;
}

/* A clock under way. */
struct run {
	struct stamp at;   /* it ran until here */
	struct stamp left; /* and has still to run for so long */
};

enum run_state { RUN_ENDS, RUN_ON, RUN_STOPPED };

/* Whether it runs out before a hold, stands in it for good, or goes on. */
static enum run_state
run_over(struct calendar *c, struct run *run, const struct hold *h)
{
	if (!h->lasts && stamp_cmp(h->until, run->at) <= 0)
		return RUN_ON;
	if (stamp_cmp(h->from, run->at) > 0) {
		struct stamp open = calendar_open(c, run->at, h->from);

		if (stamp_cmp(open, run->left) >= 0)
			return RUN_ENDS;
		run->left = minus(run->left, open);
		run->at = h->from;
	}
	if (h->lasts)
		return RUN_STOPPED;
	run->at = h->until;
	return RUN_ON;
}

/* Lets a clock run out, and stand in each hold. */
static int
run_out(const struct clock *clock, struct stamp from, const struct holds *holds,
    struct stamp *due)
{
	struct run run = {from, clock->span};
	enum run_state state = RUN_ON;

	for (size_t i = 0; holds != NULL && i < holds->n && state == RUN_ON;
	     i++)
		state = run_over(clock->calendar, &run, &holds->hold[i]);
	return state != RUN_STOPPED &&
	    advance(clock->calendar, run.at, run.left, due) > 0;
}

int
calendar_due(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp *due)
{
	struct calendar elapsed;
	struct clock clock;

	if (measure(&clock, c, &elapsed, from, limit) == 0)
		return 0;
	if (!clock.dated || is_held(holds, from, clock.end))
		return run_out(&clock, from, holds, due);
	*due = clock.end;
	return 1;
}

int
calendar_share(struct calendar *c, struct stamp from, struct limit limit,
    int64_t percent, const struct holds *holds, struct stamp *due)
{
	struct calendar elapsed;
	struct clock clock;

	if (percent == 100)
		return calendar_due(c, from, limit, holds, due);
	if (measure(&clock, c, &elapsed, from, limit) == 0)
		return 0;
	clock.span = (struct stamp){clock.span.s * percent / 100, 0};
	return run_out(&clock, from, holds, due);
}

bool
calendar_gave(struct calendar *c, struct stamp from, struct limit limit,
    const struct holds *holds, struct stamp deadline)
{
	struct calendar elapsed;
	struct clock clock;
	struct run run = {from, {0, 0}};
	struct stamp due;
	enum run_state state = RUN_ON;

	if (measure(&clock, c, &elapsed, from, limit) == 0)
		return false;
	if (clock.dated && stamp_cmp(clock.end, deadline) == 0)
		return true;
	run.left = clock.span;
	for (size_t i = 0; state == RUN_ON; i++) {
		if (advance(clock.calendar, run.at, run.left, &due) > 0 &&
		    stamp_cmp(due, deadline) == 0)
			return true;
		if (i >= holds->n)
			break;
		state = run_over(clock.calendar, &run, &holds->hold[i]);
	}
	return false;
}

/* ---- explanation ---- */

/* How much of from to until is in holds, as far as it is open. */
static struct stamp
held(struct calendar *c, struct stamp from, struct stamp until,
    const struct holds *holds)
{
	struct stamp sum = {0, 0};

	for (size_t i = 0; holds != NULL && i < holds->n; i++) {
		const struct hold *h = &holds->hold[i];
		struct stamp end = h->lasts ? until : h->until;

		if (stamp_cmp(h->from, from) > 0)
			from = h->from;
		if (stamp_cmp(end, until) > 0)
			end = until;
		if (stamp_cmp(from, end) >= 0)
			continue;
		sum = plus(sum, calendar_open(c, from, end));
		from = end;
	}
	return sum;
}

/* What the holidays of any row say of a day; empty: nothing. */
static struct slice
day_name(const struct calendar *c, int64_t day)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct holiday *h = holiday_of(&c->row[i], day);

		if (h != NULL && h->what.n > 0)
			return h->what;
	}
	return (struct slice){"", 0};
}

/* Adds what passed between two instants of a local day. */
static void
explain_day(struct calendar *c, int64_t day, struct stamp from,
    struct stamp until, const struct holds *holds, struct buf *out)
{
	static const char *const name[] = {
	    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	struct civil date = civil_of(day * DAY_S);
	struct stamp open = calendar_open(c, from, until);
	struct stamp stood = held(c, from, until, holds);
	struct slice what = day_name(c, day);

	buf_add_str(out, name[civil_weekday(&date)]);
	buf_add_char(out, ' ');
	civil_add_date(out, &date);
	buf_add_char(out, ' ');
	if (open.s == 0)
		buf_add_str(out, "closed");
	else
		duration_add(out, minus(open, stood).s);
	if (stood.s > 0) {
		buf_add_str(out, " and ");
		duration_add(out, stood.s);
		buf_add_str(out, " on hold");
	}
	if (what.n > 0) {
		buf_add_str(out, " (");
		buf_add_slice(out, what);
		buf_add_char(out, ')');
	}
}

void
calendar_explain(struct calendar *c, struct stamp from, struct stamp until,
    const struct holds *holds, struct buf *out)
{
	int64_t second, day = local_day(c->zone, from, &second);
	int64_t last = local_day(c->zone, until, &second), n = 0;

	for (; day <= last && stamp_cmp(from, until) < 0; day++) {
		struct stamp end = until;

		if (n++ == CALENDAR_EXPLAIN_DAYS) {
			buf_addf(out, ", %lld more days",
			    (long long)last - (long long)day + 1);
			return;
		}
		if (day < last)
			end = local_instant(c->zone, day + 1, 0, 0);
		if (stamp_cmp(end, from) <= 0)
			continue;
		if (n > 1)
			buf_add_str(out, ", ");
		explain_day(c, day, from, end, holds, out);
		from = end;
	}
}
