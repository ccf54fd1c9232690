#include "limit.h"

#include "civil.h"
#include "duration.h"

static const struct unit {
	enum limit_kind kind;
	const char *name; /* of two letters */
	unsigned long long max;
} units[] = {{LIMIT_WORKING_DAYS, "wd", LIMIT_MAX_DAYS},
    {LIMIT_DAYS, "cd", LIMIT_MAX_DAYS}, {LIMIT_MONTHS, "mo", 1200}};

#define UNITS (sizeof units / sizeof *units)

int
limit_parse(struct slice s, struct limit *limit)
{
	*limit = (struct limit){LIMIT_NONE, 0};
	if (s.n == 0)
		return 0;
	for (size_t i = 0; i < UNITS && s.n > 2; i++) {
		struct slice number = {s.p, s.n - 2};
		unsigned long long n;

		if (!slice_ends(s, units[i].name))
			continue;
		if (slice_number(number, units[i].max, &n) < 0)
			return -1;
		*limit = (struct limit){units[i].kind, (int64_t)n};
		return 0;
	}
	limit->kind = LIMIT_TIME;
	if (duration_parse(s, &limit->n) < 0)
		return -1;
	return limit->n <= LIMIT_MAX_DAYS * DAY_S ? 0 : -1;
}

void
limit_add(struct buf *out, struct limit limit)
{
	if (limit.kind == LIMIT_TIME)
		duration_add(out, limit.n);
	for (size_t i = 0; i < UNITS; i++) {
		if (limit.kind == units[i].kind)
			buf_addf(
			    out, "%lld%s", (long long)limit.n, units[i].name);
	}
}

bool
limit_counts_openings(struct limit limit)
{
	return limit.kind == LIMIT_TIME || limit.kind == LIMIT_WORKING_DAYS;
}
