#include "deadline.h"

#include <inttypes.h>

#include "civil.h"
#include "duration.h"

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
	for (; *day <= CALENDAR_LAST_DAY; ++*day) {
		size_t n;
		const struct calendar_opening *o = calendar_day(c, *day, &n);

		for (size_t i = 0; i < n; i++) {
			if (from->s >= o[i].until)
				continue;
			if (from->s < o[i].from)
				*from = (struct stamp){o[i].from, 0};
			return 1;
		}
	}
	return 0;
}

/* The last moment up to t that is open on a day, else its first. */
static struct stamp
last_open(const struct calendar_opening *o, size_t n, struct stamp t)
{
	while (n > 0 && o[n - 1].from > t.s)
		n--;
	if (n == 0)
		return (struct stamp){o[0].from, 0};
	return t.s < o[n - 1].until ? t : (struct stamp){o[n - 1].until, 0};
}

/* Goes on by n days on which it opens. */
static int
add_working_days(
    struct calendar *c, struct stamp from, int64_t n, struct stamp *due)
{
	const struct calendar_opening *open;
	int64_t day, today, second = 0;
	size_t nopen;

	if (start_day(c, &from, &day) == 0)
		return 0;
	/* More than a day's seconds where a window has run over midnight. */
	today = local_day(c->zone, from, &second);
	second += (today - day) * DAY_S;
	open = calendar_day(c, day, &nopen);
	for (; n > 0 && day <= CALENDAR_LAST_DAY; n--) {
		do
			open = calendar_day(c, ++day, &nopen);
		while (day <= CALENDAR_LAST_DAY && nopen == 0);
	}
	if (day > CALENDAR_LAST_DAY)
		return 0;
	*due = last_open(
	    open, nopen, local_instant(c->zone, day, second, from.ns));
	return 1;
}

static int
add_days(
    const struct calendar *c, struct stamp from, int64_t n, struct stamp *due)
{
	int64_t second, day = local_day(c->zone, from, &second) + n;

	if (day > CALENDAR_LAST_DAY)
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
		run->left = stamp_minus(run->left, open);
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
	    calendar_advance(clock->calendar, run.at, run.left, due) > 0;
}

int
deadline_due(struct calendar *c, struct stamp from, struct limit limit,
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
deadline_share(struct calendar *c, struct stamp from, struct limit limit,
    int64_t percent, const struct holds *holds, struct stamp *due)
{
	struct calendar elapsed;
	struct clock clock;

	if (percent == 100)
		return deadline_due(c, from, limit, holds, due);
	if (measure(&clock, c, &elapsed, from, limit) == 0)
		return 0;
	clock.span = (struct stamp){clock.span.s * percent / 100, 0};
	return run_out(&clock, from, holds, due);
}

bool
deadline_gave(struct calendar *c, struct stamp from, struct limit limit,
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
		if (calendar_advance(clock.calendar, run.at, run.left, &due) >
			0 &&
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
		sum = stamp_plus(sum, calendar_open(c, from, end));
		from = end;
	}
	return sum;
}

/* What the holidays of any row say of a day; empty: nothing. */
static struct slice
day_name(const struct calendar *c, int64_t day)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct holiday *h = holidays_on(c->row[i].holidays, day);

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
		duration_add(out, stamp_minus(open, stood).s);
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
deadline_explain(struct calendar *c, struct stamp from, struct stamp until,
    const struct holds *holds, struct buf *out)
{
	int64_t second, day = local_day(c->zone, from, &second);
	int64_t last = local_day(c->zone, until, &second), n = 0;

	for (; day <= last && stamp_cmp(from, until) < 0; day++) {
		struct stamp end = until;

		if (n++ == DEADLINE_EXPLAIN_DAYS) {
			buf_addf(out, ", %" PRId64 " more day%s",
			    last - day + 1, last == day ? "" : "s");
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
