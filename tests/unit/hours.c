#include "hours.h"

#include "civil.h"
#include "test.h"

static struct zone *london;

static int
read_hours(struct hours *h, const char *days, const char *windows,
    struct arena *arena, struct fault *f)
{
	return hours_read(h, slice_of(days), (struct place){"t.tsv", 2, 10},
	    slice_of(windows), (struct place){"t.tsv", 2, 30}, arena, f);
}

static void
check_days(const char *days, unsigned want)
{
	struct arena arena = {0};
	struct fault f = {0};
	struct hours h;

	CHECK(read_hours(&h, days, "", &arena, &f) == 0);
	CHECK(h.days == want);
	arena_release(&arena);
	fault_release(&f);
}

static void
days_are_names_and_ranges(void)
{
	check_days("mon", 1);
	check_days("mon-fri", 31);
	check_days("sat sun", 96);
	check_days("fri-mon", 16 + 32 + 64 + 1);
	check_days("mon-sun", 127);
	check_days("Tue  THU-Fri", 2 + 8 + 16);
	check_days("wed-wed", 4);
	check_days("", 127);
}

static void
windows_are_minutes_of_a_day(void)
{
	struct arena arena = {0};
	struct fault f = {0};
	struct hours h;

	CHECK(read_hours(&h, "", "08:00-12:30 13:00-17:30", &arena, &f) == 0);
	CHECK(h.n == 2);
	CHECK(h.window[0].start == 480 && h.window[0].end == 750);
	CHECK(h.window[1].start == 780 && h.window[1].end == 1050);
	CHECK(read_hours(&h, "", "00:00-06:00 22:00-24:00", &arena, &f) == 0);
	CHECK(read_hours(
		  &h, "mon wed", "08:00-12:30 17:30-13:00", &arena, &f) == 0);
	CHECK(read_hours(&h, "", "20:00-08:00", &arena, &f) == 0);
	CHECK(h.window[0].start == 1200 && h.window[0].end == 1920);
	CHECK(read_hours(&h, "", "00:00-24:00", &arena, &f) == 0);
	CHECK(h.window[0].start == 0 && h.window[0].end == 1440);
	CHECK(read_hours(&h, "", "08:00-08:00", &arena, &f) == 0);
	CHECK(h.window[0].start == 480 && h.window[0].end == 1920);
	CHECK(read_hours(&h, "", "", &arena, &f) == 0);
	CHECK(h.n == 1 && h.window[0].start == 0 && h.window[0].end == 1440);
	arena_release(&arena);
	fault_release(&f);
}

static void
check_fault(const char *days, const char *windows, const char *want)
{
	struct arena arena = {0};
	struct fault f = {0};
	struct hours h;

	CHECK(read_hours(&h, days, windows, &arena, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text), want);
	arena_release(&arena);
	fault_release(&f);
}

#define NO_DAY                                                           \
	" is no day: mon tue wed thu fri sat sun or a range as mon-fri " \
	"was expected"
#define NO_WINDOW " is no window: HH:MM-HH:MM was expected"

static void
what_is_wrong_is_named_with_its_place(void)
{
	check_fault("mon tues", "", "t.tsv:2:14: 'tues'" NO_DAY);
	check_fault("mon-", "", "t.tsv:2:10: 'mon-'" NO_DAY);
	check_fault("mon-tue-wed", "", "t.tsv:2:10: 'mon-tue-wed'" NO_DAY);
	check_fault("mon,tue", "", "t.tsv:2:10: 'mon,tue'" NO_DAY);
	check_fault("", "8:00-17:00", "t.tsv:2:30: '8:00-17:00'" NO_WINDOW);
	check_fault("", "08:00", "t.tsv:2:30: '08:00'" NO_WINDOW);
	check_fault("", "08:00-17:60", "t.tsv:2:30: '08:00-17:60'" NO_WINDOW);
	check_fault("", "08:00-24:01", "t.tsv:2:30: '08:00-24:01'" NO_WINDOW);
	check_fault("", "24:00-08:00", "t.tsv:2:30: '24:00-08:00'" NO_WINDOW);
	check_fault("", "08:00-12:00 x", "t.tsv:2:42: 'x'" NO_WINDOW);
	check_fault("", "12:30-08:00 13:00-17:30",
	    "t.tsv:2:42: window '13:00-17:30' overlaps one before it");
	check_fault("mon-fri", "08:00-12:30 17:30-13:00",
	    "t.tsv:2:42: window '17:30-13:00' overlaps one before it");
	check_fault("sun mon", "22:00-09:00 08:00-12:30",
	    "t.tsv:2:42: window '08:00-12:30' overlaps one before it");
	check_fault("", "13:00-17:30 09:00-13:01",
	    "t.tsv:2:42: window '09:00-13:01' overlaps one before it");
}

/* The interval of a window on a date in London, or "none". */
static void
check_interval(const char *windows, const char *date, const char *want)
{
	struct arena arena = {0};
	struct fault f = {0};
	struct buf out = {0};
	struct hours h;
	struct civil c;
	struct stamp from, until;

	CHECK(read_hours(&h, "", windows, &arena, &f) == 0);
	CHECK(civil_parse_date(slice_of(date), &c) == 0);
	if (hours_interval(
		&h, 0, civil_seconds(&c) / 86400, london, &from, &until)) {
		stamp_add(&out, from);
		buf_add_char(&out, ' ');
		stamp_add(&out, until);
	} else {
		buf_add_str(&out, "none");
	}
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
	arena_release(&arena);
	fault_release(&f);
}

static void
a_window_follows_the_clocks_changes(void)
{
	check_interval("08:00-20:00", "2026-03-25",
	    "2026-03-25T08:00:00Z 2026-03-25T20:00:00Z");
	check_interval("08:00-20:00", "2026-03-29",
	    "2026-03-29T07:00:00Z 2026-03-29T19:00:00Z");
	/* 23 hours and 25 hours. */
	check_interval("00:00-24:00", "2026-03-29",
	    "2026-03-29T00:00:00Z 2026-03-29T23:00:00Z");
	check_interval("00:00-24:00", "2026-10-25",
	    "2026-10-24T23:00:00Z 2026-10-26T00:00:00Z");
	/* In the gap, and over it. */
	check_interval("01:15-01:45", "2026-03-29", "none");
	check_interval("01:30-02:30", "2026-03-29",
	    "2026-03-29T01:00:00Z 2026-03-29T01:30:00Z");
	/* An hour that comes twice belongs to the window twice. */
	check_interval("01:00-01:30", "2026-10-25",
	    "2026-10-25T00:00:00Z 2026-10-25T01:30:00Z");
	check_interval("20:00-08:00", "2026-03-28",
	    "2026-03-28T20:00:00Z 2026-03-29T07:00:00Z");
}

static void
check_hold(const char *zone, const char *days, const char *windows,
    const char *at, bool want)
{
	struct arena arena = {0};
	struct fault f = {0};
	struct hours h;
	struct stamp t;
	struct zone *z = zone_open(slice_of(zone), &f);

	CHECK(read_hours(&h, days, windows, &arena, &f) == 0);
	CHECK(stamp_parse(slice_of(at), &t) == 0);
	CHECK(hours_hold(&h, z, INT64_MIN, INT64_MAX, t) == want);
	if (hours_hold(&h, z, INT64_MIN, INT64_MAX, t) != want)
		printf("# %s %s at %s\n", days, windows, at);
	zone_free(z);
	arena_release(&arena);
	fault_release(&f);
}

static void
a_night_belongs_to_the_day_on_which_it_starts(void)
{
	const char *z = "Europe/London", *night = "20:00-08:00";

	/* 2026-03-23 is a Monday. */
	check_hold(z, "mon", night, "2026-03-23T19:59:59.9Z", false);
	check_hold(z, "mon", night, "2026-03-23T20:00:00Z", true);
	check_hold(z, "mon", night, "2026-03-24T07:59:59.999Z", true);
	check_hold(z, "mon", night, "2026-03-24T08:00:00Z", false);
	check_hold(z, "mon", night, "2026-03-23T07:00:00Z", false);
	check_hold(z, "sun", night, "2026-03-23T07:00:00Z", true);
}

static void
whole_days_leave_no_moment_out(void)
{
	static const char *const zones[] = {"UTC", "Europe/London",
	    "America/St_Johns", "America/Havana", "Asia/Gaza",
	    "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"};
	struct arena arena = {0};
	struct fault f = {0};
	struct hours whole, halves, week, rest;

	CHECK(read_hours(&whole, "", "", &arena, &f) == 0);
	CHECK(read_hours(&halves, "", "22:30-10:30 10:30-22:30", &arena, &f) ==
	    0);
	CHECK(read_hours(&week, "mon-fri", "", &arena, &f) == 0);
	CHECK(read_hours(&rest, "sat sun", "", &arena, &f) == 0);
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		struct zone *z = zone_open(slice_of(zones[i]), &f);

		/* 2005 to 2013: St John's changed at a minute past midnight. */
		for (int64_t s = 1104537600; s < 1356998400; s += 1999) {
			struct stamp t = {s, 0};

			CHECK(hours_hold(&whole, z, INT64_MIN, INT64_MAX, t));
			CHECK(hours_hold(&halves, z, INT64_MIN, INT64_MAX, t));
			CHECK(hours_hold(&week, z, INT64_MIN, INT64_MAX, t) ||
			    hours_hold(&rest, z, INT64_MIN, INT64_MAX, t));
		}
		zone_free(z);
	}
	arena_release(&arena);
	fault_release(&f);
}

int
main(void)
{
	struct fault f = {0};

	london = zone_open(slice_of("Europe/London"), &f);
	RUN(days_are_names_and_ranges);
	RUN(windows_are_minutes_of_a_day);
	RUN(what_is_wrong_is_named_with_its_place);
	RUN(a_window_follows_the_clocks_changes);
	RUN(a_night_belongs_to_the_day_on_which_it_starts);
	RUN(whole_days_leave_no_moment_out);
	zone_free(london);
	fault_release(&f);
	return test_done();
}
