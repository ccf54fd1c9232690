#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"
#include "duration.h"
#include "mem.h"
#include "print.h"
#include "utf8.h"
#include "wide.h"

#define MOST_USAGE 12        /* lines; more would push what was wrong away */
#define PIPE_BYTES (1 << 20) /* what Linux lets anybody have */
#ifndef F_SETPIPE_SZ
#define F_SETPIPE_SZ 1031 /* fcntl(2), of Linux alone */
#endif

static const struct program *program;

/* The program's own options and the shared ones that it takes. */
static struct option_list {
	struct option_spec *spec;
	size_t n, cap;
	struct option *table; /* of getopt_long() */
	struct buf letters;
} all;

static void
forget(void)
{
	free(all.spec);
	free(all.table);
	buf_release(&all.letters);
	all = (struct option_list){0};
}

/* Adds the usage: a line for each of the synopsis.  Returns how many. */
static size_t
add_usage(struct buf *out)
{
	struct slice rest = slice_of(program->synopsis), line;
	const char *lead = "usage: ";
	size_t lines = 0;

	while (slice_split(&rest, '\n', &line)) {
		buf_addf(out, "%s%s%s%.*s\n", lead, diag_program(),
		    line.n > 0 ? " " : "", SLICE_ARG(line));
		lead = "       ";
		lines++;
	}
	return lines;
}

_Noreturn void
options_misuse(const char *fmt, ...)
{
	struct buf text = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	diag_say(STATUS_FAILED, "%s", buf_str(&text));
	buf_clear(&text);
	if (add_usage(&text) > MOST_USAGE) {
		buf_clear(&text);
		buf_addf(&text, "usage: see %s --help\n", diag_program());
	}
	fputs(buf_str(&text), stderr);
	buf_release(&text);
	forget();
	exit(STATUS_FAILED);
}

static void
add_option_help(struct buf *out, const struct option_spec *o)
{
	struct buf name = {0};

	if (o->letter != 0)
		buf_addf(&name, "-%c, ", o->letter);
	buf_addf(&name, "--%s", o->name);
	if (o->argument != NULL)
		buf_addf(&name, " %s", o->argument);
	buf_addf(out, "  %-26s %s\n", buf_str(&name), o->help);
	buf_release(&name);
}

/* Prints and ends: help that can't be written is an error too. */
static _Noreturn void
print_and_exit(struct buf *text)
{
	print_text(text);
	forget();
	exit((int)diag_status());
}

static _Noreturn void
help(const struct option_spec *o)
{
	struct buf text = {0};

	add_usage(&text);
	buf_addf(&text, "%s\n\n", program->purpose);
	for (; o->name != NULL; o++)
		add_option_help(&text, o);
	buf_addf(&text, "\nSee %s(1).\n", diag_program());
	print_and_exit(&text);
}

static void
read_value(const struct option_spec *o, const char *text)
{
	struct slice s = slice_of(text != NULL ? text : "");
	unsigned long long number;

	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)o->to = true;
		break;
	case OPTION_WORDS:
		if (!utf8_is_valid(s))
			options_misuse(
			    "--%s: text in UTF-8 was expected", o->name);
		*(const char **)o->to = text;
		break;
	case OPTION_TEXT:
		*(const char **)o->to = text;
		break;
	case OPTION_NUMBER:
		if (slice_number(s, LLONG_MAX, o->to) < 0)
			options_misuse("--%s '%s': a whole number was expected",
			    o->name, text);
		break;
	case OPTION_JOBS:
		if (slice_number(s, OPTIONS_MOST_JOBS, &number) < 0 ||
		    number == 0)
			options_misuse(
			    "--%s '%s': a number from 1 to %d was expected",
			    o->name, text, OPTIONS_MOST_JOBS);
		*(size_t *)o->to = (size_t)number;
		break;
	case OPTION_TIME:
		if (stamp_parse(s, o->to) < 0)
			options_misuse("--%s '%s': a time such as "
				       "2026-03-25T09:00:00Z was expected",
			    o->name, text);
		break;
	case OPTION_SPAN:
		if (duration_parse(s, o->to) < 0)
			options_misuse(
			    "--%s '%s': a duration such as 15m or 7d was "
			    "expected",
			    o->name, text);
		break;
	}
	if (o->given != NULL)
		*o->given = true;
}

static void
list(struct option_spec spec)
{
	all.spec = mem_grow(all.spec, all.n, &all.cap, sizeof *all.spec);
	all.spec[all.n++] = spec;
}

static void
list_shared(struct options *o, bool *quiet)
{
	if (program->shared & OPTIONS_PACK)
		list((struct option_spec){"procedures", 'p', OPTION_TEXT,
		    &o->procedures, NULL, "PATH",
		    "packs of procedures, separated by colons"});
	if (program->shared & OPTIONS_LOG)
		list((struct option_spec){"log", 'l', OPTION_TEXT, &o->log,
		    NULL, "DIR", "the incident log"});
	if (program->shared & OPTIONS_SPOOL)
		list((struct option_spec){"spool", 's', OPTION_TEXT, &o->spool,
		    NULL, "DIR", "the queue of messages"});
	if (program->shared & OPTIONS_NOW)
		list((struct option_spec){"now", 0, OPTION_TIME, &o->now,
		    &o->now_given, "TIME", "the time to go by"});
	if (program->shared & OPTIONS_INPUT) {
		list((struct option_spec){"header", 'H', OPTION_WORDS,
		    &o->header, NULL, "NAMES",
		    "the input has no header, but these columns"});
		list(
		    (struct option_spec){"rejects", 0, OPTION_TEXT, &o->rejects,
			NULL, "FILE", "keep lines that are no records there"});
	}
	if (program->shared & OPTIONS_OUTPUT) {
		list((struct option_spec){"no-header", 0, OPTION_FLAG,
		    &o->no_header, NULL, NULL, "print no header"});
		list((struct option_spec){"line-buffered", 0, OPTION_FLAG,
		    &o->line_buffered, NULL, NULL,
		    "write out each row at once"});
	}
	if (program->shared & OPTIONS_JOBS)
		list((struct option_spec){"jobs", 'j', OPTION_JOBS, &o->jobs,
		    NULL, "N", "work on N parts of the input at a time"});
	list((struct option_spec){
	    "quiet", 'q', OPTION_FLAG, quiet, NULL, NULL, "leave out notices"});
}

/* Makes what getopt_long() needs of the list: long options and letters. */
static void
make_table(void)
{
	all.table = mem_new(all.n + 1, sizeof *all.table);
	buf_add_char(&all.letters, ':');
	for (size_t i = 0; all.spec[i].name != NULL; i++) {
		const struct option_spec *o = &all.spec[i];

		all.table[i].name = o->name;
		all.table[i].has_arg =
		    o->argument != NULL ? required_argument : no_argument;
		all.table[i].val = 256 + (int)i;
		if (o->letter != 0)
			buf_addf(&all.letters, "%c%s", o->letter,
			    o->argument != NULL ? ":" : "");
	}
}

static const struct option_spec *
find(int code)
{
	if (code >= 256)
		return &all.spec[code - 256];
	for (size_t i = 0; all.spec[i].name != NULL; i++) {
		if (all.spec[i].letter == code)
			return &all.spec[i];
	}
	return NULL;
}

/* An unknown word that starts with --. */
static _Noreturn void
unknown(const char *word)
{
	struct slice name = slice_of(word), near;
	struct slice *names = mem_new(all.n, sizeof *names);
	struct buf hint = {0};

	name = slice_from(name, slice_starts(name, "--") ? 2 : 0);
	for (size_t i = 0; all.spec[i].name != NULL; i++)
		names[i] = slice_of(all.spec[i].name);
	near = slice_nearest(name, names, all.n - 1);
	if (near.n > 0)
		buf_addf(&hint, " (did you mean '--%.*s'?)", SLICE_ARG(near));
	free(names);
	options_misuse("unknown option '%s'%s", word, buf_str(&hint));
}

/* getopt_long() says what was wrong by optopt and argv alone. */
static _Noreturn void
misuse(int code, char **argv)
{
	const struct option_spec *o = find(optopt);

	if (code == ':' && o != NULL)
		options_misuse("option --%s needs %s", o->name, o->argument);
	if (optopt >= 256 && o != NULL)
		options_misuse("option --%s takes no value", o->name);
	if (optopt == 0)
		unknown(argv[optind - 1]);
	options_misuse("unknown option '-%c'", optopt);
}

static _Noreturn void
version(void)
{
	struct buf text = {0};

	buf_addf(&text, "%s %s\n", diag_program(), INC_VERSION);
	print_and_exit(&text);
}

/*
 * A standard stream that the caller closed would be the next file opened, and
 * rows would go into it.  Here, writing to such a one fails as it should.
 */
static void
keep_standard_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/*
 * Pipes hold 64 KiB, a quarter of a block; the wider they are, the less often
 * the programs on both sides wait.  Where they can't be, all goes on as it is.
 */
static void
widen_pipes(void)
{
	fcntl(STDIN_FILENO, F_SETPIPE_SZ, PIPE_BYTES);
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES);
}

/* Reads the options into what the list says. */
static void
read_all(int argc, char **argv)
{
	int code;

	make_table();
	opterr = 0;
	while ((code = getopt_long(argc, argv, buf_str(&all.letters), all.table,
		    NULL)) != -1) {
		const struct option_spec *spec = find(code);

		if (code == '?' || code == ':' || spec == NULL)
			misuse(code, argv);
		read_value(spec, optarg);
	}
}

size_t
options_read(const struct program *p, struct options *o, int argc, char **argv)
{
	struct timespec clock;
	bool want_help = false, want_version = false, quiet = false;

	keep_standard_streams();
	widen_pipes();
	if (getenv("INC_SCALAR") != NULL)
		wide_forbid();
	diag_start(argv[0] != NULL ? argv[0] : "inc");
	program = p;
	*o = (struct options){.jobs = 1};
	for (const struct option_spec *own = p->option;
	     own != NULL && own->name != NULL; own++)
		list(*own);
	list_shared(o, &quiet);
	list((struct option_spec){
	    "help", 'h', OPTION_FLAG, &want_help, NULL, NULL, "print this"});
	list((struct option_spec){"version", 'V', OPTION_FLAG, &want_version,
	    NULL, NULL, "print the version"});
	list((struct option_spec){0});
	read_all(argc, argv);
	if (want_help)
		help(all.spec);
	if (want_version)
		version();
	forget();
	diag_quiet(quiet);
	if (!o->now_given) {
		clock_gettime(CLOCK_REALTIME, &clock);
		o->now.s = clock.tv_sec;
		o->now.ns = (uint32_t)clock.tv_nsec;
	}
	return (size_t)(argc - optind);
}

void
options_add_verb(struct buf *out, const struct options_verb *verb)
{
	struct slice after = slice_of(verb->usage), before;

	slice_split(&after, '@', &before);
	buf_add_slice(out, before);
	if (after.p != NULL)
		buf_addf(out, "%s%.*s", verb->name, SLICE_ARG(after));
}

void
options_allow(bool given, const char *option, const struct options_verb *verb,
    unsigned bits)
{
	if (given && (verb->bits & bits) == 0)
		options_misuse("--%s is not for %s", option, verb->name);
}
