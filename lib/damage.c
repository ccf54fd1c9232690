#include "damage.h"

#include <string.h>

#include "schema.h"

#define LONGEST 32 /* digits of a number that is compared with others */

/* ---- cells by themselves ---- */

/* Invisible: a byte order mark, and the characters of no width. */
static bool
has_mark(struct slice s)
{
	static const char *const marks[] = {
	    "\xef\xbb\xbf", "\xe2\x80\x8b", "\xe2\x81\xa0"};

	for (size_t i = 0; i + 3 <= s.n; i++) {
		for (size_t k = 0; k < LEN(marks); k++) {
			if (memcmp(s.p + i, marks[k], 3) == 0)
				return true;
		}
	}
	return false;
}

/* What is left of a formula, as Excel and LibreOffice show it. */
static bool
is_error(struct slice s)
{
	static const char *const errors[] = {"#REF!", "#N/A", "#NAME?",
	    "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "Err:502",
	    "Err:504", "Err:508", "Err:509"};

	for (size_t i = 0; i < LEN(errors); i++) {
		if (slice_is(s, errors[i]))
			return true;
	}
	return false;
}

/* 4.41E+11 */
static bool
is_exponent(struct slice s)
{
	int n;

	slice_take(&s, '-');
	if (slice_digits(&s, 1, 9, &n) < 0)
		return false;
	if ((slice_take(&s, '.') || slice_take(&s, ',')) &&
	    slice_digits(&s, 1, 9, &n) < 0)
		return false;
	return slice_take(&s, 'E') &&
	    (slice_take(&s, '+') || slice_take(&s, '-')) &&
	    slice_digits(&s, 1, 3, &n) == 0 && s.n == 0;
}

static bool
take_month(struct slice *s)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (size_t i = 0; s->n >= 3 && i < sizeof months - 1; i += 3) {
		if (memcmp(s->p, months + i, 3) != 0)
			continue;
		s->p += 3;
		s->n -= 3;
		return true;
	}
	return false;
}

/* 1-Feb, 01-Feb-26, Feb-26 */
static bool
is_month(struct slice s)
{
	int n;
	bool day = slice_digits(&s, 1, 2, &n) == 0;

	if (day && !slice_take(&s, '-'))
		return false;
	if (!take_month(&s))
		return false;
	if (day && s.n == 0)
		return true;
	return slice_take(&s, '-') && slice_digits(&s, 2, 4, &n) == 0 &&
	    s.n == 0;
}

/* 01/02/2026, 2026-02-01 */
static bool
is_date(struct slice s)
{
	struct slice other = s;
	int n;

	if (slice_digits(&s, 1, 2, &n) == 0 && slice_take(&s, '/') &&
	    slice_digits(&s, 1, 2, &n) == 0 && slice_take(&s, '/') &&
	    slice_digits(&s, 2, 4, &n) == 0 && s.n == 0)
		return true;
	s = other;
	return slice_digits(&s, 4, 4, &n) == 0 && slice_take(&s, '-') &&
	    slice_digits(&s, 2, 2, &n) == 0 && slice_take(&s, '-') &&
	    slice_digits(&s, 2, 2, &n) == 0 && s.n == 0;
}

/* "say ""hello""" */
static bool
is_quoted(struct slice s)
{
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';
}

/* Whether dates belong in a column; in cases whatever records may hold. */
static bool
has_dates(const char *table, struct slice column)
{
	static const struct {
		const char *table, *column;
	} all[] = {{"roster", "from"}, {"roster", "until"},
	    {"holidays", "date"}, {"advice", "dated"}, {"advice", "review_by"},
	    {"regulations", "dated"}, {"pack", "version"}};

	if (strcmp(table, "cases") == 0)
		return true;
	for (size_t i = 0; i < LEN(all); i++) {
		if (strcmp(table, all[i].table) == 0 &&
		    slice_is(column, all[i].column))
			return true;
	}
	return false;
}

static void
check_cell(struct survey *s, const char *table, struct table_row *row, size_t k)
{
	struct slice cell = slice_trim(row->cell[k]);
	struct slice column = row->table->columns.name[k];
	struct place where = table_place_at(row, k);

	if (has_mark(cell))
		findings_add(&s->found, FOUND_MARK, where,
		    "a character that can't be seen stands in this cell");
	if (is_error(cell))
		findings_add(&s->found, FOUND_FORMULA, where,
		    "'%.*s' is the error of a spreadsheet", SLICE_ARG(cell));
	if (is_exponent(cell))
		findings_add(&s->found, FOUND_EXPONENT, where,
		    "'%.*s' seems to be a number that has lost its digits",
		    SLICE_ARG(cell));
	if ((is_date(cell) || is_month(cell)) && !has_dates(table, column))
		findings_add(&s->found, FOUND_DATE, where,
		    "'%.*s' is a date, and '%.*s' holds none", SLICE_ARG(cell),
		    SLICE_ARG(column));
	if (!row->table->csv && is_quoted(cell))
		findings_add(&s->found, FOUND_QUOTES, where,
		    "quotes around a cell, as a spreadsheet puts them");
}

/* ---- numbers among others of their column ---- */

/* How the numbers of a column are written. */
struct column_form {
	size_t led;             /* those that start with + or 0 */
	size_t bare;            /* those that don't */
	size_t longest;         /* of those with a 0 */
	bool plus[LONGEST + 1]; /* whether one with + has so many digits */
};

/* The digits of a number; 0 where a cell is none of 2 to LONGEST. */
static size_t
digits_of(struct slice cell)
{
	slice_take(&cell, '+');
	for (size_t i = 0; i < cell.n; i++) {
		if (!slice_is_digit(cell.p[i]))
			return 0;
	}
	return cell.n <= LONGEST ? cell.n : 0;
}

/*
 * Whether a number can only be one with a country's code that lost its +: no
 * country's own numbers have as many digits, but for those that start with 0.
 */
static bool
is_international(const struct table *t, size_t k, size_t digits)
{
	return digits >= 12 && digits <= 15 &&
	    slice_is(t->columns.name[k], "address");
}

static bool
is_led(struct slice cell, size_t digits)
{
	return cell.p[0] == '+' || (cell.p[0] == '0' && digits > 1);
}

static void
learn_form(const struct table *t, size_t k, struct column_form *form)
{
	*form = (struct column_form){0};
	for (size_t i = 0; i < t->n; i++) {
		struct slice cell = slice_trim(t->row[i].cell[k]);
		size_t digits = digits_of(cell);

		if (digits == 0)
			continue;
		if (!is_led(cell, digits)) {
			form->bare++;
			continue;
		}
		form->led++;
		if (cell.p[0] == '+')
			form->plus[digits] = true;
		else if (digits > form->longest)
			form->longest = digits;
	}
}

/*
 * Says which numbers of a column lack a start that most of them have, or that
 * all have lost.
 */
static void
check_column(struct survey *s, const struct table *t, size_t k)
{
	struct column_form form;

	learn_form(t, k, &form);
	for (size_t i = 0; form.bare > 0 && i < t->n; i++) {
		struct slice cell = slice_trim(t->row[i].cell[k]);
		size_t digits = digits_of(cell);
		struct place where = table_place_at(&t->row[i], k);

		if (digits == 0 || is_led(cell, digits))
			continue;
		if (form.led > form.bare &&
		    (form.plus[digits] || digits < form.longest))
			findings_add(&s->found, FOUND_ZERO, where,
			    "'%.*s' seems to have lost what the others start "
			    "with: %s",
			    SLICE_ARG(cell), form.plus[digits] ? "+" : "0");
		else if (is_international(t, k, digits))
			findings_add(&s->found, FOUND_ZERO, where,
			    "'%.*s' seems to have lost the + before it",
			    SLICE_ARG(cell));
	}
}

void
damage_check(struct survey *s)
{
	size_t n;
	const struct schema *all = schema_list(&n);

	for (size_t i = 0; i < n; i++) {
		struct table *t = survey_table(s, all[i].table);

		for (size_t k = 0; t != NULL && k < t->columns.n; k++) {
			for (size_t r = 0; r < t->n; r++)
				check_cell(s, all[i].table, &t->row[r], k);
			check_column(s, t, k);
		}
	}
}
