#include "duration.h"

#include <stddef.h>

#include "civil.h"

/* Seconds of a duration's unit, or 0. */
static int64_t
unit_seconds(char unit)
{
	switch (unit) {
	case 's':
		return 1;
	case 'm':
		return 60;
	case 'h':
		return 3600;
	case 'd':
		return DAY_S;
	case 'w':
		return 7 * DAY_S;
	default:
		return 0;
	}
}

int
duration_parse(struct slice s, int64_t *seconds)
{
	int64_t sum = 0;

	if (s.n == 0)
		return -1;
	while (s.n > 0) {
		size_t n = 0;
		unsigned long long count;
		int64_t unit;

		while (n < s.n && slice_is_digit(s.p[n]))
			n++;
		unit = n < s.n ? unit_seconds(s.p[n]) : 0;
		if (unit == 0 ||
		    slice_number((struct slice){s.p, n},
			(unsigned long long)((INT64_MAX - sum) / unit),
			&count) < 0)
			return -1;
		sum += (int64_t)count * unit;
		s = slice_from(s, n + 1);
	}
	*seconds = sum;
	return 0;
}

static void
add_units(struct buf *out, int64_t n, char unit)
{
	buf_add_number(out, (uint64_t)n);
	buf_add_char(out, unit);
}

void
duration_add(struct buf *out, int64_t seconds)
{
	static const char unit[] = "dhms";

	if (seconds <= 0) {
		buf_add_str(out, "0s");
		return;
	}
	/* 2w, but 30d rather than 4w2d. */
	if (seconds % (7 * DAY_S) == 0) {
		add_units(out, seconds / (7 * DAY_S), 'w');
		return;
	}
	for (size_t i = 0; i < 4; i++) {
		int64_t one = unit_seconds(unit[i]);

		if (seconds >= one)
			add_units(out, seconds / one, unit[i]);
		seconds %= one;
	}
}
