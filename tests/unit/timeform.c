#include "timeform.h"

#include <stdlib.h>

#include "buf.h"
#include "test.h"

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
	if (timeform_scan((struct slice){copy, n}, format, &c) < 0) {
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
epoch_seconds_outweigh_whatever_stands_beside_them(void)
{
	check_scan("%s", "1480896000", "2016-12-05 00:00:00 +0");
	check_scan(
	    "%s.%f", "1480896000.25", "2016-12-05 00:00:00.250000000 +0");
	check_scan("%Q", "1480896000250", "2016-12-05 00:00:00.250000000 +0");
	check_scan("%Q", "253402300799999", "9999-12-31 23:59:59.999000000 +0");
	check_scan("%Q", "253402300800000", "none");
	check_scan("%a, %e %b %s %T %z", "Mon, 5 Dec 1 0:2:60 +10",
	    "1970-01-01 00:00:01 +0");
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
	check_scan("%G", "2016", "none");
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

	CHECK(timeform_check("%d/%m/%Y %H:%M %%", &letter) == 0);
	CHECK(timeform_check("%d %G", &letter) < 0 && letter == 'G');
	CHECK(timeform_check("%d %", &letter) < 0 && letter == '%');
}

int
main(void)
{
	RUN(the_formats_of_real_exports_are_read);
	RUN(a_scan_is_strict);
	RUN(epoch_seconds_outweigh_whatever_stands_beside_them);
	RUN(every_letter_is_read);
	RUN(an_unknown_letter_of_a_format_is_named);
	return test_done();
}
