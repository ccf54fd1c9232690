#include "sms.h"

#define GSM_SINGLE 160
#define GSM_PART 153
#define UCS2_SINGLE 70
#define UCS2_PART 67

/* The default alphabet beyond ASCII, in order. */
static const unsigned short beyond[] = {0xa1, 0xa3, 0xa4, 0xa5, 0xa7, 0xbf,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xd1, 0xd6, 0xd8, 0xdc, 0xdf, 0xe0, 0xe4,
    0xe5, 0xe6, 0xe8, 0xe9, 0xec, 0xf1, 0xf2, 0xf6, 0xf8, 0xf9, 0xfc, 0x393,
    0x394, 0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9};

int
sms_septets(unsigned long codepoint)
{
	if (codepoint < 0x80) {
		if (codepoint == '\f' ||
		    (codepoint > 0 && strchr("^{}\\[~]|", (int)codepoint)))
			return 2;
		if (codepoint == '`' || codepoint == 0x7f)
			return 0;
		return codepoint >= ' ' || codepoint == '\n' ||
			codepoint == '\r'
		    ? 1
		    : 0;
	}
	if (codepoint == 0x20ac)
		return 2;
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
		if (beyond[i] == codepoint)
			return 1;
	}
	return 0;
}

/* Units put into parts, one after the other. */
struct packing {
	size_t units;
	size_t parts; /* those filled, of a text that needs several */
	size_t room;  /* units left in the last of them */
};

static void
pack(struct packing *p, size_t cost, size_t part)
{
	p->units += cost;
	if (p->room < cost) {
		p->parts++;
		p->room = part;
	}
	p->room -= cost;
}

/* A text so far, in both codings: the first character outside decides. */
struct measure {
	bool ucs2;
	struct packing gsm, wide;
};

static void
measure_character(struct measure *m, unsigned long c)
{
	int septets = sms_septets(c);

	if (septets == 0)
		m->ucs2 = true;
	pack(&m->gsm, (size_t)septets, GSM_PART);
	pack(&m->wide, c > 0xffff ? 2 : 1, UCS2_PART);
}

static void
measure_text(struct measure *m, struct slice text)
{
	while (text.n > 0)
		measure_character(m, slice_take_character(&text));
}

static struct sms_size
size_of(const struct measure *m)
{
	const struct packing *p = m->ucs2 ? &m->wide : &m->gsm;
	size_t single = m->ucs2 ? UCS2_SINGLE : GSM_SINGLE;

	return (struct sms_size){.ucs2 = m->ucs2,
	    .units = p->units,
	    .parts = p->units > single ? p->parts : p->units > 0};
}

struct sms_size
sms_size(struct slice text)
{
	struct measure m = {0};

	measure_text(&m, text);
	return size_of(&m);
}

/*
 * A byte makes at most one unit, or two septets; and a part that a pair did
 * not fit into has one left over.
 */
bool
sms_any_fits(size_t bytes, size_t parts)
{
	return bytes <= UCS2_SINGLE
	    ? parts > 0 || bytes == 0
	    : parts >= (bytes - 1) / (UCS2_PART - 1) + 1 &&
		parts >= (2 * bytes - 1) / (GSM_PART - 1) + 1;
}

/*
 * One more character never makes fewer parts (UCS-2 needs at least as many as
 * the alphabet), so the first length that does not fit ends the search.
 */
size_t
sms_cut(struct slice text, size_t parts, struct slice tail)
{
	struct measure start = {0};
	struct slice rest = text;
	size_t fits = 0;

	for (;;) {
		struct measure whole = start;

		measure_text(&whole, tail);
		if (size_of(&whole).parts > parts)
			return fits;
		fits = text.n - rest.n;
		if (rest.n == 0)
			return fits;
		measure_character(&start, slice_take_character(&rest));
	}
}
