/*
 * inc-send: delivers what inc-notify composed.
 *
 * Messages that come in are put into the spool and synced, each identity once,
 * ever (send_queue.c).  Then what is due is handed over by the commands of the
 * table channels, and what comes of that is recorded (send_pass.c).  For all
 * that happens to a message a receipt comes out, to be appended to the log.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "send.h"
#include "site.h"

#define JOBS 8 /* messages that are delivered at a time */

static struct send_options own = {.jobs = JOBS};

static const struct option_spec own_options[] = {
    {"since", 0, OPTION_TIME, &own.since, &own.since_given, "TIME",
	"write again all receipts of what happened since"},
    {"current", 0, OPTION_FLAG, &own.current, NULL, NULL,
	"what comes in is all that is to be told now: withdraw others"},
    {"drain", 0, OPTION_FLAG, &own.drain, NULL, NULL,
	"go on until nothing is due"},
    {"watch", 0, OPTION_FLAG, &own.watch, NULL, NULL, "go on for ever"},
    {"from", 0, OPTION_TEXT, &own.from, NULL, "ADDRESS",
	"who mail comes from (INC_FROM)"},
    {"create", 0, OPTION_FLAG, &own.create, NULL, NULL,
	"make the spool where there is none"},
    {"group", 0, OPTION_TEXT, &own.group, NULL, "NAME",
	"with --create: the group that is to work with it"},
    {"jobs", 'j', OPTION_JOBS, &own.jobs, NULL, "N",
	"deliver N messages at a time (8)"},
    {0}};

static const struct program program = {
    .purpose = "Deliver messages, and say what became of them.",
    .synopsis = "[--create [--group NAME]] [--current] [--since TIME] "
		"[--drain | --watch] [-j N] [FILE ...]",
    .shared = OPTIONS_PACK | OPTIONS_SPOOL | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own_options,
};

/* Whether messages are to be read: operands, or what is no terminal. */
static bool
has_input(size_t operands)
{
	struct stat st;

	return operands > 0 ||
	    (fstat(STDIN_FILENO, &st) == 0 && !S_ISCHR(st.st_mode));
}

/* Opens the spool, made first where that is asked for. */
static int
open_spool(struct send *s)
{
	struct fault fault = {0};
	struct custody custody = CUSTODY_OWN;
	char *dir = site_spool(&s->shared);
	gid_t group;
	int result = dir == NULL ? -1 : 0;

	if (result == 0 && s->own.group != NULL) {
		result = site_group(s->own.group, &group);
		custody = CUSTODY_SHARED(group);
	}
	if (result == 0 && s->own.create &&
	    spool_create(dir, custody, &fault) < 0)
		result = send_fail(&fault);
	if (result == 0 && spool_open(&s->spool, dir, &fault) < 0)
		result = send_fail(&fault);
	free(dir);
	return result;
}

/* Loads the procedures. */
static int
load(struct send *s)
{
	struct fault fault = {0};
	struct table *channels;

	if (site_pack_needed(&s->pack, &s->shared) < 0)
		return -1;
	if (pack_table_needed(&s->pack, "channels", &channels, &fault) < 0 ||
	    means_load(&s->means, channels, &fault) < 0 ||
	    awaits_load(&s->awaits, &s->pack, &fault) < 0)
		return send_fail(&fault);
	return 0;
}

/* The domain of an address: ann@example.org, or Desk <ann@example.org>. */
static struct slice
domain(struct slice address)
{
	struct slice rest = address, piece = address;

	while (slice_split(&rest, '@', &piece))
		;
	rest = piece;
	slice_split(&rest, '>', &piece);
	return slice_trim(piece);
}

/*
 * Who mail comes from: an option, a variable, else this program and host.
 * Returns 0, or -1 after saying that it is nobody.
 */
static int
set_sender(struct send *s)
{
	const char *from = s->own.from;
	char host[256] = "localhost";

	if (from == NULL)
		from = getenv("INC_FROM");
	if (from != NULL && *from != '\0') {
		buf_add_str(&s->from, from);
	} else {
		gethostname(host, sizeof host - 1);
		buf_addf(&s->from, "inc@%s", host);
	}
	s->sender.from = buf_slice(&s->from);
	s->sender.host = domain(s->sender.from);
	if (mailform_has_sender(&s->sender))
		return 0;
	diag_say(STATUS_FAILED,
	    "mail can't come from '%s': an address such as desk@example.org "
	    "was expected",
	    buf_str(&s->from));
	return -1;
}

/* Opens input and output.  Returns 0, or -1 after saying why. */
static int
open_streams(struct send *s)
{
	struct filter *f = &s->filter;
	int result = 0;

	s->receives = has_input(s->n);
	if (s->receives)
		result = filter_open(f, &s->shared, s->operands, s->n);
	else
		station_open(&f->station, &s->shared);
	filter_columns(f, letter_receipt, LETTER_RECEIPT);
	filter_header(f);
	return result;
}

/* Takes messages in, and delivers what is due. */
static void
deliver(struct send *s)
{
	bool whole = open_streams(s) == 0 && s->receives && send_queue(s) == 0;

	if (s->own.current && whole)
		send_withdraw(s);
	else if (s->own.current)
		diag_say(STATUS_FAILED,
		    "no message is withdrawn: not all that is to be told now "
		    "was read");
	/* What is due does not wait because the input is faulty. */
	send_pass(s);
	if (s->own.since_given)
		send_again(s, s->own.since);
}

int
main(int argc, char **argv)
{
	struct send s = {.spool = {.lock = -1}};

	s.n = options_read(&program, &s.shared, argc, argv);
	s.operands = argv + argc - s.n;
	s.own = own;
	if (own.drain && own.watch)
		options_misuse("--drain and --watch exclude each other");
	if (own.group != NULL && !own.create)
		options_misuse("--group is for --create");
	s.share = site_share();
	if (set_sender(&s) == 0 && load(&s) == 0 && open_spool(&s) == 0 &&
	    signals_catch(&s.signals) == 0)
		deliver(&s);
	filter_close(&s.filter);
	letter_release(&s.letter);
	letter_text_release(&s.told);
	spool_release(&s.spool);
	dict_release(&s.current);
	awaits_release(&s.awaits);
	means_release(&s.means);
	pack_release(&s.pack);
	buf_release(&s.text);
	buf_release(&s.from);
	errand_release(&s.errand);
	free(s.share);
	return (int)diag_status();
}
