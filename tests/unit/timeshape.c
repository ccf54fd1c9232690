#include "timeshape.h"

#include "test.h"

static struct timeshape shape;

/* Looks at n values in a new column. */
static void
see(const char *const *value, size_t n)
{
	timeshape_release(&shape);
	for (size_t i = 0; i < n; i++)
		timeshape_see(&shape, slice_of(value[i]));
}

#define SEE(...)                                \
	see((const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* The format that fits best. */
static struct slice
best(void)
{
	const struct timeshape_form *form = timeshape_best(&shape);

	return form != NULL ? buf_slice(&form->format) : slice_of("none");
}

/* How many values the rival of the best fits. */
static size_t
rival(void)
{
	const struct timeshape_form *form = timeshape_best(&shape);

	form = form != NULL ? timeshape_rival(&shape, form) : NULL;
	return form != NULL ? form->fits : 0;
}

static void
the_forms_of_exports_are_found(void)
{
	static const struct {
		const char *value, *format;
	} known[] = {
	    {"2026-03-25T09:08:12Z", "%Y-%m-%dT%H:%M:%S%z"},
	    {"2026-03-25T09:08:12.25+01:00", "%Y-%m-%dT%H:%M:%S%z"},
	    {"2026-03-25 09:08:12 +0100", "%Y-%m-%d %H:%M:%S %z"},
	    {"2026-03-25 09:08:12 UTC", "%Y-%m-%d %H:%M:%S %Z"},
	    {"2026-03-25 09:08", "%Y-%m-%d %H:%M"},
	    {"2026/3/25", "%Y/%m/%d"},
	    {"20260325", "%Y%m%d"},
	    {"20260325090812", "%Y%m%d%H%M%S"},
	    {"25/3/2026 9:08", "%d/%m/%Y %H:%M"},
	    {"25.03.2026 09:08:12", "%d.%m.%Y %H:%M:%S"},
	    {"25.03.26, 09:08", "%d.%m.%y, %H:%M"},
	    {"12/31/2026 11:57:56 PM", "%m/%d/%Y %I:%M:%S %p"},
	    {"12/31/26 9:08PM", "%m/%d/%y %I:%M%p"},
	    {"25/Mar/26 9:08 AM", "%d/%b/%y %I:%M %p"},
	    {"01 Jan 2026 00:00:37", "%d %b %Y %H:%M:%S"},
	    {"1-january-2026", "%d-%b-%Y"},
	    {"Mar 5, 2026", "%b %d, %Y"},
	    {"Wed, 25 Mar 2026 09:08:12 +0000", "%a, %d %b %Y %H:%M:%S %z"},
	    {"Wed Mar 25 09:08:12 2026", "%a %b %d %H:%M:%S %Y"},
	    {"  2026-03-25  ", "%Y-%m-%d"},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		SEE(known[i].value);
		CHECK_SLICE(best(), known[i].format);
		CHECK(shape.times == 1);
	}
}

static void
what_is_no_time_has_no_form(void)
{
	static const char *const no_time[] = {"", "2026", "1.2.3", "10.1.2.3",
	    "31/4/2026", "25/25/2026", "5551234567", "12.5", "3,87,16,91,111",
	    "INC0001", "no dial tone", "(37.7, -122.4)", "T", "may", "am",
	    "1969-12-31", "2026-03-25T09", "12:30:15", "2026-03-25 25:00",
	    "1/2/3/4", "20260231", "+01:00", "Mar Mar 5 2026", "\xff/1/2026",
	    "2026-03-25 09:08 2026-03-25 09:08 2026-03-25 09:08:12"};

	for (size_t i = 0; i < sizeof no_time / sizeof *no_time; i++) {
		SEE(no_time[i]);
		CHECK_SLICE(best(), "none");
		CHECK(shape.times == 0 && shape.seen == 1);
	}
}

static void
a_value_over_12_tells_the_day_from_the_month(void)
{
	SEE("3/4/2026", "5/4/2026", "29/2/2028");
	CHECK_SLICE(best(), "%d/%m/%Y");
	CHECK(rival() == 2);
	SEE("3/4/2026", "5/4/2026", "2/29/2028");
	CHECK_SLICE(best(), "%m/%d/%Y");
	CHECK(rival() == 2);
	SEE("29/2/2028", "3/4/2026");
	CHECK_SLICE(best(), "%d/%m/%Y");
	CHECK(rival() == 0);
}

static void
without_such_a_value_both_orders_fit(void)
{
	SEE("3/4/2026", "5/4/2026 ", "12/12/2026");
	CHECK_SLICE(best(), "%d/%m/%Y");
	CHECK(rival() == 3);
	CHECK(timeshape_day_first(slice_of("%d/%m/%Y")) == 1);
	CHECK(timeshape_day_first(slice_of("%m/%d/%y %H:%M")) == 0);
	CHECK(timeshape_day_first(slice_of("%Y-%m-%d")) == -1);
	CHECK(timeshape_day_first(slice_of("%d %b %Y")) == -1);
	CHECK(timeshape_day_first(slice_of("%")) == -1);
}

static void
times_of_day_alone_are_counted(void)
{
	SEE("00:00:37", "9:08", "25:00");
	CHECK(shape.clocks == 2 && shape.times == 0);
	CHECK_SLICE(buf_slice(&shape.clock), "%H:%M:%S");
	SEE("9:08 PM");
	CHECK_SLICE(buf_slice(&shape.clock), "%I:%M %p");
}

static void
several_forms_in_a_column_are_kept(void)
{
	SEE("2026-03-25 09:08", "2026-03-25 09:08:12", "2026-03-26 01:00:00",
	    "later");
	CHECK_SLICE(best(), "%Y-%m-%d %H:%M:%S");
	CHECK(shape.n == 2 && shape.times == 3 && shape.seen == 4);
}

static void
a_column_of_every_form_is_bounded(void)
{
	static const char sign[] = " /-.,";
	char value[] = "25?03?2026?09:08";

	timeshape_release(&shape);
	for (int i = 0; i < 125; i++) {
		value[2] = sign[i % 5];
		value[5] = sign[i / 5 % 5];
		value[10] = sign[i / 25];
		timeshape_see(&shape, slice_of(value));
	}
	CHECK(shape.n == TIMESHAPE_FORMS && shape.seen == 125);
}

static void
a_zone_is_in_the_format_or_not(void)
{
	CHECK(timeshape_has_zone(slice_of("%Y-%m-%dT%H:%M:%S%z")));
	CHECK(timeshape_has_zone(slice_of("%H:%M %Z")));
	CHECK(timeshape_has_zone(slice_of("%s")));
	CHECK(timeshape_has_zone(slice_of("%Q")));
	CHECK(!timeshape_has_zone(slice_of("%Y-%m-%d %H:%M:%S")));
	CHECK(!timeshape_has_zone(slice_of("")));
	CHECK(timeshape_has_clock(slice_of("%d/%m/%Y %I:%M %p")));
	CHECK(timeshape_has_clock(slice_of("%s")));
	CHECK(!timeshape_has_clock(slice_of("%d/%m/%Y")));
}

int
main(void)
{
	RUN(the_forms_of_exports_are_found);
	RUN(what_is_no_time_has_no_form);
	RUN(a_value_over_12_tells_the_day_from_the_month);
	RUN(without_such_a_value_both_orders_fit);
	RUN(times_of_day_alone_are_counted);
	RUN(several_forms_in_a_column_are_kept);
	RUN(a_column_of_every_form_is_bounded);
	RUN(a_zone_is_in_the_format_or_not);
	timeshape_release(&shape);
	return test_done();
}
