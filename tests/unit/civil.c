#include "civil.h"

#include "test.h"

#define LAST_S INT64_C(253402300799) /* 9999-12-31T23:59:59 */

static void
every_day_comes_back(void)
{
	int64_t s = 0;
	int weekday = 3;

	for (; s <= LAST_S; s += 86400, weekday = (weekday + 1) % 7) {
		struct civil c = civil_of(s + 3661);

		if (civil_seconds(&c) != s + 3661 ||
		    civil_weekday(&c) != weekday || c.hour != 1 ||
		    c.minute != 1 || c.second != 1)
			break;
	}
	CHECK(s > LAST_S);
}

static void
leap_days_are_known(void)
{
	struct civil c;

	CHECK(civil_parse_date(slice_of("2000-02-29"), &c) == 0);
	CHECK(civil_seconds(&c) == INT64_C(951782400));
	CHECK(civil_parse_date(slice_of("2024-02-29"), &c) == 0);
	CHECK(civil_parse_date(slice_of("2026-02-29"), &c) < 0);
	CHECK(civil_parse_date(slice_of("2026-03-25x"), &c) < 0);
	CHECK(civil_parse_date(slice_of("1969-12-31"), &c) < 0);
	CHECK(civil_parse_date(slice_of("26-03-25"), &c) < 0);
	c = civil_of(-1);
	CHECK(c.year == 1969 && c.month == 12 && c.day == 31 && c.hour == 23 &&
	    c.second == 59);
}

static void
parts_are_taken_from_the_start(void)
{
	struct slice s = slice_of("0000-02-29T23:59:60.5+01:30 ");
	struct civil c = {0};

	CHECK(civil_take_date(&s, &c) == 0);
	CHECK(c.year == 0 && c.month == 2 && c.day == 29);
	CHECK(slice_take(&s, 'T'));
	CHECK(civil_take_time(&s, &c) == 0);
	CHECK(c.hour == 23 && c.minute == 59 && c.second == 60);
	CHECK(c.ns == 500000000);
	CHECK(civil_take_offset(&s, false, &c.offset_s) == 0);
	CHECK(c.offset_s == 5400);
	CHECK_SLICE(s, " ");
}

static void
check_offset(const char *text, bool loose, int want)
{
	struct slice s = slice_of(text);
	int offset_s = 1;

	if (civil_take_offset(&s, loose, &offset_s) < 0 || s.n > 0)
		offset_s = 1; /* none has such seconds */
	CHECK(offset_s == want);
}

static void
a_loose_offset_needs_no_colon(void)
{
	check_offset("Z", false, 0);
	check_offset("-23:59", false, -86340);
	check_offset("+0130", false, 1);
	check_offset("+01", false, 1);
	check_offset("+24:00", false, 1);
	check_offset("01:30", true, 1);
	check_offset("+0130", true, 5400);
	check_offset("-08", true, -28800);
	check_offset("-08:", true, 1);
	check_offset("+01:60", true, 1);
}

static void
a_date_is_written_in_full(void)
{
	struct civil date = {.year = 2026, .month = 3, .day = 9};
	struct buf out = {0};

	civil_add_date(&out, &date);
	CHECK_SLICE(buf_slice(&out), "2026-03-09");
	buf_clear(&out);
	date = (struct civil){.year = 10000, .month = 12, .day = 31};
	civil_add_date(&out, &date);
	CHECK_SLICE(buf_slice(&out), "10000-12-31");
	buf_release(&out);
}

int
main(void)
{
	RUN(every_day_comes_back);
	RUN(leap_days_are_known);
	RUN(parts_are_taken_from_the_start);
	RUN(a_loose_offset_needs_no_colon);
	RUN(a_date_is_written_in_full);
	return test_done();
}
