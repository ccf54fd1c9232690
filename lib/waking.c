#include "waking.h"

#include <stdlib.h>

#include "digest.h"
#include "escape.h"

/* The group of a message, made where it is new. */
static struct waking_group *
find(struct wakings *w, const struct waking *m)
{
	struct buf key = {0};
	bool added;
	size_t at;

	buf_addf(&key, "%.*s\t", SLICE_ARG(m->status));
	buf_add_slice(&key, m->party->name);
	at = dict_add(&w->index, buf_slice(&key), w->n, &added);
	buf_release(&key);
	if (added) {
		w->group = mem_grow(w->group, w->n, &w->cap, sizeof *w->group);
		w->group[w->n++] =
		    (struct waking_group){.party = m->party, .ended_s = -1};
		buf_add_slice(&w->group[at].status, m->status);
	}
	return &w->group[at];
}

static void
set(struct buf *b, struct slice s)
{
	buf_clear(b);
	buf_add_slice(b, s);
}

/* Counts the incident of a message, unless it was the last one too. */
static void
add_incident(struct waking_group *g, struct slice id)
{
	if (id.n > 0 && g->incidents > 0 && slice_eq(buf_slice(&g->last), id))
		return;
	set(&g->last, id);
	if (g->incidents++ >= WAKING_IDS || id.n == 0)
		return;
	if (g->ids.n > 0)
		buf_add_str(&g->ids, ", ");
	buf_add_slice(&g->ids, id);
}

/* The start of the period that holds an instant. */
static int64_t
period_start(struct stamp t)
{
	return t.s / WAKING_PERIOD_S * WAKING_PERIOD_S;
}

/* The first end of a period that is not before an instant. */
static int64_t
period_end(struct stamp t)
{
	int64_t s = period_start(t);

	return t.s == s && t.ns == 0 ? s : s + WAKING_PERIOD_S;
}

struct waking_group *
wakings_add(struct wakings *w, const struct waking *m)
{
	struct waking_group *g = find(w, m);
	int64_t end_s;

	add_incident(g, m->id);
	if (g->n++ == 0 || m->rank < g->rank) {
		g->rank = m->rank;
		g->tell = m->tell;
		set(&g->first, m->row);
		set(&g->id, m->id);
		set(&g->role, m->role);
	}
	if (m->has_due && (!g->has_due || stamp_cmp(m->due, g->due) < 0)) {
		g->has_due = true;
		g->due = m->due;
	}
	end_s = period_end(m->at);
	if (end_s <= w->now.s && end_s > g->ended_s)
		g->ended_s = end_s;
	return g;
}

void
waking_ids(const struct waking_group *g, struct buf *out)
{
	buf_add_slice(out, buf_slice(&g->ids));
	if (g->incidents > WAKING_IDS)
		buf_addf(out, ", +%zu", g->incidents - WAKING_IDS);
}

void
waking_identity(const struct wakings *w, const struct waking_group *g,
    char out[OCCASION_ID + 1])
{
	struct stamp t = {
	    g->ended_s >= 0 ? g->ended_s : period_start(w->now), 0};
	struct buf text = {0}, name = {0};

	buf_add_slice(&text, buf_slice(&g->status));
	buf_add_str(&text, "\tsummary\t");
	buf_add_slice(&text, escape(g->party->name, &name));
	buf_add_char(&text, '\t');
	stamp_add(&text, t);
	digest_letters(buf_slice(&text), OCCASION_ID, out);
	buf_release(&text);
	buf_release(&name);
}

void
wakings_release(struct wakings *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct waking_group *g = &w->group[i];

		buf_release(&g->status);
		buf_release(&g->rows);
		buf_release(&g->ids);
		buf_release(&g->first);
		buf_release(&g->id);
		buf_release(&g->role);
		buf_release(&g->last);
	}
	free(w->group);
	dict_release(&w->index);
	*w = (struct wakings){0};
}
