/*
 * The rows of inc-notify: a message in words, one row for each address that is
 * to be tried, and what the words lacked or lost.
 */
#include "diag.h"
#include "notify.h"

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

void
notify_words(
    struct notify *n, const struct reach_medium *m, const struct slice *field)
{
	const struct wording_means means = {
	    .say =
		{&n->recipients.directory.channel[m->address->channel].medium,
		    &n->codes, n->pack.zone},
	    .status = buf_slice(&n->status),
	};

	wording_render(m->words, field, &means, &n->text);
}

/* Writes the row under way, or adds its line to those that wait. */
static void
put_row(struct notify *n, struct buf *keep)
{
	const struct message *row = &n->message;

	if (keep == NULL) {
		memcpy(n->filter.field, row->field, sizeof row->field);
		filter_write(&n->filter);
		return;
	}
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		buf_add_slice(keep, row->field[i]);
		buf_add_char(keep, i + 1 < MESSAGE_COLUMNS ? '\t' : '\n');
	}
}

void
notify_tries(struct notify *n, size_t wording, const struct reach *by,
    const struct slice *field, struct buf *keep)
{
	struct message *row = &n->message;

	for (size_t i = 0; i < by->n; i++) {
		const struct reach_medium *m = &by->medium[i];
		const struct channel *channel =
		    &n->recipients.directory.channel[m->address->channel];

		notify_words(n, m, field);
		check_words(n, n->routes.wordings.names.name[wording],
		    channel->medium.name, row->field[MESSAGE_PARTY]);
		message_set_number(row, MESSAGE_TRY, i + 1);
		message_set(row, MESSAGE_MEDIUM, channel->medium.name);
		message_set(row, MESSAGE_ADDRESS, m->address->text);
		message_set(row, MESSAGE_SUBJECT, buf_slice(&n->text.subject));
		message_set(row, MESSAGE_BODY, buf_slice(&n->text.body));
		put_row(n, keep);
	}
}
