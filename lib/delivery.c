#include "delivery.h"

#include "blank.h"
#include "duration.h"
#include "escape.h"
#include "hash.h"

#define FIRST_S 30             /* to the second attempt */
#define LONGEST_S 3600         /* between two attempts */
#define LEAST_S 600            /* that a medium has, however late it is */
#define LASTS_S INT64_C(86400) /* where no `due` is said */

static struct stamp
later(struct stamp t, int64_t s)
{
	t.s = s > STAMP_MAX_S - t.s ? STAMP_MAX_S : t.s + s;
	return t;
}

static bool
is_last(const struct letter *l)
{
	return l->last.try + 1 == l->n;
}

/* Until when a medium is tried. */
static struct stamp
limit(const struct letter *l)
{
	int64_t left = (int64_t)(l->n - l->last.try);
	struct stamp end;
	int64_t share;

	if (l->ack_s >= 0 && !is_last(l))
		return later(l->since, l->ack_s);
	if (stamp_parse(letter_field(l, MESSAGE_DUE), &end) < 0)
		end = later(l->queued, LASTS_S);
	share = (end.s - l->since.s) / left;
	return later(l->since, share > LEAST_S ? share : LEAST_S);
}

/* Seconds to the attempt after so many. */
static int64_t
pause(const struct letter *l, uint64_t attempts)
{
	static const struct hash_key key = {{0, 0}};
	int64_t s = LONGEST_S;
	uint64_t chance;

	if (attempts < 8 && (int64_t)FIRST_S << (attempts - 1) < LONGEST_S)
		s = (int64_t)FIRST_S << (attempts - 1);
	/* So that what failed together does not come together again. */
	chance = hash_of(&key, letter_field(l, MESSAGE_ID)) ^ attempts;
	return s - s / 5 + (int64_t)(chance % (uint64_t)(2 * s / 5 + 1));
}

static void
begin(struct delivery *d)
{
	d->n = 0;
	buf_clear(&d->error);
}

/* Adds an event of the try under way. */
static struct letter_event *
add(struct delivery *d, const struct letter *l, enum letter_delivery delivery,
    uint64_t attempts, struct stamp now)
{
	struct letter_event *e = &d->event[d->n++];

	*e = (struct letter_event){.at = now,
	    .try = l->last.try,
	    .delivery = delivery,
	    .attempts = attempts,
	    .next = now,
	    .error = buf_slice(&d->error)};
	return e;
}

/* The try under way has failed: the next one, or none is left. */
static void
fail(struct delivery *d, const struct letter *l, uint64_t attempts,
    struct stamp now)
{
	struct letter_event *next;

	add(d, l, LETTER_FAILED, attempts, now);
	if (is_last(l)) {
		add(d, l, LETTER_DEAD, attempts, now);
		return;
	}
	next = add(d, l, LETTER_QUEUED, 0, now);
	next->try++;
	next->error = (struct slice){"", 0};
}

bool
delivery_awaits(const struct letter *l, const struct means *means)
{
	return (l->last.delivery == LETTER_HANDED_OVER ||
		   l->last.delivery == LETTER_DELIVERED) &&
	    l->ack_s >= 0 && means != NULL && means->acknowledges;
}

/* The step for one that was handed over. */
static enum delivery_step
after_hand(struct delivery *d, const struct letter *l,
    const struct means *means, struct stamp now, struct stamp *until)
{
	if (!delivery_awaits(l, means))
		return DELIVERY_OVER;
	*until = later(l->last.at, l->ack_s);
	if (stamp_cmp(now, *until) < 0)
		return DELIVERY_WAIT;
	buf_add_str(&d->error, "not acknowledged within ");
	duration_add(&d->error, l->ack_s);
	fail(d, l, l->last.attempts, now);
	return DELIVERY_RECORD;
}

enum delivery_step
delivery_next(struct delivery *d, const struct letter *l,
    const struct means *means, struct stamp now, struct stamp *until)
{
	begin(d);
	switch (l->last.delivery) {
	case LETTER_QUEUED:
		*until = l->last.next;
		if (stamp_cmp(now, *until) < 0)
			return DELIVERY_WAIT;
		if (!blank_is(l, l->last.try))
			return DELIVERY_ATTEMPT;
		delivery_withdraw(d, l, now);
		return DELIVERY_RECORD;
	case LETTER_HANDED_OVER:
	case LETTER_DELIVERED:
		return after_hand(d, l, means, now, until);
	case LETTER_FAILED:
		if (l->withdrawn)
			return DELIVERY_OVER;
		/* Who wrote this died before the line that follows. */
		buf_add_slice(&d->error, l->last.error);
		fail(d, l, l->last.attempts, now);
		return DELIVERY_RECORD;
	case LETTER_DEAD:
		return DELIVERY_DEAD;
	case LETTER_ACKNOWLEDGED:
	case LETTER_DROPPED:
	case LETTER_DELIVERIES:
		break;
	}
	return DELIVERY_OVER;
}

/* The next attempt of this try, where there is time for one. */
static void
defer(struct delivery *d, const struct letter *l, uint64_t attempts,
    int64_t after_s, struct stamp now)
{
	int64_t s = pause(l, attempts);
	struct stamp end = limit(l), next;

	next = later(now, after_s > s ? after_s : s);
	/* Where no other is left, the last attempt is made at the end. */
	if (is_last(l) && stamp_cmp(next, end) > 0 && now.s < end.s)
		next = end;
	if (stamp_cmp(next, end) > 0)
		fail(d, l, attempts, now);
	else
		add(d, l, LETTER_QUEUED, attempts, now)->next = next;
}

void
delivery_attempted(struct delivery *d, const struct letter *l,
    const struct delivery_outcome *o, struct stamp now)
{
	uint64_t attempts = l->last.attempts + 1;

	begin(d);
	escape_add(&d->error, o->error);
	switch (o->verdict) {
	case MEANS_DONE:
		add(d, l,
		    o->acknowledged    ? LETTER_ACKNOWLEDGED
			: o->delivered ? LETTER_DELIVERED
				       : LETTER_HANDED_OVER,
		    attempts, now);
		break;
	case MEANS_TEMPORARY:
		defer(d, l, attempts, o->retry_after_s, now);
		break;
	case MEANS_PERMANENT:
		fail(d, l, attempts, now);
		break;
	}
}

void
delivery_again(struct delivery *d, const struct letter *l, struct stamp now)
{
	begin(d);
	add(d, l, LETTER_QUEUED, 0, now)->try = blank_first(l);
}

void
delivery_drop(struct delivery *d, const struct letter *l, struct slice why,
    struct stamp now)
{
	begin(d);
	escape_add(&d->error, why);
	add(d, l, LETTER_DROPPED, l->last.attempts, now);
}

void
delivery_withdraw(struct delivery *d, const struct letter *l, struct stamp now)
{
	begin(d);
	if (l->last.delivery != LETTER_QUEUED)
		return;
	buf_add_slice(&d->error, letter_withdrawn);
	add(d, l, LETTER_FAILED, l->last.attempts, now);
}

void
delivery_acknowledge(struct delivery *d, const struct letter *l, size_t try,
    struct slice words, struct stamp now)
{
	struct letter_event *e;

	begin(d);
	escape_add(&d->error, words);
	e = add(d, l, LETTER_ACKNOWLEDGED, 0, now);
	e->try = try;
	for (size_t i = 0; i < l->nevents; i++) {
		if (l->event[i].try == try)
			e->attempts = l->event[i].attempts;
	}
}

void
delivery_release(struct delivery *d)
{
	buf_release(&d->error);
	*d = (struct delivery){0};
}
