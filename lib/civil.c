#include "civil.h"

/* Days from 1970-01-01; years start in March, so that leap days come last. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - 719468;
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
	int rest = (int)(s - days * DAY_S);
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097; /* day of the era of 400 years */
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = (int)(doe - (365 * yoe + yoe / 4 - yoe / 100));
	int m = (5 * doy + 2) / 153; /* 0 March to 11 February */

	return (struct civil){
	    .year = (int)(yoe + era * 400) + (m >= 10),
	    .month = m < 10 ? m + 3 : m - 9,
	    .day = doy - (153 * m + 2) / 5 + 1,
	    .hour = rest / 3600,
	    .minute = rest / 60 % 60,
	    .second = rest % 60,
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
