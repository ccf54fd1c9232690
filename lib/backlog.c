#include "backlog.h"

#include <stdlib.h>

#include "escape.h"

/* The figures of the medium of a try. */
static struct backlog_count *
count_of(struct backlog *b, const struct letter *l, size_t try)
{
	struct buf scratch = {0};
	struct slice medium =
	    unescape(l->try[try].field[MESSAGE_MEDIUM], &scratch);
	size_t n = b->media.n, place = dict_add(&b->media, medium, n, NULL);

	buf_release(&scratch);
	if (place == n) {
		b->count = mem_grow(b->count, n, &b->cap, sizeof *b->count);
		b->count[n] = (struct backlog_count){0};
	}
	return &b->count[place];
}

/* Which figure a place and a state count for; 0: none. */
static size_t *
now_of(struct backlog_count *c, enum spool_where where, const struct letter *l)
{
	if (where == SPOOL_DEAD)
		return &c->dead;
	if (where == SPOOL_WORK)
		return &c->sending;
	if (where != SPOOL_NEW || l->withdrawn)
		return NULL;
	switch (l->last.delivery) {
	case LETTER_QUEUED:
	case LETTER_FAILED:
		return &c->waiting;
	case LETTER_HANDED_OVER:
	case LETTER_DELIVERED:
		return &c->unacknowledged;
	case LETTER_DEAD:
		return &c->dead;
	case LETTER_ACKNOWLEDGED:
	case LETTER_DROPPED:
	case LETTER_DELIVERIES:
		break;
	}
	return NULL; /* over, and soon moved */
}

static size_t *
past_of(struct backlog_count *c, const struct letter_event *e)
{
	switch (e->delivery) {
	case LETTER_HANDED_OVER:
		return &c->handed_over;
	case LETTER_DELIVERED:
		return &c->delivered;
	case LETTER_ACKNOWLEDGED:
		return &c->acknowledged;
	case LETTER_FAILED:
		return slice_eq(e->error, letter_withdrawn) ? NULL : &c->failed;
	case LETTER_QUEUED:
	case LETTER_DEAD:
	case LETTER_DROPPED:
	case LETTER_DELIVERIES:
		break;
	}
	return NULL;
}

static void
count_events(struct backlog *b, const struct letter *l, bool actual)
{
	struct backlog_count *sum = actual ? &b->all : &b->drills;

	for (size_t i = 0; i < l->nevents; i++) {
		const struct letter_event *e = &l->event[i];

		if (e->attempts > 0 && stamp_cmp(e->at, b->worked) > 0)
			b->worked = e->at;
		if (e->at.s < b->now.s - BACKLOG_PAST_S ||
		    past_of(sum, e) == NULL)
			continue;
		++*past_of(sum, e);
		if (actual)
			++*past_of(count_of(b, l, e->try), e);
	}
}

static struct slice
keep(struct backlog *b, struct slice field)
{
	field.p = arena_copy(&b->arena, field.p, field.n);
	return field;
}

/* Takes note of one that should have reached somebody by now. */
static void
count_overdue(struct backlog *b, const struct letter *l)
{
	struct stamp due;

	if (l->nhands > 0 ||
	    stamp_parse(letter_field(l, MESSAGE_DUE), &due) < 0 ||
	    stamp_cmp(due, b->now) >= 0)
		return;
	if (b->overdue++ > 0 && stamp_cmp(due, b->oldest.due) >= 0)
		return;
	b->oldest.message = keep(b, letter_field(l, MESSAGE_ID));
	b->oldest.id = keep(b, letter_field(l, MESSAGE_RECORD));
	b->oldest.party = keep(b, letter_field(l, MESSAGE_PARTY));
	b->oldest.due = due;
}

void
backlog_add(struct backlog *b, enum spool_where where, const struct letter *l,
    struct stamp at)
{
	bool actual = message_is_actual(letter_field(l, MESSAGE_STATUS));
	size_t *now = now_of(actual ? &b->all : &b->drills, where, l);

	count_events(b, l, actual);
	if (now == NULL)
		return;
	++*now;
	if (actual)
		++*now_of(count_of(b, l, l->last.try), where, l);
	if (now == &b->all.waiting || now == &b->all.sending)
		count_overdue(b, l);
	if (where == SPOOL_NEW &&
	    (!b->waits || stamp_cmp(at, b->waits_since) < 0)) {
		b->waits_since = at;
		b->waits = true;
	}
}

void
backlog_add_unreadable(struct backlog *b)
{
	b->unreadable++;
	b->all.dead++;
}

bool
backlog_is_stalled(const struct backlog *b)
{
	int64_t limit = b->now.s - BACKLOG_STALL_S;

	return b->waits && b->waits_since.s <= limit && b->worked.s <= limit;
}

bool
backlog_is_well(const struct backlog *b)
{
	return b->all.dead == 0 && b->overdue == 0 && !backlog_is_stalled(b);
}

void
backlog_release(struct backlog *b)
{
	dict_release(&b->media);
	arena_release(&b->arena);
	free(b->count);
	*b = (struct backlog){0};
}
