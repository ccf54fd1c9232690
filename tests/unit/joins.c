#include "joins.h"

#include "test.h"

static const struct slice header[] = {SLICE("id"), SLICE("Comment"),
    SLICE("Label"), SLICE("Comment"), SLICE(""), SLICE("Label"), SLICE("")};
#define N (sizeof header / sizeof *header)

/* Where each column goes, and which are joined by what. */
static const char *
bound(struct joins *j)
{
	static struct buf out;

	joins_bind(j, header, N);
	buf_clear(&out);
	for (size_t i = 0; i < j->n_in; i++)
		buf_addf(&out, "%zu", j->to[i]);
	for (size_t i = 0; i < j->n; i++)
		buf_addf(&out, " %.*s%s%.*s", SLICE_ARG(j->name[i]),
		    j->between[i] != NULL ? "=" : "",
		    SLICE_ARG(
			j->between[i] != NULL ? *j->between[i] : slice_of("")));
	joins_release(j);
	return buf_str(&out);
}

static void
without_joins_each_column_stays(void)
{
	struct joins j = {0};

	CHECK(joins_find(&j, slice_of("Comment")) == NULL);
	CHECK_SLICE(
	    slice_of(bound(&j)), "0123456 id Comment Label Comment  Label ");
}

static void
columns_of_a_name_are_joined_where_the_first_stands(void)
{
	struct joins j = {0};

	CHECK(joins_add(&j, slice_of("Comment"), slice_of("+")) == 0);
	CHECK(joins_add(&j, slice_of("id"), slice_of("-")) == 0);
	CHECK_SLICE(*joins_find(&j, slice_of("Comment")), "+");
	CHECK(joins_find(&j, slice_of("Label")) == NULL);
	CHECK_SLICE(slice_of(bound(&j)), "0121345 id Comment=+ Label  Label ");
}

static void
any_other_name_may_be_joined_but_none_at_all(void)
{
	struct joins j = {0};

	CHECK(joins_add(&j, slice_of(""), slice_of("/")) == 0);
	CHECK(joins_add(&j, slice_of("Comment"), slice_of("+")) == 0);
	CHECK(joins_find(&j, slice_of("")) == NULL);
	CHECK_SLICE(slice_of(bound(&j)), "0121324 id Comment=+ Label=/  ");
}

static void
a_name_is_joined_in_one_way(void)
{
	struct joins j = {0};

	CHECK(joins_add(&j, slice_of("a"), slice_of("+")) == 0);
	CHECK(joins_add(&j, slice_of("a"), slice_of("-")) == -1);
	CHECK(joins_add(&j, slice_of(""), slice_of("+")) == 0);
	CHECK(joins_add(&j, slice_of(""), slice_of("-")) == -1);
	CHECK_SLICE(*joins_find(&j, slice_of("a")), "+");
	CHECK_SLICE(*joins_find(&j, slice_of("b")), "+");
	joins_release(&j);
}

int
main(void)
{
	RUN(without_joins_each_column_stays);
	RUN(columns_of_a_name_are_joined_where_the_first_stands);
	RUN(any_other_name_may_be_joined_but_none_at_all);
	RUN(a_name_is_joined_in_one_way);
	return test_done();
}
