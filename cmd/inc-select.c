/*
 * inc-select: the records for which a condition holds, as they came.
 *
 * A search that hits a limit counts as not met and is reported; so a condition
 * and its inversion always share the input out between them.
 */
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "filter.h"
#include "mem.h"
#include "options.h"
#include "output.h"
#include "rules.h"
#include "site.h"
#include "vocabulary.h"
#include "whenset.h"

static bool invert, count, max_given;
static unsigned long long max_count;

static const struct option_spec own_options[] = {
    {"invert", 0, OPTION_FLAG, &invert, NULL, NULL,
	"write the records for which it does not hold"},
    {"count", 0, OPTION_FLAG, &count, NULL, NULL,
	"print how many they are, and nothing else"},
    {"max-count", 0, OPTION_NUMBER, &max_count, &max_given, "N",
	"stop after so many"},
    {0},
};

static const struct program program = {
    "Writes the records for which a condition holds.",
    "[--invert] [--count] [--max-count N] CONDITION [FILE ...]",
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT | OPTIONS_JOBS,
    own_options};

/* What the workers share. */
struct work {
	const struct whenset *condition;
	struct stamp now;
	unsigned long long *selected; /* by each of them */
};

/* What each worker does. */
static void
select_rows(struct filter *f, void *ctx)
{
	const struct work *w = ctx;
	struct when_state state = {.now = w->now};
	unsigned long long n = 0;

	while ((!max_given || n < max_count) && filter_next(f)) {
		int holds;

		whenset_row(w->condition, &state);
		holds = whenset_test(w->condition, 0, f->in.field, &state);
		filter_unreadable(f, state.unreadable);
		if (holds < 0)
			rules_say_limit(&state.fault, f->in.file, f->in.line);
		if ((holds > 0) == invert)
			continue;
		n++;
		if (!count)
			filter_write(f);
	}
	w->selected[f->station.worker] = n;
	when_state_release(&state);
}

static void
print_count(struct filter *f, unsigned long long n)
{
	struct buf text = {0};

	buf_addf(&text, "%llu\n", n);
	output_add(
	    &f->station.out.out, buf_slice(&text)); /* filter_close() looks */
	buf_release(&text);
}

static void
run(struct when *condition, struct filter *f, struct stamp now)
{
	struct whenset *set = whenset_new(&condition, 1, 0);
	struct work w = {set, now, mem_new(f->jobs, sizeof *w.selected)};
	unsigned long long n = 0;

	if (max_given)
		f->jobs = 1; /* which is the last one, only their order tells */
	f->station.out.no_header = f->station.out.no_header || count;
	filter_pick(f);
	filter_header(f);
	filter_work(f, select_rows, &w);
	for (size_t i = 0; i < f->jobs; i++)
		n += w.selected[i];
	if (count && !f->station.failed)
		print_count(f, n);
	if (n == 0)
		diag_count(STATUS_NO);
	rules_say_unreadable(&f->tally[FILTER_UNREADABLE]);
	whenset_free(set);
	free(w.selected);
}

/* The columns that a condition may name though the input lacks them. */
static int
find_known(struct columns *known, const struct options *o)
{
	struct pack pack = {0};
	struct fault fault = {0};
	int got = site_pack(&pack, o);

	if (got == 0)
		vocabulary_add(known);
	if (got > 0 && pack_learn_outputs(&pack, &fault) < 0) {
		diag_fault(STATUS_FAILED, &fault);
		got = -1;
	}
	if (got > 0)
		columns_add_all(known, &pack.known);
	fault_release(&fault);
	pack_release(&pack);
	return got < 0 ? -1 : 0;
}

/* Selects from the operands.  Returns 0, or -1 and the fault. */
static int
work(const char *text, const struct options *o, char *const *operands, size_t n,
    struct fault *fault)
{
	struct place where = {"condition", 1, 1};
	struct when *condition = when_parse(slice_of(text), where, fault);
	struct columns known = {0};
	struct filter f;
	int result = 0;

	if (condition == NULL)
		return -1;
	if (find_known(&known, o) == 0) {
		if (filter_open(&f, o, operands, n) == 0) {
			result =
			    when_bind(condition, &f.in.columns, &known, fault);
			if (result == 0)
				run(condition, &f, o->now);
		}
		filter_close(&f);
	}
	columns_release(&known);
	when_free(condition);
	return result;
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct fault fault = {0};
	const char *text;

	if (n == 0)
		options_misuse("a condition was expected");
	text = argv[argc - (int)n];
	if (work(text, &options, argv + argc - n + 1, n - 1, &fault) < 0) {
		diag_fault(STATUS_FAILED, &fault);
		if (access(text, F_OK) == 0)
			diag_notice("'%s' is a file: the condition stands "
				    "before the files",
			    text);
	}
	fault_release(&fault);
	return (int)diag_status();
}
