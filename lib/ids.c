#include "ids.h"

#include <stdint.h>

bool
ids_begin(struct ids *ids, struct slice prefix, const struct civil *day)
{
	struct buf lead = {0};
	bool fresh;

	buf_addf(&lead, "%.*s%04d%02d%02d-", SLICE_ARG(prefix), day->year,
	    day->month, day->day);
	fresh = !slice_eq(buf_slice(&lead), buf_slice(&ids->day));
	if (!fresh) {
		buf_release(&lead);
		return false;
	}
	buf_release(&ids->day);
	ids->day = lead;
	ids->number = 0;
	return true;
}

void
ids_see(struct ids *ids, struct slice id)
{
	struct slice day = buf_slice(&ids->day);
	unsigned long long number;

	if (day.n == 0 || id.n <= day.n || memcmp(id.p, day.p, day.n) != 0)
		return;
	id.p += day.n;
	id.n -= day.n;
	if (slice_number(id, UINT32_MAX, &number) == 0 && number > ids->number)
		ids->number = number;
}

void
ids_next(struct ids *ids, struct buf *id)
{
	buf_add_slice(id, buf_slice(&ids->day));
	buf_addf(id, "%04llu", ++ids->number);
}

/* The digits that an id ends in. */
static struct slice
last_digits(struct slice id)
{
	size_t at = id.n;

	while (at > 0 && id.p[at - 1] >= '0' && id.p[at - 1] <= '9')
		at--;
	return (struct slice){id.p + at, id.n - at};
}

bool
ids_match(struct slice id, struct slice shorter)
{
	unsigned long long a, b;

	return slice_eq(id, shorter) ||
	    (slice_number(last_digits(id), UINT64_MAX, &a) == 0 &&
		slice_number(shorter, UINT64_MAX, &b) == 0 && a == b);
}

bool
ids_is_short(struct slice text)
{
	return text.n > 0 && text.n <= IDS_SHORT &&
	    last_digits(text).n == text.n;
}

size_t
ids_find(const struct incidents *all, struct slice shorter, size_t *fits)
{
	size_t found = incidents_find(all, shorter);

	*fits = found != DICT_NONE;
	if (found != DICT_NONE)
		return found;
	for (size_t i = 0; i < all->n; i++) {
		if (ids_match(all->list[i].id, shorter)) {
			found = i;
			++*fits;
		}
	}
	return found;
}

void
ids_release(struct ids *ids)
{
	buf_release(&ids->day);
}
