#include "record.h"

#include "folds.h"
#include "named.h"

#define MOST 16 /* columns of a row */

static struct record record;
static struct columns columns; /* of the rows */
static struct slice field[MOST];
static struct buf text;

/* The columns of records after those that rows have already. */
static struct slice
add_columns(bool rev)
{
	buf_clear(&text);
	record_columns(&all, &columns, rev);
	for (size_t i = 0; i < columns.n; i++)
		buf_addf(&text, "%s%.*s", i > 0 ? " " : "",
		    SLICE_ARG(columns.name[i]));
	return buf_slice(&text);
}

/* Makes ready for rows with these columns, separated by blanks. */
static void
bind(const char *names)
{
	name_columns(&columns, names);
	record_bind(&record, &all, &columns);
}

/* The row of an incident, its fields joined by "|"; "-" stood in each. */
static struct slice
filled(const char *id)
{
	for (size_t i = 0; i < MOST; i++)
		field[i] = slice_of("-");
	record_fill(
	    &record, &all.list[incidents_find(&all, slice_of(id))], field);
	buf_clear(&text);
	for (size_t i = 0; i < columns.n; i++)
		buf_addf(
		    &text, "%s%.*s", i > 0 ? "|" : "", SLICE_ARG(field[i]));
	return buf_slice(&text);
}

static void
no_incident_has_three_columns(void)
{
	start();
	columns_release(&columns);
	CHECK_SLICE(add_columns(false), "id received updated");
	CHECK_SLICE(add_columns(true), "id received updated rev");
}

static void
columns_come_in_the_order_in_which_they_were_said(void)
{
	start();
	fold("A", 1, "state", "new");
	fold("A", 1, "for", "the desk");
	fold("A", 1, "received", "2026-03-02T09:00:00Z");
	fold_as("notified", "A", 1, "message", "m1");
	bind("summary updated"); /* these stand where they are */
	CHECK_SLICE(
	    add_columns(false), "summary updated id received state for");
	bind("");
	CHECK_SLICE(add_columns(true), "id received updated state rev");
	fold("A", 1, "held", "\\N");
	fold("A", 1, "message", "somebody's own");
	bind("");
	CHECK_SLICE(add_columns(true),
	    "id received updated state message held holds rev");
}

static void
a_record_says_what_holds(void)
{
	start();
	fold("A", 60, "state", "new");
	fold("A", 30, "caller", "A\\tnn");
	fold("A", 40, "state", "late");
	bind("rev id summary updated state caller");
	CHECK_SLICE(filled("A"), "3|A|-|1970-01-01T00:01:00Z|new|A\\tnn");
	fold("A", 70, "caller", "\\N");
	CHECK_SLICE(filled("A"), "4|A|-|1970-01-01T00:01:10Z|new|");
}

static void
nothing_of_another_record_is_left(void)
{
	start();
	fold("A", 60, "state", "new");
	fold("A", 60, "held", "1970-01-01T00:01:00Z");
	fold("B", 0, "caller", "Bob"); /* by a stream that has no times */
	bind("id updated state caller held holds rev");
	CHECK_SLICE(filled("A"),
	    "A|1970-01-01T00:01:00Z|new||1970-01-01T00:01:00Z"
	    "|1970-01-01T00:01:00Z/|2");
	CHECK_SLICE(filled("B"), "B|||Bob|||3");
	CHECK_SLICE(filled("A"),
	    "A|1970-01-01T00:01:00Z|new||1970-01-01T00:01:00Z"
	    "|1970-01-01T00:01:00Z/|2");
}

static void
holds_are_those_said_and_those_that_were(void)
{
	start();
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 200, "held", "\\N");
	bind("holds");
	CHECK_SLICE(filled("A"), "1970-01-01T00:01:40Z/1970-01-01T00:03:20Z");
	fold("A", 201, "holds", "1970-01-01T00:00:01Z/1970-01-01T00:00:02Z");
	bind("holds");
	CHECK_SLICE(filled("A"),
	    "1970-01-01T00:00:01Z/1970-01-01T00:00:02Z "
	    "1970-01-01T00:01:40Z/1970-01-01T00:03:20Z");
}

static void
columns_are_those_that_were_bound_last(void)
{
	start();
	fold("A", 1, "state", "new");
	bind("state caller");
	fold("A", 2, "caller", "Ann");
	CHECK_SLICE(filled("A"), "new|-");
	bind("caller state");
	CHECK_SLICE(filled("A"), "Ann|new");
	bind("caller summary"); /* without one that there was */
	CHECK_SLICE(filled("A"), "Ann|-");
}

int
main(void)
{
	RUN(no_incident_has_three_columns);
	RUN(columns_come_in_the_order_in_which_they_were_said);
	RUN(a_record_says_what_holds);
	RUN(nothing_of_another_record_is_left);
	RUN(holds_are_those_said_and_those_that_were);
	RUN(columns_are_those_that_were_bound_last);
	record_release(&record);
	columns_release(&columns);
	incidents_release(&all);
	buf_release(&text);
	return test_done();
}
