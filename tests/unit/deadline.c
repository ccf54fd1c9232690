#include "deadline.h"

#include <stdlib.h>

#include "civil.h"
#include "mem.h"
#include "test.h"
#include "times.h"
#include "working.h"

#define DAY INT64_C(1440) /* minutes */

static struct limit
limit_of(const char *text)
{
	struct limit limit;

	CHECK(limit_parse(slice_of(text), &limit) == 0);
	return limit;
}

/* The due instant as text; "never" where it does not come. */
static const char *
due(struct calendar *c, const char *from, const char *limit, const char *holds)
{
	static struct buf text;
	struct holds held = {0};
	struct stamp t;

	holds_read(&held, slice_of(holds));
	buf_clear(&text);
	if (deadline_due(c, at(from), limit_of(limit), &held, &t))
		stamp_add(&text, t);
	else
		buf_add_str(&text, "never");
	holds_release(&held);
	return buf_str(&text);
}

#define CHECK_DUE(c, from, limit, holds, want) \
	CHECK_SLICE(slice_of(due(c, from, limit, holds)), want)

/* ---- elapsed time ---- */

static struct calendar elapsed;

static void
elapsed_time_is_added(void)
{
	struct calendar *c = &elapsed;

	CHECK_DUE(c, "2026-03-02T09:00:00Z", "15m", "", "2026-03-02T09:15:00Z");
	CHECK_DUE(
	    c, "2026-03-02T09:00:00.5Z", "0s", "", "2026-03-02T09:00:00.5Z");
	CHECK_DUE(
	    c, "2026-12-31T23:59:59Z", "1s", "\\N", "2027-01-01T00:00:00Z");
	CHECK_DUE(c, "2026-12-31T23:59:59Z", "", "", "never");
	CHECK_DUE(c, "9999-12-31T23:59:59Z", "1s", "", "never");
}

static void
holds_do_not_count(void)
{
	struct calendar *c = &elapsed;
	const char *nine = "2026-03-02T09:00:00Z";

	/* within the clock's time */
	CHECK_DUE(c, nine, "15m", "2026-03-02T09:05:00Z/2026-03-02T10:05:00Z",
	    "2026-03-02T10:15:00Z");
	/* over its start */
	CHECK_DUE(c, nine, "15m", "2026-03-02T08:00:00Z/2026-03-02T09:10:00Z",
	    "2026-03-02T09:25:00Z");
	/* before it, and after its end */
	CHECK_DUE(c, nine, "15m",
	    "2026-03-02T08:00:00Z/2026-03-02T08:30:00Z "
	    "2026-03-02T09:15:00Z/2026-03-02T11:00:00Z",
	    "2026-03-02T09:15:00Z");
	/* in any order, over each other, with fractions */
	CHECK_DUE(c, nine, "15m",
	    "2026-03-02T09:06:00Z/2026-03-02T09:08:00.25Z "
	    "2026-03-02T09:05:00Z/2026-03-02T09:07:00Z",
	    "2026-03-02T09:18:00.25Z");
	/* a hold that the first one pushes the end into */
	CHECK_DUE(c, nine, "15m",
	    "2026-03-02T09:05:00Z/2026-03-02T09:10:00Z "
	    "2026-03-02T09:16:00Z/2026-03-02T10:16:00Z",
	    "2026-03-02T10:20:00Z");
	/* days and months go on by what was on hold */
	CHECK_DUE(c, nine, "1cd", "2026-03-02T10:00:00Z/2026-03-02T12:30:00Z",
	    "2026-03-03T11:30:00Z");
}

static void
a_hold_that_lasts_stops_the_clock(void)
{
	struct calendar *c = &elapsed;
	const char *nine = "2026-03-02T09:00:00Z";

	CHECK_DUE(c, nine, "15m", "2026-03-02T09:05:00Z/", "never");
	CHECK_DUE(
	    c, nine, "15m", "2026-03-02T09:15:00Z/", "2026-03-02T09:15:00Z");
	CHECK_DUE(c, nine, "1mo", "2026-03-02T09:05:00Z/", "never");
}

static void
months_and_leap_days(void)
{
	struct calendar *c = &elapsed;

	CHECK_DUE(c, "2026-01-31T10:00:00Z", "1mo", "", "2026-02-28T10:00:00Z");
	CHECK_DUE(c, "2028-01-31T10:00:00Z", "1mo", "", "2028-02-29T10:00:00Z");
	CHECK_DUE(
	    c, "2028-02-29T10:00:00Z", "12mo", "", "2029-02-28T10:00:00Z");
	CHECK_DUE(
	    c, "2028-02-29T10:00:00Z", "48mo", "", "2032-02-29T10:00:00Z");
	CHECK_DUE(c, "2026-12-31T10:00:00Z", "2mo", "", "2027-02-28T10:00:00Z");
	CHECK_DUE(c, "2028-02-28T10:00:00Z", "1cd", "", "2028-02-29T10:00:00Z");
	CHECK_DUE(c, "2027-02-28T10:00:00Z", "1cd", "", "2027-03-01T10:00:00Z");
	CHECK_DUE(c, "9999-11-30T10:00:00Z", "1mo", "", "9999-12-30T10:00:00Z");
	CHECK_DUE(c, "9999-12-01T10:00:00Z", "1mo", "", "never");
	CHECK_DUE(c, "9999-12-31T10:00:00Z", "1cd", "", "never");
}

/* ---- calendars ---- */

/* The desk of the pack itsm, with the holidays of the end of 2026. */
static struct holidays english;
static struct calendar office;

static void
add_holiday(
    struct holidays *h, const char *date, const char *windows, const char *what)
{
	struct holiday day = {.what = slice_of(what)};
	struct civil c;

	CHECK(civil_parse_date(slice_of(date), &c) == 0);
	day.day = civil_seconds(&c) / 86400;
	day.hours.days = HOURS_EVERY_DAY;
	if (*windows != '\0')
		day.hours = hours("", windows);
	CHECK(holidays_add(h, day) == 0);
}

static void
make_office(void)
{
	const struct zone *london = zone("Europe/London");

	add_holiday(&english, "2026-12-28", "", "Boxing Day (substitute)");
	add_holiday(&english, "2026-12-24", "08:00-12:00", "Christmas Eve");
	add_holiday(&english, "2026-12-25", "", "Christmas Day");
	add_holiday(&english, "2026-12-20", "10:00-12:00", "open Sunday");
	calendar_add(&office,
	    (struct calendar_row){
		hours("mon-thu", "08:00-12:30 13:00-17:30"), london, &english});
	calendar_add(&office,
	    (struct calendar_row){
		hours("fri", "08:00-16:00"), london, &english});
}

static void
open_time_counts_over_nights_lunch_and_weekends(void)
{
	struct calendar *c = &office;

	/* Thursday 16:40 local: 50 minutes are left of the day */
	CHECK_DUE(c, "2026-03-05T16:40:00Z", "50m", "", "2026-03-05T17:30:00Z");
	CHECK_DUE(c, "2026-03-05T16:40:00Z", "51m", "", "2026-03-06T08:01:00Z");
	CHECK_DUE(c, "2026-03-05T12:00:00Z", "1h", "", "2026-03-05T13:30:00Z");
	/* Friday closes at 16:00, Monday opens at 8 */
	CHECK_DUE(c, "2026-03-06T15:00:00Z", "2h", "", "2026-03-09T09:00:00Z");
	/* Saturday counts from Monday on */
	CHECK_DUE(c, "2026-03-07T11:00:00Z", "1h", "", "2026-03-09T09:00:00Z");
	CHECK_DUE(c, "2026-03-07T11:00:00Z", "0s", "", "2026-03-07T11:00:00Z");
	/* a hold that is closed in part */
	CHECK_DUE(c, "2026-03-05T16:30:00Z", "2h",
	    "2026-03-05T17:00:00Z/2026-03-06T08:30:00Z",
	    "2026-03-06T10:00:00Z");
	/* summer time: 8 o'clock is 7 in UTC */
	CHECK_DUE(c, "2026-03-27T15:00:00Z", "2h", "", "2026-03-30T08:00:00Z");
	CHECK_DUE(c, "2026-10-23T14:00:00Z", "2h", "", "2026-10-26T09:00:00Z");
}

static void
holidays_are_closed_or_have_their_own_windows(void)
{
	struct calendar *c = &office;

	/* 24 December 08:00-12:00, 25 and 28 closed, 26 and 27 a weekend */
	CHECK_DUE(c, "2026-12-24T11:00:00Z", "2h", "", "2026-12-29T09:00:00Z");
	/* on a Sunday that has windows */
	CHECK_DUE(c, "2026-12-18T15:00:00Z", "2h", "", "2026-12-20T11:00:00Z");
}

static void
working_days_are_those_on_which_it_opens(void)
{
	struct calendar *c = &office;

	CHECK_DUE(c, "2026-03-03T10:00:00Z", "1wd", "", "2026-03-04T10:00:00Z");
	CHECK_DUE(c, "2026-03-06T10:00:00Z", "1wd", "", "2026-03-09T10:00:00Z");
	/* closed when it starts: from the next opening */
	CHECK_DUE(c, "2026-03-06T20:00:00Z", "1wd", "", "2026-03-10T08:00:00Z");
	/* Thursday 17:00 and a day: Friday is closed then, since 16:00 */
	CHECK_DUE(c, "2026-03-05T17:00:00Z", "1wd", "", "2026-03-06T16:00:00Z");
	/* over Christmas: 24, 29, 30 */
	CHECK_DUE(c, "2026-12-23T11:00:00Z", "3wd", "", "2026-12-30T11:00:00Z");
	/* 24 December: closed from 12:00 on */
	CHECK_DUE(c, "2026-12-23T14:00:00Z", "1wd", "", "2026-12-24T12:00:00Z");
	/* Sunday 20 December opens at 10:00 */
	CHECK_DUE(c, "2026-12-18T09:00:00Z", "1wd", "", "2026-12-20T10:00:00Z");
	CHECK_DUE(c, "2026-03-03T10:00:00Z", "0wd", "", "2026-03-03T10:00:00Z");
	/* an hour on hold */
	CHECK_DUE(c, "2026-03-03T10:00:00Z", "1wd",
	    "2026-03-03T11:00:00Z/2026-03-03T12:00:00Z",
	    "2026-03-04T11:00:00Z");
	/* days and months don't care for it */
	CHECK_DUE(c, "2026-03-27T10:00:00Z", "3cd", "", "2026-03-30T09:00:00Z");
	CHECK_DUE(c, "2026-01-31T10:00:00Z", "1mo", "", "2026-02-28T10:00:00Z");
}

static void
windows_over_midnight_belong_to_the_day_they_start_on(void)
{
	struct calendar night = {0};

	calendar_add(&night,
	    (struct calendar_row){
		hours("fri", "20:00-08:00"), zone("UTC"), NULL});
	CHECK_DUE(
	    &night, "2026-03-06T23:00:00Z", "9h", "", "2026-03-07T08:00:00Z");
	CHECK_DUE(
	    &night, "2026-03-06T23:00:00Z", "9h1m", "", "2026-03-13T20:01:00Z");
	CHECK_DUE(
	    &night, "2026-03-07T02:00:00Z", "1wd", "", "2026-03-14T02:00:00Z");
	calendar_release(&night);
}

static void
a_whole_day_loses_no_minute_at_midnight(void)
{
	struct calendar c = {0};

	calendar_add(&c,
	    (struct calendar_row){
		hours("mon-fri", "00:00-24:00"), zone("UTC"), NULL});
	CHECK_DUE(&c, "2026-03-02T00:00:00Z", "5d", "", "2026-03-07T00:00:00Z");
	CHECK_DUE(&c, "2026-03-02T09:00:00Z", "5d", "", "2026-03-09T09:00:00Z");
	CHECK_DUE(&c, "2026-12-31T12:00:00Z", "1d", "", "2027-01-01T12:00:00Z");
	CHECK_DUE(
	    &c, "2026-03-02T00:00:00Z", "1wd", "", "2026-03-03T00:00:00Z");
	calendar_release(&c);
}

static void
local_days_go_over_changes_of_the_clock(void)
{
	struct calendar c = {0};

	calendar_elapsed(&c, zone("Europe/London"));
	/* 28 March 01:30 and a day: the clock skips 01:30 on the 29th */
	CHECK_DUE(
	    &c, "2026-03-28T01:30:00Z", "1cd", "", "2026-03-29T01:00:00Z");
	/* 24 October 01:30 summer time: 01:30 comes twice, the last is meant */
	CHECK_DUE(
	    &c, "2026-10-24T00:30:00Z", "1cd", "", "2026-10-25T01:30:00Z");
	/* noon stays noon */
	CHECK_DUE(
	    &c, "2026-03-28T12:00:00Z", "1cd", "", "2026-03-29T11:00:00Z");
	CHECK_DUE(
	    &c, "2026-03-01T12:00:00Z", "1mo", "", "2026-04-01T11:00:00Z");
	/* two days of 24 h are 48 of them */
	CHECK_DUE(&c, "2026-03-28T12:00:00Z", "2d", "", "2026-03-30T12:00:00Z");
}

static void
a_share_is_of_the_time_that_counts(void)
{
	struct stamp t;
	struct stamp friday = at("2026-03-06T15:00:00Z");

	CHECK(
	    deadline_share(&office, friday, limit_of("4h"), 50, NULL, &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-09T09:00:00Z")) == 0);
	/* a working day from Friday 15:00 is 1 h and, on Monday, 6 h 30 */
	CHECK(deadline_share(&office, friday, limit_of("1wd"), 50, NULL, &t) ==
	    1);
	CHECK(stamp_cmp(t, at("2026-03-09T10:45:00Z")) == 0);
	CHECK(deadline_share(&office, friday, limit_of("1wd"), 100, NULL, &t) ==
	    1);
	CHECK(stamp_cmp(t, at("2026-03-09T15:00:00Z")) == 0);
	CHECK(deadline_share(&office, friday, limit_of("10cd"), 50, NULL, &t) ==
	    1);
	CHECK(stamp_cmp(t, at("2026-03-11T15:00:00Z")) == 0);
	CHECK(deadline_share(&office, friday, limit_of(""), 50, NULL, &t) == 0);
}

static void
check_explained(
    const char *from, const char *until, const char *holds, const char *want)
{
	struct holds held = {0};
	struct buf out = {0};

	holds_read(&held, slice_of(holds));
	deadline_explain(&office, at(from), at(until), &held, &out);
	CHECK_SLICE(buf_slice(&out), want);
	holds_release(&held);
	buf_release(&out);
}

static void
a_deadline_is_explained_day_by_day(void)
{
	check_explained("2026-12-23T16:10:00Z", "2026-12-29T09:00:00Z", "",
	    "Wed 2026-12-23 1h20m, Thu 2026-12-24 4h (Christmas Eve), "
	    "Fri 2026-12-25 closed (Christmas Day), Sat 2026-12-26 closed, "
	    "Sun 2026-12-27 closed, "
	    "Mon 2026-12-28 closed (Boxing Day (substitute)), "
	    "Tue 2026-12-29 1h");
	check_explained("2026-03-05T09:00:00Z", "2026-03-05T14:00:00Z",
	    "2026-03-05T10:00:00Z/2026-03-05T10:30:00Z "
	    "2026-03-05T12:00:00Z/2026-03-05T13:10:00Z",
	    "Thu 2026-03-05 3h20m and 1h10m on hold");
	check_explained("2026-03-05T09:00:00Z", "2026-03-05T09:00:00Z", "", "");
	check_explained("2026-01-05T09:00:00Z", "2026-03-05T09:00:00Z",
	    "2026-01-05T00:00:00Z/2026-03-05T00:00:00Z",
	    "Mon 2026-01-05 0s and 8h on hold, Tue 2026-01-06 0s and 9h on "
	    "hold, Wed 2026-01-07 0s and 9h on hold, Thu 2026-01-08 0s and 9h "
	    "on hold, Fri 2026-01-09 0s and 8h on hold, Sat 2026-01-10 closed, "
	    "Sun 2026-01-11 closed, Mon 2026-01-12 0s and 9h on hold, "
	    "Tue 2026-01-13 0s and 9h on hold, Wed 2026-01-14 0s and 9h on "
	    "hold, Thu 2026-01-15 0s and 9h on hold, Fri 2026-01-16 0s and 8h "
	    "on hold, Sat 2026-01-17 closed, Sun 2026-01-18 closed, "
	    "46 more days");
}

static void
a_last_day_that_is_left_out_is_one_day(void)
{
	struct buf out = {0};

	deadline_explain(&office, at("2026-01-05T09:00:00Z"),
	    at("2026-01-19T09:00:00Z"), NULL, &out);
	CHECK(slice_ends(buf_slice(&out), ", 1 more day"));
	buf_release(&out);
}

/*
 * ---- the same minute by minute ----
 *
 * A second implementation, slow and plain: for each minute of some weeks it is
 * written down whether a window has it, and clocks are counted minute by
 * minute.
 */
#define WEEKS 7
#define MINUTES (WEEKS * 7 * DAY)

static uint64_t seed = 20260325;

static int64_t
chance(int64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)n);
}

struct plain {
	int64_t start;          /* minutes since 1970 of the first */
	int64_t local[MINUTES]; /* local minutes since 1970, in c->zone */
	bool open[MINUTES];
	int16_t days[MINUTES][2]; /* whose windows have it, in days after the
				     first, or -1 */
	bool held[MINUTES];
};

static void
plain_local(const struct zone *z, int64_t start, int64_t *local)
{
	for (int64_t m = 0; m < MINUTES; m++) {
		struct civil c = zone_civil(z, (start + m) * 60);

		local[m] = civil_seconds(&c) / 60;
	}
}

/* Writes down a window of a local day, given in local minutes since 1970. */
static void
plain_window(struct plain *p, const int64_t *local, int64_t day, int64_t from,
    int64_t until)
{
	int64_t first = MINUTES, last = -1;
	int64_t guess = day * DAY - p->start;
	int64_t low = guess - 2 * DAY, high = guess + 4 * DAY;

	for (int64_t m = low < 0 ? 0 : low; m < high && m < MINUTES; m++) {
		if (local[m] >= from && first == MINUTES)
			first = m;
		if (local[m] < until)
			last = m;
	}
	for (int64_t m = first; m <= last; m++) {
		int16_t d = (int16_t)(day - p->start / DAY);

		p->open[m] = true;
		if (p->days[m][0] != d)
			p->days[m][p->days[m][0] >= 0] = d;
	}
}

static void
plain_row(struct plain *p, const struct calendar_row *row)
{
	static int64_t local[MINUTES];
	int64_t first = p->start / DAY;

	plain_local(row->zone, p->start, local);
	for (int64_t day = first; day < first + WEEKS * 7; day++) {
		const struct hours *h = &row->hours;
		bool on = h->days >> ((day + 3) % 7) & 1; /* 1970: Thursday */

		for (size_t i = 0;
		     row->holidays != NULL && i < row->holidays->n; i++) {
			if (row->holidays->day[i].day == day) {
				h = &row->holidays->day[i].hours;
				on = true;
			}
		}
		for (size_t i = 0; on && i < h->n; i++)
			plain_window(p, local, day,
			    day * DAY + h->window[i].start,
			    day * DAY + h->window[i].end);
	}
}

static void
plain_make(struct plain *p, const struct calendar *c, const struct holds *holds,
    int64_t start)
{
	p->start = start;
	plain_local(c->zone, start, p->local);
	for (int64_t m = 0; m < MINUTES; m++) {
		p->open[m] = p->held[m] = false;
		p->days[m][0] = p->days[m][1] = -1;
	}
	for (size_t i = 0; i < c->n; i++)
		plain_row(p, &c->row[i]);
	for (size_t i = 0; i < holds->n; i++) {
		for (int64_t m = holds->hold[i].from.s / 60 - start;
		     m < holds->hold[i].until.s / 60 - start; m++)
			p->held[m] = true;
	}
}

/* The minute at which so many have counted since `from`; MINUTES: later. */
static int64_t
plain_due(const struct plain *p, int64_t from, int64_t minutes)
{
	while (minutes > 0 && from < MINUTES)
		minutes -= p->open[from] && !p->held[from], from++;
	return minutes > 0 ? MINUTES : from;
}

static bool
plain_is_of(const struct plain *p, int64_t minute, int64_t day)
{
	return p->days[minute][0] == day || p->days[minute][1] == day;
}

/* Whether any minute is of a day, and which is the first from `from` on. */
static int64_t
plain_first(const struct plain *p, int64_t from, int64_t day)
{
	while (from < MINUTES && !plain_is_of(p, from, day))
		from++;
	return from;
}

/* Working days, without holds. */
static int64_t
plain_working_days(const struct plain *p, int64_t from, int64_t n)
{
	int64_t first = p->start / DAY, day = p->local[from] / DAY - first - 1;
	int64_t m = MINUTES, target, late = MINUTES;

	for (; day < WEEKS * 7 && m == MINUTES; day++)
		m = plain_first(p, from, day);
	day--;
	if (m == MINUTES)
		return MINUTES;
	target = p->local[m] - (first + day) * DAY;
	for (; n > 0 && day < WEEKS * 7 - 4; n--) {
		do
			day++;
		while (
		    day < WEEKS * 7 - 4 && plain_first(p, 0, day) == MINUTES);
	}
	if (day >= WEEKS * 7 - 4)
		return MINUTES;
	target += (first + day) * DAY;
	for (m = 0; m < MINUTES; m++) {
		if (p->local[m] <= target)
			late = p->local[m] == target ? m : m + 1;
	}
	/* down to the last that is open, or where one has just ended */
	for (m = late; m > 0; m--) {
		if (plain_is_of(p, m, day))
			return m == late ? m : m + 1;
	}
	return plain_first(p, 0, day);
}

static struct hours
random_hours(void)
{
	struct hours h = {.days = (unsigned)chance(127) + 1};

	h.n = (size_t)chance(3) + 1;
	h.window = arena_new(&working_arena, h.n * sizeof *h.window);
	for (size_t i = 0; i < h.n; i++) {
		struct hours_window *w = &h.window[i];

		w->start = (int)chance(96) * 15;
		w->end =
		    w->start + (int)(chance(4) > 0 ? chance(40) + 1 : 96) * 15;
	}
	return h;
}

static void
random_calendar(struct calendar *c, struct holidays *h, int64_t start)
{
	static const char *const zones[] = {"UTC", "Europe/London",
	    "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
	    "America/St_Johns", "Pacific/Auckland", "America/Santiago"};
	int64_t rows = chance(2) + 1;

	for (int64_t i = chance(6); i > 0; i--) {
		struct holiday day = {.day = start / DAY + chance(WEEKS * 7)};

		if (chance(2) > 0)
			day.hours = random_hours();
		day.hours.days = HOURS_EVERY_DAY;
		holidays_add(h, day);
	}
	for (int64_t i = 0; i < rows; i++)
		calendar_add(c,
		    (struct calendar_row){random_hours(),
			zone(zones[chance(8)]), chance(2) > 0 ? h : NULL});
}

static void
random_holds(struct holds *h, int64_t start)
{
	int64_t at = start + 5 * DAY;

	for (h->n = 0; h->n < (size_t)chance(4); h->n++) {
		struct hold *hold = &h->hold[h->n];

		at += chance(4 * DAY);
		hold->from = (struct stamp){at * 60, 0};
		at += chance(DAY);
		hold->until = (struct stamp){at * 60, 0};
		hold->lasts = false;
	}
}

/* Compares one clock, started at a minute after the first. */
static void
compare(struct calendar *c, const struct plain *p, const struct holds *holds,
    int64_t m)
{
	static const struct holds none;
	struct stamp from = {(p->start + m) * 60, 0}, t;
	int64_t minutes = chance(4000) + 1, days = chance(5), want;
	int64_t open = 0, end = m + chance(14 * DAY);

	want = plain_due(p, m, minutes);
	if (want < MINUTES - 4 * DAY) {
		CHECK(deadline_due(c, from,
			  (struct limit){LIMIT_TIME, minutes * 60}, holds,
			  &t) == 1);
		CHECK(t.s == (p->start + want) * 60);
	}
	want = plain_working_days(p, m, days);
	if (want < MINUTES - 4 * DAY) {
		CHECK(deadline_due(c, from,
			  (struct limit){LIMIT_WORKING_DAYS, days}, &none,
			  &t) == 1);
		CHECK(t.s == (p->start + want) * 60);
	}
	for (int64_t i = m; i < end; i++)
		open += p->open[i];
	t = calendar_open(c, from, (struct stamp){(p->start + end) * 60, 0});
	CHECK(t.s == open * 60 && t.ns == 0);
	CHECK(calendar_is_open(c, from) == p->open[m]);
	for (want = m; want < MINUTES && !p->open[want]; want++)
		;
	if (want < MINUTES - 4 * DAY) {
		CHECK(calendar_opens(c, from, &t) == 1);
		CHECK(t.s == (p->start + want) * 60);
	}
}

static void
random_calendars_agree_with_counting_minutes(void)
{
	static struct plain plain;
	struct hold four[4];

	for (int i = 0; i < 60; i++) {
		struct calendar c = {0};
		struct holidays h = {0};
		struct holds holds = {.hold = four};
		/* weeks of 2024 to 2027, with changes of the clock among them
		 */
		int64_t start = (19723 + chance(1400)) * DAY;

		random_calendar(&c, &h, start);
		random_holds(&holds, start);
		plain_make(&plain, &c, &holds, start);
		for (int k = 0; k < 30 && !test_now; k++)
			compare(&c, &plain, &holds, 4 * DAY + chance(20 * DAY));
		calendar_release(&c);
		holidays_release(&h);
	}
}

int
main(void)
{
	calendar_elapsed(&elapsed, zone("UTC"));
	make_office();
	RUN(elapsed_time_is_added);
	RUN(holds_do_not_count);
	RUN(a_hold_that_lasts_stops_the_clock);
	RUN(months_and_leap_days);
	RUN(open_time_counts_over_nights_lunch_and_weekends);
	RUN(holidays_are_closed_or_have_their_own_windows);
	RUN(working_days_are_those_on_which_it_opens);
	RUN(windows_over_midnight_belong_to_the_day_they_start_on);
	RUN(a_whole_day_loses_no_minute_at_midnight);
	RUN(local_days_go_over_changes_of_the_clock);
	RUN(a_share_is_of_the_time_that_counts);
	RUN(a_deadline_is_explained_day_by_day);
	RUN(a_last_day_that_is_left_out_is_one_day);
	RUN(random_calendars_agree_with_counting_minutes);
	calendar_release(&office);
	holidays_release(&english);
	working_end();
	return test_done();
}
