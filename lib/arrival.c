#include "arrival.h"

#include <stdlib.h>

#include "escape.h"
#include "item.h"

#define MOST_BYTES (ITEM_MOST / 2) /* the other half is for what happens */

/* Takes the last row out again. */
static void
take_back(struct arrival *a)
{
	if (--a->n == 0)
		arrival_clear(a);
}

int
arrival_add(struct arrival *a, const struct slice field[MESSAGE_COLUMNS],
    struct drill *drill, struct fault *f)
{
	struct letter_try *try;
	size_t bytes = 0;
	int made;

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		bytes += field[i].n;
	if (a->n == ARRIVAL_ROWS || bytes > MOST_BYTES - a->bytes)
		return fault_at(
		    f, (struct place){0}, "more than a message may have");
	a->bytes += bytes;
	a->try = mem_grow(a->try, a->n, &a->cap, sizeof *a->try);
	try = &a->try[a->n++];
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		try->field[i] = (struct slice){"", 0};
		if (field_is_set(field[i]))
			try->field[i] = (struct slice){
			    arena_copy(&a->arena, field[i].p, field[i].n),
			    field[i].n};
	}
	a->identity = try->field[MESSAGE_ID];
	if (drill == NULL)
		return 0;
	made = drill_make(drill, try->field, &a->arena, f);
	a->drilled = a->drilled || made > 0;
	if (made < 0)
		take_back(a);
	return made < 0 ? -1 : 0;
}

/* Adds an event, beside that it was queued. */
static void
add_event(struct buf *text, enum letter_delivery delivery, struct slice error,
    struct stamp now)
{
	const struct letter_event e = {
	    .at = now, .next = now, .delivery = delivery, .error = error};

	letter_add(text, &e);
}

void
arrival_letter(const struct arrival *a, struct buf *text, int64_t ack_s,
    bool adopted, struct stamp now)
{
	struct buf drill = {0};

	buf_clear(text);
	letter_begin(text, a->try, a->n, ack_s, now);
	if (a->drilled) {
		buf_add_slice(&drill, letter_drill);
		buf_add_slice(&drill, a->identity);
		add_event(text, LETTER_QUEUED, buf_slice(&drill), now);
	}
	if (adopted)
		add_event(
		    text, LETTER_DROPPED, slice_of("adopted: not sent"), now);
	buf_release(&drill);
}

void
arrival_clear(struct arrival *a)
{
	arena_reset(&a->arena);
	a->n = a->bytes = 0;
	a->drilled = false;
}

void
arrival_release(struct arrival *a)
{
	arena_release(&a->arena);
	free(a->try);
	*a = (struct arrival){0};
}
