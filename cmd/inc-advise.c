/*
 * inc-advise: what may be said to the contacts of incidents.
 *
 * For each record all rows of the table advice that hold come out, in the order
 * of the table: what to say and what not, within which limit, who else knows,
 * and from which source that is.
 */
#include <string.h>

#include "advice.h"
#include "diag.h"
#include "filter.h"
#include "mem.h"
#include "options.h"
#include "rules.h"
#include "site.h"

static const char *role;

static const struct option_spec own_options[] = {
    {"role", 0, OPTION_WORDS, &role, NULL, "ROLE",
	"only what this role may say"},
    {0},
};

static const struct program program = {
    "Says what may be said to the contacts of incidents, and what may not.",
    "[--role ROLE] [FILE ...]",
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT | OPTIONS_JOBS,
    own_options};

enum { OVERDUE = FILTER_OWN }; /* advice that was to be reviewed */

/* The columns that come out: the record's id, the advice's own, and these. */
enum { OUT_ID, OUT_ADVICE, OUT_RULES = OUT_ADVICE + ADVICE_COLUMNS, OUT_ALL };

/* What the workers share. */
struct work {
	struct advices advices;
	const struct pack *pack;
	struct stamp now;
	size_t id; /* the input's column */
};

static void
count_overdue(struct filter *f, const struct advice *a)
{
	struct buf name = {0};

	if (filter_is_first(f, OVERDUE))
		buf_addf(&name, ": '%.*s'", SLICE_ARG(a->field[ADVICE_NAME]));
	filter_count(f, OVERDUE, 1, buf_slice(&name));
	buf_release(&name);
}

static void
give(struct filter *f, const struct work *w, const struct advice *a)
{
	f->field[OUT_ID] = columns_field(f->in.field, w->id);
	memcpy(&f->field[OUT_ADVICE], a->field, sizeof a->field);
	f->field[OUT_RULES] = w->pack->rules;
	filter_write(f);
	if (a->review < w->now.s / DAY_S)
		count_overdue(f, a);
}

/* What each worker does. */
static void
advise(struct filter *f, void *ctx)
{
	const struct work *w = ctx;
	struct when_state state = {.now = w->now};

	while (filter_next(f)) {
		whenset_row(w->advices.conditions, &state);
		for (size_t i = 0; i < w->advices.n; i++) {
			int holds = whenset_test(
			    w->advices.conditions, i, f->in.field, &state);

			if (holds < 0)
				rules_say_limit(
				    &state.fault, f->in.file, f->in.line);
			else if (holds > 0)
				give(f, w, &w->advices.one[i]);
		}
		filter_unreadable(f, state.unreadable);
	}
	when_state_release(&state);
}

static void
say_overdue(const struct tally *t)
{
	if (t->n > 0)
		diag_notice("%.*s was to be reviewed by then (%llu row%s like "
			    "it in all)",
		    SLICE_ARG(buf_slice(&t->first)), t->n,
		    t->n == 1 ? "" : "s");
}

static void
start_output(struct filter *f)
{
	const char *name[OUT_ALL] = {[OUT_ID] = "id", [OUT_RULES] = "rules"};

	memcpy(&name[OUT_ADVICE], advice_column, sizeof advice_column);
	filter_columns(f, name, OUT_ALL);
	filter_pick(f);
	filter_header(f);
}

/* Loads the table and what it may name.  Returns 0, or -1 and the fault. */
static int
load(struct work *w, struct pack *p, struct fault *fault)
{
	struct table *t;

	if (pack_table_needed(p, "advice", &t, fault) < 0 ||
	    pack_learn_outputs(p, fault) < 0)
		return -1;
	return advices_load(&w->advices, t, role, fault);
}

static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct work w = {.pack = p, .now = o->now};
	struct filter f = {0};
	struct fault fault = {0};
	bool failed = load(&w, p, &fault) < 0;

	if (!failed) {
		if (filter_open(&f, o, operands, n) == 0) {
			w.id = columns_find(&f.in.columns, slice_of("id"));
			failed = advices_bind(&w.advices, &f.in.columns,
				     &p->known, &fault) < 0;
			if (!failed) {
				start_output(&f);
				filter_work(&f, advise, &w);
				rules_say_unreadable(
				    &f.tally[FILTER_UNREADABLE]);
				say_overdue(&f.tally[OVERDUE]);
			}
		}
		filter_close(&f);
	}
	if (failed)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	advices_release(&w.advices);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	if (site_pack_needed(&pack, &options) == 0)
		run(&pack, &options, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
