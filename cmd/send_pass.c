/*
 * A pass over what is due.  Each message has a slot while its command runs: one
 * that hangs holds up its slot and no more, and a medium has half of the slots
 * at most while messages of others wait.
 */
#include "send_pass.h"

#include "clock.h"
#include "diag.h"
#include "input.h"
#include "terminal.h"

#define LOOK_MS 1000 /* with --watch, between two looks at what came in */

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

/* Whether others come while a pass goes on. */
static bool
goes_on(const struct pass *p)
{
	return p->send->own.drain || p->send->own.watch;
}

/*
 * What goes next.  Where all that are left are of media that have their share,
 * nobody else wants the slots that are free; but one is kept for what comes in.
 */
static const struct due *
choose(struct pass *p)
{
	const struct due *d = due_take(&p->due, may_start, p);
	size_t kept = goes_on(p) && p->send->own.jobs > 1 ? 1 : 0;

	if (d == NULL && carrier_busy(p->carrier) + kept < p->send->own.jobs)
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

/* Whether no more is to be begun. */
static bool
is_stopped(const struct pass *p)
{
	struct input stop = {p->send->signals.stop, "stop"};

	return p->failed || p->send->filter.station.out.out.failed ||
	    input_is_ready(&stop);
}

/* Fills the slots that are free. */
static void
fill(struct pass *p)
{
	const struct due *d;
	struct slot *s;

	while (!is_stopped(p) && p->due.left > 0 &&
	    (s = free_slot(p)) != NULL && (d = choose(p)) != NULL)
		slot_begin(p, s, d);
}

static void
show(const struct pass *p)
{
	terminal_progress("%s: %zu attempts, %zu under way, %zu to come",
	    diag_program(), p->finished, carrier_busy(p->carrier), p->due.left);
}

/* Delivers all that is due, and where the pass goes on, what comes to be so. */
static void
work_off(struct pass *p)
{
	const struct answer *answer;
	size_t slot;

	for (;;) {
		int64_t until =
		    goes_on(p) ? clock_ticks() + LOOK_MS : INT64_MAX;

		fill(p);
		filter_flush(&p->send->filter);
		if (carrier_busy(p->carrier) == 0)
			break;
		show(p);
		answer = carrier_wait(p->carrier, until, -1, &slot);
		if (answer != NULL) {
			slot_finish(p, &p->slot[slot], answer);
			p->finished++;
		} else if (due_find(&p->due, clock_now()) < 0)
			break;
	}
	terminal_progress(NULL);
}

/* ---- passes ---- */

/* Waits until the next message is due, or something may have come in. */
static void
rest(struct pass *p)
{
	int64_t ms = LOOK_MS;
	struct stamp now = clock_now();
	size_t slot;

	if (p->due.waits && p->due.next.s <= now.s)
		ms = 10;
	carrier_wait(
	    p->carrier, clock_ticks() + ms, p->send->signals.stop, &slot);
}

/* Passes, as many as are asked for. */
static void
pass_all(struct pass *p)
{
	const struct send_options *own = &p->send->own;

	do {
		dict_release(&p->slow);
		p->counted = false;
		if (due_find(&p->due, clock_now()) < 0)
			return;
		if (p->due.n > 0)
			work_off(p);
		else if (own->watch)
			rest(p);
		else
			return;
	} while (goes_on(p) && !is_stopped(p));
}

void
send_pass(struct send *s)
{
	struct pass p = {.send = s};
	struct buf tmp = {0};

	spool_set_path(&s->spool, &tmp, "tmp", NULL);
	p.slot = slots_new(s->own.jobs);
	if (due_open(&p.due, s) == 0) {
		p.carrier = carrier_new(
		    s->own.jobs, clock_ticks, s->signals.child, buf_str(&tmp));
		pass_all(&p);
		carrier_free(p.carrier);
	}
	slots_free(p.slot, s->own.jobs);
	due_release(&p.due);
	delivery_release(&p.delivery);
	bundle_release(&p.bundle);
	throttle_release(&p.throttle);
	dict_release(&p.slow);
	buf_release(&p.key);
	buf_release(&tmp);
	fault_release(&p.fault);
}
