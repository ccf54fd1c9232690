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

static int
by_start(const void *a, const void *b)
{
	const struct hold *x = a, *y = b;

	return stamp_cmp(x->from, y->from);
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
		h->hold = mem_grow(h->hold, h->n, &h->cap, sizeof *h->hold);
		if (read_hold(word, &h->hold[h->n]) == 0)
			h->n++;
		else
			result = -1;
	}
	if (h->n > 1)
		qsort(h->hold, h->n, sizeof *h->hold, by_start);
	return result;
}

void
holds_release(struct holds *h)
{
	free(h->hold);
	*h = (struct holds){0};
}
