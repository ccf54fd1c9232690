/*
 * inc-notify: who must know, by what medium, in which words.
 *
 * For each record and each reason the first route that holds is taken.  Its
 * occasion says how often the fact was told before and at what instant the
 * roster is read; the recipients are found; for each of them and each medium
 * that reaches them, in the order to be tried, one row goes out.  Nothing is
 * sent and nothing is remembered: the identity of a message follows from its
 * facts, and inc-send delivers one identity once.  What may wait for an hour
 * is not written before; what wakes one party too often in one run becomes
 * one summary (notify_wakings.c).
 *
 * With --proof nothing is read: notify_proof.c shows the wordings alone.
 */
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "mem.h"
#include "notify.h"
#include "notify_proof.h"
#include "options.h"
#include "rules.h"
#include "site.h"

#define MOST_WAKINGS 5

static const char *only; /* this reason */
static unsigned long long most = MOST_WAKINGS;
static bool explain, proof;

static const struct option_spec own[] = {
    {"reason", 0, OPTION_TEXT, &only, NULL, "R", "tell for this reason alone"},
    {"most-wakings", 0, OPTION_NUMBER, &most, NULL, "N",
	"wake nobody more often, but by one summary (0: any number)"},
    {"explain", 0, OPTION_FLAG, &explain, NULL, NULL,
	"write in prose who is told by what, and why"},
    {"proof", 0, OPTION_FLAG, &proof, NULL, NULL,
	"read nothing: show all words with the longest values"},
    {0}};

static const struct program program = {
    .purpose = "Say who must know, by what medium, in which words.",
    .synopsis = "[--reason R] [--most-wakings N] [--explain] [FILE ...]\n"
		"--proof [--reason R]",
    .shared = OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT |
	OPTIONS_JOBS,
    .option = own,
};

/* Loads the procedures.  Returns 0 or -1. */
static int
load(struct notify *n)
{
	const struct columns *reasons = &n->messenger.routes.reasons;
	struct fault *f = &n->fault;

	if (messenger_load(&n->messenger, n->pack, f) < 0)
		return -1;
	n->reason = COLUMNS_NONE;
	if (only == NULL)
		return 0;
	n->reason = columns_find(reasons, slice_of(only));
	if (n->reason != COLUMNS_NONE)
		return 0;
	fault_at(f, (struct place){0}, "no route has the reason '%s'", only);
	return fault_suggest(f, slice_of(only), reasons->name, reasons->n);
}

/* Names the record for messages: by its id, else by its place. */
static void
name_record(struct notify *n)
{
	const struct stream_reader *in = &n->filter->in;
	struct slice id = route_value(in->field, n->messenger.occasions.id);

	buf_clear(&n->who);
	if (id.n > 0)
		buf_add_slice(&n->who, id);
	else
		buf_addf(&n->who, "%s:%zu", in->file, in->line);
}

/* Parts: the key of what is said once, the text. */
static int
say_once(void *notify, const struct slice *part)
{
	struct notify *n = notify;
	bool news;

	dict_add(&n->said, part[0], 0, &news);
	if (news)
		diag_text(STATUS_PARTIAL, part[1]);
	return 1;
}

/* The key of what is reported once; empty: whenever it is so. */
static struct slice
once(const struct messenger *m)
{
	return buf_slice(m->once.n > 0 ? &m->once : &m->recipients.once);
}

/* Says what stands in the way of a record's messages: status 3. */
static void
report(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;
	struct slice part[2] = {once(&n->messenger)};
	struct buf text = {0};

	if (n->filter->station.failed) /* what was said last is the end */
		return;
	buf_addf(&text, "%s: %.*s", buf_str(&n->who),
	    SLICE_ARG(buf_slice(&f->text)));
	part[1] = buf_slice(&text);
	if (part[0].n > 0)
		station_in_turn(
		    &n->filter->station, say_once, n->chief, part, 2);
	else
		diag_text(STATUS_PARTIAL, part[1]);
	buf_release(&text);
}

/* Says what was shortened. */
static void
remark(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;

	if (!n->filter->station.failed)
		diag_notice("%s: %.*s", buf_str(&n->who),
		    SLICE_ARG(buf_slice(&f->text)));
}

/* Parts: until when. */
static int
count_held(void *notify, const struct slice *part)
{
	struct notify *n = notify;
	struct stamp until;

	memcpy(&until, part[0].p, sizeof until);
	if (n->held++ == 0 || stamp_cmp(until, n->until) < 0)
		n->until = until;
	return 1;
}

/* Counts a message that waits for an hour. */
static void
hold(void *ctx, struct stamp until)
{
	struct notify *n = ctx;
	const struct slice part = {(const char *)&until, sizeof until};

	if (!n->filter->station.failed)
		station_in_turn(
		    &n->filter->station, count_held, n->chief, &part, 1);
}

/* Writes a row, or adds it to those that wait. */
static void
write_row(void *ctx, const struct message *m)
{
	struct notify *n = ctx;

	if (n->keeps) {
		wakings_keep(n, m);
		return;
	}
	memcpy(n->filter->field, m->field, sizeof m->field);
	filter_write(n->filter);
}

/* Makes the columns of the output those of messages alone. */
static void
start_output(struct notify *n)
{
	filter_columns(n->filter, message_columns, MESSAGE_COLUMNS);
	filter_pick(n->filter);
	if (n->explain)
		n->filter->station.out.no_header = true;
	filter_header(n->filter);
}

/* Says what waits for an hour. */
static void
say_held(const struct notify *n)
{
	struct buf until = {0};

	if (n->held == 0)
		return;
	stamp_add(&until, n->until);
	diag_notice("%zu message%s held, the first until %s", n->held,
	    n->held == 1 ? " is" : "s are", buf_str(&until));
	buf_release(&until);
}

/* Tells of the record under way, or explains what would be told. */
static void
tell(struct notify *n)
{
	struct messenger *m = &n->messenger;
	const struct stream_reader *in = &n->filter->in;

	name_record(n);
	if (!n->explain) {
		messenger_record(m, in->field, in->row, n->reason);
		return;
	}
	messenger_start(m, in->field);
	explain_record(n);
}

/* The program's own, or a worker's. */
static struct notify
make(struct notify *chief, struct filter *f, struct pack *p, struct stamp now)
{
	return (struct notify){.chief = chief,
	    .filter = f,
	    .pack = p,
	    .most = most,
	    .explain = explain,
	    .messenger = {.when = {.now = now},
		.wants = wakings_pass,
		.done = wakings_done,
		.write = write_row,
		.hold = hold,
		.report = report,
		.remark = diag_is_quiet() ? NULL : remark}};
}

static void
release(struct notify *n)
{
	messenger_release(&n->messenger);
	fault_release(&n->fault);
	buf_release(&n->who);
	buf_release(&n->prose);
	columns_release(&n->summary);
	dict_release(&n->said);
	wakings_release(&n->wakings);
}

/* What each worker does. */
static void
tell_all(struct filter *f, void *workers)
{
	struct notify *n = (struct notify *)workers + f->station.worker;

	n->filter = f;
	n->messenger.ctx = n;
	while (filter_next(f)) {
		tell(n);
		filter_unreadable(f, n->messenger.when.unreadable);
	}
}

/* Binds to the columns of the input.  Returns 0, or -1 and the fault. */
static int
bind(struct notify *n)
{
	if (messenger_bind(&n->messenger, &n->filter->in.columns,
		&n->pack->known, &n->fault) < 0)
		return -1;
	return wakings_start(n);
}

static void
dismiss(struct notify *worker, size_t n)
{
	for (size_t i = 0; i < n; i++)
		release(&worker[i]);
	free(worker);
}

/*
 * So many workers beside the chief, who sees to what depends on all records.
 * NULL after saying why there are none.
 */
static struct notify *
hire(struct notify *chief, size_t workers)
{
	struct notify *worker = mem_new(workers, sizeof *worker);

	for (size_t i = 0; i < workers; i++) {
		worker[i] = make(chief, chief->filter, chief->pack,
		    chief->messenger.when.now);
		if (load(&worker[i]) == 0 && bind(&worker[i]) == 0)
			continue;
		diag_fault(STATUS_FAILED, &worker[i].fault);
		dismiss(worker, i + 1);
		return NULL;
	}
	return worker;
}

/* Reads all records. */
static void
read_all(struct notify *n)
{
	struct filter *f = n->filter;
	struct notify *worker = n;

	if (n->explain)
		f->jobs = 1; /* what is reported once stands in the prose */
	if (f->jobs > 1)
		worker = hire(n, f->jobs);
	if (worker == NULL)
		return;
	start_output(n);
	filter_work(f, tell_all, worker);
	if (n->explain)
		explain_wakings(n);
	else
		wakings_write(n);
	say_held(n);
	rules_say_unreadable(&f->tally[FILTER_UNREADABLE]);
	if (worker != n)
		dismiss(worker, f->jobs);
}

/* Opens the input and binds to its columns. */
static void
run(struct notify *n, const struct options *o, char *const *file, size_t files)
{
	if (filter_open(n->filter, o, file, files) < 0)
		return;
	if (bind(n) < 0)
		diag_fault(STATUS_FAILED, &n->fault);
	else
		read_all(n);
}

/* Proves the wordings instead. */
static void
prove(struct notify *n, const struct options *o)
{
	struct proof_means means = {.pack = n->pack,
	    .codes = &n->messenger.codes,
	    .directory = &n->messenger.recipients.directory,
	    .routes = &n->messenger.routes,
	    .reason = n->reason};

	notify_proof(&means, o);
}

int
main(int argc, char **argv)
{
	struct filter filter = {0};
	struct pack pack = {0};
	struct notify n;
	struct options o;
	size_t files = options_read(&program, &o, argc, argv);
	int status = STATUS_FAILED;

	if (proof && files > 0)
		options_misuse("--proof reads no records");
	if (proof && explain)
		options_misuse("--explain and --proof exclude each other");
	n = make(&n, &filter, &pack, o.now);
	n.messenger.ctx = &n;
	if (site_pack_needed(&pack, &o) == 0) {
		if (load(&n) < 0) {
			diag_fault(STATUS_FAILED, &n.fault);
		} else if (proof) {
			prove(&n, &o);
			status = (int)diag_status();
		} else {
			run(&n, &o, argv + argc - files, files);
			status = filter_close(&filter);
		}
	}
	release(&n);
	pack_release(&pack);
	return status;
}
