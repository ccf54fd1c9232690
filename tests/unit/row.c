#include "row.h"

#include "folds.h"
#include "named.h"

static struct columns columns;
static struct row row;

/* Binds the row to columns, which are separated by blanks. */
static void
bind(const char *names)
{
	name_columns(&columns, names);
	row_bind(&row, &columns, &all);
}

static bool
is_entry(const char *names)
{
	bind(names);
	return row_is_entry(&columns);
}

/* Where the incidents have the row's i-th column. */
static struct slice
content(size_t i)
{
	return row.column[i] != COLUMNS_NONE ? all.columns.name[row.column[i]]
					     : slice_of("none");
}

static void
columns_of_an_entry_are_known_by_all_of_seven(void)
{
	CHECK(is_entry("seq at by source event id updated"));
	CHECK(is_entry("updated id event source by at seq state rev"));
	CHECK(!is_entry("at by source event id updated"));
	CHECK(!is_entry("seq by source event id updated"));
	CHECK(!is_entry("seq at source event id updated"));
	CHECK(!is_entry("seq at by event id updated"));
	CHECK(!is_entry("seq at by source id updated"));
	CHECK(!is_entry("seq at by source event updated"));
	CHECK(!is_entry("seq at by source event id"));
	CHECK(!is_entry("id updated state rev"));
	CHECK(!is_entry(""));
}

static void
content_is_what_the_log_does_not_say_itself(void)
{
	start();
	fold("A", 1, "caller", "Ann");
	bind("rev state id updated caller chain why");
	CHECK_SLICE(content(0), "none");
	CHECK_SLICE(content(1), "state"); /* new to the incidents */
	CHECK_SLICE(content(2), "none");
	CHECK_SLICE(content(3), "none");
	CHECK_SLICE(content(4), "caller");
	CHECK_SLICE(content(5), "none");
	CHECK_SLICE(content(6), "why");
	CHECK(all.columns.n == 3);
}

static void
each_column_that_says_how_a_row_is_meant_has_its_place(void)
{
	bind("delivery try message event rev updated id");
	CHECK(row.id == 6 && row.updated == 5 && row.rev == 4);
	CHECK(row.event == 3 && row.message == 2 && row.try == 1);
	CHECK(row.delivery == 0);
}

static void
columns_bound_before_are_forgotten(void)
{
	bind("id updated rev event message try delivery state");
	bind("summary");
	CHECK(row.columns.n == 1);
	CHECK_SLICE(row.columns.name[0], "summary");
	CHECK_SLICE(content(0), "summary");
	CHECK(row.id == COLUMNS_NONE && row.updated == COLUMNS_NONE);
	CHECK(row.rev == COLUMNS_NONE && row.event == COLUMNS_NONE);
	CHECK(row.message == COLUMNS_NONE && row.try == COLUMNS_NONE);
	CHECK(row.delivery == COLUMNS_NONE);
}

static void
columns_may_end_before_the_row_does(void)
{
	bind("id state");
	columns_release(&columns);
	CHECK_SLICE(row.columns.name[row.id], "id");
	CHECK(columns_find(&row.columns, slice_of("state")) == 1);
}

static void
what_is_ignored_is_no_content_until_others_are_bound(void)
{
	bind("for state");
	row_ignore(&row, slice_of("for"));
	row_ignore(&row, slice_of("caller")); /* not there */
	CHECK_SLICE(content(0), "none");
	CHECK_SLICE(content(1), "state");
	bind("for state");
	CHECK_SLICE(content(0), "for");
}

static void
a_field_without_a_value_is_empty(void)
{
	static const struct slice field[] = {
	    SLICE("a\\tb"), SLICE("\\N"), SLICE(""), SLICE("\\N ")};

	row.field = field;
	CHECK_SLICE(row_value(&row, 0), "a\\tb"); /* as on disk */
	CHECK_SLICE(row_value(&row, 1), "");
	CHECK_SLICE(row_value(&row, 2), "");
	CHECK_SLICE(row_value(&row, 3), "\\N ");
	CHECK_SLICE(row_value(&row, COLUMNS_NONE), "");
}

int
main(void)
{
	RUN(columns_of_an_entry_are_known_by_all_of_seven);
	RUN(content_is_what_the_log_does_not_say_itself);
	RUN(each_column_that_says_how_a_row_is_meant_has_its_place);
	RUN(columns_bound_before_are_forgotten);
	RUN(columns_may_end_before_the_row_does);
	RUN(what_is_ignored_is_no_content_until_others_are_bound);
	RUN(a_field_without_a_value_is_empty);
	row_release(&row);
	columns_release(&columns);
	incidents_release(&all);
	return test_done();
}
