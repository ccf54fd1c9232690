/*
 * inc-log: the incident log.
 *
 * append and add write what differs from the log as entries; current folds
 * the entries of each incident into a record; history prints them as they
 * are, follow as they come; verify proves the chain, head is what it stands
 * for.  For the verbs see log.h.
 */
#include <stdlib.h>

#include "diag.h"
#include "log.h"
#include "slice.h"

/* The verbs that an option is for. */
enum {
	APPEND = 1,
	ADD = 2,
	DESK = 4,
	ENDS = 8, /* resolve and close */
	SHOW = 16,
	LIST = 32,
	CURRENT = 64,
	HISTORY = 128,
	FOLLOW = 256,
	HEAD = 512,
	VERIFY = 1024,
	REDACT = 2048,
	ACCESS = 4096,
	EXPIRE = 8192,
	RESTORED = 16384,
};

static const struct verb {
	struct options_verb said;
	void (*run)(struct log_work *w);
} verbs[] = {
    {{"append", APPEND,
	 "[--create [--group NAME]] @ [-n] [--source NAME | --complete NAME "
	 "[--max-vanished N]] [--changed] [--strict] [FILE ...]"},
	log_append},
    {{"add", ADD,
	 "[--create [--group NAME]] @ [-n] [--strict] FIELD=VALUE ..."},
	log_add},
    {{"note", DESK, "@ ID TEXT ..."}, log_desk},
    {{"ack", DESK, "@ ID [TEXT ...]"}, log_desk},
    {{"assign", DESK, "@ ID WHO"}, log_desk},
    {{"hold", DESK, "@ ID [TEXT ...]"}, log_desk},
    {{"resume", DESK, "@ ID [TEXT ...]"}, log_desk},
    {{"resolve", DESK | ENDS, "@ --outcome TEXT ID [TEXT ...]"}, log_desk},
    {{"close", DESK | ENDS, "@ [--outcome TEXT] ID [TEXT ...]"}, log_desk},
    {{"reopen", DESK, "@ ID [TEXT ...]"}, log_desk},
    {{"correct", DESK, "@ ID FIELD=VALUE ..."}, log_desk},
    {{"link", DESK, "@ ID PARENT"}, log_desk},
    {{"unlink", DESK, "@ ID [TEXT ...]"}, log_desk},
    {{"escalate", DESK, "@ ID LEVEL TEXT ..."}, log_desk},
    {{"stand-down", DESK, "@ ID TEXT ..."}, log_desk},
    {{"show", SHOW, "@ ID"}, log_show},
    {{"list", LIST, "@ [--all] [--personal]"}, log_list},
    {{"current", CURRENT,
	 "@ [--open | --live DURATION] [--at TIME] [--known-at TIME] "
	 "[FILE ...]"},
	log_current},
    {{"history", HISTORY, "@ [--event NAME] [ID ...]"}, log_history},
    {{"follow", FOLLOW, "@ [--from SEQ] [--event NAME]"}, log_follow},
    {{"head", HEAD, "@"}, log_head},
    {{"verify", VERIFY, "@ [--head FILE]"}, log_verify},
    {{"restored", RESTORED, "@ [--head FILE] [--last ID] --why TEXT"},
	log_restored},
    {{"redact", REDACT, "@ [-n] --fields NAMES | --personal --why TEXT ID ..."},
	log_redact},
    {{"access", ACCESS, "@ [--record] PERSON ..."}, log_access},
    {{"expire", EXPIRE, "@ [--apply]"}, log_expire}};

#define VERBS (sizeof verbs / sizeof *verbs)

#define WAIT_S 30 /* for other writers: none should take so long */

static struct log_work work = {
    .own = {.source = "feed", .wait = WAIT_S}, .spool = {.lock = -1}};
static bool source_given, event_given, wait_given;

static const struct option_spec own_options[] = {
    {"create", 0, OPTION_FLAG, &work.own.create, NULL, NULL,
	"make the log where there is none"},
    {"group", 0, OPTION_TEXT, &work.own.group, NULL, "NAME",
	"the group that all in it are to write with"},
    {"dry-run", 'n', OPTION_FLAG, &work.own.dry, NULL, NULL,
	"show what would be logged, log nothing"},
    {"source", 0, OPTION_WORDS, &work.own.source, &source_given, "NAME",
	"whose rows these are (feed)"},
    {"complete", 0, OPTION_WORDS, &work.own.complete, NULL, "NAME",
	"the same; these are all that it has"},
    {"max-vanished", 0, OPTION_NUMBER, &work.own.max_vanished,
	&work.own.max_vanished_given, "N",
	"so many incidents may vanish at once (5, or half of them)"},
    {"changed", 0, OPTION_FLAG, &work.own.changed, NULL, NULL,
	"print only rows that made an entry"},
    {"strict", 0, OPTION_FLAG, &work.own.strict, NULL, NULL,
	"refuse rows that lack something"},
    {"wait", 0, OPTION_SPAN, &work.own.wait, &wait_given, "DURATION",
	"for the log while others write (30s)"},
    {"open", 0, OPTION_FLAG, &work.own.open, NULL, NULL,
	"only incidents that are not closed"},
    {"live", 0, OPTION_SPAN, &work.own.live, &work.own.live_given, "DURATION",
	"only open ones and those closed within it"},
    {"at", 0, OPTION_TIME, &work.own.at, &work.own.at_given, "TIME",
	"as things stood then"},
    {"known-at", 0, OPTION_TIME, &work.own.known_at, &work.own.known_at_given,
	"TIME", "as the log knew them then"},
    {"for", 0, OPTION_WORDS, &work.own.whom, NULL, "WHO",
	"for whom this is logged"},
    {"occurred", 0, OPTION_TEXT, &work.own.occurred, NULL, "TIME",
	"when it was so, as 21:40 (now)"},
    {"outcome", 0, OPTION_WORDS, &work.own.outcome, NULL, "TEXT",
	"what came of it"},
    {"record", 0, OPTION_FLAG, &work.own.record, NULL, NULL,
	"print a stream, not lines for people"},
    {"all", 0, OPTION_FLAG, &work.own.all, NULL, NULL,
	"list closed incidents too"},
    {"personal", 0, OPTION_FLAG, &work.own.personal, NULL, NULL,
	"list, or take out, what is personal"},
    {"fields", 0, OPTION_WORDS, &work.own.fields, NULL, "NAMES",
	"take these columns out"},
    {"why", 0, OPTION_WORDS, &work.own.why, NULL, "TEXT",
	"why something is taken out, or was restored"},
    {"apply", 0, OPTION_FLAG, &work.own.apply, NULL, NULL,
	"take out what has expired"},
    {"event", 0, OPTION_TEXT, &work.own.event, &event_given, "NAME",
	"only entries of this event"},
    {"from", 0, OPTION_NUMBER, &work.own.from, &work.own.from_given, "SEQ",
	"follow from this entry on (what comes new)"},
    {"head", 0, OPTION_TEXT, &work.own.heads, NULL, "FILE",
	"that the log extends the heads in it"},
    {"last", 0, OPTION_WORDS, &work.own.last, NULL, "ID",
	"an id that was given after the copy was made"},
    {0}};

static struct program program = {
    .purpose = "Keep the incident log: add rows, work on incidents, fold "
	       "them into records, tell the history, prove it.",
    .shared = OPTIONS_PACK | OPTIONS_LOG | OPTIONS_SPOOL | OPTIONS_INPUT |
	OPTIONS_OUTPUT,
    .option = own_options};

static void
check_options(const struct options_verb *verb)
{
	const struct log_options *o = &work.own;

	options_allow(o->create, "create", verb, APPEND | ADD);
	options_allow(o->dry, "dry-run", verb, APPEND | ADD | DESK | REDACT);
	options_allow(wait_given, "wait", verb,
	    APPEND | ADD | DESK | HEAD | REDACT | EXPIRE | RESTORED);
	options_allow(o->record, "record", verb, ADD | DESK | ACCESS);
	options_allow(o->whom != NULL, "for", verb,
	    APPEND | ADD | DESK | REDACT | EXPIRE | RESTORED);
	options_allow(o->occurred != NULL, "occurred", verb, ADD | DESK);
	options_allow(o->outcome != NULL, "outcome", verb, ENDS);
	options_allow(o->all, "all", verb, LIST);
	options_allow(o->personal, "personal", verb, LIST | REDACT);
	options_allow(o->fields != NULL, "fields", verb, REDACT);
	options_allow(o->why != NULL, "why", verb, REDACT | RESTORED);
	options_allow(o->apply, "apply", verb, EXPIRE);
	options_allow(source_given, "source", verb, APPEND);
	options_allow(o->complete != NULL, "complete", verb, APPEND);
	options_allow(o->max_vanished_given, "max-vanished", verb, APPEND);
	options_allow(o->changed, "changed", verb, APPEND);
	options_allow(o->strict, "strict", verb, APPEND | ADD);
	options_allow(o->open, "open", verb, CURRENT);
	options_allow(o->live_given, "live", verb, CURRENT);
	options_allow(o->at_given, "at", verb, CURRENT);
	options_allow(o->known_at_given, "known-at", verb, CURRENT);
	options_allow(event_given, "event", verb, HISTORY | FOLLOW);
	options_allow(o->from_given, "from", verb, FOLLOW);
	options_allow(o->heads != NULL, "head", verb, VERIFY | RESTORED);
	options_allow(o->last != NULL, "last", verb, RESTORED);
	options_allow(work.shared.spool != NULL, "spool", verb,
	    VERIFY | REDACT | ACCESS | EXPIRE);
	if (o->whom != NULL && *o->whom == '\0')
		options_misuse("--for needs a name");
	if (o->whom != NULL && (verb->bits & EXPIRE) != 0 && !o->apply)
		options_misuse("--for needs --apply");
	if (o->group != NULL && !o->create)
		options_misuse("--group needs --create");
	if (source_given && *o->source == '\0')
		options_misuse("--source needs a name");
	if (o->max_vanished_given && o->complete == NULL)
		options_misuse("--max-vanished needs --complete");
	if (o->complete == NULL)
		return;
	if (*o->complete == '\0')
		options_misuse("--complete needs a name");
	if (source_given)
		options_misuse("--complete names the source itself: --source "
			       "is not for it");
	work.own.source = o->complete;
}

static const struct verb *
find_verb(const char *name)
{
	struct slice names[VERBS], near;

	for (size_t i = 0; i < VERBS; i++) {
		names[i] = slice_of(verbs[i].said.name);
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
	struct buf usage = {0}, line = {0};
	const struct verb *verb;
	size_t n;

	for (size_t i = 0; i < VERBS; i++) {
		buf_add_str(&usage, i > 0 ? "\n" : "");
		options_add_verb(&usage, &verbs[i].said);
	}
	program.synopsis = buf_str(&usage);
	n = options_read(&program, &work.shared, argc, argv);
	if (n == 0)
		options_misuse("a verb was expected");
	work.verb = argv[(size_t)argc - n];
	verb = find_verb(work.verb);
	/* From here on a slip is one in the use of this verb. */
	options_add_verb(&line, &verb->said);
	program.synopsis = buf_str(&line);
	check_options(&verb->said);
	work.n = n - 1;
	work.operands = argv + (size_t)argc - work.n;
	verb->run(&work);
	logbook_release(&work.book);
	spool_release(&work.spool);
	form_release(&work.form);
	pack_release(&work.pack);
	buf_release(&work.by);
	buf_release(&work.whom);
	buf_release(&work.source);
	buf_release(&usage);
	buf_release(&line);
	free(work.dir);
	return (int)diag_status();
}
