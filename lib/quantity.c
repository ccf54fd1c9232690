#include "quantity.h"

#include "duration.h"

static size_t
digits(struct slice s, size_t from)
{
	size_t n = 0;

	while (from + n < s.n && slice_is_digit(s.p[from + n]))
		n++;
	return n;
}

static int
is_number(struct slice s)
{
	size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
	size_t whole = digits(s, at), part;

	at += whole;
	if (whole == 0 || at == s.n)
		return whole > 0;
	part = s.p[at] == '.' ? digits(s, at + 1) : 0;
	return part > 0 && at + 1 + part == s.n;
}

static int
parse_number(struct slice text, struct quantity *q)
{
	int64_t value = 0;
	bool whole = quantity_whole(text, &value);

	if (!whole && !is_number(text))
		return -1;
	*q = (struct quantity){.kind = QUANTITY_NUMBER,
	    .number = text,
	    .whole = whole,
	    .s = value};
	return 0;
}

static int
parse_duration(struct slice text, struct quantity *q)
{
	int64_t s;

	if (duration_parse(text, &s) < 0)
		return -1;
	*q = (struct quantity){.kind = QUANTITY_DURATION, .s = s};
	return 0;
}

static int
parse_time(struct slice text, struct quantity *q)
{
	struct stamp t;

	if (stamp_parse(text, &t) < 0)
		return -1;
	*q = (struct quantity){.kind = QUANTITY_TIME, .s = t.s, .ns = t.ns};
	return 0;
}

int
quantity_parse(struct slice text, enum quantity_kind kind, struct quantity *q)
{
	switch (kind) {
	case QUANTITY_NUMBER:
		return parse_number(text, q);
	case QUANTITY_DURATION:
		return parse_duration(text, q);
	case QUANTITY_TIME:
		return parse_time(text, q);
	case QUANTITY_NONE:
		break;
	}
	if (parse_number(text, q) == 0 || parse_duration(text, q) == 0)
		return 0;
	return parse_time(text, q);
}

struct quantity
quantity_between(struct stamp from, struct stamp to)
{
	struct stamp t = stamp_minus(to, from);

	return (struct quantity){
	    .kind = QUANTITY_DURATION, .s = t.s, .ns = t.ns};
}

/* A number's digits without what does not count. */
struct decimal {
	struct slice whole; /* without leading zeros */
	struct slice part;  /* without trailing zeros */
	bool negative;      /* false for zero */
};

static struct decimal
decimal_of(struct slice s)
{
	struct decimal d = {.negative = s.p[0] == '-'};
	const char *point = memchr(s.p, '.', s.n);

	if (s.p[0] == '-' || s.p[0] == '+') {
		s.p++;
		s.n--;
	}
	d.whole = s;
	if (point != NULL) {
		d.whole.n = (size_t)(point - s.p);
		d.part = (struct slice){point + 1, s.n - d.whole.n - 1};
	}
	while (d.whole.n > 0 && d.whole.p[0] == '0') {
		d.whole.p++;
		d.whole.n--;
	}
	while (d.part.n > 0 && d.part.p[d.part.n - 1] == '0')
		d.part.n--;
	d.negative = d.negative && d.whole.n + d.part.n > 0;
	return d;
}

static int
number_cmp(struct slice a, struct slice b)
{
	struct decimal x = decimal_of(a), y = decimal_of(b);
	int order;

	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	if (x.whole.n != y.whole.n)
		order = x.whole.n < y.whole.n ? -1 : 1;
	else
		order = slice_cmp(x.whole, y.whole);
	if (order == 0)
		order = slice_cmp(x.part, y.part);
	return x.negative ? (order < 0) - (order > 0) : order;
}

int
quantity_cmp(const struct quantity *a, const struct quantity *b)
{
	if (a->kind == QUANTITY_NUMBER && !(a->whole && b->whole))
		return number_cmp(a->number, b->number);
	if (a->s != b->s)
		return a->s < b->s ? -1 : 1;
	return a->ns == b->ns ? 0 : a->ns < b->ns ? -1 : 1;
}
