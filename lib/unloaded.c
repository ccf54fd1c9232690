#include "unloaded.h"

#include <stdint.h>

#include "civil.h"
#include "columns.h"
#include "limit.h"

#define MOST_MEANT 1000 /* of more names none is suggested: it takes long */

/* A row under examination, and the code of what is wrong in its table. */
struct unloaded {
	struct survey *s;
	enum catalogue_code code;
	struct table_row *row;
};

static void
complain(struct unloaded *l, const char *column, const char *what)
{
	struct slice cell = table_text(l->row, column);

	findings_add(&l->s->found, l->code, table_place(l->row, column),
	    "%s '%.*s': %s", column, SLICE_ARG(cell), what);
}

/* A cell that has to be one of some names, if there are any; or empty. */
static void
check_in(struct unloaded *l, const char *column, const struct columns *names,
    const char *what)
{
	struct slice cell = table_text(l->row, column);
	struct fault f = {0};

	if (cell.n == 0 || names->n == 0 ||
	    columns_find(names, cell) != COLUMNS_NONE)
		return;
	fault_at(&f, table_place(l->row, column), "%s '%.*s': %s", column,
	    SLICE_ARG(cell), what);
	if (names->n <= MOST_MEANT)
		fault_suggest(&f, cell, names->name, names->n);
	findings_add_fault(&l->s->found, l->code, (struct place){0}, &f);
	fault_release(&f);
}

static void
check_limit(struct unloaded *l, const char *column)
{
	struct limit limit;

	if (limit_parse(table_text(l->row, column), &limit) < 0)
		complain(l, column,
		    "a limit such as 15m, 5wd, 10cd or 1mo was expected");
}

/* What is kept is kept on all days: lib/retention.h. */
static void
check_retain(struct unloaded *l)
{
	struct limit limit;

	if (limit_parse(table_text(l->row, "retain"), &limit) < 0 ||
	    limit.kind == LIMIT_WORKING_DAYS)
		complain(l, "retain",
		    "a time to keep such as 72mo, 90cd or 90d was expected");
}

static void
check_count(struct unloaded *l, const char *column)
{
	struct slice cell = table_text(l->row, column);
	unsigned long long n;

	if (cell.n > 0 && slice_number(cell, UINT32_MAX, &n) < 0)
		complain(l, column, "a whole number was expected");
}

/* A date; *day is left where the cell is empty or none. */
static void
check_date(struct unloaded *l, const char *column, int64_t *day)
{
	struct fault f = {0};

	if (table_date(l->row, column, day, &f) < 0)
		findings_add_fault(
		    &l->s->found, l->code, (struct place){0}, &f);
	fault_release(&f);
}

/* Collects the cells of a column of a table, those of one field of codes. */
static void
collect(struct survey *s, const char *table, const char *column,
    const char *field, struct columns *names)
{
	struct table *t = survey_table(s, table);

	for (size_t i = 0; t != NULL && i < t->n; i++) {
		if (field == NULL ||
		    slice_is(table_text(&t->row[i], "field"), field))
			columns_add(names, table_text(&t->row[i], column));
	}
}

/* Goes through a table: check is called for each of its rows. */
static void
each_row(struct survey *s, const char *table,
    void (*check)(struct unloaded *l, const struct columns *names),
    const struct columns *names)
{
	struct table *t = survey_table(s, table);
	struct unloaded l = {
	    .s = s, .code = catalogue_of_table(slice_of(table))};

	for (size_t i = 0; t != NULL && i < t->n; i++) {
		l.row = &t->row[i];
		check(&l, names);
	}
}

static void
check_calendar(struct unloaded *l, const struct columns *names)
{
	check_in(l, "calendar", names, "calendars does not have it");
}

static void
check_advice(struct unloaded *l, const struct columns *names)
{
	int64_t dated, review = INT64_MAX;

	(void)names;
	if (table_text(l->row, "advice").n == 0)
		findings_add(&l->s->found, l->code,
		    table_place(l->row, "advice"), "advice without a name");
	check_date(l, "dated", &dated);
	check_date(l, "review_by", &review);
	if (review < l->s->now.s / DAY_S)
		findings_add(&l->s->found, FOUND_OVERDUE,
		    table_place(l->row, "review_by"),
		    "this was to be reviewed by then");
}

/* names: the codes, then the levels. */
static void
check_response(struct unloaded *l, const struct columns *names)
{
	check_in(l, "code", &names[0], "codes does not have it");
	check_in(l, "level", &names[1], "levels does not have it");
	check_count(l, "count");
	check_limit(l, "within");
}

/* names: all columns that a record can have. */
static void
check_regulation(struct unloaded *l, const struct columns *names)
{
	int64_t dated;

	check_in(l, "from", names, "no record has such a column");
	check_limit(l, "limit");
	check_retain(l);
	check_date(l, "dated", &dated);
}

void
unloaded_check(struct survey *s)
{
	struct columns calendars = {0}, response[2] = {{0}};

	collect(s, "calendars", "calendar", NULL, &calendars);
	columns_add(&calendars, slice_of("always"));
	collect(s, "codes", "code", "code", &response[0]);
	collect(s, "levels", "level", NULL, &response[1]);
	each_row(s, "services", check_calendar, &calendars);
	each_row(s, "resources", check_calendar, &calendars);
	each_row(s, "advice", check_advice, NULL);
	each_row(s, "response", check_response, response);
	each_row(s, "regulations", check_regulation, &s->pack->known);
	columns_release(&calendars);
	columns_release(&response[0]);
	columns_release(&response[1]);
}
