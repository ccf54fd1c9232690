/*
 * The cap on wakings of inc-notify: messages that wake somebody wait for the
 * end of the input, until it is known how many there are for each party; of
 * those over the cap one summary goes out.
 */
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "escape.h"
#include "notify.h"

#define IDS_SHOWN 200 /* bytes of them in a notice; the words have more */

int
wakings_start(struct notify *n)
{
	n->wakings.now = n->messenger.when.now;
	columns_add_all(&n->summary, &n->filter->in.columns);
	n->count = columns_add(&n->summary, slice_of("count"));
	n->ids = columns_add(&n->summary, slice_of("ids"));
	return routes_bind_summary(
	    &n->messenger.routes, &n->summary, &n->pack->known, &n->fault);
}

/* How urgent the record under way is: its priority's place in codes. */
static size_t
rank(struct notify *n)
{
	struct buf scratch = {0};
	struct slice priority = unescape(
	    route_value(n->filter->in.field, n->messenger.occasions.priority),
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

/* Adds a message to its group, which keeps its rows up to the cap. */
static struct waking_group *
add(struct notify *n, const struct waking *m)
{
	struct waking_group *g = wakings_add(&n->wakings, m);
	struct reach by;

	if (g->n == 1)
		g->summed =
		    reach_group(n, g, &by, &n->messenger.recipients.arena);
	if (g->n > n->most)
		buf_release(&g->rows);
	n->keep = &g->rows;
	return g;
}

static bool
is_over(const struct notify *n, const struct waking_group *g)
{
	return g->summed && g->n > n->most;
}

/*
 * The chief adds a message of a worker, when it is its turn.  Parts: its struct
 * waking, role, status, id, row.  Returns whether its rows are kept.
 */
static int
add_in_turn(void *notify, const struct slice *part)
{
	struct notify *n = notify;
	struct waking m;

	memcpy(&m, part[0].p, sizeof m);
	m.party =
	    directory_find(&n->messenger.recipients.directory, m.party->name);
	m.role = part[1];
	m.status = part[2];
	m.id = part[3];
	m.row = part[4];
	return !is_over(n, add(n, &m));
}

/*
 * A worker knows how many came before at least: those in his own blocks.  So of
 * what is over the cap he renders no more than the cap for each party.
 */
static enum messenger_want
pass_on(struct notify *n, const struct waking *m, const struct waking_group *g)
{
	const struct slice part[] = {
	    {(const char *)m, sizeof *m}, m->role, m->status, m->id, m->row};
	struct station *station = &n->filter->station;

	station_group(station, add_in_turn, n->chief, part, 5, &n->group);
	n->grouped = n->keeps && !is_over(n, g);
	if (n->grouped)
		return MESSENGER_MAYBE;
	return is_over(n, g) ? MESSENGER_NO : MESSENGER_YES;
}

enum messenger_want
wakings_pass(void *notify, const struct recipient *to,
    const struct occasion *at, const struct stamp *due)
{
	struct notify *n = notify;
	const struct slice *in = n->filter->in.field;
	const struct occasions *occasions = &n->messenger.occasions;
	struct waking m = {.party = to->party,
	    .role = to->role,
	    .status = occasion_status(occasions, in),
	    .id = route_value(in, occasions->id),
	    .row = n->filter->in.row,
	    .tell = at->tell,
	    .at = at->at};
	struct waking_group *g;

	n->keeps = false;
	if (n->filter->station.failed) /* what was said last is the end */
		return MESSENGER_NO;
	/* A caller is told of his own report alone, so never of several. */
	if (n->most == 0 || !to->by.wakes || to->party == NULL)
		return MESSENGER_YES;
	m.rank = rank(n);
	m.has_due = due != NULL;
	if (m.has_due)
		m.due = *due;
	g = add(n, &m);
	n->keeps = g->summed;
	if (n != n->chief)
		return pass_on(n, &m, g);
	return is_over(n, g) ? MESSENGER_NO : MESSENGER_YES;
}

/* Parts: rows. */
static int
keep_in_turn(void *notify, const struct slice *part)
{
	struct notify *n = notify;

	buf_add_slice(n->keep, part[0]);
	return 1;
}

void
wakings_keep(struct notify *n, const struct message *m)
{
	struct buf row = {0};
	struct slice part;

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		buf_add_slice(&row, m->field[i]);
		buf_add_char(&row, i + 1 < MESSAGE_COLUMNS ? '\t' : '\n');
	}
	part = buf_slice(&row);
	station_in_turn(&n->filter->station, keep_in_turn, n->chief, &part, 1);
	buf_release(&row);
}

void
wakings_done(void *notify)
{
	struct notify *n = notify;

	if (n->grouped)
		station_end_group(&n->filter->station, n->group);
	n->grouped = false;
}

static void
write_kept(struct notify *n, struct slice rows)
{
	struct slice line, field;

	while (rows.n > 0 && slice_split(&rows, '\n', &line)) {
		for (size_t i = 0; slice_split(&line, '\t', &field); i++)
			n->filter->field[i] = field;
		filter_write(n->filter);
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
	message_set(row, MESSAGE_ROLE, buf_slice(&g->role));
	message_set(row, MESSAGE_PARTY, g->party->name);
	message_set(row, MESSAGE_TELL, g->tell);
	message_set(row, MESSAGE_WORDING, slice_of("summary"));
	message_set(row, MESSAGE_ROUTE, slice_of("summary"));
	message_set_time(row, MESSAGE_DUE, g->has_due ? &g->due : NULL);
	n->keeps = false;
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
