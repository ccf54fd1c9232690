#include "holidays.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* The place of the first holiday on a day or later. */
static size_t
first_from(const struct holidays *h, int64_t day)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (h->day[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
holidays_add(struct holidays *h, struct holiday day)
{
	size_t at = first_from(h, day.day);

	if (at < h->n && h->day[at].day == day.day)
		return -1;
	h->day = mem_grow(h->day, h->n, &h->cap, sizeof *h->day);
	memmove(h->day + at + 1, h->day + at, (h->n - at) * sizeof *h->day);
	h->day[at] = day;
	h->n++;
	return 0;
}

const struct holiday *
holidays_on(const struct holidays *h, int64_t day)
{
	size_t at = h != NULL ? first_from(h, day) : 0;

	return h != NULL && at < h->n && h->day[at].day == day ? &h->day[at]
							       : NULL;
}

void
holidays_release(struct holidays *h)
{
	free(h->day);
	*h = (struct holidays){0};
}
