#include "measures.h"

#include <stdint.h>
#include <stdlib.h>

#include "agreement.h"
#include "mem.h"

/* What comes out. */
enum {
	OUT_BY,
	OUT_GROUP,
	OUT_MEASURE,
	OUT_TRUTH,
	OUT_TEST,
	OUT_VALUE,
	OUT_LOWER,
	OUT_UPPER,
	OUT_PART,
	OUT_WHOLE,
	OUT_MEANS,
	OUT_COLUMNS
};

static const char *const out_name[OUT_COLUMNS] = {"by", "group", "measure",
    "truth", "test", "value", "lower", "upper", "part", "whole", "means"};

static void
set(struct measures *c, size_t column, struct slice field)
{
	c->f.field[column] = field;
}

static void
set_number(struct measures *c, size_t column, double value)
{
	bool none = value > -0.00005 && value < 0; /* no "-0.0000" */

	buf_clear(&c->text[column]);
	buf_addf(&c->text[column], "%.4f", none ? 0 : value);
	set(c, column, buf_slice(&c->text[column]));
}

static void
set_count(struct measures *c, size_t column, unsigned long long n)
{
	buf_clear(&c->text[column]);
	buf_add_number(&c->text[column], n);
	set(c, column, buf_slice(&c->text[column]));
}

static void
set_estimate(struct measures *c, const struct estimate *e)
{
	set_number(c, OUT_VALUE, e->value);
	set_number(c, OUT_LOWER, e->lower);
	set_number(c, OUT_UPPER, e->upper);
}

/* Starts a row of the group: what follows the measure is empty. */
static void
start(struct measures *c, const char *measure, const char *means)
{
	for (size_t i = OUT_MEASURE + 1; i < OUT_COLUMNS; i++)
		set(c, i, (struct slice){"", 0});
	set(c, OUT_MEASURE, slice_of(measure));
	set(c, OUT_MEANS, slice_of(means));
}

static void
write_records(struct measures *c)
{
	size_t n = c->table.nclasses;

	for (size_t i = 0; i < n * n; i++) {
		if (c->matrix[i] == 0)
			continue;
		start(c, "records", "records that the two put here");
		set(c, OUT_TRUTH, c->table.class[i / n]);
		set(c, OUT_TEST, c->table.class[i % n]);
		set_count(c, OUT_VALUE, c->matrix[i]);
		filter_write(&c->f);
	}
}

static void
write_uncompared(struct measures *c, unsigned long long n)
{
	start(c, "uncompared", "records of which one or both say nothing");
	set_count(c, OUT_VALUE, n);
	filter_write(&c->f);
}

static void
write_kappa(struct measures *c, enum agreement_weights weights,
    const char *measure, const char *means)
{
	struct agreement a = {c->table.nclasses, c->matrix};
	struct estimate kappa;

	start(c, measure, means);
	if (agreement_kappa(&a, weights, &kappa))
		set_estimate(c, &kappa);
	filter_write(&c->f);
}

#define ALL SIZE_MAX /* classes, or groups */

/*
 * The share on one side of the diagonal, or on it, in a class of the truth or
 * in all.
 */
static void
write_share(struct measures *c, const char *measure, int side, size_t class,
    const char *means)
{
	unsigned long long part = 0, whole = 0;
	size_t n = c->table.nclasses;
	size_t from = class != ALL ? class * n : 0;
	size_t until = class != ALL ? from + n : n * n;
	struct estimate share;

	for (size_t i = from; i < until; i++) {
		size_t is = i / n, said = i % n;

		whole += c->matrix[i];
		if ((said > is) - (said < is) == side)
			part += c->matrix[i];
	}
	if (whole == 0 && class != ALL)
		return;
	start(c, measure, means);
	if (class != ALL)
		set(c, OUT_TRUTH, c->table.class[class]);
	if (agreement_share(part, whole, &share))
		set_estimate(c, &share);
	set_count(c, OUT_PART, part);
	set_count(c, OUT_WHOLE, whole);
	filter_write(&c->f);
}

static void
write_sides(struct measures *c)
{
	write_share(c, "under", 1, ALL,
	    "share of all records compared that the test ranks lower");
	write_share(c, "over", -1, ALL,
	    "share of all records compared that the test ranks higher");
	for (size_t i = 0; i < c->table.nclasses; i++) {
		write_share(c, "under", 1, i,
		    "share of this class that the test ranks lower");
		write_share(c, "over", -1, i,
		    "share of this class that the test ranks higher");
	}
}

static void
write_measures(struct measures *c, size_t group, unsigned long long uncompared)
{
	crosstab_matrix(&c->table, group, c->matrix);
	write_records(c);
	write_uncompared(c, uncompared);
	write_share(c, "agreement", 0, ALL,
	    "share of all records compared of which both say the same");
	write_kappa(c, AGREEMENT_PLAIN, "kappa",
	    "Cohen's kappa: agreement beyond chance, all differences alike");
	write_kappa(c, AGREEMENT_LINEAR, "kappa-linear",
	    "the same, differences weigh by the steps between");
	write_kappa(c, AGREEMENT_QUADRATIC, "kappa-quadratic",
	    "the same, by the square of the steps between");
	write_sides(c);
}

/* Of all records together. */
static void
write_all(struct measures *c)
{
	unsigned long long uncompared = 0;

	for (size_t i = 0; i < c->table.ngroups; i++)
		uncompared += c->table.uncompared[i];
	set(c, OUT_BY, (struct slice){"", 0});
	set(c, OUT_GROUP, (struct slice){"", 0});
	write_measures(c, ALL, uncompared);
}

static void
write_groups(struct measures *c)
{
	set(c, OUT_BY, c->f.in.columns.name[c->by]);
	for (size_t i = 0; i < c->table.ngroups && !c->f.station.failed; i++) {
		set(c, OUT_GROUP, c->table.group[i]);
		write_measures(c, i, c->table.uncompared[i]);
	}
}

void
measures_columns(struct measures *c)
{
	filter_columns(&c->f, out_name, OUT_COLUMNS);
}

void
measures_write(struct measures *c)
{
	size_t n = c->table.nclasses;

	c->matrix = mem_new(n * n + 1, sizeof *c->matrix);
	c->text = mem_new(OUT_COLUMNS, sizeof *c->text);
	if (c->table.ngroups > 0)
		write_all(c);
	if (c->by != COLUMNS_NONE)
		write_groups(c);
	for (size_t i = 0; i < OUT_COLUMNS; i++)
		buf_release(&c->text[i]);
	free(c->text);
	free(c->matrix);
}
