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
	CHECK(ids_next(&ids, &id) == 0);
	CHECK_SLICE(buf_slice(&id), "HQ20260305-0042");
	day.day = 6;
	CHECK(ids_begin(&ids, slice_of("HQ"), &day));
	buf_clear(&id);
	CHECK(ids_next(&ids, &id) == 0);
	CHECK_SLICE(buf_slice(&id), "HQ20260306-0001");
	buf_release(&id);
	ids_release(&ids);
}

static void
no_number_is_given_that_would_not_be_seen(void)
{
	struct ids ids = {0};
	struct civil day = {.year = 2026, .month = 3, .day = 5};
	struct buf id = {0};

	ids_begin(&ids, slice_of(""), &day);
	ids_see(&ids, slice_of("20260305-4294967294"));
	CHECK(ids_next(&ids, &id) == 0);
	CHECK_SLICE(buf_slice(&id), "20260305-4294967295");
	CHECK(ids_next(&ids, &id) < 0);
	ids_skip(&ids, UINT64_MAX);
	CHECK(ids_next(&ids, &id) < 0);
	CHECK_SLICE(buf_slice(&id), "20260305-4294967295");
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

static void
lost_ids_are_not_issued_again(void)
{
	struct ids ids = {0};
	struct civil day = {.year = 2026, .month = 3, .day = 5};
	struct buf id = {0};
	struct stamp at = {1774429200, 5000000}, back;
	unsigned long long number;

	ids_begin(&ids, slice_of(""), &day);
	ids_see(&ids, slice_of("20260305-0007"));
	ids_skip(&ids, 3);
	ids_skip(&ids, 143210);
	CHECK(ids_next(&ids, &id) == 0);
	CHECK_SLICE(buf_slice(&id), "20260305-143211");
	buf_clear(&id);
	ids_add_lost(&id, at, 143210);
	CHECK_SLICE(buf_slice(&id), "restored-2026-03-25T09:00:00.005Z-143210");
	CHECK(ids_parse_lost(buf_slice(&id), &back, &number) == 0);
	CHECK(stamp_cmp(at, back) == 0 && number == 143210);
	for (size_t n = 0; n < id.n; n++)
		CHECK(n > id.n - 6 ||
		    ids_parse_lost((struct slice){id.p, n}, &back, &number) ==
			-1);
	CHECK(ids_parse_lost(slice_of("20260305-0007"), &back, &number) == -1);
	buf_release(&id);
	ids_release(&ids);
}

int
main(void)
{
	RUN(lost_ids_are_not_issued_again);
	RUN(ids_count_up_from_those_that_are_there);
	RUN(no_number_is_given_that_would_not_be_seen);
	RUN(people_type_the_last_digits);
	RUN(a_short_number_is_no_whole_id);
	return test_done();
}
