/*
 * The cap on wakings of inc-notify: messages that wake somebody wait for the
 * end of the input, until it is known how many there are for each party; of
 * those over the cap one summary goes out.
 */
#include <stdlib.h>

#include "diag.h"
#include "escape.h"
#include "notify.h"

#define IDS_SHOWN 200 /* bytes of them in a notice; the words have more */

int
wakings_start(struct notify *n)
{
	n->wakings.now = n->messenger.when.now;
	columns_add_all(&n->summary, &n->filter.in.columns);
	n->count = columns_add(&n->summary, slice_of("count"));
	n->ids = columns_add(&n->summary, slice_of("ids"));
	return routes_bind_summary(
	    &n->messenger.routes, &n->summary, &n->pack.known, &n->fault);
}

/* How urgent the record under way is: its priority's place in codes. */
static size_t
rank(struct notify *n)
{
	struct buf scratch = {0};
	struct slice priority = unescape(
	    route_value(n->filter.in.field, n->messenger.occasions.priority),
	    &scratch);
	const struct code *code =
	    codes_find(&n->messenger.codes, slice_of("priority"), priority);
	size_t place = code != NULL ? (size_t)(code - n->messenger.codes.code)
				    : n->messenger.codes.n;

	buf_release(&scratch);
	return place;
}

/* Judges by which addresses the summary of a group goes to its party. */
static bool
reach_group(struct notify *n, const struct waking_group *g, struct reach *by,
    struct arena *arena)
{
	const struct occasion at = {.now = n->messenger.when.now,
	    .at = n->messenger.when.now,
	    .tell = g->tell};

	return recipients_reach(&n->messenger.recipients, &n->messenger.routes,
		   g->party, &at, n->messenger.routes.summary, by, arena) > 0;
}

bool
wakings_pass(void *notify, const struct recipient *to,
    const struct occasion *at, const struct stamp *due)
{
	struct notify *n = notify;
	const struct slice *in = n->filter.in.field;
	const struct occasions *occasions = &n->messenger.occasions;
	struct waking m = {.party = to->party,
	    .role = to->role,
	    .status = occasion_status(occasions, in),
	    .id = route_value(in, occasions->id),
	    .row = n->filter.in.row,
	    .tell = at->tell,
	    .at = at->at};
	struct waking_group *g;
	struct reach by;

	n->keep = NULL;
	/* A caller is told of his own report alone, so never of several. */
	if (n->most == 0 || !to->by.wakes || to->party == NULL)
		return true;
	m.rank = rank(n);
	m.has_due = due != NULL;
	if (m.has_due)
		m.due = *due;
	g = wakings_add(&n->wakings, &m);
	if (g->n == 1)
		g->summed =
		    reach_group(n, g, &by, &n->messenger.recipients.arena);
	if (!g->summed)
		return true;
	if (g->n <= n->most)
		n->keep = &g->rows;
	else
		buf_release(&g->rows);
	return n->keep != NULL;
}

static void
write_kept(struct notify *n, struct slice rows)
{
	struct slice line, field;

	while (rows.n > 0 && slice_split(&rows, '\n', &line)) {
		for (size_t i = 0; slice_split(&line, '\t', &field); i++)
			n->filter.field[i] = field;
		filter_write(&n->filter);
	}
}

/* The fields that the words of a summary may say; to be freed. */
static struct slice *
summary_fields(const struct notify *n, const struct waking_group *g,
    struct buf *count, struct buf *ids)
{
	struct slice *field = mem_new(n->summary.n, sizeof *field);
	struct slice row = buf_slice(&g->first);

	for (size_t i = 0; i < n->summary.n; i++) {
		if (!slice_split(&row, '\t', &field[i]))
			field[i] = (struct slice){"", 0};
	}
	buf_addf(count, "%zu", g->incidents);
	waking_ids(g, ids);
	field[n->count] = buf_slice(count);
	field[n->ids] = buf_slice(ids);
	return field;
}

/* Writes one message instead of all those of a group. */
static void
write_summary(
    struct notify *n, const struct waking_group *g, const struct reach *by)
{
	struct message *row = &n->messenger.message;
	struct buf count = {0}, ids = {0};
	struct slice *field = summary_fields(n, g, &count, &ids), shown;
	char identity[OCCASION_ID + 1];

	waking_identity(&n->wakings, g, identity);
	row->field[MESSAGE_ID] = slice_of(identity);
	row->field[MESSAGE_RECORD] = buf_slice(&g->id);
	row->field[MESSAGE_STATUS] = buf_slice(&g->status);
	message_set(row, MESSAGE_REASON, slice_of("summary"));
	message_set(row, MESSAGE_ROLE, g->role);
	message_set(row, MESSAGE_PARTY, g->party->name);
	message_set(row, MESSAGE_TELL, g->tell);
	message_set(row, MESSAGE_WORDING, slice_of("summary"));
	message_set(row, MESSAGE_ROUTE, slice_of("summary"));
	message_set_time(row, MESSAGE_DUE, g->has_due ? &g->due : NULL);
	n->keep = NULL;
	messenger_rows(&n->messenger, n->messenger.routes.summary, by, field);
	shown = slice_cut(buf_slice(&ids), IDS_SHOWN);
	diag_notice("%.*s: %zu wakings in one run, so one summary of %.*s%s",
	    SLICE_ARG(g->party->name), g->n, SLICE_ARG(shown),
	    shown.n < ids.n ? "..." : "");
	buf_release(&count);
	buf_release(&ids);
	free(field);
}

/* Names the most urgent incident of a group, for messages. */
static void
name_group(struct notify *n, const struct waking_group *g)
{
	buf_clear(&n->who);
	buf_add_slice(&n->who, buf_slice(&g->id));
	buf_clear(&n->messenger.status);
	unescape_add(&n->messenger.status, buf_slice(&g->status));
}

void
wakings_write(struct notify *n)
{
	struct arena arena = {0};

	for (size_t i = 0; i < n->wakings.n; i++) {
		const struct waking_group *g = &n->wakings.group[i];
		struct reach by;

		name_group(n, g);
		if (g->n <= n->most)
			write_kept(n, buf_slice(&g->rows));
		else if (!g->summed)
			diag_say(STATUS_PARTIAL,
			    "%.*s: %zu wakings in one run, as no medium has "
			    "a wording 'summary'",
			    SLICE_ARG(g->party->name), g->n);
		else if (reach_group(n, g, &by, &arena))
			write_summary(n, g, &by);
		arena_reset(&arena);
	}
	arena_release(&arena);
}
