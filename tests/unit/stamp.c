#include "stamp.h"

#include <stdint.h>
#include <stdlib.h>

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
 * Scans a copy of exactly the text's bytes, so that a sanitizer sees a read
 * past them; want is "none" or a time with its offset where it has one.
 */
static void
check_scan(const char *format, const char *text, const char *want)
{
	size_t n = strlen(text);
	char *copy = malloc(n > 0 ? n : 1);
	struct buf out = {0};
	struct civil c;

	memcpy(copy, text, n);
	if (civil_scan((struct slice){copy, n}, format, &c) < 0) {
		buf_add_str(&out, "none");
	} else {
		buf_addf(&out, "%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month,
		    c.day, c.hour, c.minute, c.second);
		if (c.ns > 0)
			buf_addf(&out, ".%09u", c.ns);
		if (c.has_offset)
			buf_addf(&out, " %+d", c.offset_s);
	}
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
	free(copy);
}

static void
the_formats_of_real_exports_are_read(void)
{
	const char *uci = "%d/%m/%Y %H:%M", *fire = "%m/%d/%Y %I:%M:%S %p";

	check_scan(uci, "29/2/2016 01:16", "2016-02-29 01:16:00");
	check_scan(uci, "1/12/2016  9:05", "2016-12-01 09:05:00");
	check_scan(fire, "03/25/2026 12:08:12 AM", "2026-03-25 00:08:12");
	check_scan(fire, "03/25/2026 12:08:12 pm", "2026-03-25 12:08:12");
	check_scan(fire, "03/25/2026 11:08:12 PM", "2026-03-25 23:08:12");
	check_scan(
	    "%Y-%m-%d %H:%M:%S", "2016-02-29 01:16:05", "2016-02-29 01:16:05");
}

static void
a_scan_is_strict(void)
{
	const char *uci = "%d/%m/%Y %H:%M", *fire = "%m/%d/%Y %I:%M:%S %p";

	check_scan(uci, "29/2/2015 01:16", "none");
	check_scan(uci, "31/4/2016 01:16", "none");
	check_scan(uci, "29/2/2016 01:16x", "none");
	check_scan(uci, "29/2/2016 01:16 ", "none");
	check_scan(uci, "29/2/2016 01:", "none");
	check_scan(uci, "29/2/2016", "none");
	check_scan(uci, "29/2/16 01:16", "none");
	check_scan(uci, "29/2/2016 24:00", "none");
	check_scan(uci, "29/2/2016 01:60", "none");
	check_scan(uci, "29/13/2016 01:16", "none");
	check_scan(uci, "0/1/2016 01:16", "none");
	check_scan(uci, "1/1/1969 01:16", "none");
	check_scan(uci, "", "none");
	check_scan(uci, "?", "none");
	check_scan(fire, "03/25/2026 13:08:12 AM", "none");
	check_scan(fire, "03/25/2026 0:08:12 AM", "none");
	check_scan(fire, "03/25/2026 11:08:12 XM", "none");
	check_scan(fire, "03/25/2026 11:08:12 P", "none");
	check_scan("%H:%M", "01:16", "none");
	check_scan("%Y%", "2016", "none");
	check_scan("%Q", "2016", "none");
}

static void
every_letter_is_read(void)
{
	check_scan("%a, %e %b %Y %T", "Mon,  5 Dec 2016 01:02:03",
	    "2016-12-05 01:02:03");
	check_scan(
	    "%A %B %d %Y", "friday SEPTEMBER 9 2016", "2016-09-09 00:00:00");
	check_scan("%h %d %y", "may 1 68", "2068-05-01 00:00:00");
	check_scan("%h %d %y", "jul 1 70", "1970-07-01 00:00:00");
	check_scan("%D %R", "02/29/16 01:16", "2016-02-29 01:16:00");
	check_scan("%FT%T%z", "2016-02-29T01:16:59+0530",
	    "2016-02-29 01:16:59 +19800");
	check_scan("%F %l:%M%p%z", "2016-02-29  1:16pm-08",
	    "2016-02-29 13:16:00 -28800");
	check_scan(
	    "%F %T %Z", "2016-02-29 01:16:59 GMT", "2016-02-29 01:16:59 +0");
	check_scan("%F %T %Z", "2016-02-29 01:16:59 CET", "none");
	check_scan("%Y %j", "2016 60", "2016-02-29 00:00:00");
	check_scan("%Y %j", "2015 366", "none");
	check_scan("%F %j", "2016-02-29 61", "none");
	check_scan("%s", "951782400", "2000-02-29 00:00:00 +0");
	check_scan("%s", "253402300800", "none");
	check_scan("%F %T.%f", "2016-02-29 01:16:59.25",
	    "2016-02-29 01:16:59.250000000");
	check_scan(
	    "%F %T", "2016-02-29 01:16:59,25", "2016-02-29 01:16:59.250000000");
	check_scan("%F %T", "2016-12-31 23:59:60", "2017-01-01 00:00:00");
	check_scan("%F 100%%", "2016-12-31 100%", "2016-12-31 00:00:00");
	check_scan("%F %k", "2016-12-31  7", "2016-12-31 07:00:00");
}

static void
an_unknown_letter_of_a_format_is_named(void)
{
	char letter = 0;

	CHECK(civil_check_format("%d/%m/%Y %H:%M %%", &letter) == 0);
	CHECK(civil_check_format("%d %Q", &letter) < 0 && letter == 'Q');
	CHECK(civil_check_format("%d %", &letter) < 0 && letter == '%');
}

int
main(void)
{
	RUN(a_time_is_printed_in_utc);
	RUN(a_fraction_is_kept_without_trailing_zeros);
	RUN(a_leap_second_is_the_next_minutes_start);
	RUN(what_is_no_time_is_refused);
	RUN(times_are_ordered);
	RUN(the_formats_of_real_exports_are_read);
	RUN(a_scan_is_strict);
	RUN(every_letter_is_read);
	RUN(an_unknown_letter_of_a_format_is_named);
	return test_done();
}
