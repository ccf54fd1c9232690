#include "stamp.h"

#include <stdbool.h>

#include "civil.h"

#define NS_PER_S UINT32_C(1000000000)

/* Eight bytes of a form, in which 0 stands for any digit. */
struct form {
	uint64_t bytes;
	uint64_t room; /* what may be added to each before it reaches 0x80 */
};

/* The first byte in the low bits, whatever the machine. */
#define EIGHT(p)                                                             \
	((uint64_t)(p)[0] | (uint64_t)(p)[1] << 8 | (uint64_t)(p)[2] << 16 | \
	    (uint64_t)(p)[3] << 24 | (uint64_t)(p)[4] << 32 |                \
	    (uint64_t)(p)[5] << 40 | (uint64_t)(p)[6] << 48 |                \
	    (uint64_t)(p)[7] << 56)

/*
 * Whether eight bytes have a form.  Then byte i of *pairs is the number that
 * its digits i and i + 1 make.
 */
static inline bool
read_pairs(const char *text, struct form form, uint64_t *pairs)
{
	const unsigned char *p = (const unsigned char *)text;
	uint64_t v = EIGHT(p) ^ form.bytes; /* digits, and 0 for all else */

	*pairs = v * 10 + (v >> 8);
	return ((v | (v + form.room)) & UINT64_C(0x8080808080808080)) == 0;
}

static inline int
pair(uint64_t pairs, int i)
{
	return (int)(pairs >> 8 * i & 0xff);
}

/*
 * Reads a time of the form in which we write all without a fraction, eight
 * bytes at a time.  Returns 0, or -1: it may be a time of another form.
 */
static int
parse_plain(struct slice s, struct stamp *t)
{
	static const struct form date = {UINT64_C(0x2d30302d30303030),
	    UINT64_C(0x7f76767f76767676)}; /* 0000-00- */
	static const struct form hour = {UINT64_C(0x30303a3030543030),
	    UINT64_C(0x76767f76767f7676)}; /* 00T00:00 */
	static const struct form second = {UINT64_C(0x5a30303a30303a30),
	    UINT64_C(0x7f76767f76767f76)}; /* 0:00:00Z */
	uint64_t a, b, c;
	struct civil civil;

	if (s.n != 20 || !read_pairs(s.p, date, &a) ||
	    !read_pairs(s.p + 8, hour, &b) || !read_pairs(s.p + 12, second, &c))
		return -1;
	civil = (struct civil){.year = pair(a, 0) * 100 + pair(a, 2),
	    .month = pair(a, 5),
	    .day = pair(b, 0),
	    .hour = pair(b, 3),
	    .minute = pair(c, 2),
	    .second = pair(c, 5)};
	if (civil.year < 1970 || civil.hour > 23 || civil.minute > 59 ||
	    civil.second > 59 ||
	    !civil_is_date(civil.year, civil.month, civil.day))
		return -1;
	*t = (struct stamp){civil_seconds(&civil), 0};
	return 0;
}

/* Reads a time of any form. */
static int
parse_any(struct slice s, struct stamp *t)
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

int
stamp_parse(struct slice s, struct stamp *t)
{
	return parse_plain(s, t) == 0 ? 0 : parse_any(s, t);
}

/* Writes two digits and what comes after them; returns where that ends. */
static inline char *
put_pair(char *p, int v, char after)
{
	static const char pairs[] =
	    "00010203040506070809101112131415161718192021222324252627282930"
	    "31323334353637383940414243444546474849505152535455565758596061"
	    "62636465666768697071727374757677787980818283848586878889909192"
	    "93949596979899";

	p[0] = pairs[2 * v];
	p[1] = pairs[2 * v + 1];
	p[2] = after;
	return p + 3;
}

/* Writes a fraction without the zeros at its end; returns where it ends. */
static char *
put_fraction(char *p, uint32_t ns)
{
	*p++ = '.';
	for (int i = 8; i >= 0; i--, ns /= 10)
		p[i] = (char)('0' + ns % 10);
	p += 9;
	while (p[-1] == '0')
		p--;
	return p;
}

void
stamp_add(struct buf *out, struct stamp t)
{
	struct civil c = civil_of(t.s);
	char *start = buf_room(out, sizeof "2026-03-25T09:08:12.123456789Z");
	char *p = put_pair(start, c.year / 100 % 100, ' ') - 1;

	p = put_pair(p, c.year % 100, '-');
	p = put_pair(p, c.month, '-');
	p = put_pair(p, c.day, 'T');
	p = put_pair(p, c.hour, ':');
	p = put_pair(p, c.minute, ':');
	p = put_pair(p, c.second, 'Z');
	if (t.ns > 0) {
		p = put_fraction(p - 1, t.ns);
		*p++ = 'Z';
	}
	out->n += (size_t)(p - start);
}

struct slice
stamp_text(struct stamp_text *last, struct stamp t)
{
	if (last->text.n == 0 || stamp_cmp(t, last->told) != 0) {
		buf_clear(&last->text);
		stamp_add(&last->text, t);
		last->told = t;
	}
	return buf_slice(&last->text);
}

struct stamp
stamp_plus(struct stamp a, struct stamp b)
{
	uint32_t ns = a.ns + b.ns; /* under 2 * 10^9 */

	return (struct stamp){a.s + b.s + ns / NS_PER_S, ns % NS_PER_S};
}

struct stamp
stamp_minus(struct stamp a, struct stamp b)
{
	if (a.ns >= b.ns)
		return (struct stamp){a.s - b.s, a.ns - b.ns};
	return (struct stamp){a.s - b.s - 1, a.ns + NS_PER_S - b.ns};
}

int
stamp_cmp(struct stamp a, struct stamp b)
{
	if (a.s != b.s)
		return a.s < b.s ? -1 : 1;
	return (a.ns > b.ns) - (a.ns < b.ns);
}
