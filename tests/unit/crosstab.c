#include "crosstab.h"

#include <stdint.h>

#include "test.h"

static void
add(struct crosstab *t, const char *group, const char *truth, const char *test)
{
	crosstab_add(t, slice_of(group), slice_of(truth), slice_of(test));
}

static void
classes_rank_as_known_then_by_number_then_by_letters(void)
{
	static const char *const want[] = {"high", "low", "2", "10", "a", "b"};
	struct crosstab t = {0};

	crosstab_class(&t, slice_of("high"));
	crosstab_class(&t, slice_of("low"));
	add(&t, "", "b", "10");
	add(&t, "", "a", "2");
	add(&t, "", "low", "high");
	crosstab_rank(&t);
	CHECK(t.nclasses == LEN(want) && t.known == 2);
	for (size_t i = 0; i < LEN(want) && i < t.nclasses; i++)
		CHECK_SLICE(t.class[i], want[i]);
	crosstab_release(&t);
}

static void
records_are_counted_in_their_group_and_in_all(void)
{
	struct crosstab t = {0};
	unsigned long long count[4];

	add(&t, "y", "1", "2");
	add(&t, "x", "1", "1");
	add(&t, "y", "1", "2");
	add(&t, "x", "2", "2");
	add(&t, "\\N", "2", "1");
	crosstab_rank(&t);
	CHECK(t.ngroups == 3);
	CHECK_SLICE(t.group[0], "");
	CHECK_SLICE(t.group[2], "y");
	crosstab_matrix(&t, 2, count);
	CHECK(count[0] == 0 && count[1] == 2 && count[2] == 0 && count[3] == 0);
	crosstab_matrix(&t, SIZE_MAX, count);
	CHECK(count[0] == 1 && count[1] == 2 && count[2] == 1 && count[3] == 1);
	CHECK(crosstab_differs(&t));
	crosstab_release(&t);
}

static void
what_has_no_value_is_not_compared(void)
{
	struct crosstab t = {0};

	add(&t, "x", "1", "1");
	CHECK(!crosstab_differs(&t));
	add(&t, "x", "\\N", "1");
	add(&t, "w", "1", "");
	crosstab_rank(&t);
	CHECK(t.nclasses == 1);
	CHECK(t.uncompared[0] == 1 && t.uncompared[1] == 1);
	CHECK(crosstab_differs(&t));
	crosstab_release(&t);
}

static void
nothing_at_all_is_no_classes_and_no_groups(void)
{
	struct crosstab t = {0};

	crosstab_rank(&t);
	CHECK(t.nclasses == 0 && t.ngroups == 0 && !crosstab_differs(&t));
	crosstab_release(&t);
}

int
main(void)
{
	RUN(classes_rank_as_known_then_by_number_then_by_letters);
	RUN(records_are_counted_in_their_group_and_in_all);
	RUN(what_has_no_value_is_not_compared);
	RUN(nothing_at_all_is_no_classes_and_no_groups);
	return test_done();
}
