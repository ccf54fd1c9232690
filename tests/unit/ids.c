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
	CHECK(!ids_match(slice_of("42"), slice_of("042")));
	CHECK(!ids_match(slice_of("INC-"), slice_of("0")));
}

int
main(void)
{
	RUN(ids_count_up_from_those_that_are_there);
	RUN(people_type_the_last_digits);
	return test_done();
}
