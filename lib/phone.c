#include "phone.h"

#define LEAST_DIGITS 3 /* as a short code has */

static bool
is_between(char c)
{
	static const struct slice signs = SLICE(" \t()-./");

	return memchr(signs.p, c, signs.n) != NULL;
}

bool
phone_read(struct phone *p, struct slice text)
{
	struct slice rest = slice_trim(text);

	*p = (struct phone){.n = 0};
	p->country = slice_take(&rest, '+');
	for (; rest.n > 0; rest = slice_from(rest, 1)) {
		char c = rest.p[0];

		if (p->country && p->n > 0 && slice_starts(rest, "(0)"))
			rest = slice_from(rest, 2);
		if (is_between(c))
			continue;
		if (!slice_is_digit(c) || p->n == PHONE_MOST_DIGITS)
			return false;
		p->digit[p->n++] = c;
		if (!p->country && p->n == 2 && memcmp(p->digit, "00", 2) == 0)
			*p = (struct phone){.country = true};
	}
	return p->n >= LEAST_DIGITS;
}

static struct slice
digits(const struct phone *p)
{
	return (struct slice){p->digit, p->n};
}

bool
phone_same(const struct phone *a, const struct phone *b)
{
	return a->country == b->country && slice_eq(digits(a), digits(b));
}

/* What is the same of a number with the code of a country and without. */
static struct slice
own(const struct phone *p)
{
	struct slice s = digits(p);

	if (!p->country)
		slice_take(&s, '0');
	return s;
}

bool
phone_may_be_same(const struct phone *a, const struct phone *b)
{
	struct slice x = own(a), y = own(b);

	if (x.n < PHONE_OWN_DIGITS || y.n < PHONE_OWN_DIGITS)
		return false;
	if (a->country == b->country)
		return slice_eq(x, y);
	return a->country ? slice_ends_in(x, y) : slice_ends_in(y, x);
}
