#include "erasure.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "blank.h"
#include "delivery.h"
#include "item.h"

/* What is to become of e->letter. */
static enum erasure_fate
judge(struct erasure *e)
{
	struct stamp until = {0, 0};
	enum erasure_fate fate =
	    e->judge(e->ctx, letter_field(&e->letter, MESSAGE_RECORD), &until);

	if (fate == ERASURE_WORDS && !blank_wanted(&e->letter, until))
		return ERASURE_NONE;
	return fate;
}

/* Reads a letter; 1, or 0 after noting that it can't be read. */
static int
read_letter(struct erasure *e, struct slice text, const char *name)
{
	struct fault fault = {0};
	int got = letter_read(&e->letter, text, name, &fault) == 0;

	if (got == 0 && e->unreadable++ == 0)
		buf_add_slice(&e->odd.text, buf_slice(&fault.text));
	fault_release(&fault);
	return got;
}

static int
look(struct erasure *e, const char *name, struct buf *text)
{
	struct erasure_item *item;
	enum erasure_fate fate;
	struct slice id;
	int where;

	buf_clear(text);
	where = item_read(e->spool, slice_of(name), text, &e->fault);
	if (where < 0)
		return -1;
	if (where == SPOOL_NOWHERE || !read_letter(e, buf_slice(text), name))
		return 0;
	fate = judge(e);
	if (fate == ERASURE_NONE)
		return 0;
	e->item = mem_grow(e->item, e->n, &e->cap, sizeof *e->item);
	item = &e->item[e->n++];
	id = letter_field(&e->letter, MESSAGE_RECORD);
	id.p = arena_copy(&e->arena, id.p, id.n);
	*item = (struct erasure_item){
	    name, id, (enum spool_where)where, fate, false};
	return 0;
}

int
erasure_find(struct erasure *e)
{
	struct buf text = {0};
	int result = 0;

	if (e->spool == NULL)
		return 0;
	/* All names first: what comes in later comes from the log as it is. */
	result = items_all(e->spool, (struct stamp){0, 0}, &e->all, &e->fault);
	for (size_t i = 0; i < e->all.n && result == 0; i++)
		result = look(e, e->all.found[i].name, &text);
	buf_release(&text);
	return result;
}

/* Makes the text of e->letter without words, and withdraws it if it waits. */
static void
make_text(struct erasure *e, struct stamp now, struct buf *text)
{
	struct delivery d = {.n = 0};

	blank_make(text, &e->letter);
	delivery_withdraw(&d, &e->letter, now);
	for (size_t i = 0; i < d.n; i++)
		letter_add(text, &d.event[i]);
	delivery_release(&d);
}

/*
 * Takes the words out of a claimed letter, and sets *to to where it goes.
 * Returns 0, or -1 and the fault.
 */
static int
take_words(struct erasure *e, struct item *item, struct stamp now,
    enum spool_where *to)
{
	struct buf text = {0};
	int result;

	/* What waits for an attempt is over; else it stays where it was. */
	if (e->letter.last.delivery == LETTER_QUEUED)
		*to = SPOOL_DONE;
	make_text(e, now, &text);
	result = item_replace(e->spool, item, buf_slice(&text), &e->fault);
	if (result == 0)
		result = letter_read(
		    &e->letter, buf_slice(&item->text), item->name, &e->fault);
	e->words += result == 0;
	buf_release(&text);
	return result;
}

/* Does it to one.  Returns 0 where others work on it, else 1, or -1. */
static int
erase(struct erasure *e, struct erasure_item *found, int64_t wait_s,
    struct stamp now)
{
	struct item item = {.fd = -1};
	enum spool_where where;
	int got = item_claim_any(
	    e->spool, found->name, wait_s, &where, &item, &e->fault);

	if (got <= 0)
		return got < 0 ? -1 : where == SPOOL_NOWHERE;
	if (where == SPOOL_WORK)
		where = SPOOL_NEW; /* whoever had it has died */
	got = letter_read(
	    &e->letter, buf_slice(&item.text), found->name, &e->fault);
	if (got == 0)
		found->fate = judge(e);
	if (got == 0 && found->fate == ERASURE_WORDS)
		got = take_words(e, &item, now, &where);
	if (got == 0 && found->fate == ERASURE_WHOLE)
		where = SPOOL_NOWHERE;
	if (got == 0)
		got = item_put(
		    e->spool, &item, where, e->letter.last.at, &e->fault);
	e->whole += got == 0 && where == SPOOL_NOWHERE;
	item_release(&item);
	return got < 0 ? -1 : 1;
}

int
erasure_do(struct erasure *e, int64_t wait_s, struct stamp now)
{
	int left = 0;

	for (size_t i = 0; i < e->n; i++) {
		struct erasure_item *item = &e->item[i];
		int got = item->done ? 1 : erase(e, item, wait_s, now);

		if (got < 0)
			return -1;
		item->done = got > 0;
		if (got == 0) {
			left += left < INT_MAX;
			wait_s = 0;
		}
	}
	if (e->words + e->whole > 0 && spool_sync(e->spool, &e->fault) < 0)
		return -1;
	return left;
}

void
erasure_release(struct erasure *e)
{
	free(e->item);
	founds_release(&e->all);
	letter_release(&e->letter);
	arena_release(&e->arena);
	fault_release(&e->odd);
	fault_release(&e->fault);
}
