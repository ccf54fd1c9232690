#include "arrival.h"

#include <stdlib.h>

#include "escape.h"
#include "item.h"

#define MOST_BYTES (ITEM_MOST / 2) /* the other half is for what happens */

/* Takes the last row out again, which has so many bytes. */
static void
take_back(struct arrival *a, size_t bytes)
{
	a->bytes -= bytes;
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
		take_back(a, bytes);
	return made < 0 ? -1 : 0;
}

void
arrival_letter(const struct arrival *a, struct buf *text, int64_t ack_s,
    bool adopted, struct stamp now)
{
	struct letter_event first = {.at = now, .next = now};
	struct buf drill = {0};

	if (a->drilled) {
		buf_add_slice(&drill, letter_drill);
		buf_add_slice(&drill, a->identity);
		first.error = buf_slice(&drill);
	}
	if (adopted) {
		first.delivery = LETTER_DROPPED;
		first.error = slice_of("adopted: not sent");
	}
	buf_clear(text);
	letter_rows(text, a->try, a->n, ack_s);
	letter_add(text, &first);
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
