#include "quantity.h"

#include <stdlib.h>

#include "test.h"

static enum quantity_kind
kind_of(const char *text)
{
	struct quantity q;

	return quantity_parse(slice_of(text), QUANTITY_NONE, &q) == 0
	    ? q.kind
	    : QUANTITY_NONE;
}

static int
order(const char *a, const char *b)
{
	struct quantity x = {0}, y = {0};

	CHECK(quantity_parse(slice_of(a), QUANTITY_NONE, &x) == 0);
	CHECK(quantity_parse(slice_of(b), QUANTITY_NONE, &y) == 0);
	CHECK(x.kind == y.kind);
	return quantity_cmp(&x, &y);
}

static void
the_form_says_the_kind(void)
{
	static const char *const none[] = {"", "-", "+", ".5", "5.", "1.2.3",
	    "1e3", "1,5", " 1", "1 ", "0x1", "P1", "--1", "15 m", "m", "now",
	    "2026-03-25"};

	CHECK(kind_of("0") == QUANTITY_NUMBER);
	CHECK(kind_of("-1.50") == QUANTITY_NUMBER);
	CHECK(kind_of("+7") == QUANTITY_NUMBER);
	CHECK(kind_of("15m") == QUANTITY_DURATION);
	CHECK(kind_of("1h30m") == QUANTITY_DURATION);
	CHECK(kind_of("2026-03-25T09:00:00Z") == QUANTITY_TIME);
	CHECK(kind_of("2026-03-25 09:00:00+01:00") == QUANTITY_TIME);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		CHECK(kind_of(none[i]) == QUANTITY_NONE);
}

static void
numbers_are_exact_at_any_length(void)
{
	CHECK(order("10", "9") > 0);
	CHECK(order("-10", "-9") < 0);
	CHECK(order("0.1", "0.10") == 0);
	CHECK(order("-0.00", "0") == 0);
	CHECK(order("+007", "7.0") == 0);
	CHECK(order("0.09", "0.1") < 0);
	CHECK(order("-1", "1") < 0);
	CHECK(order("1.5", "1.05") > 0);
	CHECK(order("100000000000000000000000000000000001",
		  "100000000000000000000000000000000000.9") > 0);
	CHECK(order("9007199254740993", "9007199254740992") > 0);
}

static void
times_compare_as_instants_and_durations_as_lengths(void)
{
	CHECK(order("2026-03-25T10:00:00+01:00", "2026-03-25T09:00:00Z") == 0);
	CHECK(order("2026-03-25T09:00:00.5Z", "2026-03-25T09:00:00Z") > 0);
	CHECK(order("60m", "1h") == 0);
	CHECK(order("90s", "1m") > 0);
}

static void
the_time_between_has_a_sign(void)
{
	struct stamp a = {100, 900000000}, b = {102, 100000000};
	struct quantity q = quantity_between(a, b);

	CHECK(q.s == 1 && q.ns == 200000000);
	q = quantity_between(b, a);
	CHECK(q.s == -2 && q.ns == 800000000);
}

int
main(void)
{
	RUN(the_form_says_the_kind);
	RUN(numbers_are_exact_at_any_length);
	RUN(times_compare_as_instants_and_durations_as_lengths);
	RUN(the_time_between_has_a_sign);
	return test_done();
}
