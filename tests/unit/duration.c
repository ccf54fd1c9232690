#include "duration.h"

#include "test.h"

static void
check_duration(const char *text, int64_t want, const char *printed)
{
	struct buf out = {0};
	int64_t s = -1;

	CHECK((duration_parse(slice_of(text), &s) < 0) == (want < 0));
	CHECK(s == want);
	if (want >= 0) {
		duration_add(&out, s);
		CHECK_SLICE(buf_slice(&out), printed);
	}
	buf_release(&out);
}

static void
durations_are_read_and_printed(void)
{
	check_duration("90s", 90, "1m30s");
	check_duration("15m", 900, "15m");
	check_duration("1h30m", 5400, "1h30m");
	check_duration("90m", 5400, "1h30m");
	check_duration("2d", 172800, "2d");
	check_duration("1w", 604800, "1w");
	check_duration("30d", 2592000, "30d");
	check_duration("0s", 0, "0s");
	check_duration(
	    "9223372036854775807s", INT64_MAX, "106751991167300d15h30m7s");
}

static void
what_is_no_duration_is_refused(void)
{
	static const char *const none[] = {"", "1", "s", "1x", "-1s", "1h30",
	    "1.5h", "1 h", "1H", "9223372036854775808s", "15250284452472w",
	    "9223372036854775807s1s", "99999999999999999999999s"};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		check_duration(none[i], -1, NULL);
}

static void
every_duration_comes_back(void)
{
	struct buf out = {0};

	for (int64_t s = 0; s < 3000000; s += 7 + s % 97) {
		int64_t back = -1;

		buf_clear(&out);
		duration_add(&out, s);
		if (duration_parse(buf_slice(&out), &back) < 0 || back != s)
			CHECK_SLICE(buf_slice(&out), "to come back");
	}
	buf_release(&out);
}

int
main(void)
{
	RUN(durations_are_read_and_printed);
	RUN(what_is_no_duration_is_refused);
	RUN(every_duration_comes_back);
	return test_done();
}
