#include "civil.h"

/*
 * Dates and days by a multiplication and a shift where a division would stand,
 * after Neri and Schneider, "Euclidean affine functions and their application
 * to calendar algorithms" (2022).  Years start in March, so that leap days come
 * last, and days count from a cycle of 400 years before the year 0.
 */
#define CYCLE_DAYS 146097U           /* of 400 years */
#define EPOCH (719468U + CYCLE_DAYS) /* 1970-01-01 */

/* Days from 1970-01-01. */
static int64_t
days_of(int year, int month, int day)
{
	uint32_t late = month <= 2; /* the months that end a year */
	uint32_t y = (uint32_t)(year + 400) - late, century = y / 100;
	uint32_t m = (uint32_t)month + 12 * late;
	uint32_t days = 1461 * y / 4 - century + century / 4 +
	    (979 * m - 2919) / 32 + (uint32_t)day - 1;

	return (int64_t)days - EPOCH;
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
civil_days_in(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t
civil_seconds(const struct civil *c)
{
	return days_of(c->year, c->month, c->day) * DAY_S + c->hour * 3600 +
	    c->minute * 60 + c->second;
}

struct civil
civil_of(int64_t s)
{
	int64_t days = s / DAY_S - (s % DAY_S < 0);
	uint32_t rest = (uint32_t)(s - days * DAY_S);
	uint32_t n = 4 * (uint32_t)(days + EPOCH) + 3;
	uint32_t century = n / CYCLE_DAYS;
	uint64_t part = UINT64_C(2939745) * (n % CYCLE_DAYS | 3);
	uint32_t year = 100 * century + (uint32_t)(part >> 32);
	uint32_t day_of_year = (uint32_t)part / 2939745 / 4;
	uint32_t m = 2141 * day_of_year + 197913;
	bool late = day_of_year >= 306;

	return (struct civil){
	    .year = (int)(year + late) - 400,
	    .month = (int)(m >> 16) - 12 * late,
	    .day = (int)((m & 0xffff) / 2141) + 1,
	    .hour = (int)(rest / 3600),
	    .minute = (int)(rest / 60 % 60),
	    .second = (int)(rest % 60),
	};
}

int
civil_weekday(const struct civil *c)
{
	/* 1970-01-01 was a Thursday. */
	int64_t d = (days_of(c->year, c->month, c->day) + 3) % 7;

	return (int)(d < 0 ? d + 7 : d);
}

bool
civil_is_date(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= civil_days_in(year, month);
}

int
civil_take_fraction(struct slice *s, uint32_t *ns)
{
	size_t before = s->n;
	int v;

	if (slice_digits(s, 1, 9, &v) < 0)
		return -1;
	for (size_t digits = before - s->n; digits < 9; digits++)
		v *= 10;
	*ns = (uint32_t)v;
	return 0;
}

int
civil_take_offset(struct slice *s, bool loose, int *offset_s)
{
	int sign, hours, minutes = 0;
	bool colon;

	if (slice_take(s, 'Z') || slice_take(s, 'z')) {
		*offset_s = 0;
		return 0;
	}
	if (slice_take(s, '+'))
		sign = 1;
	else if (slice_take(s, '-'))
		sign = -1;
	else
		return -1;
	if (slice_digits(s, 2, 2, &hours) < 0 || hours > 23)
		return -1;
	colon = slice_take(s, ':');
	if (!colon && !loose)
		return -1;
	if ((colon || s->n > 0) && slice_digits(s, 2, 2, &minutes) < 0)
		return -1;
	if (minutes > 59)
		return -1;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return 0;
}

void
civil_add_date(struct buf *out, const struct civil *date)
{
	buf_add_digits(out, (uint64_t)date->year, 4);
	buf_add_char(out, '-');
	buf_add_digits(out, (uint64_t)date->month, 2);
	buf_add_char(out, '-');
	buf_add_digits(out, (uint64_t)date->day, 2);
}

int
civil_take_date(struct slice *s, struct civil *c)
{
	if (slice_digits(s, 4, 4, &c->year) < 0 || !slice_take(s, '-') ||
	    slice_digits(s, 2, 2, &c->month) < 0 || !slice_take(s, '-') ||
	    slice_digits(s, 2, 2, &c->day) < 0)
		return -1;
	return civil_is_date(c->year, c->month, c->day) ? 0 : -1;
}

int
civil_take_time(struct slice *s, struct civil *c)
{
	if (slice_digits(s, 2, 2, &c->hour) < 0 || !slice_take(s, ':') ||
	    slice_digits(s, 2, 2, &c->minute) < 0 || !slice_take(s, ':') ||
	    slice_digits(s, 2, 2, &c->second) < 0)
		return -1;
	if (slice_take(s, '.') && civil_take_fraction(s, &c->ns) < 0)
		return -1;
	return c->hour <= 23 && c->minute <= 59 && c->second <= 60 ? 0 : -1;
}

int
civil_parse_date(struct slice s, struct civil *c)
{
	struct civil date = {0};

	if (civil_take_date(&s, &date) < 0 || s.n > 0 || date.year < 1970)
		return -1;
	*c = date;
	return 0;
}
