/*
 * inc-triage: what the rules say of each record.
 *
 * The tree of the table triage is walked for each record, and its answers are
 * written where nobody else has decided (decision.h has the rule).  The
 * targets of the priority give the deadlines.  With --prefix everything goes
 * under other names, and is always the rules' answer.
 */
#include <stdlib.h>
#include <string.h>

#include "decision.h"
#include "diag.h"
#include "filter.h"
#include "mem.h"
#include "options.h"
#include "rules.h"
#include "site.h"

static const char *tree_file, *prefix;
static bool explain;

static const struct option_spec own_options[] = {
    {"tree", 0, OPTION_TEXT, &tree_file, NULL, "FILE",
	"go by this tree, not the one of the procedures"},
    {"explain", 0, OPTION_FLAG, &explain, NULL, NULL,
	"add the column because: the rows taken and their facts"},
    {"prefix", 0, OPTION_WORDS, &prefix, NULL, "P",
	"write all answers under names that start with P"},
    {0},
};

static const struct program program = {
    "Assesses and prioritises incidents by the procedures' decision tree.",
    "[--tree FILE] [--explain] [--prefix P] [FILE ...]",
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT | OPTIONS_JOBS,
    own_options};

enum { UNTARGETED = FILTER_OWN }; /* records whose priority has no target */

static void
say_limit(void *ctx, const struct fault *fault)
{
	const struct filter *f = ctx;

	rules_say_limit(fault, f->in.file, f->in.line);
}

/* Says once that there are such records. */
static void
say_untargeted(const struct tally *t)
{
	if (t->n > 0)
		diag_notice("%.*s: no target for the priority (%llu record%s "
			    "like it in all)",
		    SLICE_ARG(buf_slice(&t->first)), t->n,
		    t->n == 1 ? "" : "s");
}

/* What each worker does with decisions of his own. */
static void
triage(struct filter *f, void *decisions)
{
	struct decision *d = (struct decision *)decisions + f->station.worker;

	d->ctx = f;
	while (filter_next(f)) {
		decision_record(d, f->in.field, f->field);
		if (d->untargeted)
			filter_count(f, UNTARGETED, 1, (struct slice){"", 0});
		filter_unreadable(f, d->unreadable + d->when.unreadable);
		filter_write(f);
	}
}

/* Loads the rules.  Returns 0, or -1 and the fault. */
static int
load(struct decision *d, struct pack *p, const struct options *o,
    struct fault *fault)
{
	for (size_t i = 0; i < o->jobs; i++) {
		d[i] = (struct decision){.prefix = prefix,
		    .explain = explain,
		    .when = {.now = o->now},
		    .report = say_limit};
		if (decision_load(&d[i], p, tree_file, fault) < 0)
			return -1;
	}
	return 0;
}

/* Binds the rules to the input.  Returns 0, or -1 and the fault. */
static int
bind(struct decision *d, const struct pack *p, struct filter *f,
    struct fault *fault)
{
	for (size_t i = 0; i < f->jobs; i++) {
		if (decision_bind(&d[i], &f->in.columns, &f->columns, &p->known,
			fault) < 0)
			return -1;
	}
	return 0;
}

/* Loads the rules, opens the input, decides. */
static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct decision *d = mem_new(o->jobs, sizeof *d);
	struct filter f = {0};
	struct fault fault = {0};
	bool failed = load(d, p, o, &fault) < 0;

	if (!failed) {
		if (filter_open(&f, o, operands, n) == 0) {
			failed = bind(d, p, &f, &fault) < 0;
			if (!failed) {
				filter_pick(&f);
				filter_header(&f);
				filter_work(&f, triage, d);
				rules_say_unreadable(
				    &f.tally[FILTER_UNREADABLE]);
				say_untargeted(&f.tally[UNTARGETED]);
			}
		}
		filter_close(&f);
	}
	if (failed)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	for (size_t i = 0; i < o->jobs; i++)
		decision_release(&d[i]);
	free(d);
}

/* A prefix goes into the names of columns. */
static void
check_prefix(void)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-.";

	if (prefix != NULL &&
	    (*prefix == '\0' || prefix[strspn(prefix, letters)] != '\0'))
		options_misuse("--prefix '%s': letters, digits, '_', '-' and "
			       "'.' were expected",
		    prefix);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	check_prefix();
	if (site_pack_needed(&pack, &options) == 0)
		run(&pack, &options, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
