/*
 * Receipts: what was last said of a message, as a row.
 */
#include "diag.h"
#include "send.h"

int
send_fail(struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	fault_release(f);
	return -1;
}

void
send_tell(struct send *s, const struct letter *l)
{
	letter_tell(l, &s->told, s->filter.field);
	filter_write(&s->filter);
}

int
send_tell_named(struct send *s, struct slice name)
{
	struct fault fault = {0};
	struct buf file = {0};
	int where;

	buf_clear(&s->text);
	buf_add_slice(&file, name);
	where = spool_read(&s->spool, name, &s->text, &fault);
	if (where >= 0 && where != SPOOL_NOWHERE &&
	    letter_read(
		&s->letter, buf_slice(&s->text), buf_str(&file), &fault) < 0)
		where = -1;
	if (where < 0)
		send_fail(&fault);
	else if (where != SPOOL_NOWHERE)
		send_tell(s, &s->letter);
	buf_release(&file);
	return where;
}

/* Adds what has happened to a claimed message.  Returns 0, or -1. */
static int
add_events(struct spool_item *item, const struct delivery *d, struct fault *f)
{
	struct buf lines = {0};
	int result;

	for (size_t i = 0; i < d->n; i++)
		letter_add(&lines, &d->event[i]);
	result = spool_note(item, buf_slice(&lines), f);
	buf_release(&lines);
	return result;
}

int
send_record(struct send *s, struct spool_item *item, struct letter *l,
    const struct delivery *d, struct fault *f)
{
	if (d->n == 0)
		return 0;
	if (add_events(item, d, f) < 0)
		return -1;
	for (size_t i = 0; i < d->n; i++) {
		letter_take(l, &d->event[i]);
		send_tell(s, l);
	}
	/* Its text has moved, and the errors of d are not to stay. */
	return letter_read(l, buf_slice(&item->text), item->name, f);
}

int
send_note(struct spool_item *item, struct letter *l, const struct delivery *d,
    struct fault *f)
{
	if (add_events(item, d, f) < 0)
		return -1;
	return letter_read(l, buf_slice(&item->text), item->name, f);
}

/* What is told of again. */
struct again {
	struct send *send;
	struct stamp since;
	struct fault fault;
};

static void
tell_again(void *ctx, const char *name, struct stamp at)
{
	struct again *a = ctx;
	struct send *s = a->send;
	int where;

	(void)at; /* of what waits: when it is due */
	buf_clear(&s->text);
	where = spool_read(&s->spool, slice_of(name), &s->text, &a->fault);
	if (where < 0 ||
	    letter_read(&s->letter, buf_slice(&s->text), name, &a->fault) < 0) {
		/* One that is dead somebody looks at already. */
		if (where != SPOOL_DEAD)
			send_fail(&a->fault);
		fault_release(&a->fault);
	} else if (stamp_cmp(s->letter.last.at, a->since) >= 0)
		send_tell(s, &s->letter);
}

static void
tell_again_over(void *ctx, const char *name, struct stamp at)
{
	struct again *a = ctx;

	if (stamp_cmp(at, a->since) >= 0)
		tell_again(ctx, name, at);
}

void
send_again(struct send *s, struct stamp since)
{
	static const enum spool_where waiting[] = {
	    SPOOL_NEW, SPOOL_WORK, SPOOL_DEAD};
	struct again a = {.send = s, .since = since};
	int result = spool_each(
	    &s->spool, SPOOL_DONE, since, tell_again_over, &a, &a.fault);

	for (size_t i = 0; i < LEN(waiting) && result == 0; i++)
		result = spool_each(
		    &s->spool, waiting[i], since, tell_again, &a, &a.fault);
	if (result < 0)
		send_fail(&a.fault);
}
