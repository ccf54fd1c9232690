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
	id = slice_from(id, day.n);
	if (slice_number(id, IDS_MOST, &number) == 0)
		ids_skip(ids, number);
}

void
ids_skip(struct ids *ids, unsigned long long number)
{
	if (number > IDS_MOST)
		number = IDS_MOST;
	if (number > ids->number)
		ids->number = number;
}

int
ids_next(struct ids *ids, struct buf *id)
{
	if (ids->number >= IDS_MOST)
		return -1;
	buf_add_slice(id, buf_slice(&ids->day));
	buf_addf(id, "%04llu", ++ids->number);
	return 0;
}

struct slice
ids_number(struct slice id)
{
	size_t at = id.n;

	while (at > 0 && slice_is_digit(id.p[at - 1]))
		at--;
	return slice_from(id, at);
}

void
ids_add_lost(struct buf *id, struct stamp at, unsigned long long number)
{
	buf_add_str(id, IDS_LOST);
	stamp_add(id, at);
	buf_addf(id, "-%llu", number);
}

int
ids_parse_lost(struct slice id, struct stamp *at, unsigned long long *number)
{
	struct slice digits = ids_number(id), time;
	size_t lead = sizeof IDS_LOST - 1;

	if (!slice_starts(id, IDS_LOST) || id.n < lead + digits.n + 1)
		return -1;
	time = (struct slice){id.p + lead, id.n - lead - digits.n - 1};
	return time.p[time.n] != '-' || stamp_parse(time, at) < 0
	    ? -1
	    : slice_number(digits, IDS_MOST, number);
}

#define DAY_DIGITS 8    /* YYYYMMDD */
#define NUMBER_DIGITS 4 /* at least, of ids_next() */

/* The digits before the number of "25-0042"; 0 where text is none such. */
static size_t
day_digits(struct slice text)
{
	struct slice number = ids_number(text), day;

	if (number.n < NUMBER_DIGITS || number.n + 1 >= text.n ||
	    number.p[-1] != '-')
		return 0;
	day = (struct slice){text.p, text.n - number.n - 1};
	if (day.n < 2 || day.n > DAY_DIGITS || ids_number(day).n < day.n)
		return 0;
	return day.n;
}

bool
ids_is_tail(struct slice text)
{
	size_t n = day_digits(text);

	return n > 0 && n < DAY_DIGITS;
}

/* Whether an id ends in text, which cuts no day but through its digits. */
static bool
ends_in(struct slice id, struct slice text)
{
	return id.n > text.n && slice_ends_in(id, text) &&
	    (slice_is_digit(id.p[id.n - text.n - 1]) || !ids_is_tail(text));
}

bool
ids_match(struct slice id, struct slice shorter)
{
	unsigned long long a, b;

	if (slice_eq(id, shorter))
		return true;
	if (day_digits(shorter) > 0)
		return ends_in(id, shorter);
	return (slice_number(ids_number(id), UINT64_MAX, &a) == 0 &&
	    slice_number(shorter, UINT64_MAX, &b) == 0 && a == b);
}

bool
ids_is_short(struct slice text)
{
	return text.n > 0 && text.n <= IDS_SHORT &&
	    ids_number(text).n == text.n;
}

size_t
ids_find(const struct incidents *all, struct slice shorter, size_t *fits)
{
	size_t found = incidents_find(all, shorter);
	bool open_found = false;

	*fits = found != DICT_NONE;
	if (found != DICT_NONE)
		return found;
	for (size_t i = 0; i < all->n; i++) {
		const struct incident *in = &all->list[i];
		bool open;

		if (!ids_match(in->id, shorter))
			continue;
		open = incidents_value(all, in, "closed").n == 0;
		if (open_found && !open)
			continue;
		if (open && !open_found) { /* what is closed is not meant */
			*fits = 0;
			found = DICT_NONE;
		}
		open_found = open;
		if (found == DICT_NONE || in->first > all->list[found].first)
			found = i;
		++*fits;
	}
	return found;
}

void
ids_release(struct ids *ids)
{
	buf_release(&ids->day);
}
