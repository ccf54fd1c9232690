#include "moment.h"

#include "test.h"

/* Reads and prints a time, "?" where it is none, "*" after a shifted one. */
static const char *
reads(const char *text, const char *format, const char *zone)
{
	static struct buf out;
	struct fault fault = {0};
	struct zone *z = NULL;
	struct moment_form form = {.format = format};
	struct stamp t;
	bool shifted;

	if (zone != NULL)
		form.zone = z = zone_open(slice_of(zone), &fault);
	buf_clear(&out);
	if (moment_read(&form, slice_of(text), &t, &shifted) < 0)
		buf_add_str(&out, "?");
	else
		stamp_add(&out, t);
	if (shifted)
		buf_add_str(&out, "*");
	zone_free(z);
	fault_release(&fault);
	return buf_str(&out);
}

#define READS(text, format, zone, want) \
	CHECK_SLICE(slice_of(reads(text, format, zone)), want)

static void
plain_times_need_no_format(void)
{
	READS("2026-03-01T10:00:00+02:00", "", NULL, "2026-03-01T08:00:00Z");
	READS(" 2026-03-01 10:00 ", "", NULL, "2026-03-01T10:00:00Z");
	READS("2026-03-01 10:00:01.5", "", NULL, "2026-03-01T10:00:01.5Z");
	READS("2026-07-01T10:00", "", "Europe/London", "2026-07-01T09:00:00Z");
	READS("2026-07-01T10:00:00Z", "", "Europe/London",
	    "2026-07-01T10:00:00Z");
	READS("1/7/2026", "", NULL, "?");
	READS("", "", NULL, "?");
}

static void
a_format_says_how_to_read(void)
{
	READS(
	    "29/2/2016 01:16", "%d/%m/%Y %H:%M", NULL, "2016-02-29T01:16:00Z");
	READS("04/07/2020 11:53:08 PM", "%m/%d/%Y %I:%M:%S %p",
	    "America/Los_Angeles", "2020-04-08T06:53:08Z");
	READS("30/2/2016 01:16", "%d/%m/%Y %H:%M", NULL, "?");
	READS("2016-01-01 00:00 +0100", "%Y-%m-%d %H:%M %z", "Asia/Tokyo",
	    "2015-12-31T23:00:00Z");
}

static void
gaps_and_overlaps_are_told(void)
{
	READS("2026-03-29 01:30", "", "Europe/London", "2026-03-29T01:00:00Z*");
	READS("2026-10-25 01:30", "", "Europe/London", "2026-10-25T00:30:00Z*");
}

static void
times_before_1970_are_out_of_range(void)
{
	READS("1970-01-01 00:30 +0100", "%Y-%m-%d %H:%M %z", NULL, "?");
	READS("1969-01-01 00:30", "", NULL, "?");
}

/* The time told at 2026-07-01T10:00:00Z in London, "?" where it is none. */
static const char *
told(const char *text)
{
	static struct buf out;
	struct fault fault = {0};
	struct zone *z = zone_open(slice_of("Europe/London"), &fault);
	struct stamp now, t;

	buf_clear(&out);
	CHECK(stamp_parse(slice_of("2026-07-01T10:00:00Z"), &now) == 0);
	if (moment_told(slice_of(text), z, now, &t) < 0)
		buf_add_str(&out, "?");
	else
		stamp_add(&out, t);
	zone_free(z);
	fault_release(&fault);
	return buf_str(&out);
}

#define TOLD(text, want) CHECK_SLICE(slice_of(told(text)), want)

static void
times_are_told_from_now(void)
{
	TOLD("now", "2026-07-01T10:00:00Z");
	TOLD(" 20m ago ", "2026-07-01T09:40:00Z");
	TOLD("1h30m  ago", "2026-07-01T08:30:00Z");
	TOLD("in 2d", "2026-07-03T10:00:00Z");
	TOLD("-20m", "2026-07-01T09:40:00Z");
	TOLD("+20m", "2026-07-01T10:20:00Z");
	TOLD("2026-07-01 09:00", "2026-07-01T08:00:00Z");
	TOLD("2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z");
}

static void
what_is_no_time_is_not_told(void)
{
	TOLD("", "?");
	TOLD("ago", "?");
	TOLD(" ago", "?");
	TOLD("20m", "?");
	TOLD("20 minutes ago", "?");
	TOLD("in", "?");
	TOLD("-", "?");
	TOLD("-20m ago", "?");
	TOLD("in 20m ago", "?");
	TOLD("99999w ago", "?");
	TOLD("in 999999w", "?");
	TOLD("9223372036854775807s ago", "?");
}

int
main(void)
{
	RUN(times_are_told_from_now);
	RUN(what_is_no_time_is_not_told);
	RUN(plain_times_need_no_format);
	RUN(a_format_says_how_to_read);
	RUN(gaps_and_overlaps_are_told);
	RUN(times_before_1970_are_out_of_range);
	return test_done();
}
