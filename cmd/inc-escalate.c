/*
 * inc-escalate: raises and lowers the level of incidents.
 *
 * For each record the rows of the table escalation are judged at --now
 * (judge.h): of those crossed over the record's level the highest is
 * taken; where there is none, a row that lowers.  A record that crosses
 * nothing is passed on as it is.  With --level a person sets the level of
 * every open record instead, with a reason.
 */
#include <string.h>

#include "boundary.h"
#include "diag.h"
#include "escalate_replay.h"
#include "filter.h"
#include "judge.h"
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
    OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT, own_options};

/* Records with a boundary that could not be judged. */
struct unjudged {
	size_t n;
	struct buf first; /* where it stands */
	struct slice boundary;
	const char *why;
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
	for (size_t i = 0; i < b->levels.n; i++)
		buf_addf(&choices, "%s%llu (%.*s)", i > 0 ? ", " : "",
		    b->levels.level[i].number,
		    SLICE_ARG(b->levels.level[i].name));
	diag_say(STATUS_FAILED, "no level '%s': there are %s", level_text,
	    buf_str(&choices));
	buf_release(&choices);
	return NULL;
}

static void
count_unjudged(struct unjudged *u, const struct filter *f, struct judge *j)
{
	if (j->unjudged.n == 0 || u->n++ > 0)
		return;
	filter_where(f, &u->first);
	u->boundary = j->unjudged;
	u->why = j->unjudged_why;
}

/* Says once which boundary could not be judged. */
static void
say_unjudged(struct unjudged *u)
{
	if (u->n > 0)
		diag_say(STATUS_PARTIAL,
		    "%s: boundary '%.*s' can't be judged: %s (%zu record%s "
		    "like it in all)",
		    buf_str(&u->first), SLICE_ARG(u->boundary), u->why, u->n,
		    u->n == 1 ? "" : "s");
}

/* Adds the columns and binds the rules.  Returns 0, or -1 after saying. */
static int
prepare(struct filter *f, struct boundaries *b, const struct pack *p)
{
	struct fault fault = {0};
	int result;

	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		filter_column(f, judge_columns[i]);
	result = boundaries_bind(b, &f->columns, &p->known, &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	return result;
}

static void
escalate(struct filter *f, const struct boundaries *b,
    const struct level *level, struct stamp now)
{
	struct judge judge = {
	    .crossings = {.when = {.now = now}, .report = say_limit, .ctx = f}};
	struct unjudged unjudged = {0};
	struct unreadable unreadable = {0};
	size_t considered = explain ? filter_column(f, "considered") : 0;
	struct buf text = {0};

	judge_start(&judge, b, &f->columns);
	filter_pick(f);
	filter_header(f);
	while (filter_next(f)) {
		if (explain) {
			buf_clear(&text);
			judge_explain(&judge, f->field, &text);
			f->field[considered] = buf_slice(&text);
		}
		if (level != NULL)
			judge_person(&judge, f->field, level, slice_of(why));
		else
			judge_record(&judge, f->field);
		count_unjudged(&unjudged, f, &judge);
		if (rules_are_first(&unreadable,
			judge.unreadable + judge.crossings.unreadable +
			    judge.crossings.when.unreadable))
			filter_where(f, &unreadable.first);
		filter_write(f);
	}
	rules_say_unreadable(&unreadable);
	say_unjudged(&unjudged);
	buf_release(&unjudged.first);
	buf_release(&text);
	judge_release(&judge);
}

/* Loads the rules and finds the level.  Returns 0, or -1 after saying. */
static int
load(struct boundaries *b, struct pack *p, const struct level **level)
{
	struct fault fault = {0};
	int result = boundaries_load(b, p, &fault);

	/* A rule may name what a tree sets before any record has it. */
	if (result == 0)
		result = pack_learn_outputs(p, &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	*level = NULL;
	if (result == 0 && level_text != NULL) {
		*level = wanted_level(b);
		result = *level != NULL ? 0 : -1;
	}
	return result;
}

static void
run(struct pack *p, const struct options *o, char *const *operands, size_t n)
{
	struct boundaries b = {0};
	const struct level *level;
	struct filter f;

	if (load(&b, p, &level) == 0) {
		if (filter_open(&f, o, operands, n) < 0)
			; /* said */
		else if (replay)
			replay_history(&f, &b, p, o->now);
		else if (prepare(&f, &b, p) == 0)
			escalate(&f, &b, level, o->now);
		filter_close(&f);
	}
	boundaries_release(&b);
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
