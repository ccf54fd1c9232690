#include "calendars.h"

#include "dir.h"
#include "times.h"

static int
load(struct calendars *c, struct pack *p, const char *rows, struct fault *f)
{
	struct buf text = {0};
	int result;

	buf_addf(&text, "calendar\tzone\tdays\twindows\tholidays\n%s", rows);
	dir_put("p/calendars.tsv", buf_str(&text));
	buf_release(&text);
	CHECK(pack_open(p, in_dir("p"), dir, f) == 0);
	result = calendars_load(c, p, f);
	return result;
}

static void
release(struct calendars *c, struct pack *p, struct fault *f)
{
	calendars_release(c);
	pack_release(p);
	fault_release(f);
}

static void
rows_of_one_name_make_one_calendar(void)
{
	struct calendars c = {0};
	struct pack p = {0};
	struct fault f = {0};
	struct calendar *office;

	CHECK(load(&c, &p,
		  "office\tUTC\tmon-thu\t08:00-17:00\tours\n"
		  "day\t\t\t\t\n"
		  "office\tUTC\tfri\t08:00-12:00\tours\n",
		  &f) == 0);
	office = calendars_find(&c, slice_of("office"));
	CHECK(office != NULL && office->n == 2);
	CHECK(calendar_is_open(office, at("2026-03-05T16:00:00Z")));
	CHECK(!calendar_is_open(office, at("2026-03-06T16:00:00Z")));
	/* a Thursday that is one of our holidays, and one open till noon */
	CHECK(!calendar_is_open(office, at("2026-03-12T10:00:00Z")));
	CHECK(calendar_is_open(office, at("2026-03-19T11:00:00Z")));
	CHECK(!calendar_is_open(office, at("2026-03-19T13:00:00Z")));
	CHECK(calendars_find(&c, slice_of("day"))->always);
	CHECK(calendars_find(&c, slice_of("day"))->zone == p.zone);
	CHECK(calendars_find(&c, slice_of("always"))->always);
	CHECK(calendars_find(&c, slice_of("")) == &c.elapsed);
	CHECK(calendars_find(&c, slice_of("ofice")) == NULL);
	release(&c, &p, &f);
}

static void
every_bad_cell_is_refused_with_its_place(void)
{
	static const struct {
		const char *row, *want;
	} bad[] = {
	    {"\tUTC\tmon\t\t\n",
		"calendars.tsv:2:1: a calendar without a name"},
	    {"a\tEurpe/London\t\t\t\n", "calendars.tsv:2:3: "},
	    {"a\tUTC\tmoon\t\t\n", "calendars.tsv:2:7: 'moon' is no day"},
	    {"a\tUTC\t\tbanana\t\n",
		"calendars.tsv:2:8: 'banana' is no window"},
	    {"a\tUTC\t\t\toers\n",
		"calendars.tsv:2:9: unknown holidays 'oers' (did you mean "
		"'ours'?)"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct calendars c = {0};
		struct pack p = {0};
		struct fault f = {0};

		CHECK(load(&c, &p, bad[i].row, &f) == -1);
		if (strstr(buf_str(&f.text), bad[i].want) == NULL)
			CHECK_SLICE(buf_slice(&f.text), bad[i].want);
		release(&c, &p, &f);
	}
}

static void
every_bad_holiday_is_refused_with_its_place(void)
{
	static const struct {
		const char *row, *want;
	} bad[] = {
	    {"\t2026-01-01\t\n", "holidays.tsv:2:1: a name was expected"},
	    {"a\t\t\n", "holidays.tsv:2:3: a date was expected"},
	    {"a\txx-01-01\t\n", "holidays.tsv:2:3: 'xx-01-01' is no date"},
	    {"a\t2026-02-30\t\n", "holidays.tsv:2:3: '2026-02-30' is no date"},
	    {"a\t2026-01-01\tnoon\n", "holidays.tsv:2:14: 'noon' is no window"},
	    {"a\t2026-01-01\t\na\t2026-01-01\t\n",
		"holidays.tsv:3:3: 'a' has this date twice"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct calendars c = {0};
		struct pack p = {0};
		struct fault f = {0};
		struct buf text = {0};

		buf_addf(&text, "holidays\tdate\twindows\n%s", bad[i].row);
		dir_put("p/holidays.tsv", buf_str(&text));
		CHECK(load(&c, &p, "", &f) == -1);
		if (strstr(buf_str(&f.text), bad[i].want) == NULL)
			CHECK_SLICE(buf_slice(&f.text), bad[i].want);
		buf_release(&text);
		release(&c, &p, &f);
	}
}

int
main(void)
{
	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\np\n");
	dir_put("p/holidays.tsv",
	    "holidays\tdate\twhat\twindows\nours\t2026-03-12\tFair\t\n"
	    "ours\t2026-03-19\tFair\t08:00-12:00\n");
	RUN(rows_of_one_name_make_one_calendar);
	RUN(every_bad_cell_is_refused_with_its_place);
	RUN(every_bad_holiday_is_refused_with_its_place);
	dir_end();
	return test_done();
}
