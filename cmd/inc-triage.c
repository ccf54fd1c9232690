/*
 * inc-triage: what the rules say of each record.
 *
 * The tree of the table triage is walked for each record, and its answers are
 * written where nobody else has decided (decision.h has the rule).  The
 * targets of the priority give the deadlines.  With --prefix everything goes
 * under other names, and is always the rules' answer.
 */
#include <string.h>

#include "decision.h"
#include "diag.h"
#include "filter.h"
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
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT, own_options};

/* Records whose priority has no target. */
struct untargeted {
	unsigned long long n;
	struct buf first; /* where it stands */
};

static void
say_limit(void *ctx, const struct fault *fault)
{
	const struct filter *f = ctx;

	rules_say_limit(fault, f->in.file, f->in.line);
}

static void
count_untargeted(struct untargeted *u, const struct filter *f)
{
	if (u->n++ == 0)
		filter_where(f, &u->first);
}

/* Says once that there are such records. */
static void
say_untargeted(struct untargeted *u)
{
	if (u->n > 0)
		diag_notice("%s: no target for the priority (%llu record%s "
			    "like it in all)",
		    buf_str(&u->first), u->n, u->n == 1 ? "" : "s");
}

static void
triage(struct decision *d, struct filter *f)
{
	struct untargeted untargeted = {0};
	struct unreadable unreadable = {0};

	filter_pick(f);
	filter_header(f);
	while (filter_next(f)) {
		decision_record(d, f->in.field, f->field);
		if (d->untargeted)
			count_untargeted(&untargeted, f);
		if (rules_are_first(
			&unreadable, d->unreadable + d->when.unreadable))
			filter_where(f, &unreadable.first);
		filter_write(f);
	}
	rules_say_unreadable(&unreadable);
	say_untargeted(&untargeted);
	buf_release(&untargeted.first);
}

/* Loads the rules, opens the input, decides. */
static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct filter f = {0};
	struct decision d = {.prefix = prefix,
	    .explain = explain,
	    .when = {.now = o->now},
	    .report = say_limit,
	    .ctx = &f};
	struct fault fault = {0};
	bool failed = decision_load(&d, p, tree_file, &fault) < 0;

	if (!failed) {
		if (filter_open(&f, o, operands, n) == 0) {
			failed = decision_bind(&d, &f.in.columns, &f.columns,
				     &p->known, &fault) < 0;
			if (!failed)
				triage(&d, &f);
		}
		filter_close(&f);
	}
	if (failed)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	decision_release(&d);
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
