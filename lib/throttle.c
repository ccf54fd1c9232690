#include "throttle.h"

#include <stdint.h>
#include <stdlib.h>

#include "mem.h"

/* When a party had messages by a medium. */
struct throttle_had {
	struct stamp *at;
	size_t n, cap;
};

static struct slice
key_of(struct throttle *t, struct slice medium, struct slice party)
{
	buf_clear(&t->key);
	buf_add_slice(&t->key, medium);
	buf_add_char(&t->key, '\t'); /* which fields don't hold */
	buf_add_slice(&t->key, party);
	return buf_slice(&t->key);
}

void
throttle_note(struct throttle *t, struct slice medium, struct slice party,
    struct stamp at)
{
	bool added;
	size_t place =
	    dict_add(&t->parties, key_of(t, medium, party), t->n, &added);
	struct throttle_had *had;

	if (added) {
		t->had = mem_grow(t->had, t->n, &t->cap, sizeof *t->had);
		t->had[t->n++] = (struct throttle_had){NULL, 0, 0};
	}
	had = &t->had[place];
	for (size_t i = 0; i < had->n; i++) {
		if (stamp_cmp(had->at[i], at) == 0)
			return;
	}
	had->at = mem_grow(had->at, had->n, &had->cap, sizeof *had->at);
	had->at[had->n++] = at;
}

static int
newest_first(const void *a, const void *b)
{
	return stamp_cmp(*(const struct stamp *)b, *(const struct stamp *)a);
}

/*
 * How many a window lets through; where that is none, *until is not before it
 * does.  What was handed over is sorted, the newest first.
 */
static size_t
room_in(const struct throttle_had *had, const struct means_window *w,
    struct stamp now, struct stamp *until)
{
	struct stamp start = {now.s - w->span_s, now.ns};
	struct stamp opens;
	size_t n = 0;

	while (n < had->n && stamp_cmp(had->at[n], start) > 0)
		n++;
	if (n < w->most)
		return w->most - n;
	/* When so many of them are past that fewer than `most` are left. */
	opens = had->at[w->most - 1];
	opens.s += w->span_s;
	if (stamp_cmp(opens, *until) > 0)
		*until = opens;
	return 0;
}

size_t
throttle_room(struct throttle *t, const struct means *means, struct slice party,
    struct stamp now, struct stamp *until)
{
	size_t place = dict_find(&t->parties, key_of(t, means->medium, party));
	struct throttle_had none = {NULL, 0, 0};
	const struct throttle_had *had =
	    place == DICT_NONE ? &none : &t->had[place];
	size_t room = SIZE_MAX;

	*until = now;
	if (had->n > 1)
		qsort(had->at, had->n, sizeof *had->at, newest_first);
	for (size_t i = 0; i < means->nwindows; i++) {
		size_t n = room_in(had, &means->window[i], now, until);

		room = n < room ? n : room;
	}
	return room;
}

void
throttle_release(struct throttle *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->had[i].at);
	free(t->had);
	dict_release(&t->parties);
	buf_release(&t->key);
	*t = (struct throttle){.n = 0};
}
