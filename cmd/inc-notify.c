/*
 * inc-notify: who must know, by what medium, in which words.
 *
 * For each record and each reason the first route that holds is taken.  Its
 * occasion says how often the fact was told before and at what instant the
 * roster is read; the recipients are found; for each of them and each medium
 * that reaches them, in the order to be tried, one row goes out.  Nothing is
 * sent and nothing is remembered: the identity of a message follows from its
 * facts, and inc-send delivers one identity once.
 */
#include "codes.h"
#include "diag.h"
#include "escape.h"
#include "filter.h"
#include "message.h"
#include "occasion.h"
#include "options.h"
#include "pack.h"
#include "recipient.h"
#include "route.h"
#include "rules.h"
#include "site.h"
#include "wording.h"

static const char *only; /* --reason */

static const struct option_spec own[] = {
    {"reason", 0, OPTION_TEXT, &only, NULL, "R", "tell for this reason alone"},
    {0}};

static const struct program program = {
    .purpose = "Say who must know, by what medium, in which words.",
    .synopsis = "[--reason R] [FILE ...]",
    .shared = OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own,
};

/* Everything at work. */
struct notify {
	struct filter filter;
	struct pack pack;
	struct codes codes;
	struct recipients recipients;
	struct routes routes;
	struct occasions occasions;
	struct when_state state;
	struct wording_text text;
	struct dict said;  /* gaps in wordings that were reported */
	size_t reason;     /* --reason, else COLUMNS_NONE */
	struct buf who;    /* the record under way, for messages */
	struct buf status; /* its status as text */
	struct fault fault;
	struct message message; /* the row under way */
};

/* Loads the procedures.  Returns 0 or -1. */
static int
load(struct notify *n)
{
	struct fault *f = &n->fault;
	struct table *t;
	int got = pack_table(&n->pack, "codes", &t, f);

	if (got < 0 || pack_learn_outputs(&n->pack, f) < 0 ||
	    (got > 0 && codes_load(&n->codes, t, f) < 0) ||
	    recipients_load(&n->recipients, &n->pack, f) < 0 ||
	    routes_load(&n->routes, &n->pack, &n->recipients.directory, f) <
		0 ||
	    recipients_check(&n->recipients, &n->routes, f) < 0 ||
	    occasions_load(&n->occasions, &n->pack, f) < 0)
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

/* Whether something is said for the first time in this run. */
static bool
is_news(struct notify *n, const char *what, struct slice wording,
    struct slice medium, struct slice column)
{
	struct buf key = {0};
	bool added;

	buf_addf(&key, "%s\t%.*s\t%.*s\t%.*s", what, SLICE_ARG(wording),
	    SLICE_ARG(medium), SLICE_ARG(column));
	dict_add(&n->said, buf_slice(&key), 0, &added);
	buf_release(&key);
	return added;
}

/* Says what the words of a message lack, lost or could not hold. */
static void
check_words(struct notify *n, struct slice wording, struct slice medium,
    struct slice party)
{
	const struct wording_text *t = &n->text;
	const char *who = buf_str(&n->who);
	size_t lost = t->said.shortened + t->cut;

	if (t->said.missing > 0 &&
	    is_news(n, "missing", wording, medium, t->said.missing_column))
		diag_say(STATUS_PARTIAL,
		    "%s: wording '%.*s' for %.*s: no value for '%.*s'%s", who,
		    SLICE_ARG(wording), SLICE_ARG(medium),
		    SLICE_ARG(t->said.missing_column),
		    t->said.missing > 1 ? " and others" : "");
	if (t->said.unreadable > 0 &&
	    is_news(n, "time", wording, medium, (struct slice){"", 0}))
		diag_say(STATUS_PARTIAL,
		    "%s: wording '%.*s' for %.*s: a value is no time", who,
		    SLICE_ARG(wording), SLICE_ARG(medium));
	if (t->over)
		diag_say(STATUS_PARTIAL,
		    "%s: %.*s to %.*s is over the limit of its medium", who,
		    SLICE_ARG(medium), SLICE_ARG(party));
	if (lost > 0)
		diag_notice("%s: %.*s to %.*s shortened by %zu character%s",
		    who, SLICE_ARG(medium), SLICE_ARG(party), lost,
		    lost == 1 ? "" : "s");
}

/* Writes the row for one medium of a recipient. */
static void
write_try(struct notify *n, const struct route *route,
    const struct recipient *to, size_t try)
{
	struct message *row = &n->message;
	const struct recipient_medium *m = &to->medium[try];
	const struct medium *medium =
	    &n->recipients.directory.channel[m->channel].medium;
	struct wording_means means = {
	    .say = {medium, &n->codes, n->pack.zone},
	    .status = buf_slice(&n->status),
	};

	wording_render(routes_wording(&n->routes, route, m->channel),
	    n->filter.in.field, &means, &n->text);
	check_words(n, n->routes.wordings.name[route->wording], medium->name,
	    to->party);
	message_set_number(row, MESSAGE_TRY, try + 1);
	message_set(row, MESSAGE_MEDIUM, medium->name);
	message_set(row, MESSAGE_ADDRESS, m->address);
	message_set(row, MESSAGE_SUBJECT, buf_slice(&n->text.subject));
	message_set(row, MESSAGE_BODY, buf_slice(&n->text.body));
	memcpy(n->filter.field, row->field, sizeof row->field);
	filter_write(&n->filter);
}

/* Writes the message to one recipient: a row for each medium. */
static void
write_message(struct notify *n, const struct route *route,
    const struct occasion *at, const struct recipient *to)
{
	char identity[OCCASION_ID + 1];

	message_set(&n->message, MESSAGE_ROLE, to->role);
	message_set(&n->message, MESSAGE_PARTY, to->party);
	occasion_identity(&n->occasions, at, &n->routes, route,
	    n->filter.in.field, n->filter.in.row,
	    n->message.field[MESSAGE_PARTY], identity);
	n->message.field[MESSAGE_ID] = slice_of(identity);
	for (size_t try = 0; try < to->n; try++)
		write_try(n, route, to, try);
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
	count = recipients_find(
	    &n->recipients, &n->routes, route, &at, in, report, n);
	row->field[MESSAGE_RECORD] = route_value(in, n->occasions.id);
	row->field[MESSAGE_STATUS] = occasion_status(&n->occasions, in);
	message_set(row, MESSAGE_REASON, n->routes.reasons.name[route->reason]);
	message_set(row, MESSAGE_TELL, at.tell);
	message_set(
	    row, MESSAGE_WORDING, n->routes.wordings.name[route->wording]);
	message_set(row, MESSAGE_ROUTE, route->name);
	message_set_time(row, MESSAGE_DUE, at.has_due ? &at.due : NULL);
	for (size_t i = 0; i < count; i++)
		write_message(n, route, &at, &n->recipients.found[i]);
}

/* Tells of one record for every reason. */
static void
notify(struct notify *n)
{
	const struct slice *in = n->filter.in.field;
	bool named = route_value(in, n->occasions.id).n > 0;

	name_record(n);
	buf_clear(&n->status);
	unescape_add(&n->status, occasion_status(&n->occasions, in));
	for (size_t i = 0; i < n->routes.reasons.n; i++) {
		const struct route *route;

		if (n->reason != COLUMNS_NONE && n->reason != i)
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

/* Reads all records.  The output has the columns of messages alone. */
static void
run(struct notify *n, const struct options *o, char *const *file, size_t files)
{
	const struct columns *in = &n->filter.in.columns;
	struct unreadable unreadable = {0};

	if (filter_open(&n->filter, o, file, files) < 0)
		return;
	occasions_bind(&n->occasions, in);
	recipients_bind(&n->recipients, in);
	if (routes_bind(&n->routes, in, &n->pack.known, &n->fault) < 0) {
		diag_fault(STATUS_FAILED, &n->fault);
		return;
	}
	columns_release(&n->filter.columns);
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		filter_column(&n->filter, message_columns[i]);
	filter_header(&n->filter);
	while (filter_next(&n->filter)) {
		notify(n);
		if (rules_are_first(&unreadable, n->state.unreadable))
			filter_where(&n->filter, &unreadable.first);
	}
	rules_say_unreadable(&unreadable);
}

static void
release(struct notify *n)
{
	message_release(&n->message);
	fault_release(&n->fault);
	buf_release(&n->who);
	buf_release(&n->status);
	dict_release(&n->said);
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

	if (site_pack_needed(&n.pack, &o) == 0) {
		n.state.now = o.now;
		if (load(&n) < 0) {
			diag_fault(STATUS_FAILED, &n.fault);
		} else {
			run(&n, &o, argv + argc - files, files);
			status = filter_close(&n.filter);
		}
	}
	release(&n);
	return status;
}
