/*
 * inc-compare: how well two classifications of the same records agree.
 *
 * Records are counted by what one column says (the truth) and what another
 * says (the test); at the end the measures are taken, of all and of each group.
 * Classes rank as the table codes lists them.
 */
#include <stdint.h>
#include <stdlib.h>

#include "agreement.h"
#include "codes.h"
#include "crosstab.h"
#include "diag.h"
#include "escape.h"
#include "filter.h"
#include "mem.h"
#include "options.h"
#include "site.h"

/* More are no classes: a matrix has their square. */
#define MOST_CLASSES 100

static const char *truth, *test, *by;

static const struct option_spec own_options[] = {
    {"truth", 0, OPTION_WORDS, &truth, NULL, "COLUMN",
	"the column that is held to be right"},
    {"test", 0, OPTION_WORDS, &test, NULL, "COLUMN",
	"the column that is measured by it"},
    {"by", 0, OPTION_WORDS, &by, NULL, "COLUMN",
	"measure each of this column's groups, too"},
    {0},
};

static const struct program program = {
    "Measures how well two classifications of the same records agree.",
    "--truth COLUMN --test COLUMN [--by COLUMN] [FILE ...]",
    OPTIONS_PACK | OPTIONS_INPUT | OPTIONS_OUTPUT, own_options};

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

struct comparison {
	struct filter f;
	size_t truth, test, by; /* columns of the input */
	struct crosstab table;
	unsigned long long *matrix; /* of the group that is measured */
	struct buf text[OUT_COLUMNS];
};

/* ---- rows ---- */

static void
set(struct comparison *c, size_t column, struct slice field)
{
	c->f.field[column] = field;
}

static void
set_number(struct comparison *c, size_t column, double value)
{
	bool none = value > -0.00005 && value < 0; /* no "-0.0000" */

	buf_clear(&c->text[column]);
	buf_addf(&c->text[column], "%.4f", none ? 0 : value);
	set(c, column, buf_slice(&c->text[column]));
}

static void
set_count(struct comparison *c, size_t column, unsigned long long n)
{
	buf_clear(&c->text[column]);
	buf_add_number(&c->text[column], n);
	set(c, column, buf_slice(&c->text[column]));
}

static void
set_estimate(struct comparison *c, const struct estimate *e)
{
	set_number(c, OUT_VALUE, e->value);
	set_number(c, OUT_LOWER, e->lower);
	set_number(c, OUT_UPPER, e->upper);
}

/* Starts a row of the group: what follows the measure is empty. */
static void
start(struct comparison *c, const char *measure, const char *means)
{
	for (size_t i = OUT_MEASURE + 1; i < OUT_COLUMNS; i++)
		set(c, i, (struct slice){"", 0});
	set(c, OUT_MEASURE, slice_of(measure));
	set(c, OUT_MEANS, slice_of(means));
}

static void
write_records(struct comparison *c)
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
write_uncompared(struct comparison *c, unsigned long long n)
{
	start(c, "uncompared", "records of which one or both say nothing");
	set_count(c, OUT_VALUE, n);
	filter_write(&c->f);
}

static void
write_kappa(struct comparison *c, enum agreement_weights weights,
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

/* The share on one side of the diagonal, or on it, in a class of the truth. */
static void
write_share(struct comparison *c, const char *measure, int side, size_t class,
    const char *means)
{
	unsigned long long part = 0, whole = 0;
	size_t n = c->table.nclasses;
	struct estimate share;

	for (size_t i = 0; i < n * n; i++) {
		size_t is = i / n, said = i % n;

		if (class != ALL && is != class)
			continue;
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
write_sides(struct comparison *c)
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
write_measures(
    struct comparison *c, size_t group, unsigned long long uncompared)
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

static void
write_all(struct comparison *c)
{
	unsigned long long uncompared = 0;

	for (size_t i = 0; i < c->table.ngroups; i++)
		uncompared += c->table.uncompared[i];
	set(c, OUT_BY, (struct slice){"", 0});
	set(c, OUT_GROUP, (struct slice){"", 0});
	write_measures(c, ALL, uncompared);
}

static void
write_groups(struct comparison *c)
{
	set(c, OUT_BY, c->f.in.columns.name[c->by]);
	for (size_t i = 0; i < c->table.ngroups; i++) {
		set(c, OUT_GROUP, c->table.group[i]);
		write_measures(c, i, c->table.uncompared[i]);
	}
}

/* ---- the program ---- */

/* Counts all records.  Returns 0, or -1 after saying why. */
static int
count_records(struct comparison *c)
{
	struct slice *const *field = &c->f.in.field;

	while (filter_next(&c->f)) {
		if (crosstab_add(&c->table, columns_field(*field, c->by),
			(*field)[c->truth], (*field)[c->test]) > MOST_CLASSES) {
			diag_say(STATUS_FAILED,
			    "%s:%zu: '%s' and '%s' are no classes: they have "
			    "more than %d values",
			    c->f.in.file, c->f.in.line, truth, test,
			    MOST_CLASSES);
			return -1;
		}
	}
	return c->f.station.failed ? -1 : 0;
}

static void
say_unranked(const struct crosstab *t)
{
	size_t more = t->nclasses - t->known;

	if (t->known == 0 && more > 0)
		diag_notice("the table codes has none of '%s': its values rank "
			    "by number, then by letters",
		    truth);
	else if (more > 0)
		diag_notice("the table codes has no '%.*s': it ranks last (%zu "
			    "value%s like it in all)",
		    SLICE_ARG(t->class[t->known]), more, more == 1 ? "" : "s");
}

/* The place of a column that must be there.  Returns 0, or -1 and the fault. */
static int
find(const struct filter *f, const char *name, size_t *at, struct fault *fault)
{
	struct place where = {f->in.file, 1, 0};

	*at = columns_find(&f->in.columns, slice_of(name));
	if (*at != COLUMNS_NONE)
		return 0;
	return columns_unknown(
	    &f->in.columns, NULL, slice_of(name), where, fault);
}

static int
find_columns(struct comparison *c, struct fault *fault)
{
	c->by = COLUMNS_NONE;
	if (find(&c->f, truth, &c->truth, fault) < 0 ||
	    find(&c->f, test, &c->test, fault) < 0)
		return -1;
	return by != NULL ? find(&c->f, by, &c->by, fault) : 0;
}

static void
compare(struct comparison *c)
{
	filter_columns(&c->f, out_name, OUT_COLUMNS);
	filter_pick(&c->f);
	filter_header(&c->f);
	if (count_records(c) < 0)
		return;
	crosstab_rank(&c->table);
	say_unranked(&c->table);
	c->matrix = mem_new(
	    c->table.nclasses * c->table.nclasses + 1, sizeof *c->matrix);
	if (c->table.ngroups > 0)
		write_all(c);
	if (by != NULL)
		write_groups(c);
	if (crosstab_differs(&c->table))
		diag_count(STATUS_NO);
}

static void
learn_classes(struct crosstab *t, const struct codes *codes, const char *field)
{
	struct buf scratch = {0};

	for (size_t i = 0; i < codes->n; i++) {
		if (slice_is(codes->code[i].field, field))
			crosstab_class(
			    t, escape(codes->code[i].code, &scratch));
	}
	buf_release(&scratch);
}

/* Learns the classes of the table codes.  Returns 0, or -1 and the fault. */
static int
load(struct comparison *c, struct pack *p, struct fault *fault)
{
	struct codes codes = {0};
	struct table *t;
	int got = pack_table(p, "codes", &t, fault);

	if (got > 0)
		got = codes_load(&codes, t, fault);
	learn_classes(&c->table, &codes, truth);
	if (c->table.known == 0)
		learn_classes(&c->table, &codes, test);
	codes_release(&codes);
	return got;
}

static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct comparison c = {0};
	struct fault fault = {0};
	bool failed = load(&c, p, &fault) < 0;

	if (!failed) {
		if (filter_open(&c.f, o, operands, n) == 0) {
			failed = find_columns(&c, &fault) < 0;
			if (!failed)
				compare(&c);
		}
		filter_close(&c.f);
	}
	if (failed)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	crosstab_release(&c.table);
	for (size_t i = 0; i < OUT_COLUMNS; i++)
		buf_release(&c.text[i]);
	free(c.matrix);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	if (truth == NULL || test == NULL)
		options_misuse("--truth and --test were expected");
	if (site_pack_needed(&pack, &options) == 0)
		run(&pack, &options, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
