#include "calendar.h"

#include "civil.h"
#include "test.h"
#include "times.h"
#include "working.h"

/* Clocks that run on calendars, and calendars against counting minutes: see
   deadline.c. */

static struct holidays christmas;
static struct calendar office;

static struct holiday
holiday(const char *date, const char *what)
{
	struct civil c;

	CHECK(civil_parse_date(slice_of(date), &c) == 0);
	return (struct holiday){
	    .day = civil_seconds(&c) / DAY_S, .what = slice_of(what)};
}

static void
make_office(void)
{
	holidays_add(&christmas, holiday("2026-12-25", "Christmas Day"));
	calendar_add(&office,
	    (struct calendar_row){hours("mon-thu", "08:00-12:30 13:00-17:30"),
		zone("Europe/London"), &christmas});
	calendar_add(&office,
	    (struct calendar_row){hours("fri", "08:00-16:00"),
		zone("Europe/London"), &christmas});
}

static void
a_date_is_a_holiday_once(void)
{
	struct holidays h = {0};

	CHECK(holidays_on(NULL, 20000) == NULL);
	CHECK(holidays_on(&h, 20000) == NULL);
	CHECK(holidays_add(&h, holiday("2026-12-28", "c")) == 0);
	CHECK(holidays_add(&h, holiday("2026-12-24", "a")) == 0);
	CHECK(holidays_add(&h, holiday("2026-12-25", "b")) == 0);
	CHECK(holidays_add(&h, holiday("2026-12-25", "again")) < 0);
	CHECK(h.n == 3);
	CHECK_SLICE(holidays_on(&h, holiday("2026-12-25", "").day)->what, "b");
	CHECK(holidays_on(&h, holiday("2026-12-26", "").day) == NULL);
	holidays_release(&h);
}

static void
it_says_when_it_is_open(void)
{
	struct stamp t;

	CHECK(calendar_is_open(&office, at("2026-03-05T12:29:59.9Z")));
	CHECK(!calendar_is_open(&office, at("2026-03-05T12:30:00Z")));
	CHECK(calendar_is_open(&office, at("2026-03-05T13:00:00Z")));
	CHECK(calendar_opens(&office, at("2026-03-05T12:30:00Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-05T13:00:00Z")) == 0);
	CHECK(calendar_opens(&office, at("2026-12-24T17:30:00Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2026-12-28T08:00:00Z")) == 0);
	CHECK(calendar_opens(&office, at("2026-12-31T20:00:00Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2027-01-01T08:00:00Z")) == 0);
	CHECK(calendar_opens(&office, at("2026-03-05T08:00:00.5Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-05T08:00:00.5Z")) == 0);
	CHECK(calendar_opens(&office, at("9999-12-31T23:00:00Z"), &t) == 0);
}

static void
elapsed_time_is_always_open(void)
{
	struct calendar c;
	struct stamp t, from = at("2026-03-05T03:00:00.5Z");

	calendar_elapsed(&c, zone("UTC"));
	CHECK(calendar_is_open(&c, from));
	CHECK(calendar_opens(&c, from, &t) == 1 && stamp_cmp(t, from) == 0);
	t = calendar_open(&c, from, at("2026-03-05T04:00:00Z"));
	CHECK(t.s == 3599 && t.ns == 500000000);
	CHECK(calendar_advance(&c, from, t, &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-05T04:00:00Z")) == 0);
	CHECK(calendar_advance(&c, from, (struct stamp){STAMP_MAX_S, 0}, &t) ==
	    0);
	calendar_release(&c);
}

static void
a_day_opens_windows(void)
{
	const struct calendar_opening *o;
	size_t n;

	o = calendar_day(&office, holiday("2026-12-24", "").day, &n);
	CHECK(n == 2 && o[0].from == at("2026-12-24T08:00:00Z").s &&
	    o[1].until == at("2026-12-24T17:30:00Z").s);
	calendar_day(&office, holiday("2026-12-25", "").day, &n);
	CHECK(n == 0);
	calendar_day(&office, CALENDAR_LAST_DAY + 1, &n);
	CHECK(n == 0);
	calendar_day(&office, -1, &n);
	CHECK(n == 0);
}

int
main(void)
{
	make_office();
	RUN(a_date_is_a_holiday_once);
	RUN(it_says_when_it_is_open);
	RUN(elapsed_time_is_always_open);
	RUN(a_day_opens_windows);
	calendar_release(&office);
	holidays_release(&christmas);
	working_end();
	return test_done();
}
