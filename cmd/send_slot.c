/*
 * What becomes of a message that is due: it is claimed, its command runs, what
 * came of that is on disk before its receipt is written, and then it waits, or
 * is over, or dead.  What can't be recorded ends the pass, because it would be
 * done again.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "mem.h"
#include "send_hand.h"
#include "send_pass.h"

#define AVOIDED_S 30 /* until one is tried whose receiver let others wait */

const struct means *
pass_means(const struct pass *p, const struct letter *l)
{
	return means_find(&p->send->means, letter_field(l, MESSAGE_MEDIUM));
}

/* The receiver that a letter has under way, by which medium. */
static struct slice
receiver(struct pass *p, const struct letter *l)
{
	buf_clear(&p->key);
	buf_add_slice(&p->key, letter_field(l, MESSAGE_MEDIUM));
	buf_add_char(&p->key, '\t');
	buf_add_slice(&p->key, letter_field(l, MESSAGE_ADDRESS));
	return buf_slice(&p->key);
}

bool
slot_claim(struct pass *p, struct slot *s, const struct due *d)
{
	struct parcel *parcel = &s->parcel[s->n];
	int got = send_claim(p->send, d->name, SPOOL_NEW, &parcel->item,
	    &parcel->letter, &p->fault);

	if (got < 0)
		send_fail(&p->fault);
	s->n += got > 0;
	return got > 0;
}

void
slot_put(struct pass *p, struct parcel *parcel, enum spool_where where,
    struct stamp at)
{
	if (item_put(&p->send->spool, &parcel->item, where, at, &p->fault) <
	    0) {
		send_fail(&p->fault);
		p->failed = true;
	}
}

/* Records what happened, and writes its receipts.  Returns 0 or -1. */
static int
record(struct pass *p, struct parcel *parcel)
{
	if (send_record(p->send, &parcel->item, &parcel->letter, &p->delivery,
		&p->fault) == 0)
		return 0;
	p->failed = true;
	return send_fail(&p->fault);
}

/*
 * Says that a message has reached nobody, or that nobody has acknowledged it:
 * status 3.
 */
static void
say_dead(const struct letter *l)
{
	struct slice id = letter_field(l, MESSAGE_RECORD);
	struct slice party = letter_field(l, MESSAGE_PARTY);
	struct slice name = letter_field(l, MESSAGE_ID);

	diag_say(STATUS_PARTIAL, "%.*s: message %.*s %s %.*s: %.*s",
	    SLICE_ARG(id), SLICE_ARG(name),
	    l->nhands > 0 ? "was not acknowledged by" : "has not reached",
	    SLICE_ARG(party), SLICE_ARG(l->last.error));
}

/* Starts a command for the messages of a slot.  Returns as hand_start(). */
static int
start(
    struct pass *p, struct slot *s, const struct means *means, struct fault *f)
{
	const struct letter *l = &s->parcel[0].letter;
	int got = hand_start(p->send, p->carrier, (size_t)(s - p->slot), means,
	    bundle_message(&p->bundle, l), f);

	s->busy = got == HAND_STARTED;
	s->medium = letter_field(l, MESSAGE_MEDIUM);
	s->address = letter_field(l, MESSAGE_ADDRESS);
	return got;
}

/* The means of the last resort, or NULL. */
static const struct means *
last_resort(const struct pass *p)
{
	return means_find(&p->send->means, slice_of("last-resort"));
}

/* A message is dead: the last resort has its turn, if there is one. */
static void
bury(struct pass *p, struct slot *s)
{
	struct parcel *parcel = &s->parcel[0];
	const struct means *resort = last_resort(p);
	struct fault fault = {0};

	say_dead(&parcel->letter);
	s->resort = true;
	bundle_begin(&p->bundle, &parcel->letter);
	if (resort != NULL && start(p, s, resort, &fault) != HAND_STARTED)
		diag_say(STATUS_PARTIAL, "the last resort: %s",
		    buf_str(&fault.text));
	fault_release(&fault);
	if (!s->busy)
		slot_put(p, parcel, SPOOL_DEAD, clock_now());
}

/*
 * Records what has come of an attempt, for all messages of a slot, whatever
 * else could not be: each that is not is delivered again.  But the first, they
 * are looked at again by themselves.
 */
static void
take_outcome(struct pass *p, struct slot *s, const struct delivery_outcome *o)
{
	struct stamp now = clock_now();

	for (size_t i = 0; i < s->n; i++) {
		struct parcel *parcel = &s->parcel[i];

		delivery_attempted(&p->delivery, &parcel->letter, o, now);
		if (record(p, parcel) == 0 && i > 0)
			slot_put(p, parcel, SPOOL_NEW, now);
	}
	s->n = 1;
}

/*
 * Attempts to hand over the messages of a slot.  Returns false where the first
 * is to be looked at again, because it could not be; else its command runs, or
 * it waits.
 */
static bool
attempt(
    struct pass *p, struct slot *s, const struct means *means, struct stamp now)
{
	struct parcel *parcel = &s->parcel[0];
	struct delivery_outcome none = {
	    .verdict = MEANS_PERMANENT, .retry_after_s = -1};
	struct stamp until = {now.s + AVOIDED_S, now.ns};
	struct fault fault = {0};
	int got = 0;

	if (dict_find(&p->slow, receiver(p, &parcel->letter)) == DICT_NONE)
		got = throttle_slot(p, s, now, &until);
	if (got <= 0) {
		slot_put(p, parcel, SPOOL_NEW, until);
		return true;
	}
	got = start(p, s, means, &fault);
	if (got != HAND_STARTED) {
		none.error = buf_slice(&fault.text);
		if (got == HAND_NOT_NOW)
			none.verdict = MEANS_TEMPORARY;
		take_outcome(p, s, &none);
	}
	fault_release(&fault);
	return got == HAND_STARTED;
}

/* Goes on with the message of a slot until its command runs, or it waits. */
static void
go_on(struct pass *p, struct slot *s)
{
	struct parcel *parcel = &s->parcel[0];
	struct letter *l = &parcel->letter;
	struct stamp until, now;

	while (!p->failed) {
		const struct means *means = pass_means(p, l);

		now = clock_now();
		switch (delivery_next(&p->delivery, l, means, now, &until)) {
		case DELIVERY_ATTEMPT:
			if (attempt(p, s, means, now))
				return;
			break;
		case DELIVERY_RECORD:
			record(p, parcel);
			break;
		case DELIVERY_WAIT:
			slot_put(p, parcel, SPOOL_NEW, until);
			return;
		case DELIVERY_OVER:
			slot_put(p, parcel, SPOOL_DONE, l->last.at);
			return;
		case DELIVERY_DEAD:
			bury(p, s);
			return;
		}
	}
}

void
slot_begin(struct pass *p, struct slot *s, const struct due *d)
{
	s->n = 0;
	s->resort = false;
	if (slot_claim(p, s, d))
		go_on(p, s);
}

void
slot_finish(struct pass *p, struct slot *s, const struct answer *a)
{
	struct letter *l = &s->parcel[0].letter;
	struct delivery_outcome o = {.delivered = a->delivered,
	    .acknowledged = a->acknowledged,
	    .retry_after_s = a->retry_after_s,
	    .error = buf_slice(&a->error)};

	s->busy = false;
	if (s->resort) {
		if (means_judge(last_resort(p), a) != MEANS_DONE)
			diag_say(STATUS_PARTIAL, "the last resort: %.*s",
			    SLICE_ARG(buf_slice(&a->error)));
		slot_put(p, &s->parcel[0], SPOOL_DEAD, clock_now());
		return;
	}
	o.verdict = means_judge(pass_means(p, l), a);
	if (o.verdict == MEANS_DONE)
		o.error = (struct slice){"", 0};
	if (a->late)
		dict_add(&p->slow, receiver(p, l), 0, NULL);
	take_outcome(p, s, &o);
	go_on(p, s);
}

struct slot *
slots_new(size_t n)
{
	struct slot *slot = mem_new(n, sizeof *slot);

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < SLOT_MOST; k++)
			slot[i].parcel[k] =
			    (struct parcel){{.fd = -1}, {.ack_s = -1}};
	}
	return slot;
}

void
slots_free(struct slot *slot, size_t n)
{
	/* What is still claimed is left in work, for whoever comes next. */
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < SLOT_MOST; k++) {
			item_release(&slot[i].parcel[k].item);
			letter_release(&slot[i].parcel[k].letter);
		}
	}
	free(slot);
}
