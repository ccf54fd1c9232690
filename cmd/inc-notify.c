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
#include "diag.h"
#include "notify.h"
#include "notify_proof.h"
#include "options.h"
#include "rules.h"
#include "site.h"

#define MOST_WAKINGS 5

static const char *only; /* --reason */
static unsigned long long most = MOST_WAKINGS;
static bool explain;
static bool proof; /* --proof */

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
    .shared = OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own,
};

/* Loads the procedures.  Returns 0 or -1. */
static int
load(struct notify *n)
{
	struct fault *f = &n->fault;
	struct calendars *calendars = &n->occasions.targets.calendars;
	struct table *t;
	int got = pack_table(&n->pack, "codes", &t, f);

	if (got < 0 || pack_learn_outputs(&n->pack, f) < 0 ||
	    (got > 0 && codes_load(&n->codes, t, f) < 0) ||
	    occasions_load(&n->occasions, &n->pack, f) < 0 ||
	    recipients_load(&n->recipients, &n->pack, calendars, f) < 0 ||
	    routes_load(&n->routes, &n->pack, &n->recipients.directory,
		calendars, f) < 0 ||
	    recipients_check(&n->recipients, &n->routes, f) < 0)
		return -1;
	n->reason = COLUMNS_NONE;
	if (only == NULL)
		return 0;
	n->reason = columns_find(&n->routes.reasons, slice_of(only));
	if (n->reason != COLUMNS_NONE)
		return 0;
	fault_at(f, (struct place){0}, "no route has the reason '%s'", only);
	return fault_suggest(
	    f, slice_of(only), n->routes.reasons.name, n->routes.reasons.n);
}

/* Names the record for messages: by its id, else by its place. */
static void
name_record(struct notify *n)
{
	struct slice id = route_value(n->filter.in.field, n->occasions.id);

	buf_clear(&n->who);
	if (id.n > 0)
		buf_add_slice(&n->who, id);
	else
		buf_addf(
		    &n->who, "%s:%zu", n->filter.in.file, n->filter.in.line);
}

/* Says what stands in the way of a record's messages: status 3. */
static void
report(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;

	diag_say(STATUS_PARTIAL, "%s: %.*s", buf_str(&n->who),
	    SLICE_ARG(buf_slice(&f->text)));
}

/* Counts a message that waits for an hour. */
static void
hold(struct notify *n, struct stamp until)
{
	if (n->held++ == 0 || stamp_cmp(until, n->until) < 0)
		n->until = until;
}

/* Writes the message to one recipient: a row for each medium. */
static void
write_message(struct notify *n, const struct route *route,
    const struct occasion *at, const struct recipient *to)
{
	struct message *row = &n->message;
	const struct slice *in = n->filter.in.field;
	char identity[OCCASION_ID + 1];
	struct stamp due;
	bool has_due = occasion_due(at, route, to->by.at, &due) > 0;
	struct buf *keep;

	if (to->by.held) {
		hold(n, to->by.until);
		return;
	}
	if (!wakings_pass(n, to, at, has_due ? &due : NULL, &keep) &&
	    keep == NULL)
		return; /* a summary will say it */
	message_set(row, MESSAGE_ROLE, to->role);
	message_set(row, MESSAGE_PARTY, to->name);
	message_set_time(row, MESSAGE_DUE, has_due ? &due : NULL);
	occasion_identity(&n->occasions, at, &n->routes, route, in,
	    n->filter.in.row, row->field[MESSAGE_PARTY], identity);
	row->field[MESSAGE_ID] = slice_of(identity);
	notify_tries(n, route->wording, &to->by, in, keep);
}

/* Tells all whom a route names. */
static void
tell(struct notify *n, const struct route *route)
{
	const struct slice *in = n->filter.in.field;
	struct message *row = &n->message;
	struct occasion at;
	size_t count;

	occasion_read(&n->occasions, route, in, n->state.now, &at);
	if (occasion_check(&at, &n->fault) < 0)
		report(n, &n->fault);
	if (at.held) {
		hold(n, at.until);
		return;
	}
	count = recipients_find(
	    &n->recipients, &n->routes, route, &at, in, report, n);
	row->field[MESSAGE_RECORD] = route_value(in, n->occasions.id);
	row->field[MESSAGE_STATUS] = occasion_status(&n->occasions, in);
	message_set(row, MESSAGE_REASON, n->routes.reasons.name[route->reason]);
	message_set(row, MESSAGE_TELL, at.tell);
	message_set(row, MESSAGE_WORDING,
	    n->routes.wordings.names.name[route->wording]);
	message_set(row, MESSAGE_ROUTE, route->name);
	for (size_t i = 0; i < count; i++)
		write_message(n, route, &at, &n->recipients.found[i]);
}

/* Makes ready for the record under way. */
static void
start_record(struct notify *n)
{
	name_record(n);
	buf_clear(&n->status);
	unescape_add(
	    &n->status, occasion_status(&n->occasions, n->filter.in.field));
}

/* Tells of one record for every reason. */
static void
notify(struct notify *n)
{
	const struct slice *in = n->filter.in.field;
	bool named = route_value(in, n->occasions.id).n > 0;

	for (size_t i = 0; i < n->routes.reasons.n; i++) {
		const struct route *route;

		if (!notify_counts(n, i))
			continue;
		route = routes_take(&n->routes, i, in, &n->state, report, n);
		if (route == NULL)
			continue;
		if (!named)
			diag_say(STATUS_PARTIAL, "%s: a record without an id",
			    buf_str(&n->who));
		named = true;
		tell(n, route);
	}
}

/* Makes the columns of the output those of messages alone. */
static void
start_output(struct notify *n)
{
	columns_release(&n->filter.columns);
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		filter_column(&n->filter, message_columns[i]);
	if (n->explain)
		n->filter.out.no_header = true;
	filter_header(&n->filter);
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

/* Reads all records. */
static void
run(struct notify *n, const struct options *o, char *const *file, size_t files)
{
	const struct columns *in = &n->filter.in.columns;
	struct unreadable unreadable = {0};

	if (filter_open(&n->filter, o, file, files) < 0)
		return;
	occasions_bind(&n->occasions, in);
	recipients_bind(&n->recipients, in);
	if (routes_bind(&n->routes, in, &n->pack.known, &n->fault) < 0 ||
	    wakings_start(n) < 0) {
		diag_fault(STATUS_FAILED, &n->fault);
		return;
	}
	start_output(n);
	while (filter_next(&n->filter)) {
		start_record(n);
		if (n->explain)
			explain_record(n);
		else
			notify(n);
		if (rules_are_first(&unreadable, n->state.unreadable))
			filter_where(&n->filter, &unreadable.first);
	}
	if (n->explain)
		explain_wakings(n);
	else
		wakings_write(n);
	say_held(n);
	rules_say_unreadable(&unreadable);
}

/* Proves the wordings instead. */
static void
prove(struct notify *n, const struct options *o)
{
	struct proof_means means = {.pack = &n->pack,
	    .codes = &n->codes,
	    .directory = &n->recipients.directory,
	    .routes = &n->routes,
	    .reason = n->reason};

	notify_proof(&means, o);
}

static void
release(struct notify *n)
{
	message_release(&n->message);
	fault_release(&n->fault);
	buf_release(&n->who);
	buf_release(&n->status);
	buf_release(&n->prose);
	dict_release(&n->said);
	columns_release(&n->summary);
	wakings_release(&n->wakings);
	wording_text_release(&n->text);
	when_state_release(&n->state);
	occasions_release(&n->occasions);
	routes_release(&n->routes);
	recipients_release(&n->recipients);
	codes_release(&n->codes);
	pack_release(&n->pack);
}

int
main(int argc, char **argv)
{
	static struct notify n;
	struct options o;
	size_t files = options_read(&program, &o, argc, argv);
	int status = STATUS_FAILED;

	if (proof && files > 0)
		options_misuse("--proof reads no records");
	if (site_pack_needed(&n.pack, &o) == 0) {
		n.state.now = o.now;
		n.most = most;
		n.explain = explain;
		if (load(&n) < 0) {
			diag_fault(STATUS_FAILED, &n.fault);
		} else if (proof) {
			prove(&n, &o);
			status = (int)diag_status();
		} else {
			run(&n, &o, argv + argc - files, files);
			status = filter_close(&n.filter);
		}
	}
	release(&n);
	return status;
}
