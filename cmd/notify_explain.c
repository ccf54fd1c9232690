/*
 * inc-notify --explain: in prose, for each record, the route of each reason
 * and why not an earlier one, who was found, and by which addresses.
 */
#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "notify.h"
#include "output.h"

/* Writes the line in n->prose, so that a terminal only shows it. */
static void
end_line(struct notify *n)
{
	struct buf line = {0};

	inert_add(&line, buf_slice(&n->prose));
	buf_add_char(&line, '\n');
	output_add(&n->filter->station.out.out, buf_slice(&line));
	buf_clear(&n->prose);
	buf_release(&line);
}

static void
add_time(struct notify *n, const char *before, struct stamp t)
{
	buf_add_str(&n->prose, before);
	stamp_add(&n->prose, t);
}

/* Writes what stood in the way; it counts as it does for messages. */
static void
say(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;

	buf_add_str(&n->prose, "    ");
	buf_add_slice(&n->prose, buf_slice(&f->text));
	end_line(n);
	diag_count(STATUS_PARTIAL);
}

/* ---- the route ---- */

static void
explain_condition(struct notify *n, const struct route *route)
{
	size_t before = n->prose.n;

	when_facts(route->when, n->filter->in.field, &n->prose);
	if (n->prose.n == before)
		buf_add_str(&n->prose,
		    when_is_always(route->when) ? "always" : "names no column");
	end_line(n);
}

/* Takes the route of a reason and writes why: NULL where none holds. */
static const struct route *
explain_route(struct notify *n, size_t reason)
{
	struct slice name = n->messenger.routes.reasons.name[reason];
	const struct route *taken = routes_take(&n->messenger.routes, reason,
	    n->filter->in.field, &n->messenger.when, say, n);

	if (taken == NULL) {
		buf_addf(&n->prose, "  %.*s: no route", SLICE_ARG(name));
		end_line(n);
	} else {
		buf_addf(&n->prose, "  %.*s: ", SLICE_ARG(taken->name));
		explain_condition(n, taken);
	}
	for (size_t i = 0; i < n->messenger.routes.n; i++) {
		const struct route *route = &n->messenger.routes.route[i];

		if (route == taken)
			break;
		if (route->reason != reason)
			continue;
		buf_addf(&n->prose, "    not %.*s: ", SLICE_ARG(route->name));
		explain_condition(n, route);
	}
	return taken;
}

/* ---- the occasion ---- */

static const char *
tell_source(struct notify *n, const struct route *route)
{
	struct slice priority =
	    route_value(n->filter->in.field, n->messenger.occasions.priority);
	struct buf scratch = {0};
	const struct target *target = targets_find(
	    &n->messenger.occasions.targets, unescape(priority, &scratch));

	buf_release(&scratch);
	if (route->tell.n > 0)
		return "the route";
	return target != NULL && target->tell.n > 0
	    ? "the priority's target"
	    : "what is unknown counts as urgent";
}

static void
explain_occasion(
    struct notify *n, const struct route *route, const struct occasion *at)
{
	if (occasion_check(at, &n->fault) < 0)
		say(n, &n->fault);
	add_time(n, "    since ", at->fact);
	if (at->n > 0)
		buf_addf(&n->prose, ", repeat %llu", (unsigned long long)at->n);
	if (route->hold != NULL)
		add_time(n, ", at the opening ", at->at);
	else if (at->n > 0)
		add_time(n, " at ", at->at);
	buf_addf(&n->prose, "; tell %.*s: %s", SLICE_ARG(at->tell),
	    tell_source(n, route));
	end_line(n);
	if (route->hold == NULL || !at->held)
		return;
	add_time(n, "    held until ", at->until);
	buf_addf(&n->prose, ": it wakes nobody, and %.*s is closed; then:",
	    SLICE_ARG(route->hold->name));
	end_line(n);
}

/* ---- who ---- */

/* Who holds a role, those of one order together. */
static void
explain_team(struct notify *n, struct slice role, struct stamp at)
{
	struct roster_team team = {0};

	if (!roster_has(&n->messenger.recipients.roster, role))
		return;
	roster_on_call(&n->messenger.recipients.roster, role, at, &team);
	add_time(n, ": on call at ", at);
	buf_add_str(&n->prose, team.n > 0 ? ":" : ": nobody");
	for (size_t i = 0; i < team.n; i++) {
		if (i > 0 && team.order[i] != team.order[i - 1])
			buf_add_str(&n->prose, "; where none is reached:");
		buf_addf(&n->prose, " %.*s", SLICE_ARG(team.party[i]));
	}
	roster_team_release(&team);
}

/* Whom the route names, and who that is. */
static void
explain_to(struct notify *n, const struct route_to *to, struct stamp at)
{
	struct buf scratch = {0};
	struct slice name = to->name;

	if (to->column.name.n > 0) {
		name =
		    unescape(route_value(n->filter->in.field, to->column.index),
			&scratch);
		buf_addf(&n->prose, "    to {%.*s}", SLICE_ARG(to->name));
		if (!to->caller)
			buf_addf(&n->prose, ", '%.*s'", SLICE_ARG(name));
	} else {
		buf_addf(&n->prose, "    to %.*s", SLICE_ARG(name));
	}
	if (!to->caller)
		explain_team(n, name, at);
	end_line(n);
	buf_release(&scratch);
}

/* ---- by what ---- */

/* What the words would lack or lose. */
static void
explain_words(struct notify *n, const struct reach_medium *m)
{
	const struct wording_text *t = &n->messenger.text;
	size_t lost;

	messenger_words(&n->messenger, m, n->filter->in.field);
	lost = t->said.shortened + t->cut;
	if (t->said.missing > 0)
		buf_addf(&n->prose, ", no value for '%.*s'",
		    SLICE_ARG(t->said.missing_column));
	if (lost > 0)
		buf_addf(&n->prose, ", shortened by %zu", lost);
	if (t->over)
		buf_add_str(&n->prose, ", over the limit");
}

static void
explain_medium(struct notify *n, const struct route *route,
    const struct occasion *at, const struct reach *by, size_t i)
{
	const struct reach_medium *m = &by->medium[i];
	const struct channel *channel =
	    &n->messenger.recipients.directory.channel[m->address->channel];

	if (i < by->n)
		buf_addf(&n->prose, "      %zu ", i + 1);
	else
		buf_add_str(&n->prose, "      - ");
	buf_addf(&n->prose, "%.*s to %.*s: ", SLICE_ARG(channel->medium.name),
	    SLICE_ARG(m->address->text));
	if (m->left == REACH_NO_WORDS)
		buf_addf(&n->prose, "no wording '%.*s'",
		    SLICE_ARG(n->messenger.routes.wordings.names
				  .name[route->wording]));
	else
		buf_addf(&n->prose, "%s for %.*s, %s%s",
		    m->serves     ? "serves"
			: by->any ? "nothing serves"
				  : "does not serve",
		    SLICE_ARG(at->tell), m->open ? "open" : "out of hours",
		    m->left == REACH_CLOSED ? ", and nobody is woken" : "");
	if (i < by->n)
		explain_words(n, m);
	end_line(n);
}

static void
explain_recipient(struct notify *n, const struct route *route,
    const struct occasion *at, const struct recipient *to)
{
	struct stamp due;
	bool has_due = occasion_due(at, route, to->by.at, &due) > 0;

	buf_addf(&n->prose, "    %.*s", SLICE_ARG(to->name));
	if (to->role.n > 0)
		buf_addf(&n->prose, " for %.*s", SLICE_ARG(to->role));
	if (has_due)
		add_time(n, ", due ", due);
	if (to->by.held)
		add_time(n, ", held until something answers at ", to->by.until);
	if (to->by.wakes)
		buf_add_str(&n->prose, ", a waking");
	end_line(n);
	for (size_t i = 0; i < to->by.all; i++)
		explain_medium(n, route, at, &to->by, i);
	if (!at->held && !to->by.held)
		wakings_pass(n, to, at, has_due ? &due : NULL);
}

static void
explain_reason(struct notify *n, size_t reason)
{
	const struct route *route = explain_route(n, reason);
	struct occasion at;
	size_t count;

	if (route == NULL)
		return;
	occasion_read(&n->messenger.occasions, route, n->filter->in.field,
	    n->messenger.when.now, &at);
	explain_occasion(n, route, &at);
	for (size_t i = 0; i < route->nto; i++)
		explain_to(n, &route->to[i], at.at);
	count = recipients_find(&n->messenger.recipients, &n->messenger.routes,
	    route, &at, n->filter->in.field, say, n);
	for (size_t i = 0; i < count; i++)
		explain_recipient(
		    n, route, &at, &n->messenger.recipients.found[i]);
}

void
explain_record(struct notify *n)
{
	buf_add_slice(&n->prose, buf_slice(&n->who));
	end_line(n);
	for (size_t i = 0; i < n->messenger.routes.reasons.n; i++) {
		if (notify_counts(n, i))
			explain_reason(n, i);
	}
	if (n->filter->station.out.line_buffered)
		filter_flush(n->filter);
}

void
explain_wakings(struct notify *n)
{
	for (size_t i = 0; i < n->wakings.n; i++) {
		const struct waking_group *g = &n->wakings.group[i];

		if (g->n <= n->most || !g->summed)
			continue;
		buf_addf(&n->prose,
		    "%.*s: %zu wakings, over %llu, so one summary of ",
		    SLICE_ARG(g->party->name), g->n, n->most);
		waking_ids(g, &n->prose);
		end_line(n);
	}
}
