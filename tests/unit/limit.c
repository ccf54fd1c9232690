#include "limit.h"

#include "test.h"

static void
check(const char *text, enum limit_kind kind, int64_t n)
{
	struct limit limit;
	struct buf out = {0};

	CHECK(limit_parse(slice_of(text), &limit) == 0);
	CHECK(limit.kind == kind && limit.n == n);
	limit_add(&out, limit);
	CHECK_SLICE(buf_slice(&out), text);
	buf_release(&out);
}

static void
limits_are_durations_days_and_months(void)
{
	check("", LIMIT_NONE, 0);
	check("15m", LIMIT_TIME, 900);
	check("1h30m", LIMIT_TIME, 5400);
	check("2d", LIMIT_TIME, 172800);
	check("0wd", LIMIT_WORKING_DAYS, 0);
	check("5wd", LIMIT_WORKING_DAYS, 5);
	check("10cd", LIMIT_DAYS, 10);
	check("1mo", LIMIT_MONTHS, 1);
	check("1200mo", LIMIT_MONTHS, 1200);
}

static void
what_is_no_limit_is_refused(void)
{
	static const char *const bad[] = {"15", "mo", "wd", "-1mo", "1 mo",
	    "1mo2d", "1h5wd", "1201mo", "36526cd", "36526d", "1y", "%"};
	struct limit limit;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (limit_parse(slice_of(bad[i]), &limit) == 0)
			CHECK_SLICE(slice_of(bad[i]), "refused");
	}
}

int
main(void)
{
	RUN(limits_are_durations_days_and_months);
	RUN(what_is_no_limit_is_refused);
	return test_done();
}
