/*
 * inc-compare: how well two classifications of the same records agree.
 *
 * Records are counted by what one column says (the truth) and what another
 * says (the test); at the end the measures are taken, of all and of each group.
 * Classes rank as the table codes lists them, for one of the two or another.
 */
#include <string.h>

#include "codes.h"
#include "diag.h"
#include "escape.h"
#include "measures.h"
#include "options.h"
#include "site.h"

/* More are no classes: a matrix has their square. */
#define MOST_CLASSES 100

static const char *truth, *test, *by, *ranks;

static const struct option_spec own_options[] = {
    {"truth", 0, OPTION_WORDS, &truth, NULL, "COLUMN",
	"the column that is held to be right"},
    {"test", 0, OPTION_WORDS, &test, NULL, "COLUMN",
	"the column that is measured by it"},
    {"by", 0, OPTION_WORDS, &by, NULL, "COLUMN",
	"measure each of this column's groups, too"},
    {"codes", 0, OPTION_WORDS, &ranks, NULL, "COLUMN",
	"rank as the table codes does for this column, not for those two"},
    {0},
};

static const struct program program = {
    "Measures how well two classifications of the same records agree.",
    "--truth COLUMN --test COLUMN [--by COLUMN] [--codes COLUMN] [FILE ...]",
    OPTIONS_PACK | OPTIONS_INPUT | OPTIONS_OUTPUT, own_options};

/* Counts all records.  Returns 0, or -1 after saying why. */
static int
count_records(struct measures *c)
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
	struct place where = {f->in.file, f->in.line, 0}; /* of the header */

	*at = columns_find(&f->in.columns, slice_of(name));
	if (*at != COLUMNS_NONE)
		return 0;
	return columns_unknown(
	    &f->in.columns, NULL, slice_of(name), where, fault);
}

static int
find_columns(struct measures *c, struct fault *fault)
{
	c->by = COLUMNS_NONE;
	if (find(&c->f, truth, &c->truth, fault) < 0 ||
	    find(&c->f, test, &c->test, fault) < 0)
		return -1;
	return by != NULL ? find(&c->f, by, &c->by, fault) : 0;
}

static void
compare(struct measures *c)
{
	measures_columns(c);
	filter_pick(&c->f);
	filter_header(&c->f);
	if (count_records(c) < 0)
		return;
	crosstab_rank(&c->table);
	say_unranked(&c->table);
	measures_write(c);
	if (crosstab_differs(&c->table))
		diag_count(STATUS_NO);
}

static void
add_classes(struct crosstab *t, const struct codes *codes, const char *field)
{
	struct buf scratch = {0};

	for (size_t i = 0; i < codes->n; i++) {
		if (slice_is(codes->code[i].field, field))
			crosstab_class(
			    t, escape(codes->code[i].code, &scratch));
	}
	buf_release(&scratch);
}

/* Learns the classes of a table codes.  Returns 0, or -1 and the fault. */
static int
learn_classes(struct crosstab *t, struct table *table, struct fault *fault)
{
	struct codes codes = {0};
	const char *field = ranks != NULL ? ranks : truth;
	int result = codes_load(&codes, table, fault);

	add_classes(t, &codes, field);
	if (t->known == 0 && ranks == NULL)
		add_classes(t, &codes, field = test);
	codes_release(&codes);
	if (result == 0 && t->known == 0 && ranks != NULL)
		result = fault_at(fault, (struct place){.file = table->path},
		    "has no codes of '%s'", ranks);
	if (result == 0 && t->known > MOST_CLASSES)
		result = fault_at(fault, (struct place){.file = table->path},
		    "'%s' has %zu codes, at most %d classes were expected",
		    field, t->known, MOST_CLASSES);
	return result;
}

static int
load(struct crosstab *t, struct pack *p, struct fault *fault)
{
	struct table *codes;
	int got = pack_table(p, "codes", &codes, fault);

	return got > 0 ? learn_classes(t, codes, fault) : got;
}

static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct measures c = {0};
	struct fault fault = {0};
	bool failed = load(&c.table, p, &fault) < 0;

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
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	if (truth == NULL || test == NULL)
		options_misuse("--truth and --test were expected");
	if (strcmp(truth, test) == 0)
		options_misuse("--truth and --test name the same column");
	if (site_pack_needed(&pack, &options) == 0)
		run(&pack, &options, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
