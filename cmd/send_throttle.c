/*
 * How much a party gets.  What it had is what the letters of the spool say; one
 * that is over its throttle waits for the window to open.  The last message
 * that a window lets through takes all others for the same receiver along that
 * are due and fit: so they are told late, but none is dropped.
 */
#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "send_pass.h"

/* Takes note of what the party of a letter had. */
static void
count(struct throttle *t, const struct letter *l)
{
	for (size_t i = 0; i < l->nhands; i++) {
		const struct slice *field = l->try[l->hand[i].try].field;

		throttle_note(t, field[MESSAGE_MEDIUM], field[MESSAGE_PARTY],
		    l->hand[i].at);
	}
}

/* The longest window of any medium. */
static int64_t
longest(const struct means_list *l)
{
	int64_t s = 0;

	for (size_t i = 0; i < l->n; i++) {
		for (size_t w = 0; w < l->means[i].nwindows; w++) {
			if (l->means[i].window[w].span_s > s)
				s = l->means[i].window[w].span_s;
		}
	}
	return s;
}

/*
 * Learns what everybody had; what can't be read counts not, since one too many
 * is better than none.  Returns 0, or -1 after saying why.
 */
static int
count_all(struct pass *p, struct stamp now)
{
	struct send *s = p->send;
	struct stamp since = {now.s - longest(&s->means), 0};
	struct founds all = {0};
	enum spool_where where;

	throttle_release(&p->throttle);
	if (send_find_all(s, since, &all) < 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (send_read_each(s, all.found[i].name, &where))
			count(&p->throttle, &s->letter);
	}
	founds_release(&all);
	p->counted = true;
	return 0;
}

/* Whether a message is for the same receiver as that of a slot. */
static bool
is_alike(void *ctx, const struct due *d)
{
	const struct slot *s = ctx;
	const struct letter *l = &s->parcel[0].letter;

	return slice_eq(d->medium, letter_field(l, MESSAGE_MEDIUM)) &&
	    slice_eq(d->address, letter_field(l, MESSAGE_ADDRESS)) &&
	    slice_eq(d->party, letter_field(l, MESSAGE_PARTY)) &&
	    slice_eq(d->status, letter_field(l, MESSAGE_STATUS));
}

/* Adds to the slot what goes along. */
static void
gather(struct pass *p, struct slot *s, const struct means *means)
{
	const struct due *d;
	struct stamp until;

	while (
	    s->n < SLOT_MOST && (d = due_take(&p->due, is_alike, s)) != NULL) {
		struct parcel *other = &s->parcel[s->n];

		if (!slot_claim(p, s, d))
			continue;
		if (delivery_next(&p->delivery, &other->letter, means,
			clock_now(), &until) == DELIVERY_ATTEMPT &&
		    bundle_add(&p->bundle, means, &other->letter))
			continue;
		s->n--;
		slot_put(p, other, SPOOL_NEW, d->at);
	}
}

int
throttle_slot(
    struct pass *p, struct slot *s, struct stamp now, struct stamp *until)
{
	const struct letter *l = &s->parcel[0].letter;
	const struct means *means = pass_means(p, l);
	struct slice party = letter_field(l, MESSAGE_PARTY);
	struct buf scratch = {0};
	bool free = means == NULL ||
	    !means_throttles(
		means, unescape(letter_field(l, MESSAGE_TELL), &scratch));
	size_t room;

	buf_release(&scratch);
	bundle_begin(&p->bundle, l);
	if (free)
		return 1;
	if (!p->counted && count_all(p, now) < 0)
		return -1;
	room = throttle_room(&p->throttle, means, party, now, until);
	if (room == 0)
		return 0;
	/* What is on its way counts too. */
	throttle_note(&p->throttle, means->medium, party, now);
	if (room == 1)
		gather(p, s, means);
	return 1;
}
