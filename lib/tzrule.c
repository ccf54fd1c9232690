#include "tzrule.h"

#include <stddef.h>

#include "civil.h"

#define CHANGES 6 /* two in each of three years */

/* From an instant on the clock is so far east of UTC. */
struct change {
	int64_t at;
	int offset_s;
};

/* Takes a number of at most three digits, low to high. */
static int
take_number(struct slice *s, int low, int high, int *value)
{
	if (slice_digits(s, 1, 3, value) < 0)
		return -1;
	return *value >= low && *value <= high ? 0 : -1;
}

/* Takes [+-]h[:mm[:ss]], at most `hours` hours, as seconds. */
static int
take_clock(struct slice *s, int hours, int *seconds)
{
	bool minus = slice_take(s, '-');
	int h, m = 0, sec = 0;

	if (!minus)
		slice_take(s, '+');
	if (take_number(s, 0, hours, &h) < 0)
		return -1;
	if (slice_take(s, ':') && take_number(s, 0, 59, &m) < 0)
		return -1;
	if (slice_take(s, ':') && take_number(s, 0, 59, &sec) < 0)
		return -1;
	*seconds = h * 3600 + m * 60 + sec;
	if (minus)
		*seconds = -*seconds;
	return 0;
}

/* Takes a zone's short name: letters, or <anything of letters 0-9 + ->. */
static int
take_short_name(struct slice *s)
{
	bool quoted = slice_take(s, '<');
	size_t n = 0;

	while (n < s->n &&
	    (slice_is_letter(s->p[n]) ||
		(quoted &&
		    (slice_is_digit(s->p[n]) || s->p[n] == '+' ||
			s->p[n] == '-'))))
		n++;
	s->p += n;
	s->n -= n;
	return n >= 3 && (!quoted || slice_take(s, '>')) ? 0 : -1;
}

/* Takes ",Mm.w.d", ",Jn" or ",n" with "/time". */
static int
take_rule_day(struct slice *s, struct tzrule_day *d)
{
	*d = (struct tzrule_day){.time_s = 2 * 3600};
	if (!slice_take(s, ','))
		return -1;
	if (slice_take(s, 'M')) {
		d->kind = TZRULE_MONTH;
		if (take_number(s, 1, 12, &d->month) < 0 ||
		    !slice_take(s, '.') || take_number(s, 1, 5, &d->week) < 0 ||
		    !slice_take(s, '.') ||
		    take_number(s, 0, 6, &d->weekday) < 0)
			return -1;
	} else if (slice_take(s, 'J')) {
		d->kind = TZRULE_JULIAN;
		if (take_number(s, 1, 365, &d->day) < 0)
			return -1;
	} else {
		d->kind = TZRULE_DAY;
		if (take_number(s, 0, 365, &d->day) < 0)
			return -1;
	}
	return slice_take(s, '/') ? take_clock(s, 167, &d->time_s) : 0;
}

/* Takes what follows the standard time: daylight saving time and its days. */
static int
take_dst(struct slice *s, struct tzrule *r)
{
	int west;

	r->has_dst = true;
	r->dst_s = r->std_s + 3600;
	if (take_short_name(s) < 0)
		return -1;
	if (s->n > 0 && s->p[0] != ',') {
		if (take_clock(s, 24, &west) < 0)
			return -1;
		r->dst_s = -west;
	}
	return take_rule_day(s, &r->start) < 0 || take_rule_day(s, &r->end) < 0
	    ? -1
	    : 0;
}

int
tzrule_parse(struct slice s, struct tzrule *r)
{
	int west;

	*r = (struct tzrule){0};
	if (s.n == 0)
		return 0;
	if (take_short_name(&s) < 0 || take_clock(&s, 24, &west) < 0)
		return -1;
	r->std_s = -west;
	r->is_set = true;
	if (s.n > 0 && take_dst(&s, r) < 0)
		return -1;
	return s.n == 0 ? 0 : -1;
}

/* Days from 1970-01-01 to the day of the form Mm.w.d in a year. */
static int64_t
month_days(const struct tzrule_day *d, int year)
{
	struct civil c = {.year = year, .month = d->month, .day = 1};
	int64_t first = civil_seconds(&c) / DAY_S;
	int weekday = (civil_weekday(&c) + 1) % 7; /* from Sunday */
	int day = (d->weekday - weekday + 7) % 7 + 7 * (d->week - 1);

	if (day >= civil_days_in(year, d->month))
		day -= 7; /* week 5 is the last */
	return first + day;
}

/* Days from 1970-01-01 to the day of a rule in a year. */
static int64_t
rule_days(const struct tzrule_day *d, int year)
{
	struct civil c = {.year = year, .month = 1, .day = 1};
	int64_t day = civil_seconds(&c) / DAY_S + d->day;

	if (d->kind == TZRULE_MONTH)
		return month_days(d, year);
	if (d->kind == TZRULE_DAY)
		return day;
	/* J1 is 1 January, and J60 1 March in every year. */
	return civil_is_date(year, 2, 29) && d->day >= 60 ? day : day - 1;
}

/* Puts a change in its order among the n there are. */
static void
insert(struct change *change, size_t n, struct change new)
{
	for (; n > 0 && change[n - 1].at > new.at; n--)
		change[n] = change[n - 1];
	change[n] = new;
}

/* When daylight saving time starts in a year. */
static int64_t
start_of(const struct tzrule *r, int year)
{
	return rule_days(&r->start, year) * DAY_S + r->start.time_s - r->std_s;
}

/*
 * The changes from the year before an instant's to the year after it, in
 * order.  Where an end falls on the next start, or after it, daylight saving
 * time goes on: that is how a rule says that it lasts all year.
 */
static void
changes_near(const struct tzrule *r, int64_t s, struct change change[CHANGES])
{
	int year = civil_of(s + r->std_s).year - 1;

	for (size_t n = 0; n < CHANGES; n += 2, year++) {
		struct change start = {start_of(r, year), r->dst_s};
		struct change next = {start_of(r, year + 1), r->dst_s};
		struct change end = {
		    rule_days(&r->end, year) * DAY_S + r->end.time_s - r->dst_s,
		    r->std_s};

		insert(change, n, end.at < next.at ? end : next);
		insert(change, n + 1, start);
	}
}

int
tzrule_offset(const struct tzrule *r, int64_t s)
{
	struct change change[CHANGES];
	int offset = r->std_s;

	if (!r->has_dst)
		return offset;
	changes_near(r, s, change);
	for (size_t i = 0; i < CHANGES && change[i].at <= s; i++)
		offset = change[i].offset_s;
	return offset;
}

int64_t
tzrule_next(const struct tzrule *r, int64_t s)
{
	struct change change[CHANGES];

	if (!r->has_dst)
		return INT64_MAX;
	changes_near(r, s, change);
	for (size_t i = 0; i < CHANGES; i++) {
		if (change[i].at > s)
			return change[i].at;
	}
	return INT64_MAX;
}
