/*
 * inc-escalate: raises and lowers the level of incidents.
 *
 * For each record the rows of the table escalation are judged at --now
 * (judge.h): of those crossed over the record's level the highest is
 * taken; where there is none, a row that lowers.  A record that crosses
 * nothing is passed on as it is.  With --level a person sets the level of
 * every open record instead, with a reason.
 */
#include <stdlib.h>
#include <string.h>

#include "boundary.h"
#include "diag.h"
#include "escalate_replay.h"
#include "filter.h"
#include "judge.h"
#include "mem.h"
#include "options.h"
#include "rules.h"
#include "site.h"

static const char *level_text, *why;
static bool explain, replay;

static const struct option_spec own_options[] = {
    {"level", 0, OPTION_TEXT, &level_text, NULL, "N",
	"set this level, as a person's decision"},
    {"why", 0, OPTION_WORDS, &why, NULL, "TEXT", "the reason, with --level"},
    {"explain", 0, OPTION_FLAG, &explain, NULL, NULL,
	"add the column considered: how it stands with each boundary"},
    {"replay", 0, OPTION_FLAG, &replay, NULL, NULL,
	"write a row for each crossing in a history"},
    {0},
};

static const struct program program = {
    "Raises and lowers the level of incidents by the boundaries they cross.",
    "[--explain | --replay | --level N --why TEXT] [FILE ...]",
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT | OPTIONS_JOBS,
    own_options};

/* Records with a boundary that could not be judged. */
enum { UNJUDGED = FILTER_OWN };

/* One who judges, by boundaries of his own. */
struct worker {
	struct boundaries boundaries;
	struct judge judge;
};

/* What the work needs; a replay has one worker. */
struct work {
	struct worker *worker;
	size_t n;
	const struct level *level; /* of --level, or NULL */
	size_t considered;         /* the column of --explain */
	struct stamp now;
};

static void
say_limit(void *ctx, const struct fault *fault)
{
	const struct filter *f = ctx;

	rules_say_limit(fault, f->in.file, f->in.line);
}

/* The level of --level; NULL after saying which there are. */
static const struct level *
wanted_level(const struct boundaries *b)
{
	const struct level *found =
	    levels_find(&b->levels, slice_of(level_text));
	struct buf choices = {0};

	if (found != NULL)
		return found;
	levels_add_choices(&b->levels, &choices);
	diag_say(STATUS_FAILED, "no level '%s': there are %s", level_text,
	    buf_str(&choices));
	buf_release(&choices);
	return NULL;
}

static void
count_unjudged(struct filter *f, const struct judge *j)
{
	struct buf why_not = {0};

	if (j->unjudged.n == 0)
		return;
	if (filter_is_first(f, UNJUDGED))
		buf_addf(&why_not, ": boundary '%.*s' can't be judged: %s",
		    SLICE_ARG(j->unjudged), j->unjudged_why);
	filter_count(f, UNJUDGED, 1, buf_slice(&why_not));
	buf_release(&why_not);
}

/* Says once which boundary could not be judged. */
static void
say_unjudged(const struct tally *t)
{
	if (t->n > 0)
		diag_say(STATUS_PARTIAL, "%.*s (%llu record%s like it in all)",
		    SLICE_ARG(buf_slice(&t->first)), t->n,
		    t->n == 1 ? "" : "s");
}

/* Adds the columns and binds the rules.  Returns 0, or -1 after saying. */
static int
prepare(struct work *w, struct filter *f, const struct pack *p)
{
	struct fault fault = {0};
	int result = 0;

	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		filter_column(f, judge_columns[i]);
	for (size_t i = 0; i < w->n && result == 0; i++)
		result = boundaries_bind(
		    &w->worker[i].boundaries, &f->columns, &p->known, &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	return result;
}

/* Makes the judges, and the header. */
static void
start(struct work *w, struct filter *f)
{
	if (explain)
		w->considered = filter_column(f, "considered");
	for (size_t i = 0; i < w->n; i++) {
		struct judge *judge = &w->worker[i].judge;

		judge_start(judge, &w->worker[i].boundaries, &f->columns);
		judge->crossings.when.now = w->now;
		judge->crossings.report = say_limit;
	}
	filter_pick(f);
	filter_header(f);
}

/* What each worker does. */
static void
escalate(struct filter *f, void *ctx)
{
	const struct work *w = ctx;
	struct judge *judge = &w->worker[f->station.worker].judge;
	struct buf text = {0};

	judge->crossings.ctx = f;
	while (filter_next(f)) {
		if (explain) {
			buf_clear(&text);
			judge_explain(judge, f->field, &text);
			f->field[w->considered] = buf_slice(&text);
		}
		if (w->level != NULL)
			judge_person(judge, f->field, w->level, slice_of(why));
		else
			judge_record(judge, f->field);
		count_unjudged(f, judge);
		filter_unreadable(f,
		    judge->unreadable + judge->crossings.unreadable +
			judge->crossings.when.unreadable);
		filter_write(f);
	}
	buf_release(&text);
}

/* Loads the rules and finds the level.  Returns 0, or -1 after saying. */
static int
load(struct work *w, struct pack *p)
{
	struct fault fault = {0};
	int result = 0;

	for (size_t i = 0; i < w->n && result == 0; i++)
		result = boundaries_load(&w->worker[i].boundaries, p, &fault);
	/* A rule may name what a tree sets before any record has it. */
	if (result == 0)
		result = pack_learn_outputs(p, &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	if (result == 0 && level_text != NULL) {
		w->level = wanted_level(&w->worker[0].boundaries);
		result = w->level != NULL ? 0 : -1;
	}
	return result;
}

/* Judges all records of the input. */
static void
judge_all(struct work *w, struct filter *f, const struct pack *p)
{
	if (prepare(w, f, p) < 0)
		return;
	start(w, f);
	filter_work(f, escalate, w);
	rules_say_unreadable(&f->tally[FILTER_UNREADABLE]);
	say_unjudged(&f->tally[UNJUDGED]);
}

static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct work w = {.n = replay ? 1 : o->jobs, .now = o->now};
	struct filter f;

	w.worker = mem_new(w.n, sizeof *w.worker);
	if (load(&w, p) == 0) {
		if (filter_open(&f, o, operands, n) < 0)
			; /* said */
		else if (replay)
			replay_history(&f, &w.worker[0].boundaries, p, o->now);
		else
			judge_all(&w, &f, p);
		filter_close(&f);
	}
	for (size_t i = 0; i < w.n; i++) {
		judge_release(&w.worker[i].judge);
		boundaries_release(&w.worker[i].boundaries);
	}
	free(w.worker);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	if (level_text != NULL && (why == NULL || *why == '\0'))
		options_misuse("--level needs --why TEXT, the reason");
	if (level_text != NULL && (explain || replay))
		options_misuse("--%s is for boundaries, --level judges none",
		    explain ? "explain" : "replay");
	if (explain && replay)
		options_misuse("--explain and --replay exclude each other");
	if (why != NULL && level_text == NULL)
		options_misuse("--why needs --level N");
	if (site_pack_needed(&pack, &options) == 0)
		run(&pack, &options, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
