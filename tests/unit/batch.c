#include "batch.h"

#include "test.h"

static void
records_are_copies_in_their_order(void)
{
	struct batch b = {0};
	struct batch_view v;
	char text[] = "one";
	struct slice field[] = {{text, 3}, {NULL, 0}, {"x", 1}};

	batch_add(&b, &(struct batch_view){1, "f", 7, field, 3, {0}, NULL});
	text[0] = 'y';
	batch_add(&b, &(struct batch_view){1, "g", 8, field, 1, {0}, NULL});
	CHECK(batch_bytes(&b) >= 7);
	CHECK(batch_next(&b, &v) == 1);
	CHECK(v.line == 7 && strcmp(v.file, "f") == 0 && v.got == 1);
	CHECK(v.n == 3 && v.fault == NULL);
	CHECK_SLICE(v.field[0], "one");
	CHECK_SLICE(v.field[1], "");
	CHECK_SLICE(v.field[2], "x");
	CHECK_SLICE(v.row, "onex");
	CHECK(batch_next(&b, &v) == 1);
	CHECK(v.n == 1 && v.line == 8);
	CHECK_SLICE(v.field[0], "yne");
	CHECK(batch_next(&b, &v) == 0);
	CHECK(batch_bytes(&b) == 0);
	CHECK(batch_next(&b, &v) == 0);
	batch_release(&b);
}

static void
texts_that_stand_side_by_side_stay_what_they_are(void)
{
	static const char row[] = "one,two,,four";
	const struct slice split[] = {
	    {row, 3}, {row + 4, 3}, {row + 8, 0}, {row + 9, 4}};
	const struct slice joined[] = {{row, 2}, {row + 2, 0}, {row + 2, 4}};
	const struct slice apart[] = {{row + 4, 3}, {row, 3}, {row, 3}};
	const struct slice *all[] = {split, joined, apart};
	const size_t n[] = {4, 3, 3};
	struct batch b = {0};
	struct batch_view v;

	for (size_t i = 0; i < 3; i++)
		batch_add(&b, &(struct batch_view){.field = all[i], .n = n[i]});
	for (size_t i = 0; i < 3; i++) {
		CHECK(batch_next(&b, &v) == 1);
		CHECK(v.n == n[i]);
		for (size_t k = 0; k < v.n; k++)
			CHECK(slice_eq(v.field[k], all[i][k]));
	}
	CHECK(batch_next(&b, &v) == 0);
	batch_release(&b);
}

static void
a_fault_comes_with_its_reason_and_the_row(void)
{
	struct batch b = {0};
	struct batch_view v;
	struct fault f = {0};

	fault_at(&f, (struct place){.file = "f", .line = 2}, "bad");
	batch_add(
	    &b, &(struct batch_view){2, "f", 2, NULL, 0, SLICE("a,b"), &f});
	fault_release(&f);
	CHECK(batch_next(&b, &v) == 1);
	CHECK(v.got == 2 && v.n == 0 && v.fault != NULL);
	CHECK_SLICE(v.row, "a,b");
	if (v.fault != NULL) {
		CHECK_SLICE(buf_slice(&v.fault->text), "f:2: bad");
		CHECK_SLICE(fault_reason(v.fault), "bad");
	}
	CHECK(batch_next(&b, &v) == 0);
	batch_release(&b);
}

int
main(void)
{
	RUN(records_are_copies_in_their_order);
	RUN(texts_that_stand_side_by_side_stay_what_they_are);
	RUN(a_fault_comes_with_its_reason_and_the_row);
	return test_done();
}
