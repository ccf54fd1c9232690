#include "holds.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"

/* START/END or START/ */
static int
read_hold(struct slice word, struct hold *hold)
{
	struct slice start;

	if (word.n == 0 || memchr(word.p, '/', word.n) == NULL)
		return -1;
	slice_split(&word, '/', &start);
	if (stamp_parse(start, &hold->from) < 0)
		return -1;
	hold->lasts = word.n == 0;
	if (hold->lasts)
		return 0;
	if (stamp_parse(word, &hold->until) < 0)
		return -1;
	return stamp_cmp(hold->from, hold->until) <= 0 ? 0 : -1;
}

/* By start; of two with the same one the ended one stands first. */
static int
by_start(const void *a, const void *b)
{
	const struct hold *x = a, *y = b;
	int d = stamp_cmp(x->from, y->from);

	return d != 0 ? d : x->lasts - y->lasts;
}

static void
sort(struct holds *h)
{
	if (h->n > 1)
		qsort(h->hold, h->n, sizeof *h->hold, by_start);
}

void
holds_add(struct holds *h, struct hold hold)
{
	h->hold = mem_grow(h->hold, h->n, &h->cap, sizeof *h->hold);
	h->hold[h->n++] = hold;
}

int
holds_read(struct holds *h, struct slice field)
{
	struct slice word;
	int result = 0;

	h->n = 0;
	if (!field_is_set(field))
		return 0;
	while (slice_word(&field, &word)) {
		struct hold hold;

		if (read_hold(word, &hold) == 0)
			holds_add(h, hold);
		else
			result = -1;
	}
	sort(h);
	return result;
}

void
holds_write(struct holds *h, struct buf *out)
{
	sort(h);
	for (size_t i = 0; i < h->n; i++) {
		const struct hold *hold = &h->hold[i];

		if (i > 0 && stamp_cmp(hold->from, hold[-1].from) == 0)
			continue;
		if (i > 0)
			buf_add_char(out, ' ');
		stamp_add(out, hold->from);
		buf_add_char(out, '/');
		if (!hold->lasts)
			stamp_add(out, hold->until);
	}
}

void
holds_unread(struct slice field, struct buf *out)
{
	struct slice word;
	struct hold hold;

	while (slice_word(&field, &word)) {
		if (read_hold(word, &hold) == 0)
			continue;
		if (out->n > 0)
			buf_add_char(out, ' ');
		buf_add_slice(out, word);
	}
}

void
holds_release(struct holds *h)
{
	free(h->hold);
	*h = (struct holds){0};
}
