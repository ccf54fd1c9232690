/*
 * inc: the front door.  init makes a site's home, status tells how the desk
 * stands, heartbeat is for inc-tick, help names the programs, and any other
 * word runs inc-WORD with what follows it, as help WORD does with --help.
 */
#include "inc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "mem.h"
#include "print.h"
#include "site.h"

static const char *group; /* that init shares with, or NULL */
static struct beat beat = {.every_s = 60};
static bool beat_given; /* any option of heartbeat */

static const struct option_spec own_options[] = {
    {"group", 0, OPTION_TEXT, &group, NULL, "NAME",
	"init: the group that all in it are to work with"},
    {"every", 0, OPTION_SPAN, &beat.every_s, &beat_given, "DURATION",
	"heartbeat: how often ticks are to be (1m)"},
    {"take-over", 0, OPTION_FLAG, &beat.take_over, &beat_given, NULL,
	"heartbeat: go on where another host was at work"},
    {"began", 0, OPTION_TIME, &beat.began, &beat_given, "TIME",
	"heartbeat: when the tick began that ends"},
    {"good", 0, OPTION_FLAG, &beat.good, &beat_given, NULL,
	"heartbeat: it went well"},
    {0}};

static const struct program program = {
    .purpose = "Make a site's home, see how its desk stands, run the "
	       "programs of inc.",
    .synopsis = "init [-p PACK] [--group NAME] [DIR]\n"
		"[status]\n"
		"heartbeat begin [--every DURATION] [--take-over]\n"
		"heartbeat end --began TIME [--every DURATION] [--good]\n"
		"help [TOOL]\n"
		"TOOL [ARGUMENT ...]",
    .shared = OPTIONS_PACK | OPTIONS_LOG,
    .option = own_options,
};

/* The programs, in the order of an incident's way. */
static const struct tool {
	const char *name, *what;
} tools[] = {
    {"import", "exports of other systems in, by a map of their columns"},
    {"log",
	"the record: add, note, ack, assign, hold, resume, resolve,\n"
	"               close, reopen, correct, link, unlink, escalate,\n"
	"               stand-down, show, list; redact, access, expire; "
	"append,\n"
	"               current, history, follow, head, verify, restored"},
    {"check", "what is wrong in procedures"},
    {"describe", "procedures as a handbook, or some of their tables"},
    {"select", "the records for which a condition holds"},
    {"triage", "a priority with its reason, and the times to act by"},
    {"advise", "what may be said to a contact, and what may not"},
    {"escalate", "levels raised and lowered at the boundaries"},
    {"notify", "who must know, by what medium, in which words"},
    {"send", "deliver messages: list, status, show, dead, retry, drop, ack"},
    {"compare", "how well two classifications of the same records agree"},
    {"tick", "one turn of the desk, as cron runs it: decide, log, tell, log"},
};

#define TOOLS LEN(tools)

/* The words that are no tool's. */
static const char *const verbs[] = {"init", "status", "heartbeat", "help"};

/* Says that there is no such program, and which was probably meant. */
static void
unknown(const char *name)
{
	struct slice names[TOOLS + LEN(verbs)], near;

	for (size_t i = 0; i < TOOLS; i++)
		names[i] = slice_of(tools[i].name);
	for (size_t i = 0; i < LEN(verbs); i++)
		names[TOOLS + i] = slice_of(verbs[i]);
	near = slice_nearest(slice_of(name), names, LEN(names));
	if (near.n > 0)
		options_misuse("no program 'inc-%s' (did you mean '%.*s'?)",
		    name, SLICE_ARG(near));
	options_misuse("no program 'inc-%s' ('inc help' names them)", name);
}

/*
 * Becomes inc-NAME: the one beside this program, else the first on the path.
 * A word with a slash would name any program there is.
 */
static void
run_tool(char **argv)
{
	struct buf name = {0}, path = {0};
	char *beside = site_beside();

	if (strchr(argv[0], '/') == NULL) {
		buf_addf(&name, "inc-%s", argv[0]);
		buf_addf(&path, "%s/%s", beside, buf_str(&name));
		free(beside);
		argv[0] = name.p;
		execv(buf_str(&path), argv);
		if (errno == ENOENT)
			execvp(argv[0], argv);
		if (errno != ENOENT) {
			diag_say(STATUS_FAILED, "run '%s': %s", name.p,
			    strerror(errno));
			buf_release(&path);
			return;
		}
		argv[0] = name.p + strlen("inc-");
	}
	unknown(argv[0]);
}

static bool
is_verb(const char *word)
{
	for (size_t i = 0; i < LEN(verbs); i++) {
		if (strcmp(word, verbs[i]) == 0)
			return true;
	}
	return false;
}

/* What all the words are for, or what a tool says of itself. */
static void
help(char *const *operands, size_t n)
{
	struct buf text = {0};

	if (n > 1)
		options_misuse("help takes one TOOL");
	if (n == 1 && !is_verb(operands[0])) {
		run_tool((char *[]){operands[0], "--help", NULL});
		return;
	}
	buf_add_str(&text,
	    "inc init -p PACK DIR   make the home of a site\n"
	    "inc status             how the desk stands\n\n"
	    "inc TOOL ...           run inc-TOOL:\n");
	for (size_t i = 0; i < TOOLS; i++)
		buf_addf(&text, "  %-12s %s\n", tools[i].name, tools[i].what);
	buf_add_str(&text,
	    "\nEach explains itself with 'inc help TOOL' and in its manual "
	    "page; the whole is in inc(7).\n");
	print_text(&text);
}

/* Whether the first word is a tool's, whose options are not ours. */
static bool
is_tool(int argc, char *const *argv)
{
	if (argc < 2 || argv[1][0] == '-')
		return false;
	return !is_verb(argv[1]);
}

int
main(int argc, char **argv)
{
	struct options o;
	const char *verb = "status";
	char *const *operands;
	bool tool = is_tool(argc, argv);
	size_t n = options_read(&program, &o, tool ? 1 : argc, argv);

	if (tool) {
		run_tool(argv + 1);
		return (int)diag_status();
	}
	if (n > 0)
		verb = argv[(size_t)argc - n--];
	operands = argv + (size_t)argc - n;
	if (group != NULL && strcmp(verb, "init") != 0)
		options_misuse("--group is not for %s", verb);
	if (beat_given && strcmp(verb, "heartbeat") != 0)
		options_misuse("--every, --take-over, --began and --good are "
			       "for heartbeat");
	if (strcmp(verb, "init") == 0)
		inc_init(&o, group, operands, n);
	else if (strcmp(verb, "heartbeat") == 0)
		inc_heartbeat(&o, &beat, operands, n);
	else if (strcmp(verb, "help") == 0)
		help(operands, n);
	else if (n > 0)
		options_misuse("%s takes no operand", verb);
	else if (strcmp(verb, "status") == 0)
		inc_status(&o);
	else
		unknown(verb);
	return (int)diag_status();
}
