#include "ids.h"

#include "test.h"

static void
ids_count_up_from_those_that_are_there(void)
{
	struct ids ids = {0};
	struct civil day = {.year = 2026, .month = 3, .day = 5};
	struct buf id = {0};

	CHECK(ids_begin(&ids, slice_of("HQ"), &day));
	CHECK(!ids_begin(&ids, slice_of("HQ"), &day));
	ids_see(&ids, slice_of("HQ20260305-0041"));
	ids_see(&ids, slice_of("HQ20260305-0007"));
	ids_see(&ids, slice_of("HQ20260304-0999"));
	ids_see(&ids, slice_of("HQ20260305-99999999999999999999"));
	ids_see(&ids, slice_of("HQ20260305-x"));
	ids_next(&ids, &id);
	CHECK_SLICE(buf_slice(&id), "HQ20260305-0042");
	day.day = 6;
	CHECK(ids_begin(&ids, slice_of("HQ"), &day));
	buf_clear(&id);
	ids_next(&ids, &id);
	CHECK_SLICE(buf_slice(&id), "HQ20260306-0001");
	buf_release(&id);
	ids_release(&ids);
}

static void
people_type_the_last_digits(void)
{
	struct slice id = slice_of("HQ20260305-0042");

	CHECK(ids_match(id, id));
	CHECK(ids_match(id, slice_of("42")));
	CHECK(ids_match(id, slice_of("0042")));
	CHECK(!ids_match(id, slice_of("4")));
	CHECK(!ids_match(id, slice_of("2")));
	CHECK(!ids_match(id, slice_of("")));
	CHECK(ids_match(slice_of("INC0010016"), slice_of("10016")));
	CHECK(!ids_match(slice_of("INC0010016"), slice_of("16")));
	CHECK(ids_match(slice_of("0042"), slice_of("42")));
	CHECK(!ids_match(slice_of("INC-"), slice_of("0")));
	CHECK(ids_match(slice_of("20260325-0042"), slice_of("25-0042")));
	CHECK(!ids_match(slice_of("20260325-0042"), slice_of("25-42")));
	CHECK(!ids_match(slice_of("20260325-0042"), slice_of("-0042")));
	CHECK(!ids_match(slice_of("X25-0042"), slice_of("25-0042")));
	CHECK(
	    ids_match(slice_of("HQ20260325-0042"), slice_of("20260325-0042")));
	CHECK(!ids_match(slice_of("99999-7"), slice_of("9-7")));
	CHECK(!ids_match(slice_of("99999-7007"), slice_of("9-7007")));
	CHECK(ids_is_tail(slice_of("25-0042")));
	CHECK(!ids_is_tail(slice_of("20260325-0042")));
	CHECK(!ids_is_tail(slice_of("25-42")));
	CHECK(!ids_match(
	    slice_of("INC"), slice_of("99999999999999999999999999")));
}

static void
a_short_number_is_no_whole_id(void)
{
	CHECK(ids_is_short(slice_of("7")));
	CHECK(ids_is_short(slice_of("000042")));
	CHECK(!ids_is_short(slice_of("")));
	CHECK(!ids_is_short(slice_of("0000042")));
	CHECK(!ids_is_short(slice_of("4x")));
	CHECK(!ids_is_short(slice_of("A1")));
}

int
main(void)
{
	RUN(ids_count_up_from_those_that_are_there);
	RUN(people_type_the_last_digits);
	RUN(a_short_number_is_no_whole_id);
	return test_done();
}
