#include "stamp.h"

#include "civil.h"

int
stamp_parse(struct slice s, struct stamp *t)
{
	struct civil c = {0};
	int64_t seconds;

	if (civil_take_date(&s, &c) < 0)
		return -1;
	if (!slice_take(&s, 'T') && !slice_take(&s, 't') &&
	    !slice_take(&s, ' '))
		return -1;
	if (civil_take_time(&s, &c) < 0 ||
	    civil_take_offset(&s, false, &c.offset_s) < 0 || s.n > 0)
		return -1;
	seconds = civil_seconds(&c) - c.offset_s;
	if (seconds < 0 || seconds > STAMP_MAX_S)
		return -1;
	t->s = seconds;
	t->ns = c.second == 60 ? 0 : c.ns;
	return 0;
}

/* Writes the last n digits of v at p; returns what comes after them. */
static char *
put_digits(char *p, size_t n, uint32_t v)
{
	for (size_t i = n; i > 0; i--, v /= 10)
		p[i - 1] = (char)('0' + v % 10);
	return p + n;
}

void
stamp_add(struct buf *out, struct stamp t)
{
	struct civil c = civil_of(t.s);
	char *start = buf_room(out, sizeof "2026-03-25T09:08:12.123456789Z");
	char *p = put_digits(start, 4, (uint32_t)c.year);

	*p++ = '-';
	p = put_digits(p, 2, (uint32_t)c.month);
	*p++ = '-';
	p = put_digits(p, 2, (uint32_t)c.day);
	*p++ = 'T';
	p = put_digits(p, 2, (uint32_t)c.hour);
	*p++ = ':';
	p = put_digits(p, 2, (uint32_t)c.minute);
	*p++ = ':';
	p = put_digits(p, 2, (uint32_t)c.second);
	if (t.ns > 0) {
		*p++ = '.';
		p = put_digits(p, 9, t.ns);
		while (p[-1] == '0')
			p--;
	}
	*p++ = 'Z';
	out->n += (size_t)(p - start);
}

int
stamp_cmp(struct stamp a, struct stamp b)
{
	if (a.s != b.s)
		return a.s < b.s ? -1 : 1;
	return (a.ns > b.ns) - (a.ns < b.ns);
}
