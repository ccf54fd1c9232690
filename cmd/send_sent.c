#include "send_sent.h"

#include <stdlib.h>

#include "address.h"
#include "escape.h"
#include "ids.h"

/* ---- all ---- */

/* Keeps the text that a field stands for. */
static struct slice
keep(struct sent_list *l, struct slice field)
{
	struct buf scratch = {0};
	struct slice text = unescape(field, &scratch);

	text.p = arena_copy(&l->arena, text.p, text.n);
	buf_release(&scratch);
	return text;
}

/* Adds the message in s->letter. */
static void
add(struct sent_list *l, const char *name, const struct letter *letter,
    bool over)
{
	struct sent *m;

	l->sent = mem_grow(l->sent, l->n, &l->cap, sizeof *l->sent);
	m = &l->sent[l->n++];
	*m = (struct sent){.name = arena_copy(&l->arena, name, strlen(name)),
	    .id = keep(l, letter_field(letter, MESSAGE_RECORD)),
	    .n = letter->n,
	    .queued = letter->queued,
	    .handed_over = letter->nhands > 0};
	m->address = arena_new(&l->arena, m->n * sizeof *m->address);
	for (size_t i = 0; i < m->n; i++)
		m->address[i] = keep(l, letter->try[i].field[MESSAGE_ADDRESS]);
	if (m->handed_over)
		m->handed = letter->hand[letter->nhands - 1].at;
	m->waits = m->handed_over && !over &&
	    letter->last.delivery != LETTER_ACKNOWLEDGED;
}

int
sent_load(struct sent_list *l, struct send *s, struct stamp since)
{
	struct founds all = {0};
	enum spool_where where;

	if (send_find_all(s, since, &all) < 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const char *name = all.found[i].name;

		if (send_read_each(s, name, &where))
			add(l, name, &s->letter,
			    where == SPOOL_DONE || where == SPOOL_DEAD);
	}
	founds_release(&all);
	return 0;
}

void
sent_settle(struct sent_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->sent[i].name, name) == 0)
			l->sent[i].waits = false;
	}
}

void
sent_release(struct sent_list *l)
{
	arena_release(&l->arena);
	free(l->sent);
	*l = (struct sent_list){.n = 0};
}

/* ---- some ---- */

static bool
is_for(const struct sent *m, struct slice address)
{
	for (size_t i = 0; i < m->n; i++) {
		if (address_same(m->address[i], address))
			return true;
	}
	return false;
}

void
sent_some(struct sent_some *some, const struct sent_list *l)
{
	some->n = 0;
	for (size_t i = 0; i < l->n; i++) {
		some->sent = mem_grow(
		    some->sent, some->n, &some->cap, sizeof *some->sent);
		some->sent[some->n++] = l->sent[i];
	}
}

void
sent_keep_address(struct sent_some *some, struct slice address)
{
	size_t n = 0;

	for (size_t i = 0; i < some->n; i++) {
		if (is_for(&some->sent[i], address))
			some->sent[n++] = some->sent[i];
	}
	some->n = n;
}

/* An incident that may be meant. */
struct meant {
	struct slice id;
	struct stamp first; /* when the first message about it came in */
	bool waits;
};

/* What some messages say of an incident. */
static struct meant
sum_up(const struct sent_some *some, struct slice id)
{
	struct meant m = {id, {STAMP_MAX_S, 0}, false};

	for (size_t i = 0; i < some->n; i++) {
		const struct sent *sent = &some->sent[i];

		if (!slice_eq(sent->id, id))
			continue;
		if (stamp_cmp(sent->queued, m.first) < 0)
			m.first = sent->queued;
		m.waits = m.waits || sent->waits;
	}
	return m;
}

struct slice
sent_meant(const struct sent_some *some, struct slice shorter)
{
	struct meant best = {{"", 0}, {0, 0}, false};

	for (size_t i = 0; i < some->n; i++) {
		struct slice id = some->sent[i].id;
		struct meant m;

		if (slice_eq(id, shorter))
			return id;
		if (slice_eq(id, best.id) || !ids_match(id, shorter))
			continue;
		m = sum_up(some, id);
		if (best.id.n == 0 || (m.waits && !best.waits) ||
		    (m.waits == best.waits &&
			stamp_cmp(m.first, best.first) > 0))
			best = m;
	}
	return best.id;
}

void
sent_likely(const struct sent_some *some, struct dict *ids)
{
	for (int waits = 1; waits >= 0 && ids->n == 0; waits--) {
		for (size_t i = 0; i < some->n; i++) {
			const struct sent *m = &some->sent[i];

			if (m->waits == (waits > 0) && m->id.n > 0)
				dict_add(ids, m->id, ids->n, NULL);
		}
	}
}

void
sent_keep_key(struct sent_some *some, struct slice key)
{
	size_t n = 0;

	for (size_t i = 0; i < some->n; i++) {
		const char *name = some->sent[i].name;

		if (strlen(name) >= key.n && memcmp(name, key.p, key.n) == 0)
			some->sent[n++] = some->sent[i];
	}
	some->n = n;
}

/* Whether a message came later than another. */
static bool
is_newer(const struct sent *a, const struct sent *b)
{
	if (a->handed_over != b->handed_over)
		return a->handed_over;
	return a->handed_over ? stamp_cmp(a->handed, b->handed) > 0
			      : stamp_cmp(a->queued, b->queued) > 0;
}

void
sent_keep_incident(struct sent_some *some, struct slice id)
{
	struct sent newest = {.name = NULL};
	size_t n = 0;

	for (size_t i = 0; i < some->n; i++) {
		struct sent m = some->sent[i];

		if (!slice_eq(m.id, id))
			continue;
		if (newest.name == NULL || is_newer(&m, &newest))
			newest = m;
		if (m.waits)
			some->sent[n++] = m;
	}
	if (n == 0 && newest.name != NULL)
		some->sent[n++] = newest;
	some->n = n;
}
