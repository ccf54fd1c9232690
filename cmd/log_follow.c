/*
 * inc-log follow: entries as they come.
 *
 * A few times a second it reads the head of the log (head.h), which stays, and
 * prints the entries up to it; so no entry comes out that its writer has not
 * synced, or takes back.  The number of the next entry is all that is needed
 * to go on later where it ended.
 */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "head.h"
#include "log.h"
#include "mem.h"
#include "output.h"
#include "segment.h"
#include "site.h"

#define WAIT_MS 200

/* What is followed, and what with. */
struct follow {
	struct journal_reader log;
	struct head head;       /* of the log, last time */
	struct columns columns; /* that are printed; none before the header */
	struct slice *field;
	struct stream_writer out;
	struct fault fault;
};

/*
 * A signal ends it at once while no row is on its way out, else after that; a
 * second one doesn't wait for who doesn't take the rows.
 */
static volatile sig_atomic_t printing, stopped;

static void
stop(int number)
{
	(void)number;
	if (!printing || stopped)
		_exit(STATUS_DONE);
	stopped = 1;
}

/* Lets a signal stop it, unless whoever started it has it ignored. */
static void
stop_by(int number)
{
	struct sigaction action;

	if (sigaction(number, NULL, &action) < 0 ||
	    action.sa_handler == SIG_IGN)
		return;
	action.sa_handler = stop;
	sigaction(number, &action, NULL);
}

/* Prints the header, once the log has columns of incidents. */
static void
print_header(struct follow *f, const struct columns *segment)
{
	if (f->head.seq == 0 || f->columns.n > 0)
		return;
	log_entry_columns(segment, &f->columns);
	f->field = mem_new(f->columns.n, sizeof *f->field);
	stream_writer_header(&f->out, &f->columns);
}

/*
 * Whether the header has all columns in which an entry says something: a
 * stream has but one.  0, or -1 after saying how to go on.
 */
static int
check_columns(const struct follow *f, const struct journal_entry *e)
{
	for (size_t i = 0; i < segment_nonces(e->columns); i++) {
		struct slice name = e->columns->name[i];

		if (e->field[i].n == 0 ||
		    columns_find(&f->columns, name) != COLUMNS_NONE)
			continue;
		diag_say(STATUS_RETRY,
		    "entry %llu brings the column '%.*s', which the header has "
		    "not: go on with --from %llu",
		    (unsigned long long)e->seq, SLICE_ARG(name),
		    (unsigned long long)e->seq);
		return -1;
	}
	return 0;
}

/* Prints the entries up to the head.  0, or -1 after saying why. */
static int
print_new(struct log_work *w, struct follow *f)
{
	struct journal_entry e;
	int got = 0;

	while (f->log.seq < f->head.seq && !stopped) {
		got = journal_reader_next(&f->log, &e);
		if (got <= 0)
			break;
		if (w->own.event != NULL && !slice_is(e.event, w->own.event))
			continue;
		if (check_columns(f, &e) < 0)
			return -1;
		if (log_print_entry(&f->out, &e, &f->columns, f->field) < 0)
			return -1;
	}
	return got < 0 ? log_say(&f->log.fault) : 0;
}

/*
 * Reads the head of the log, however long writers are at work: until then
 * nothing new is sure to stay.  0, or -1 after saying why.
 */
static int
read_head(struct log_work *w, struct follow *f, struct columns *segment)
{
	return head_read(&f->head, w->dir, INT64_MAX, segment, &f->fault) > 0
	    ? 0
	    : log_say(&f->fault);
}

/* Whether what was printed is still there.  0, or -1 after saying why. */
static int
check_printed(struct log_work *w, struct follow *f)
{
	if (f->head.seq >= f->log.seq)
		return journal_reader_refresh(&f->log) == 0
		    ? 0
		    : log_say(&f->log.fault);
	diag_say(STATUS_FAILED,
	    "%s: ends with entry %llu, but entry %llu was read: its end was "
	    "cut off",
	    w->dir, (unsigned long long)f->head.seq,
	    (unsigned long long)f->log.seq);
	return -1;
}

/* Reads what is new and prints it.  0, or -1 after saying why. */
static int
look(struct log_work *w, struct follow *f)
{
	struct columns segment = {0};
	int result = read_head(w, f, &segment);

	if (result == 0)
		result = check_printed(w, f);
	if (result == 0) {
		printing = 1;
		print_header(f, &segment);
		result = print_new(w, f);
		if (output_flush(&f->out.out) < 0)
			result = -1;
		printing = 0;
	}
	columns_release(&segment);
	return result;
}

/* Goes to the first entry to be printed.  0, or -1 after saying why. */
static int
start(struct log_work *w, struct follow *f)
{
	uint64_t from;

	if (read_head(w, f, NULL) < 0)
		return -1;
	from = w->own.from_given ? w->own.from : f->head.seq + 1;
	if (from > f->head.seq + 1) {
		diag_say(STATUS_FAILED,
		    "%s: ends with entry %llu, and none is before --from %llu: "
		    "its end was cut off, or it is another log",
		    w->dir, (unsigned long long)f->head.seq,
		    (unsigned long long)from);
		return -1;
	}
	return journal_reader_seek(&f->log, from) < 0 ? log_say(&f->log.fault)
						      : 0;
}

/* Waits a little.  Returns false where nobody reads what is printed. */
static bool
wait_a_little(void)
{
	struct pollfd output = {.fd = STDOUT_FILENO};

	return poll(&output, 1, WAIT_MS) <= 0;
}

void
log_follow(struct log_work *w)
{
	struct follow f = {0};

	if (w->n > 0)
		options_misuse("follow takes no operand");
	if (w->own.from_given && w->own.from == 0)
		options_misuse("--from 0: entries are numbered from 1");
	if (w->own.event != NULL)
		log_check_event(w->own.event);
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	log_open_output(w, &f.out);
	stop_by(SIGINT);
	stop_by(SIGTERM);
	if (journal_reader_open(&f.log, w->dir) < 0) {
		log_say(&f.log.fault);
	} else if (start(w, &f) == 0) {
		while (look(w, &f) == 0 && !stopped && wait_a_little())
			;
	}
	log_close_output(&f.out);
	journal_reader_release(&f.log);
	columns_release(&f.columns);
	fault_release(&f.fault);
	free(f.field);
}
