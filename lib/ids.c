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

bool
ids_match(struct slice id, struct slice shorter)
{
	struct slice digits = id;
	unsigned long long a, b;

	if (slice_eq(id, shorter))
		return true;
	for (size_t i = 0; i < id.n; i++) {
		if (id.p[i] == '-')
			digits = (struct slice){id.p + i + 1, id.n - i - 1};
	}
	return digits.n < id.n && slice_number(digits, UINT64_MAX, &a) == 0 &&
	    slice_number(shorter, UINT64_MAX, &b) == 0 && a == b;
}

size_t
ids_find(const struct incidents *all, struct slice shorter)
{
	size_t exact = incidents_find(all, shorter);

	if (exact != DICT_NONE)
		return exact;
	for (size_t i = all->n; i > 0; i--) {
		if (ids_match(all->list[i - 1].id, shorter))
			return i - 1;
	}
	return DICT_NONE;
}

void
ids_release(struct ids *ids)
{
	buf_release(&ids->day);
}
