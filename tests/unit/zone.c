#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "civil.h"
#include "files.h"
#include "test.h"
#include "timeform.h"

#define END_S INT64_C(4102444800) /* 2100-01-01 */

static const char *const names[] = {"Europe/London", "America/Los_Angeles",
    "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca",
    "America/Nuuk", "Asia/Gaza", "Pacific/Apia", "Europe/Dublin",
    "Africa/Cairo", "America/St_Johns", "America/Sao_Paulo", "Antarctica/Troll",
    "Asia/Tehran", "America/Havana", "Pacific/Chatham", "America/Caracas",
    "Pacific/Kwajalein", "Etc/GMT+12", "UTC"};

#define NAMES (sizeof names / sizeof *names)

static struct zone *
open_zone(const char *name)
{
	struct fault f = {0};
	struct zone *z = zone_open(slice_of(name), &f);

	if (z == NULL) {
		printf("# %s\n", buf_str(&f.text));
		test_now = 1;
		z = zone_open(slice_of("UTC"), &f);
	}
	fault_release(&f);
	return z;
}

static bool
is_tm(const struct civil *c, const struct tm *tm)
{
	return c->year == tm->tm_year + 1900 && c->month == tm->tm_mon + 1 &&
	    c->day == tm->tm_mday && c->hour == tm->tm_hour &&
	    c->minute == tm->tm_min && c->second == tm->tm_sec;
}

/* The C library's own local time is the reference. */
static void
local_times_are_the_systems(void)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct zone *z = open_zone(names[i]);
		int64_t s;

		setenv("TZ", names[i], 1);
		tzset();
		/* A prime step meets every hour of the day and the year. */
		for (s = 0; s < END_S; s += 50021) {
			time_t t = (time_t)s;
			struct civil c = zone_civil(z, s);
			struct tm tm;

			if (localtime_r(&t, &tm) == NULL || !is_tm(&c, &tm))
				break;
		}
		if (s < END_S)
			printf(
			    "# %s differs at %lld\n", names[i], (long long)s);
		CHECK(s >= END_S);
		zone_free(z);
	}
	setenv("TZ", "UTC0", 1);
	tzset();
}

/* The second of the first change after a known one, by halving. */
static int64_t
change_between(const struct zone *z, int64_t low, int64_t high)
{
	int before = zone_offset(z, low);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (zone_offset(z, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* At a change at s: the local times that it jumps over or repeats. */
static void
check_change(const struct zone *z, int64_t s)
{
	int before = zone_offset(z, s - 1), after = zone_offset(z, s);
	int jump = after - before;
	struct civil local = civil_of(s + before + (jump > 0 ? jump / 2 : -1));
	struct stamp first, last;
	enum zone_kind kind = zone_instant(z, &local, ZONE_FIRST, &first);

	CHECK(zone_instant(z, &local, ZONE_LAST, &last) == kind);
	if (jump > 0) {
		CHECK(kind == ZONE_GAP);
		CHECK(first.s == s && last.s == s);
	} else {
		CHECK(kind == ZONE_TWICE);
		CHECK(first.s == s - 1);
		CHECK(last.s == s - 1 - jump);
	}
	/* The first local time after a jump is the change itself. */
	local = civil_of(s + (jump > 0 ? after : before));
	zone_instant(z, &local, ZONE_LAST, &last);
	CHECK(last.s == s || jump < 0);
}

static void
gaps_and_repeats_are_found_at_every_change(void)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct zone *z = open_zone(names[i]);
		const int step = 5 * DAY_S;

		for (int64_t s = 0; s < END_S && !test_now; s += step) {
			if (zone_offset(z, s) == zone_offset(z, s + step))
				continue;
			check_change(z, change_between(z, s, s + step));
			if (test_now)
				printf(
				    "# %s near %lld\n", names[i], (long long)s);
		}
		zone_free(z);
	}
}

static void
an_instant_comes_back_from_its_local_time(void)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct zone *z = open_zone(names[i]);

		for (int64_t s = DAY_S; s < END_S && !test_now; s += 50023) {
			struct civil local = zone_civil(z, s);
			struct stamp a, b;
			enum zone_kind kind =
			    zone_instant(z, &local, ZONE_FIRST, &a);

			zone_instant(z, &local, ZONE_LAST, &b);
			CHECK(kind != ZONE_GAP);
			CHECK(a.s == s || b.s == s);
			CHECK((kind == ZONE_ONCE) == (a.s == b.s));
		}
		zone_free(z);
	}
}

/* What a local time is, and the instant it is taken for. */
static void
check_instant(const char *zone, const char *text, enum zone_pick pick,
    enum zone_kind kind, const char *want)
{
	struct zone *z = open_zone(zone);
	struct buf out = {0};
	struct civil c;
	struct stamp t;

	CHECK(timeform_scan(slice_of(text), "%F %T", &c) == 0);
	CHECK(zone_instant(z, &c, pick, &t) == kind);
	stamp_add(&out, t);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
	zone_free(z);
}

static void
a_local_time_in_a_gap_is_the_gaps_end(void)
{
	check_instant("Europe/London", "2026-03-29 01:30:00", ZONE_FIRST,
	    ZONE_GAP, "2026-03-29T01:00:00Z");
	check_instant("Europe/London", "2026-03-29 01:00:00", ZONE_LAST,
	    ZONE_GAP, "2026-03-29T01:00:00Z");
	check_instant("Europe/London", "2026-03-29 02:00:00", ZONE_FIRST,
	    ZONE_ONCE, "2026-03-29T01:00:00Z");
	check_instant("America/Los_Angeles", "2026-03-08 02:30:00", ZONE_FIRST,
	    ZONE_GAP, "2026-03-08T10:00:00Z");
	check_instant("Europe/London", "2099-03-29 01:30:00", ZONE_FIRST,
	    ZONE_GAP, "2099-03-29T01:00:00Z");
	/* Apia left out a whole day. */
	check_instant("Pacific/Apia", "2011-12-30 12:00:00", ZONE_FIRST,
	    ZONE_GAP, "2011-12-30T10:00:00Z");
}

static void
of_a_local_time_that_comes_twice_one_is_picked(void)
{
	check_instant("Europe/London", "2026-10-25 01:30:00.5", ZONE_FIRST,
	    ZONE_TWICE, "2026-10-25T00:30:00.5Z");
	check_instant("Europe/London", "2026-10-25 01:30:00", ZONE_LAST,
	    ZONE_TWICE, "2026-10-25T01:30:00Z");
	check_instant("Europe/London", "2026-10-25 02:00:00", ZONE_FIRST,
	    ZONE_ONCE, "2026-10-25T02:00:00Z");
	check_instant("America/Los_Angeles", "2026-11-01 01:30:00", ZONE_FIRST,
	    ZONE_TWICE, "2026-11-01T08:30:00Z");
	check_instant("America/Los_Angeles", "2026-11-01 01:30:00", ZONE_LAST,
	    ZONE_TWICE, "2026-11-01T09:30:00Z");
}

static void
the_ends_of_time_are_kept(void)
{
	check_instant("Asia/Kathmandu", "1970-01-01 00:00:00", ZONE_FIRST,
	    ZONE_ONCE, "1970-01-01T00:00:00Z");
	check_instant("America/Los_Angeles", "9999-12-31 23:59:59", ZONE_LAST,
	    ZONE_ONCE, "9999-12-31T23:59:59.999999999Z");
}

static void
check_refused(const char *name, const char *why)
{
	struct fault f = {0};
	struct zone *z = zone_open(slice_of(name), &f);

	CHECK(z == NULL);
	if (strncmp(buf_str(&f.text), why, strlen(why)) != 0)
		CHECK_SLICE(buf_slice(&f.text), why);
	zone_free(z);
	fault_release(&f);
}

static void
a_name_can_not_leave_the_database(void)
{
	check_refused("", "'' is no name of a time zone");
	check_refused("/etc/passwd", "'/etc/passwd' is no name of");
	check_refused("../../etc/passwd", "'../../etc/passwd' is no name of");
	check_refused("Europe/../UTC", "'Europe/../UTC' is no name of");
	check_refused("Europe/", "'Europe/' is no name of");
	check_refused("a b", "'a b' is no name of");
	check_refused("Europe", "unknown time zone 'Europe'");
	check_refused("Europe/Lodnon",
	    "unknown time zone 'Europe/Lodnon' (did you mean "
	    "'Europe/London'?)");
}

/* Files that the system has, cut at every byte and with every byte changed. */
static void
a_cut_or_broken_file_does_no_harm(void)
{
	struct buf text = {0};
	struct fault f = {0};

	if (file_read("/usr/share/zoneinfo/Asia/Gaza", 65536, &text, &f) < 0)
		printf("# skipped: no zone database\n");
	for (size_t n = 0; n < text.n; n++) {
		char *cut = malloc(n + 1);
		struct zone *z;

		memcpy(cut, text.p, n);
		z = zone_read((struct slice){cut, n}, slice_of("cut"), &f);
		CHECK(z == NULL);
		zone_free(z);
		free(cut);
		text.p[n] = (char)~text.p[n];
		z = zone_read(buf_slice(&text), slice_of("broken"), &f);
		if (z != NULL) {
			struct civil c = zone_civil(z, INT64_C(4000000000));
			struct stamp t;

			zone_instant(z, &c, ZONE_FIRST, &t);
		}
		zone_free(z);
		text.p[n] = (char)~text.p[n];
	}
	buf_release(&text);
	fault_release(&f);
}

static void
a_time_for_people_has_its_date_on_another_day(void)
{
	struct zone *z = open_zone("Europe/London");
	struct stamp t = {1783500000, 0}; /* 2026-07-08T08:40:00Z */
	struct buf out = {0};

	zone_add_time(z, t, t, false, &out);
	CHECK_SLICE(buf_slice(&out), "09:40");
	buf_clear(&out);
	zone_add_time(NULL, t, t, true, &out);
	CHECK_SLICE(buf_slice(&out), "08:40:00");
	buf_clear(&out);
	/* 23:30 UTC is the next day in summer */
	zone_add_time(
	    z, (struct stamp){t.s + 14 * 3600 + 50 * 60, 0}, t, false, &out);
	CHECK_SLICE(buf_slice(&out), "2026-07-09 00:30");
	buf_release(&out);
	zone_free(z);
}

int
main(void)
{
	RUN(local_times_are_the_systems);
	RUN(gaps_and_repeats_are_found_at_every_change);
	RUN(an_instant_comes_back_from_its_local_time);
	RUN(a_local_time_in_a_gap_is_the_gaps_end);
	RUN(of_a_local_time_that_comes_twice_one_is_picked);
	RUN(the_ends_of_time_are_kept);
	RUN(a_name_can_not_leave_the_database);
	RUN(a_cut_or_broken_file_does_no_harm);
	RUN(a_time_for_people_has_its_date_on_another_day);
	return test_done();
}
