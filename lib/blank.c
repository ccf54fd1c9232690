#include "blank.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"

static const struct slice gone = SLICE("\\N");
static const struct slice caller = SLICE("caller");

bool
blank_is(const struct letter *l, size_t try)
{
	/* One that comes in without a body has an empty one. */
	return slice_eq(l->try[try].field[MESSAGE_BODY], gone);
}

size_t
blank_first(const struct letter *l)
{
	size_t i = 0;

	while (i < l->n && blank_is(l, i))
		i++;
	return i;
}

/* Whether the error of an event is our own, which tells how a letter stands. */
static bool
is_ours(const struct letter_event *e)
{
	return slice_eq(e->error, letter_withdrawn) ||
	    (e->delivery == LETTER_QUEUED && e->attempts == 0 &&
		slice_starts(e->error, letter_drill.p));
}

bool
blank_wanted(const struct letter *l, struct stamp until)
{
	size_t first = blank_first(l);

	for (size_t i = 0; i < l->nevents; i++) {
		const struct letter_event *e = &l->event[i];

		if (stamp_cmp(e->at, until) > 0)
			continue;
		/* The first that tells of rows is that they came in. */
		if (e->try >= first || (e->error.n > 0 && !is_ours(e)))
			return true;
	}
	return false;
}

/* Takes the words out of a row. */
static void
take_out(struct slice field[MESSAGE_COLUMNS])
{
	if (field_is_set(field[MESSAGE_SUBJECT]))
		field[MESSAGE_SUBJECT] = gone;
	field[MESSAGE_BODY] = gone;
	if (!slice_eq(field[MESSAGE_ROLE], caller) &&
	    !slice_eq(field[MESSAGE_PARTY], caller))
		return;
	field[MESSAGE_PARTY] = caller;
	field[MESSAGE_ADDRESS] = gone;
}

void
blank_make(struct buf *text, const struct letter *l)
{
	struct letter_try *rows = mem_new(l->n, sizeof *rows);

	for (size_t i = 0; i < l->n; i++) {
		rows[i] = l->try[i];
		take_out(rows[i].field);
	}
	letter_rows(text, rows, l->n, l->ack_s);
	for (size_t i = 0; i < l->nevents; i++) {
		struct letter_event e = l->event[i];

		if (!is_ours(&e))
			e.error = (struct slice){"", 0};
		letter_add(text, &e);
	}
	free(rows);
}

void
blank_refill(
    struct buf *text, const struct letter *l, const struct letter *words)
{
	size_t n = l->n + words->n;
	struct letter_try *rows = mem_new(n, sizeof *rows);

	for (size_t i = 0; i < n; i++)
		rows[i] = i < l->n ? l->try[i] : words->try[i - l->n];
	letter_rows(text, rows, n, words->ack_s);
	for (size_t i = 0; i < l->nevents; i++)
		letter_add(text, &l->event[i]);
	free(rows);
}
