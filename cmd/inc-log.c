/*
 * inc-log: the incident log.
 *
 * append and add write what differs from the log as entries; current folds
 * the entries of each incident into a record; history prints them as they
 * are; verify proves the chain.  For the verbs see log.h.
 */
#include <stdlib.h>

#include "diag.h"
#include "log.h"
#include "slice.h"

/* The verbs that an option is for. */
enum { APPEND = 1, ADD = 2, CURRENT = 4, HISTORY = 8, VERIFY = 16 };

static const struct verb {
	const char *name;
	void (*run)(struct log_work *w);
	unsigned bit;
} verbs[] = {{"append", log_append, APPEND}, {"add", log_add, ADD},
    {"current", log_current, CURRENT}, {"history", log_history, HISTORY},
    {"verify", log_verify, VERIFY}};

#define VERBS (sizeof verbs / sizeof *verbs)

static struct log_work work = {.own = {.source = "feed"}};
static bool source_given, event_given;

static const struct option_spec own_options[] = {
    {"create", 0, OPTION_FLAG, &work.own.create, NULL, NULL,
	"make the log where there is none"},
    {"dry-run", 'n', OPTION_FLAG, &work.own.dry, NULL, NULL,
	"show what would be logged, log nothing"},
    {"source", 0, OPTION_WORDS, &work.own.source, &source_given, "NAME",
	"whose rows these are (feed)"},
    {"changed", 0, OPTION_FLAG, &work.own.changed, NULL, NULL,
	"print only rows that made an entry"},
    {"strict", 0, OPTION_FLAG, &work.own.strict, NULL, NULL,
	"refuse rows that lack something"},
    {"open", 0, OPTION_FLAG, &work.own.open, NULL, NULL,
	"only incidents that are not closed"},
    {"live", 0, OPTION_SPAN, &work.own.live, &work.own.live_given, "DURATION",
	"only open ones and those closed within it"},
    {"at", 0, OPTION_TIME, &work.own.at, &work.own.at_given, "TIME",
	"as things stood then"},
    {"known-at", 0, OPTION_TIME, &work.own.known_at, &work.own.known_at_given,
	"TIME", "as the log knew them then"},
    {"event", 0, OPTION_TEXT, &work.own.event, &event_given, "NAME",
	"only entries of this event"},
    {0}};

static const struct program program = {
    .purpose = "Keep the incident log: add rows, fold them into records, "
	       "tell the history, prove it.",
    .synopsis =
	"[--create] append [-n] [--source NAME] [--changed] [--strict] "
	"[FILE ...]\n"
	"[--create] add [-n] [--strict] FIELD=VALUE ...\n"
	"current [--open | --live DURATION] [--at TIME] [--known-at TIME] "
	"[FILE ...]\n"
	"history [--event NAME] [ID ...]\n"
	"verify",
    .shared = OPTIONS_PACK | OPTIONS_LOG | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own_options};

/* Refuses an option that is there but not for this verb. */
static void
allow(bool given, const char *option, const struct verb *verb, unsigned bits)
{
	if (given && (verb->bit & bits) == 0)
		options_misuse("--%s is not for %s", option, verb->name);
}

static void
check_options(const struct verb *verb)
{
	const struct log_options *o = &work.own;

	allow(o->create, "create", verb, APPEND | ADD);
	allow(o->dry, "dry-run", verb, APPEND | ADD);
	allow(source_given, "source", verb, APPEND);
	allow(o->changed, "changed", verb, APPEND);
	allow(o->strict, "strict", verb, APPEND | ADD);
	allow(o->open, "open", verb, CURRENT);
	allow(o->live_given, "live", verb, CURRENT);
	allow(o->at_given, "at", verb, CURRENT);
	allow(o->known_at_given, "known-at", verb, CURRENT);
	allow(event_given, "event", verb, HISTORY);
	if (source_given && *o->source == '\0')
		options_misuse("--source needs a name");
}

static const struct verb *
find_verb(const char *name)
{
	struct slice names[VERBS], near;

	for (size_t i = 0; i < VERBS; i++) {
		names[i] = slice_of(verbs[i].name);
		if (slice_is(names[i], name))
			return &verbs[i];
	}
	near = slice_nearest(slice_of(name), names, VERBS);
	if (near.n > 0)
		options_misuse("unknown verb '%s' (did you mean '%.*s'?)", name,
		    SLICE_ARG(near));
	options_misuse("unknown verb '%s'", name);
}

int
main(int argc, char **argv)
{
	size_t n = options_read(&program, &work.shared, argc, argv);
	const struct verb *verb;

	if (n == 0)
		options_misuse("a verb was expected");
	verb = find_verb(argv[(size_t)argc - n]);
	check_options(verb);
	work.n = n - 1;
	work.operands = argv + (size_t)argc - work.n;
	verb->run(&work);
	logbook_release(&work.book);
	form_release(&work.form);
	pack_release(&work.pack);
	buf_release(&work.by);
	buf_release(&work.source);
	free(work.dir);
	return (int)diag_status();
}
