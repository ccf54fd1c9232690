/*
 * inc-send: delivers what inc-notify composed.
 *
 * Messages that come in are put into the spool and synced, each identity once,
 * ever (send_queue.c).  Then what is due is handed over by the commands of the
 * table channels, and what comes of that is recorded (send_pass.c).  For all
 * that happens to a message a receipt comes out, to be appended to the log.
 */
#include <stdlib.h>

#include "diag.h"
#include "files.h"
#include "send.h"
#include "site.h"

#define JOBS 8    /* messages that are delivered at a time */
#define WAIT_S 30 /* for one that is being delivered */

static void deliver(struct send *s);

/* What an option is for. */
enum {
	PASS = 1,
	ADOPT = 2,
	STATUS = 4,
	DEAD = 8,
	SHOW = 16,
	RETRY = 32,
	DROP = 64,
	REPORT = 128,
	ACK = 256,
	LIST = 512,
};

static const struct verb {
	struct options_verb said;
	void (*run)(struct send *s);
} verbs[] = {
    {{"delivery", PASS,
	 "[--create [--group NAME]] [--current | --drill] [--since TIME] "
	 "[--drain | --watch] [-j N] [FILE ...]"},
	deliver},
    {{"ack", ACK, "@ KEY|ID ... | [--from ADDRESS] -"}, send_ack},
    {{"adopt", ADOPT, "[--create [--group NAME]] @ [FILE ...]"}, send_adopt},
    {{"status", STATUS, "@ [--format json]"}, send_status},
    {{"list", LIST, "@"}, send_list},
    {{"dead", DEAD, "@ [list]"}, send_dead},
    {{"show", SHOW, "@ KEY|ID ..."}, send_show},
    {{"retry", RETRY, "@ --all | KEY ..."}, send_retry},
    {{"drop", DROP, "@ --why TEXT KEY ..."}, send_drop},
    {{"drill-report", REPORT, "@ [--since TIME] [--format tsv]"},
	send_drill_report},
};

static struct send_options own = {.jobs = JOBS, .wait = WAIT_S};
static bool jobs_given, wait_given;

static const struct option_spec own_options[] = {
    {"since", 0, OPTION_TIME, &own.since, &own.since_given, "TIME",
	"tell again of what happened since"},
    {"current", 0, OPTION_FLAG, &own.current, NULL, NULL,
	"what comes in is all that is to be told now: withdraw others"},
    {"drill", 0, OPTION_FLAG, &own.drill, NULL, NULL,
	"make what comes in messages of an exercise"},
    {"drain", 0, OPTION_FLAG, &own.drain, NULL, NULL,
	"go on until nothing is due"},
    {"watch", 0, OPTION_FLAG, &own.watch, NULL, NULL, "go on for ever"},
    {"from", 0, OPTION_TEXT, &own.from, NULL, "ADDRESS",
	"who mail comes from (INC_FROM), or a reply"},
    {"create", 0, OPTION_FLAG, &own.create, NULL, NULL,
	"make the spool where there is none"},
    {"group", 0, OPTION_TEXT, &own.group, NULL, "NAME",
	"with --create: the group that is to work with it"},
    {"jobs", 'j', OPTION_JOBS, &own.jobs, &jobs_given, "N",
	"deliver N messages at a time (8)"},
    {"all", 0, OPTION_FLAG, &own.all, NULL, NULL, "all dead letters"},
    {"why", 0, OPTION_WORDS, &own.why, NULL, "TEXT",
	"why a message is dropped"},
    {"format", 0, OPTION_TEXT, &own.format, NULL, "FORM",
	"no table for people, but json or tsv"},
    {"wait", 0, OPTION_SPAN, &own.wait, &wait_given, "DURATION",
	"for a message that is being delivered (30s)"},
    {0}};

static struct program program = {
    .purpose = "Deliver messages, and say what became of them.",
    .shared = OPTIONS_PACK | OPTIONS_SPOOL | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own_options,
};

/* Takes messages in, and delivers what is due. */
static void
deliver(struct send *s)
{
	bool opened, whole;

	s->share = site_share();
	if (send_set_sender(s) < 0 || send_load(s) < 0 ||
	    send_open_spool(s) < 0 || signals_catch(&s->signals) < 0)
		return;
	opened = send_open_streams(s) == 0;
	/* Before what is told from here on: a log goes by the order. */
	if (s->own.since_given)
		send_again(s, s->own.since);
	whole = opened && s->receives && send_queue(s) == 0;
	if (s->own.current && whole)
		send_withdraw(s);
	else if (s->own.current)
		diag_say(STATUS_FAILED,
		    "no message is withdrawn: not all that is to be told now "
		    "was read");
	/* What is due does not wait because the input is faulty. */
	send_pass(s);
}

/* inc-send adopt: takes messages in that are not to be sent. */
void
send_adopt(struct send *s)
{
	s->own.adopt = true;
	if (send_load(s) == 0 && send_open_spool(s) == 0 &&
	    send_open_streams(s) == 0 && s->receives)
		send_queue(s);
}

/*
 * The verb that the first operand is, if it is one: a file that is called like
 * one can be given as ./NAME.
 */
static const struct verb *
find_verb(const char *word)
{
	struct slice names[LEN(verbs)], near;

	for (size_t i = 1; word != NULL && i < LEN(verbs); i++) {
		names[i] = slice_of(verbs[i].said.name);
		if (slice_is(names[i], word))
			return &verbs[i];
	}
	if (word == NULL || file_exists(word))
		return &verbs[0];
	near = slice_nearest(slice_of(word), names + 1, LEN(verbs) - 1);
	if (near.n > 0)
		options_misuse("no file '%s' (did you mean the verb '%.*s'?)",
		    word, SLICE_ARG(near));
	return &verbs[0];
}

static void
check_options(const struct options_verb *verb)
{
	options_allow(own.since_given, "since", verb, PASS | REPORT);
	options_allow(own.current, "current", verb, PASS);
	options_allow(own.drill, "drill", verb, PASS);
	options_allow(own.drain, "drain", verb, PASS);
	options_allow(own.watch, "watch", verb, PASS);
	options_allow(own.from != NULL, "from", verb, PASS | ACK);
	options_allow(own.create, "create", verb, PASS | ADOPT);
	options_allow(jobs_given, "jobs", verb, PASS);
	options_allow(own.all, "all", verb, RETRY);
	options_allow(own.why != NULL, "why", verb, DROP);
	options_allow(own.format != NULL, "format", verb, STATUS | REPORT);
	options_allow(wait_given, "wait", verb, RETRY | DROP | ACK);
	if (own.current && own.drill)
		options_misuse("--current and --drill exclude each other");
	if (own.drain && own.watch)
		options_misuse("--drain and --watch exclude each other");
	if (own.group != NULL && !own.create)
		options_misuse("--group is for --create");
}

/* Reads options and verb, and sets up what they say. */
static const struct verb *
read_options(struct send *s, int argc, char **argv, struct buf *usage)
{
	const struct verb *verb;

	for (size_t i = 0; i < LEN(verbs); i++) {
		buf_add_str(usage, i > 0 ? "\n" : "");
		options_add_verb(usage, &verbs[i].said);
	}
	program.synopsis = buf_str(usage);
	s->n = options_read(&program, &s->shared, argc, argv);
	s->operands = argv + argc - s->n;
	verb = find_verb(s->n > 0 ? s->operands[0] : NULL);
	if (verb != verbs) { /* it is said */
		s->n--;
		s->operands++;
	}
	/* From here on a slip is one in the use of this verb. */
	buf_clear(usage);
	options_add_verb(usage, &verb->said);
	program.synopsis = buf_str(usage);
	check_options(&verb->said);
	s->own = own;
	return verb;
}

int
main(int argc, char **argv)
{
	struct send s = {.spool = {.lock = -1}};
	struct buf usage = {0};

	read_options(&s, argc, argv, &usage)->run(&s);
	filter_close(&s.filter);
	letter_release(&s.letter);
	letter_text_release(&s.told);
	spool_release(&s.spool);
	dict_release(&s.current);
	awaits_release(&s.awaits);
	means_release(&s.means);
	pack_release(&s.pack);
	buf_release(&s.text);
	buf_release(&s.value);
	buf_release(&s.from);
	buf_release(&usage);
	errand_release(&s.errand);
	free(s.share);
	return (int)diag_status();
}
