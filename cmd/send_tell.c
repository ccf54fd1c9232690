/*
 * Receipts: what has happened to a message, a row for each event.
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

/* Writes the receipt of an event, the i-th. */
static void
tell(struct send *s, const struct letter *l, size_t i)
{
	letter_tell(l, i, &s->told, s->filter.field);
	filter_write(&s->filter);
}

void
send_tell(struct send *s, const struct letter *l)
{
	tell(s, l, l->nevents - 1);
}

int
send_tell_named(struct send *s, struct slice name)
{
	struct fault fault = {0};
	struct buf text = {0};
	enum spool_where where;
	int result;

	buf_add_slice(&text, name);
	result = send_read(s, buf_str(&text), &where, &fault);
	buf_release(&text);
	if (result < 0)
		return send_fail(&fault);
	if (where != SPOOL_NOWHERE)
		send_tell(s, &s->letter);
	return (int)where;
}

/* Adds what has happened to a claimed message.  Returns 0, or -1. */
static int
add_events(struct item *item, const struct delivery *d, struct fault *f)
{
	struct buf lines = {0};
	int result;

	for (size_t i = 0; i < d->n; i++)
		letter_add(&lines, &d->event[i]);
	result = item_note(item, buf_slice(&lines), f);
	buf_release(&lines);
	return result;
}

int
send_record(struct send *s, struct item *item, struct letter *l,
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
send_note(struct item *item, struct letter *l, const struct delivery *d,
    struct fault *f)
{
	if (add_events(item, d, f) < 0)
		return -1;
	return letter_read(l, buf_slice(&item->text), item->name, f);
}

/*
 * Reads a message.  Returns whether it can be told of; of one that waits and
 * can't be read the pass speaks that makes it dead.
 */
static bool
is_readable(struct send *s, const char *name)
{
	struct fault fault = {0};
	enum spool_where where;
	int result = send_read(s, name, &where, &fault);

	if (result < 0 && where != SPOOL_NEW && where != SPOOL_DEAD)
		send_fail(&fault);
	fault_release(&fault);
	return result == 0 && where != SPOOL_NOWHERE;
}

void
send_again(struct send *s, struct stamp since)
{
	struct founds all = {0};

	if (send_find_all(s, since, &all) < 0)
		return;
	for (size_t i = 0; i < all.n; i++) {
		if (!is_readable(s, all.found[i].name))
			continue;
		for (size_t k = 0; k < s->letter.nevents; k++) {
			if (stamp_cmp(s->letter.event[k].at, since) >= 0)
				tell(s, &s->letter, k);
		}
	}
	founds_release(&all);
}
