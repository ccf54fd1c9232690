/*
 * With --current what comes in is all that is to be told now: a message that
 * waits for an attempt, or for an acknowledgement, and is not among it need not
 * be told any more, because somebody has taken the incident, or it is over, or
 * a later message stands in its place.  Where it comes in again it is taken up
 * again.  Messages of exercises and tests are left alone.
 */
#include <stdlib.h>
#include <string.h>

#include "blank.h"
#include "clock.h"
#include "delivery.h"
#include "diag.h"
#include "escape.h"
#include "items.h"
#include "mem.h"
#include "send.h"

/* Messages that wait, by their names. */
struct waiting {
	struct send *send;
	const char **name;
	size_t n, cap;
	struct arena arena;
};

/* Whether a letter that was handed over waits to be acknowledged. */
static bool
awaits(const struct send *s, const struct letter *l)
{
	return delivery_awaits(
	    l, means_find(&s->means, letter_field(l, MESSAGE_MEDIUM)));
}

/* Gives a claimed letter without words those of another's text; 0 or -1. */
static int
refill(struct send *s, struct item *item, struct slice words, struct fault *f)
{
	struct letter other = {.ack_s = -1};
	struct buf text = {0};
	int result = letter_read(&other, words, item->name, f);

	if (result == 0) {
		blank_refill(&text, &s->letter, &other);
		result = item_replace(&s->spool, item, buf_slice(&text), f);
	}
	if (result == 0)
		result = letter_read(
		    &s->letter, buf_slice(&item->text), item->name, f);
	letter_release(&other);
	buf_release(&text);
	return result;
}

/* Takes up a claimed letter; 0, or -1 and the fault. */
static int
take_up(struct send *s, struct item *item, struct slice words, struct fault *f)
{
	struct letter *l = &s->letter;
	enum spool_where to = SPOOL_DONE;
	struct delivery d = {.n = 0};
	int result = 0;

	if (l->withdrawn && blank_first(l) == l->n && words.n > 0)
		result = refill(s, item, words, f);
	if (result == 0 && l->withdrawn && blank_first(l) < l->n) {
		delivery_again(&d, l, clock_now());
		result = send_record(s, item, l, &d, f);
		to = SPOOL_NEW;
	} else if (awaits(s, l)) {
		to = SPOOL_NEW;
	}
	if (result == 0)
		result = item_put(&s->spool, item, to, l->last.at, f);
	delivery_release(&d);
	return result;
}

bool
send_is_withdrawn(const struct send *s, const struct letter *l)
{
	return l->withdrawn || awaits(s, l);
}

int
send_take_up(struct send *s, struct slice name, struct slice words)
{
	struct item item = {.fd = -1};
	struct fault fault = {0};
	struct buf text = {0};
	int got;

	buf_add_slice(&text, name);
	got = send_claim(
	    s, buf_str(&text), SPOOL_DONE, &item, &s->letter, &fault);
	if (got > 0)
		got = take_up(s, &item, words, &fault);
	if (got < 0)
		send_fail(&fault);
	item_release(&item);
	buf_release(&text);
	return got < 0 ? -1 : 0;
}

int
send_put_over(struct send *s, struct slice name)
{
	struct item item = {.fd = -1};
	struct fault fault = {0};
	struct buf text = {0};
	int got;

	buf_add_slice(&text, name);
	got =
	    send_claim(s, buf_str(&text), SPOOL_NEW, &item, &s->letter, &fault);
	if (got > 0)
		got = item_put(
		    &s->spool, &item, SPOOL_DONE, s->letter.last.at, &fault);
	if (got < 0)
		send_fail(&fault);
	item_release(&item);
	buf_release(&text);
	return got < 0 ? -1 : 0;
}

static void
see(void *ctx, const char *name, struct stamp at)
{
	struct waiting *w = ctx;

	(void)at;
	if (dict_find(&w->send->current, slice_of(name)) != DICT_NONE)
		return;
	w->name = mem_grow(w->name, w->n, &w->cap, sizeof *w->name);
	w->name[w->n++] = arena_copy(&w->arena, name, strlen(name));
}

/* Withdraws a message that was claimed.  Returns 0, or -1 and the fault. */
static int
withdraw(struct send *s, struct item *item, struct fault *f)
{
	struct letter *l = &s->letter;
	struct delivery d = {.n = 0};
	int result;

	if (!message_is_actual(letter_field(l, MESSAGE_STATUS)))
		return item_put(&s->spool, item, SPOOL_NEW,
		    l->last.delivery == LETTER_QUEUED ? l->last.next
						      : clock_now(),
		    f);
	delivery_withdraw(&d, l, clock_now());
	result = send_record(s, item, l, &d, f);
	delivery_release(&d);
	if (result < 0)
		return -1;
	return item_put(&s->spool, item, SPOOL_DONE, l->last.at, f);
}

void
send_withdraw(struct send *s)
{
	struct waiting w = {.send = s};
	struct item item = {.fd = -1};
	struct fault fault = {0};
	struct stamp ever = {0, 0};
	int result = items_each(&s->spool, SPOOL_NEW, ever, see, &w, &fault);

	if (result < 0)
		send_fail(&fault);
	for (size_t i = 0; i < w.n && result == 0; i++) {
		int got = send_claim(
		    s, w.name[i], SPOOL_NEW, &item, &s->letter, &fault);

		if (got > 0)
			result = withdraw(s, &item, &fault);
		if (got < 0 || result < 0)
			send_fail(&fault);
	}
	item_release(&item);
	arena_release(&w.arena);
	free(w.name);
}
