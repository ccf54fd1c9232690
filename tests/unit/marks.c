#include "marks.h"

#include "buf.h"
#include "test.h"

static int
is_missing(const struct marks *m, const char *value, struct marks_state *s)
{
	return marks_test(m, slice_of(value), s);
}

static void
values_are_tested_the_same_each_time(void)
{
	struct marks m = {0};
	struct marks_state s = {0};
	struct fault f = {0};
	struct place where = {"m.tsv", 2, 3};

	CHECK(is_missing(&m, "?", &s) == 0);
	CHECK(marks_add(&m, (struct slice)SLICE("{X} in ? 'not recorded yet'"),
		  where, &f) == 0);
	CHECK(marks_add(&m, (struct slice)SLICE("{X} ~ /^\\s*$/"), where, &f) ==
	    0);
	for (int i = 0; i < 3; i++) {
		CHECK(is_missing(&m, "?", &s) == 1);
		CHECK(is_missing(&m, "not recorded yet", &s) == 1);
		CHECK(is_missing(&m, "not recorded", &s) == 0);
		CHECK(is_missing(&m, "a", &s) == 0);
		CHECK(is_missing(&m, "", &s) == 0);
		CHECK(is_missing(&m, " ", &s) == 1);
		CHECK(is_missing(&m, "exactly15bytes.", &s) == 0);
	}
	marks_release(&m);
	marks_state_release(&s);
	fault_release(&f);
}

static void
a_condition_on_another_column_is_refused(void)
{
	struct marks m = {0};
	struct fault f = {0};

	CHECK(marks_add(&m, (struct slice)SLICE("{Y} = 1"),
		  (struct place){"m.tsv", 2, 3}, &f) < 0);
	CHECK(slice_starts(buf_slice(&f.text), "m.tsv:2:3: "));
	marks_release(&m);
	fault_release(&f);
}

int
main(void)
{
	RUN(values_are_tested_the_same_each_time);
	RUN(a_condition_on_another_column_is_refused);
	return test_done();
}
