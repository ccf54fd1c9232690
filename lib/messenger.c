#include "messenger.h"

#include "escape.h"

int
messenger_load(struct messenger *m, struct pack *p, struct fault *f)
{
	struct calendars *calendars = &m->occasions.targets.calendars;
	struct table *t;
	int got = pack_table(p, "codes", &t, f);

	if (got < 0 || pack_learn_outputs(p, f) < 0 ||
	    (got > 0 && codes_load(&m->codes, t, f) < 0) ||
	    occasions_load(&m->occasions, p, f) < 0 ||
	    recipients_load(&m->recipients, p, calendars, f) < 0 ||
	    routes_load(&m->routes, p, &m->recipients.directory, calendars, f) <
		0)
		return -1;
	m->zone = p->zone;
	return recipients_check(&m->recipients, &m->routes, f);
}

int
messenger_bind(struct messenger *m, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	occasions_bind(&m->occasions, columns);
	recipients_bind(&m->recipients, columns);
	return routes_bind(&m->routes, columns, known, f);
}

/*
 * Whether something is said of a wording for the first time.  Then m->once is
 * the key that it has.
 */
static bool
is_news(struct messenger *m, const char *what, struct slice wording,
    struct slice medium, struct slice column)
{
	bool news;

	buf_addf(&m->once, "%s\t%.*s\t%.*s\t%.*s", what, SLICE_ARG(wording),
	    SLICE_ARG(medium), SLICE_ARG(column));
	if (m->maybe)
		news = dict_find(&m->said, buf_slice(&m->once)) == DICT_NONE;
	else
		dict_add(&m->said, buf_slice(&m->once), 0, &news);
	if (!news)
		buf_clear(&m->once);
	return news;
}

/* Tells report what was put into m->fault. */
static void
report(struct messenger *m)
{
	m->report(m->ctx, &m->fault);
	buf_clear(&m->once);
}

/* Reports what the words of a message lack, lost or could not hold. */
static void
check_words(struct messenger *m, struct slice wording, struct slice medium,
    struct slice party)
{
	const struct wording_text *t = &m->text;
	const struct place nowhere = {0};
	size_t lost = t->said.shortened + t->cut;

	if (t->said.missing > 0 &&
	    is_news(m, "missing", wording, medium, t->said.missing_column)) {
		fault_at(&m->fault, nowhere,
		    "wording '%.*s' for %.*s: no value for '%.*s'%s",
		    SLICE_ARG(wording), SLICE_ARG(medium),
		    SLICE_ARG(t->said.missing_column),
		    t->said.missing > 1 ? " and others" : "");
		report(m);
	}
	if (t->said.unreadable > 0 &&
	    is_news(m, "time", wording, medium, (struct slice){"", 0})) {
		fault_at(&m->fault, nowhere,
		    "wording '%.*s' for %.*s: a value is no time",
		    SLICE_ARG(wording), SLICE_ARG(medium));
		report(m);
	}
	if (t->over) {
		fault_at(&m->fault, nowhere,
		    "%.*s to %.*s is over the limit of its medium",
		    SLICE_ARG(medium), SLICE_ARG(party));
		report(m);
	}
	if (lost > 0 && m->remark != NULL) {
		fault_at(&m->fault, nowhere,
		    "%.*s to %.*s shortened by %zu character%s",
		    SLICE_ARG(medium), SLICE_ARG(party), lost,
		    lost == 1 ? "" : "s");
		m->remark(m->ctx, &m->fault);
	}
}

void
messenger_words(struct messenger *m, const struct reach_medium *by,
    const struct slice *field)
{
	const struct wording_means means = {
	    .say =
		{&m->recipients.directory.channel[by->address->channel].medium,
		    &m->codes, m->zone},
	    .status = buf_slice(&m->status),
	};

	wording_render(by->words, field, &means, &m->text);
}

void
messenger_rows(struct messenger *m, size_t wording, const struct reach *by,
    const struct slice *field)
{
	struct message *row = &m->message;

	for (size_t i = 0; i < by->n; i++) {
		const struct reach_medium *to = &by->medium[i];
		const struct channel *channel =
		    &m->recipients.directory.channel[to->address->channel];

		messenger_words(m, to, field);
		check_words(m, m->routes.wordings.names.name[wording],
		    channel->medium.name, row->field[MESSAGE_PARTY]);
		message_set_number(row, MESSAGE_TRY, i + 1);
		message_set(row, MESSAGE_MEDIUM, channel->medium.name);
		message_set(row, MESSAGE_ADDRESS, to->address->text);
		message_set(row, MESSAGE_SUBJECT, buf_slice(&m->text.subject));
		message_set(row, MESSAGE_BODY, buf_slice(&m->text.body));
		m->write(m->ctx, row);
	}
}

/* What one route says of one record. */
struct telling {
	const struct route *route;
	const struct slice *field;
	struct slice row;
	struct occasion at;
};

static void
hold(struct messenger *m, struct stamp until)
{
	if (m->hold != NULL)
		m->hold(m->ctx, until);
}

/* Writes the message to one recipient, unless it waits for an hour. */
static void
write_message(
    struct messenger *m, const struct telling *t, const struct recipient *to)
{
	char identity[OCCASION_ID + 1];
	struct message *row = &m->message;
	enum messenger_want want = MESSENGER_YES;
	struct stamp due;
	bool has_due = occasion_due(&t->at, t->route, to->by.at, &due) > 0;

	if (to->by.held) {
		hold(m, to->by.until);
		return;
	}
	if (m->wants != NULL)
		want = m->wants(m->ctx, to, &t->at, has_due ? &due : NULL);
	if (want == MESSENGER_NO)
		return;
	message_set(row, MESSAGE_ROLE, to->role);
	message_set(row, MESSAGE_PARTY, to->name);
	message_set_time(row, MESSAGE_DUE, has_due ? &due : NULL);
	occasion_identity(&m->occasions, &t->at, &m->routes, t->route, t->field,
	    t->row, row->field[MESSAGE_PARTY], identity);
	row->field[MESSAGE_ID] = slice_of(identity);
	m->maybe = want == MESSENGER_MAYBE;
	messenger_rows(m, t->route->wording, &to->by, t->field);
	m->maybe = false;
	if (m->done != NULL)
		m->done(m->ctx);
}

/* Tells all whom a route names. */
static void
tell(struct messenger *m, struct telling *t)
{
	const struct route *route = t->route;
	struct message *row = &m->message;
	size_t count;

	occasion_read(&m->occasions, route, t->field, m->when.now, &t->at);
	if (occasion_check(&t->at, &m->fault) < 0)
		report(m);
	if (t->at.held) {
		hold(m, t->at.until);
		return;
	}
	count = recipients_find(&m->recipients, &m->routes, route, &t->at,
	    t->field, m->report, m->ctx);
	row->field[MESSAGE_RECORD] = route_value(t->field, m->occasions.id);
	row->field[MESSAGE_STATUS] = occasion_status(&m->occasions, t->field);
	message_set(row, MESSAGE_REASON, m->routes.reasons.name[route->reason]);
	message_set(row, MESSAGE_TELL, t->at.tell);
	message_set(row, MESSAGE_WORDING,
	    m->routes.wordings.names.name[route->wording]);
	message_set(row, MESSAGE_ROUTE, route->name);
	for (size_t i = 0; i < count; i++)
		write_message(m, t, &m->recipients.found[i]);
}

void
messenger_start(struct messenger *m, const struct slice *field)
{
	buf_clear(&m->status);
	unescape_add(&m->status, occasion_status(&m->occasions, field));
}

void
messenger_record(struct messenger *m, const struct slice *field,
    struct slice row, size_t reason)
{
	bool named = route_value(field, m->occasions.id).n > 0;
	struct telling t = {.field = field, .row = row};

	messenger_start(m, field);
	for (size_t i = 0; i < m->routes.reasons.n; i++) {
		if (reason != COLUMNS_NONE && reason != i)
			continue;
		t.route = routes_take(
		    &m->routes, i, field, &m->when, m->report, m->ctx);
		if (t.route == NULL)
			continue;
		if (!named) {
			fault_at(&m->fault, (struct place){0},
			    "a record without an id");
			report(m);
		}
		named = true;
		tell(m, &t);
	}
}

void
messenger_release(struct messenger *m)
{
	message_release(&m->message);
	fault_release(&m->fault);
	buf_release(&m->status);
	buf_release(&m->once);
	dict_release(&m->said);
	wording_text_release(&m->text);
	when_state_release(&m->when);
	occasions_release(&m->occasions);
	routes_release(&m->routes);
	recipients_release(&m->recipients);
	codes_release(&m->codes);
}
