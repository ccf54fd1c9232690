/*
 * A pass over what is due.  Each message has a slot while its command runs: one
 * that hangs holds up its slot and no more, and a medium has half of the slots
 * at most while messages of others wait.  What has happened is on disk before
 * its receipt is written; what can't be recorded ends the pass, because it
 * would be done again.
 */
#include <stdlib.h>

#include "carrier.h"
#include "clock.h"
#include "delivery.h"
#include "diag.h"
#include "mem.h"
#include "send_due.h"
#include "send_hand.h"

#define LOOK_MS 1000 /* with --watch, between two looks at what came in */
#define AVOIDED_S 30 /* until one is tried whose receiver let others wait */

/* A message whose command runs. */
struct slot {
	struct spool_item item;
	struct letter letter;
	struct slice medium, address; /* under way */
	bool busy;
	bool resort; /* it is dead, and this is the last resort */
};

struct pass {
	struct send *send;
	struct due_list due;
	struct carrier *carrier;
	struct slot *slot;
	struct delivery delivery;
	struct dict slow; /* medium and address of what timed out */
	struct buf key;   /* scratch */
	struct fault fault;
	bool failed; /* what happened could not be recorded */
};

static const struct means *
means_of(const struct pass *p, const struct letter *l)
{
	return means_find(&p->send->means, letter_field(l, MESSAGE_MEDIUM));
}

/* The receiver of an attempt, by which medium. */
static struct slice
receiver(struct pass *p, struct slice medium, struct slice address)
{
	buf_clear(&p->key);
	buf_addf(&p->key, "%.*s\t%.*s", SLICE_ARG(medium), SLICE_ARG(address));
	return buf_slice(&p->key);
}

static bool
is_slow(struct pass *p, struct slice medium, struct slice address)
{
	return dict_find(&p->slow, receiver(p, medium, address)) != DICT_NONE;
}

/* ---- the state of a message ---- */

/* Gives a message up; where that fails it is left for whoever comes next. */
static void
put(struct pass *p, struct slot *s, enum spool_where where, struct stamp at)
{
	s->busy = false;
	if (spool_put(&p->send->spool, &s->item, where, at, &p->fault) < 0) {
		send_fail(&p->fault);
		p->failed = true;
	}
}

/* Records what happened, and writes its receipts.  Returns 0 or -1. */
static int
record(struct pass *p, struct slot *s)
{
	if (send_record(
		p->send, &s->item, &s->letter, &p->delivery, &p->fault) == 0)
		return 0;
	p->failed = true;
	return send_fail(&p->fault);
}

/* Says that a message has reached nobody: status 3. */
static void
say_dead(const struct letter *l)
{
	struct slice id = letter_field(l, MESSAGE_RECORD);
	struct slice party = letter_field(l, MESSAGE_PARTY);
	struct slice name = letter_field(l, MESSAGE_ID);

	diag_say(STATUS_PARTIAL,
	    "%.*s: message %.*s has not reached %.*s: %.*s", SLICE_ARG(id),
	    SLICE_ARG(name), SLICE_ARG(party), SLICE_ARG(l->last.error));
}

/* Starts a command for a message.  Returns whether it runs. */
static bool
start(struct pass *p, struct slot *s, const struct means *means)
{
	struct delivery_outcome none = {
	    .verdict = MEANS_PERMANENT, .retry_after_s = -1};
	struct fault fault = {0};
	int got = hand_start(p->send, p->carrier, (size_t)(s - p->slot), means,
	    &s->letter, &fault);

	s->medium = letter_field(&s->letter, MESSAGE_MEDIUM);
	s->address = letter_field(&s->letter, MESSAGE_ADDRESS);
	s->busy = got == HAND_STARTED;
	if (got == HAND_NOT_NOW)
		none.verdict = MEANS_TEMPORARY;
	if (!s->busy && s->resort) {
		diag_say(STATUS_PARTIAL, "the last resort: %s",
		    buf_str(&fault.text));
	} else if (!s->busy) {
		none.error = buf_slice(&fault.text);
		delivery_attempted(
		    &p->delivery, &s->letter, &none, clock_now());
	}
	fault_release(&fault);
	return s->busy;
}

/* A message is dead: the last resort has its turn, if there is one. */
static void
bury(struct pass *p, struct slot *s)
{
	const struct means *resort =
	    means_find(&p->send->means, slice_of("last-resort"));

	say_dead(&s->letter);
	s->resort = true;
	if (resort == NULL || !start(p, s, resort))
		put(p, s, SPOOL_DEAD, clock_now());
}

/*
 * Goes on with a message until a command of it runs, or it is given up: here it
 * waits, or is over, or dead.
 */
static void
go_on(struct pass *p, struct slot *s)
{
	struct delivery *d = &p->delivery;
	struct letter *l = &s->letter;
	struct stamp until, now;

	while (!p->failed) {
		const struct means *means = means_of(p, l);

		now = clock_now();
		switch (delivery_next(d, l, means, now, &until)) {
		case DELIVERY_ATTEMPT:
			if (is_slow(p, letter_field(l, MESSAGE_MEDIUM),
				letter_field(l, MESSAGE_ADDRESS))) {
				now.s += AVOIDED_S;
				put(p, s, SPOOL_NEW, now);
				return;
			}
			if (start(p, s, means))
				return;
			break;
		case DELIVERY_RECORD:
			break;
		case DELIVERY_WAIT:
			put(p, s, SPOOL_NEW, until);
			return;
		case DELIVERY_OVER:
			put(p, s, SPOOL_DONE, l->last.at);
			return;
		case DELIVERY_DEAD:
			bury(p, s);
			return;
		}
		if (record(p, s) < 0)
			break;
	}
	/* Left in work: whoever comes next moves it back. */
	spool_item_release(&s->item);
	s->busy = false;
}

/* A command has ended. */
static void
finish(struct pass *p, const struct carrier_result *r)
{
	struct slot *s = &p->slot[r->slot];
	const struct means *means = means_of(p, &s->letter);
	struct delivery_outcome o = {.delivered = r->delivered,
	    .acknowledged = r->acknowledged,
	    .retry_after_s = r->retry_after_s,
	    .error = buf_slice(&r->error)};

	s->busy = false;
	if (s->resort) {
		if (r->status != 0)
			diag_say(STATUS_PARTIAL, "the last resort: %.*s",
			    SLICE_ARG(buf_slice(&r->error)));
		put(p, s, SPOOL_DEAD, clock_now());
		return;
	}
	o.verdict = means_judge(means, r);
	if (o.verdict == MEANS_DONE)
		o.error = (struct slice){"", 0};
	if (r->late)
		dict_add(&p->slow, receiver(p, s->medium, s->address), 0, NULL);
	delivery_attempted(&p->delivery, &s->letter, &o, clock_now());
	if (record(p, s) == 0)
		go_on(p, s);
	else
		spool_item_release(&s->item);
}

/* ---- which message goes next ---- */

/* Whether a message may have a slot now. */
static bool
may_start(void *ctx, const struct due *d)
{
	struct pass *p = ctx;
	size_t same = 0, all = p->send->own.jobs;

	for (size_t i = 0; i < all; i++) {
		if (p->slot[i].busy && slice_eq(p->slot[i].medium, d->medium))
			same++;
	}
	return same < (all + 1) / 2 || all == 1;
}

static bool
may_always(void *ctx, const struct due *d)
{
	(void)ctx;
	(void)d;
	return true;
}

/* Whether only messages of one medium are left and under way. */
static const struct due *
choose(struct pass *p)
{
	const struct due *d = due_take(&p->due, may_start, p);

	/* Nobody else wants the slots that are free. */
	if (d == NULL && carrier_busy(p->carrier) < p->send->own.jobs - 1)
		d = due_take(&p->due, may_always, p);
	return d;
}

static struct slot *
free_slot(struct pass *p)
{
	for (size_t i = 0; i < p->send->own.jobs; i++) {
		if (!p->slot[i].busy)
			return &p->slot[i];
	}
	return NULL;
}

/* Claims a message and goes on with it. */
static void
begin(struct pass *p, struct slot *s, const struct due *d)
{
	int got = spool_claim(
	    &p->send->spool, d->name, SPOOL_NEW, &s->item, &p->fault);

	s->resort = false;
	if (got > 0 &&
	    letter_read(
		&s->letter, buf_slice(&s->item.text), d->name, &p->fault) < 0)
		got = -1;
	if (got > 0)
		go_on(p, s);
	else if (got < 0)
		send_fail(&p->fault);
}

/* Whether no more is to be begun. */
static bool
is_stopped(const struct pass *p)
{
	struct input stop = {p->send->signals.stop, "stop"};

	return p->failed || p->send->filter.station.failed ||
	    input_is_ready(&stop);
}

/* Delivers all that is due. */
static void
work_off(struct pass *p)
{
	struct carrier_result *r;

	for (;;) {
		struct slot *s;

		while (!is_stopped(p) && p->due.left > 0 &&
		    (s = free_slot(p)) != NULL) {
			const struct due *d = choose(p);

			if (d == NULL)
				break;
			begin(p, s, d);
		}
		filter_flush(&p->send->filter);
		if (carrier_busy(p->carrier) == 0)
			return;
		if (carrier_wait(p->carrier, INT64_MAX, -1, &r) > 0)
			finish(p, r);
	}
}

/* ---- passes ---- */

/* Waits until the next message is due, or something may have come in. */
static void
rest(struct pass *p)
{
	int64_t ms = LOOK_MS;
	struct stamp now = clock_now();
	struct carrier_result *r;

	if (p->due.waits && p->due.next.s <= now.s)
		ms = 10;
	carrier_wait(p->carrier, clock_ticks() + ms, p->send->signals.stop, &r);
}

/* Passes, as many as are asked for. */
static void
pass_all(struct pass *p)
{
	const struct send_options *own = &p->send->own;

	do {
		dict_release(&p->slow);
		if (due_find(&p->due, clock_now()) < 0)
			return;
		if (p->due.n > 0)
			work_off(p);
		else if (own->watch)
			rest(p);
		else
			return;
	} while ((own->drain || own->watch) && !is_stopped(p));
}

void
send_pass(struct send *s)
{
	struct pass p = {.send = s};
	struct buf tmp = {0};

	buf_addf(&tmp, "%s/tmp", s->spool.dir);
	p.slot = mem_new(s->own.jobs, sizeof *p.slot);
	for (size_t i = 0; i < s->own.jobs; i++)
		p.slot[i].item.fd = -1;
	if (due_open(&p.due, s) == 0) {
		p.carrier = carrier_new(
		    s->own.jobs, clock_ticks, s->signals.child, buf_str(&tmp));
		pass_all(&p);
		carrier_free(p.carrier);
	}
	for (size_t i = 0; i < s->own.jobs; i++) {
		spool_item_release(&p.slot[i].item);
		letter_release(&p.slot[i].letter);
	}
	free(p.slot);
	due_release(&p.due);
	delivery_release(&p.delivery);
	dict_release(&p.slow);
	buf_release(&p.key);
	buf_release(&tmp);
	fault_release(&p.fault);
}
