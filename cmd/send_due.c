#include "send_due.h"

#include <stdlib.h>

#include "diag.h"
#include "escape.h"
#include "items.h"

int
due_open(struct due_list *l, struct send *s)
{
	*l = (struct due_list){.send = s};
	return targets_load(&l->targets, &s->pack, &l->fault) < 0
	    ? send_fail(&l->fault)
	    : 0;
}

/* How urgent a field `tell` is; one that no target has comes last. */
static size_t
rank(const struct due_list *l, struct slice tell)
{
	struct buf scratch = {0};
	struct slice text = unescape(tell, &scratch);
	size_t i = 0;

	while (i < l->targets.n && !slice_eq(l->targets.target[i].tell, text))
		i++;
	buf_release(&scratch);
	return i;
}

static struct slice
keep(struct due_list *l, struct slice field)
{
	field.p = arena_copy(&l->arena, field.p, field.n);
	return field;
}

/* What is no message is for somebody to look at: to claim it sees to that. */
static void
set_aside(struct due_list *l, const char *name)
{
	struct send *s = l->send;
	struct item item = {.fd = -1};
	int got;

	fault_release(&l->fault);
	got = send_claim(s, name, SPOOL_NEW, &item, &s->letter, &l->fault);
	if (got > 0) /* it is one by now */
		got = item_put(&s->spool, &item, SPOOL_NEW, l->now, &l->fault);
	if (got < 0)
		send_fail(&l->fault);
	item_release(&item);
}

/* Looks into a message that is due. */
static void
look(struct due_list *l, const char *name, struct stamp at)
{
	struct send *s = l->send;
	struct letter *letter = &s->letter;
	struct due *d;
	int where;

	buf_clear(&s->text);
	where = item_read(&s->spool, slice_of(name), &s->text, &l->fault);
	if (where < 0)
		send_fail(&l->fault); /* it stays: the next look may read it */
	if (where != SPOOL_NEW)
		return; /* another has it meanwhile */
	if (letter_read(letter, buf_slice(&s->text), name, &l->fault) < 0) {
		set_aside(l, name);
		return;
	}
	l->due = mem_grow(l->due, l->n, &l->cap, sizeof *l->due);
	d = &l->due[l->n++];
	*d = (struct due){.name = keep(l, slice_of(name)).p,
	    .medium = keep(l, letter_field(letter, MESSAGE_MEDIUM)),
	    .party = keep(l, letter_field(letter, MESSAGE_PARTY)),
	    .address = keep(l, letter_field(letter, MESSAGE_ADDRESS)),
	    .status = keep(l, letter_field(letter, MESSAGE_STATUS)),
	    .rank = rank(l, letter_field(letter, MESSAGE_TELL)),
	    .at = at};
	if (stamp_parse(letter_field(letter, MESSAGE_DUE), &d->by) < 0)
		d->by.s = STAMP_MAX_S;
}

static void
see(void *ctx, const char *name, struct stamp at)
{
	struct due_list *l = ctx;

	if (stamp_cmp(at, l->now) <= 0) {
		look(l, name, at);
		return;
	}
	if (!l->waits || stamp_cmp(at, l->next) < 0)
		l->next = at;
	l->waits = true;
}

static int
compare(const void *a, const void *b)
{
	const struct due *x = a, *y = b;
	int by;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	by = stamp_cmp(x->by, y->by);
	return by != 0 ? by : stamp_cmp(x->at, y->at);
}

int
due_find(struct due_list *l, struct stamp now)
{
	struct stamp ever = {0, 0};

	arena_reset(&l->arena);
	l->n = l->first = 0;
	l->waits = false;
	l->now = now;
	if (items_each(&l->send->spool, SPOOL_NEW, ever, see, l, &l->fault) < 0)
		return send_fail(&l->fault);
	if (l->n > 1)
		qsort(l->due, l->n, sizeof *l->due, compare);
	l->left = l->n;
	return 0;
}

const struct due *
due_take(
    struct due_list *l, bool (*may)(void *ctx, const struct due *d), void *ctx)
{
	while (l->first < l->n && l->due[l->first].taken)
		l->first++;
	for (size_t i = l->first; i < l->n; i++) {
		struct due *d = &l->due[i];

		if (d->taken || !may(ctx, d))
			continue;
		d->taken = true;
		l->left--;
		return d;
	}
	return NULL;
}

void
due_release(struct due_list *l)
{
	targets_release(&l->targets);
	arena_release(&l->arena);
	fault_release(&l->fault);
	free(l->due);
}
