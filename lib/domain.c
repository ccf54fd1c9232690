#include "domain.h"

#include "clause.h"
#include "columns.h"
#include "schema.h"

#define MOST_MEANT 1000 /* values that are looked through */

/* What columns can have. */
struct domain {
	struct survey *s;
	struct columns columns; /* those with known values */
	struct columns values;  /* "column TAB value" */
};

static void
key_of(struct buf *key, struct slice column, struct slice value)
{
	buf_clear(key);
	buf_add_slice(key, column);
	buf_add_char(key, '\t');
	buf_add_slice(key, value);
}

static void
learn(struct domain *d, struct slice column, struct slice value)
{
	struct buf key = {0};

	if (column.n == 0 || value.n == 0)
		return;
	key_of(&key, column, value);
	columns_add(&d->columns, column);
	columns_add(&d->values, buf_slice(&key));
	buf_release(&key);
}

/* Learns one column's values from the cells of a table. */
static void
learn_cells(
    struct domain *d, const char *table, const char *cell, const char *column)
{
	struct table *t = survey_table(d->s, table);

	for (size_t i = 0; t != NULL && i < t->n; i++)
		learn(d, slice_of(column), table_text(&t->row[i], cell));
}

static void
learn_all(struct domain *d)
{
	struct table *fields = survey_table(d->s, "fields");
	struct table *codes = survey_table(d->s, "codes");

	for (size_t i = 0; fields != NULL && i < fields->n; i++) {
		struct slice name = table_text(&fields->row[i], "name");
		struct slice rest = table_text(&fields->row[i], "values"), word;

		while (slice_word(&rest, &word))
			learn(d, name, word);
	}
	for (size_t i = 0; codes != NULL && i < codes->n; i++)
		learn(d, table_text(&codes->row[i], "field"),
		    table_text(&codes->row[i], "code"));
	learn_cells(d, "targets", "priority", "priority");
	learn_cells(d, "levels", "level", "level");
}

/*
 * The value of a column that was probably meant, or an empty slice; no time is
 * spent on it where there are very many.
 */
static struct slice
meant(const struct domain *d, struct slice column, struct slice value)
{
	struct slice *all = mem_new(d->values.n + 1, sizeof *all), near;
	size_t n = 0;

	for (size_t i = 0; i < d->values.n && i < MOST_MEANT; i++) {
		struct slice rest = d->values.name[i], name;

		slice_split(&rest, '\t', &name);
		if (slice_eq(name, column))
			all[n++] = rest;
	}
	near = slice_nearest(value, all, n);
	for (size_t i = 0; i < n; i++) {
		if (slice_eq_letters(all[i], value))
			near = all[i];
	}
	free(all);
	return near;
}

/* Says that no table knows a value, if so. */
static void
check_value(struct domain *d, struct slice column, struct slice value,
    enum catalogue_code code, struct place where)
{
	struct buf text = {0};
	struct slice near;

	if (value.n == 0 || columns_find(&d->columns, column) == COLUMNS_NONE)
		return;
	key_of(&text, column, value);
	if (columns_find(&d->values, buf_slice(&text)) == COLUMNS_NONE) {
		near = meant(d, column, value);
		buf_clear(&text);
		buf_addf(&text, "no table knows '%.*s' as a value of '%.*s'",
		    SLICE_ARG(value), SLICE_ARG(column));
		if (near.n > 0)
			buf_addf(
			    &text, " (did you mean '%.*s'?)", SLICE_ARG(near));
		findings_add(&d->s->found, code, where, "%s", buf_str(&text));
	}
	buf_release(&text);
}

/* Checks the values that a condition compares columns with. */
static void
check_condition(struct domain *d, const struct survey_condition *condition)
{
	const struct clause *c = when_clause(condition->when);

	for (size_t i = 0; i < c->ntests; i++) {
		const struct clause_test *t = &c->test[i];

		for (size_t k = 0; k < t->nvalues; k++) {
			const struct clause_value *v = &c->value[t->value + k];
			size_t offset = (size_t)(v->text.p - c->text);

			if (t->kind != CLAUSE_EQUAL ||
			    v->name != CLAUSE_LITERAL)
				continue;
			check_value(d, c->name[c->column[t->column]].text,
			    v->text, FOUND_VALUE, clause_place(c, offset));
		}
	}
}

/* Checks what a tree sets. */
static void
check_outputs(struct domain *d, const char *table)
{
	struct table *t = survey_table(d->s, table);
	struct table *targets = survey_table(d->s, "targets");

	for (size_t k = 0; t != NULL && k < t->columns.n; k++) {
		struct slice column = t->columns.name[k];

		/* That a priority has a target is seen in loading. */
		if (!schema_is_output(column) ||
		    (targets != NULL && slice_is(column, "priority")))
			continue;
		for (size_t i = 0; i < t->n; i++)
			check_value(d, column, table_text_at(&t->row[i], k),
			    FOUND_OUTPUT, table_place_at(&t->row[i], k));
	}
}

/* Whether codes has words of a field that is no column, but has a use. */
static bool
has_use(struct slice field)
{
	return slice_is(field, "phonetic") || slice_is(field, "reply");
}

/* Checks that what codes has words for is a column. */
static void
check_codes(struct domain *d)
{
	struct table *t = survey_table(d->s, "codes");
	const struct columns *known = &d->s->pack->known;

	for (size_t i = 0; t != NULL && i < t->n; i++) {
		struct slice field = table_text(&t->row[i], "field");
		struct fault f = {0};

		if (field.n == 0 || has_use(field) ||
		    columns_find(known, field) != COLUMNS_NONE)
			continue;
		columns_unknown(
		    known, NULL, field, table_place(&t->row[i], "field"), &f);
		findings_add_fault(
		    &d->s->found, FOUND_CODED, (struct place){0}, &f);
		fault_release(&f);
	}
}

void
domain_check(struct survey *s)
{
	struct domain d = {.s = s};

	learn_all(&d);
	for (size_t i = 0; i < s->n; i++)
		check_condition(&d, &s->condition[i]);
	check_outputs(&d, "triage");
	check_outputs(&d, "call");
	check_codes(&d);
	columns_release(&d.columns);
	columns_release(&d.values);
}
