#include "columns.h"

#include "test.h"

static void
names_keep_their_order_and_are_unique(void)
{
	struct columns c = {0};

	CHECK(columns_find(&c, slice_of("id")) == COLUMNS_NONE);
	CHECK(columns_add(&c, slice_of("id")) == 0);
	CHECK(columns_add(&c, slice_of("level")) == 1);
	CHECK(columns_add(&c, slice_of("id")) == 0);
	CHECK(c.n == 2);
	CHECK_SLICE(c.name[1], "level");
	CHECK(columns_find(&c, slice_of("level")) == 1);
	CHECK(columns_find(&c, slice_of("Level")) == COLUMNS_NONE);
	columns_release(&c);
	CHECK(c.n == 0 && c.name == NULL);
}

static void
a_set_takes_the_names_of_another(void)
{
	struct columns a = {0}, b = {0};

	columns_add(&a, slice_of("x"));
	columns_add(&b, slice_of("y"));
	columns_add(&b, slice_of("x"));
	columns_add(&b, slice_of("z"));
	columns_add_all(&a, &b);
	columns_release(&b);
	CHECK(a.n == 3);
	CHECK_SLICE(a.name[1], "y");
	CHECK_SLICE(a.name[2], "z");
	columns_release(&a);
}

static void
what_is_asked_for_is_sought_and_nothing_else(void)
{
	struct columns a = {0}, b = {0};

	CHECK(columns_append(&a, slice_of("x")));
	CHECK(columns_append(&a, slice_of("y")));
	CHECK(!columns_append(&a, slice_of("y")));
	CHECK(a.n == 2 && !a.sought[0] && !a.sought[1]);
	columns_find(&a, slice_of("x"));
	CHECK(a.sought[0] && !a.sought[1]);
	columns_add_all(&b, &a);
	CHECK(!b.sought[0] && !b.sought[1]);
	columns_add(&b, slice_of("y"));
	columns_add(&b, slice_of("z"));
	CHECK(!b.sought[0] && b.sought[1] && b.sought[2]);
	columns_seek(&a, &b);
	CHECK(a.sought[0] && a.sought[1]);
	columns_release(&a);
	columns_release(&b);
}

static void
an_unknown_name_is_told_with_the_nearest_of_both_sets(void)
{
	struct columns a = {0}, b = {0};
	struct slice cell = slice_of("x prioritty");
	struct place where;
	struct fault f = {0};

	columns_add(&a, slice_of("id"));
	columns_add(&b, slice_of("priority"));
	where = place_in((struct place){"t.tsv", 3, 5}, cell, cell.p + 2);
	CHECK(columns_unknown(&a, &b, slice_of("prioritty"), where, &f) == -1);
	CHECK_SLICE(buf_slice(&f.text),
	    "t.tsv:3:7: unknown column 'prioritty' "
	    "(did you mean 'priority'?)");
	where = place_in((struct place){"t.tsv", 3, 0}, cell, cell.p + 2);
	columns_unknown(&a, NULL, slice_of("prioritty"), where, &f);
	CHECK_SLICE(buf_slice(&f.text), "t.tsv:3: unknown column 'prioritty'");
	fault_release(&f);
	columns_release(&a);
	columns_release(&b);
}

static void
a_plain_name_is_a_small_letter_and_more_or_digits(void)
{
	static const char *const plain[] = {"a", "id", "due_1", "x9", "a_"};
	static const char *const other[] = {
	    "", "1st", "_a", "Id", "a b", "a-b", "a.b", "aB", "\xc3\xa4"};

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		CHECK(columns_plain_name(slice_of(plain[i])));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		CHECK(!columns_plain_name(slice_of(other[i])));
}

int
main(void)
{
	RUN(names_keep_their_order_and_are_unique);
	RUN(a_set_takes_the_names_of_another);
	RUN(what_is_asked_for_is_sought_and_nothing_else);
	RUN(an_unknown_name_is_told_with_the_nearest_of_both_sets);
	RUN(a_plain_name_is_a_small_letter_and_more_or_digits);
	return test_done();
}
