#include "stamp.h"

#include "chance.h"
#include "test.h"

/* Whether text is a time, and the one that is printed so. */
static void
check_time(const char *text, const char *want)
{
	struct buf out = {0};
	struct stamp t;

	if (stamp_parse(slice_of(text), &t) < 0)
		buf_add_str(&out, "none");
	else
		stamp_add(&out, t);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
a_time_is_printed_in_utc(void)
{
	check_time("2026-03-25T09:08:12Z", "2026-03-25T09:08:12Z");
	check_time("2026-03-25 09:08:12z", "2026-03-25T09:08:12Z");
	check_time("2026-03-25t09:08:12+01:30", "2026-03-25T07:38:12Z");
	check_time("2026-12-31T23:30:00-02:00", "2027-01-01T01:30:00Z");
	check_time("1969-12-31T23:30:00-01:00", "1970-01-01T00:30:00Z");
	check_time("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z");
	check_time("2026-03-25T09:08:12-00:00", "2026-03-25T09:08:12Z");
}

static void
a_fraction_is_kept_without_trailing_zeros(void)
{
	check_time("2026-03-25T09:08:12.5Z", "2026-03-25T09:08:12.5Z");
	check_time("2026-03-25T09:08:12.500Z", "2026-03-25T09:08:12.5Z");
	check_time("2026-03-25T09:08:12.000Z", "2026-03-25T09:08:12Z");
	check_time(
	    "2026-03-25T09:08:12.000000001Z", "2026-03-25T09:08:12.000000001Z");
	check_time("2026-03-25T09:08:12.0000000001Z", "none");
	check_time("2026-03-25T09:08:12.Z", "none");
}

static void
a_leap_second_is_the_next_minutes_start(void)
{
	check_time("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
	check_time("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00Z");
	check_time("9999-12-31T23:59:60Z", "none");
}

static void
what_is_no_time_is_refused(void)
{
	static const char *const none[] = {"", "2026", "2026-03-25",
	    "2026-03-25T09:08:12", "2026-03-25T09:08Z", "2026-3-25T09:08:12Z",
	    "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
	    "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
	    "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
	    "2026-03-25T24:00:00Z", "2026-03-25T09:60:00Z",
	    "2026-03-25T09:08:61Z", "2026-03-25T09:08:12+0100",
	    "2026-03-25T09:08:12+24:00", "2026-03-25T09:08:12+01:60",
	    "2026-03-25T09:08:12Z ", " 2026-03-25T09:08:12Z",
	    "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01",
	    "9999-12-31T23:59:59-00:01", "+026-03-25T09:08:12Z",
	    "2026-03-25T09:08:12,5Z", "20260325T090812Z"};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		check_time(none[i], "none");
}

static void
times_are_ordered(void)
{
	struct stamp a = {10, 0}, b = {10, 1}, c = {11, 0};

	CHECK(stamp_cmp(a, b) < 0 && stamp_cmp(b, c) < 0);
	CHECK(stamp_cmp(c, a) > 0 && stamp_cmp(b, a) > 0);
	CHECK(stamp_cmp(b, b) == 0);
}

/*
 * A time without a fraction is read eight bytes at a time, one with a fraction
 * part by part: with .0 put in, a text must be the same time, or none.
 */
static void
both_ways_of_reading_agree(void)
{
	static const char letters[] = "0123456789-:TZ ./+";
	static const char form[] = "2016-02-29T13:46:59Z";
	size_t times = 0;

	for (int i = 0; i < 300000; i++) {
		char plain[sizeof form], other[sizeof form + 2];
		struct stamp a = {0, 0}, b = {0, 0};
		int got;

		memcpy(plain, form, sizeof form);
		for (size_t k = chance(4) + 1; k > 0; k--)
			plain[chance(20)] = letters[chance(
			    chance(4) > 0 ? 10 : sizeof letters - 1)];
		memcpy(other, plain, 19);
		memcpy(other + 19, ".0", 2);
		other[21] = plain[19];
		other[22] = '\0';
		got = stamp_parse((struct slice){plain, 20}, &a);
		times += got == 0;
		CHECK(got == stamp_parse((struct slice){other, 22}, &b));
		CHECK(stamp_cmp(a, b) == 0);
	}
	CHECK(times > 50000 && times < 250000);
}

/* Also the first and the last time, and those around a day's end. */
static void
what_is_printed_is_read_as_the_same_time(void)
{
	static const int64_t ends[] = {0, 86399, 86400, 68169599, 951782399,
	    951868800, 4107542399, STAMP_MAX_S};
	struct buf out = {0};

	for (size_t i = 0; i < 200000; i++) {
		int64_t far =
		    (int64_t)chance(1 << 24) << 24 | (int64_t)chance(1 << 24);
		struct stamp t = {far % (STAMP_MAX_S + 1), 0}, again;

		if (i < LEN(ends))
			t.s = ends[i];
		if (chance(2) > 0)
			t.ns = (uint32_t)(chance(32000) * 31250);
		buf_clear(&out);
		stamp_add(&out, t);
		CHECK(stamp_parse(buf_slice(&out), &again) == 0);
		CHECK(stamp_cmp(t, again) == 0);
	}
	buf_release(&out);
}

int
main(void)
{
	RUN(a_time_is_printed_in_utc);
	RUN(a_fraction_is_kept_without_trailing_zeros);
	RUN(a_leap_second_is_the_next_minutes_start);
	RUN(what_is_no_time_is_refused);
	RUN(times_are_ordered);
	RUN(both_ways_of_reading_agree);
	RUN(what_is_printed_is_read_as_the_same_time);
	return test_done();
}
