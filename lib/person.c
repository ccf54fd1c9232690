#include "person.h"

#include "buf.h"
#include "utf8.h"

#define LEAST_DIGITS 7 /* of a telephone number, so that it is one's own */
#define MOST_DIGITS 20 /* more are none */

/* A telephone number by what counts. */
struct telephone {
	char digit[MOST_DIGITS];
	size_t n;
	bool abroad; /* it starts with the code of a country */
};

/* Reads one without what starts it: +, 00 or 0.  False where it is none. */
static bool
read_telephone(struct slice text, struct telephone *t)
{
	struct slice number;

	*t = (struct telephone){.n = 0};
	text = slice_trim(text);
	t->abroad = slice_take(&text, '+');
	for (size_t i = 0; i < text.n; i++) {
		struct slice rest = slice_from(text, i);
		char c = text.p[i];

		if (c == ' ' || c == '-' || c == '.' || c == '/' || c == ')')
			continue;
		if (c == '(') { /* +44 (0)113: the 0 is not for those abroad */
			i += t->abroad && slice_starts(rest, "(0)") ? 2 : 0;
			continue;
		}
		if (c < '0' || c > '9' || t->n == MOST_DIGITS)
			return false;
		t->digit[t->n++] = c;
	}
	number = (struct slice){t->digit, t->n};
	if (!t->abroad && slice_starts(number, "00")) {
		t->abroad = true;
		slice_take(&number, '0');
	}
	if (!t->abroad || number.n < t->n)
		slice_take(&number, '0');
	memmove(t->digit, number.p, number.n);
	t->n = number.n;
	return t->n >= LEAST_DIGITS;
}

/* Whether a number ends in another. */
static bool
ends_in(const struct telephone *t, const struct telephone *end)
{
	return t->n >= end->n &&
	    memcmp(t->digit + t->n - end->n, end->digit, end->n) == 0;
}

static bool
same_telephone(const struct telephone *a, const struct telephone *b)
{
	if (a->abroad == b->abroad)
		return a->n == b->n && ends_in(a, b);
	return a->abroad ? ends_in(a, b) : ends_in(b, a);
}

/* Adds a byte of a name to a pattern, with no meaning of its own. */
static void
add_byte(struct buf *body, char c)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;

	if (!letter)
		buf_add_char(body, '\\');
	buf_add_char(body, c);
}

/* The words of text, told apart by white space. */
static void
add_words(struct buf *body, struct slice text)
{
	bool blank = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			blank = true;
			continue;
		}
		if (blank)
			buf_add_str(body, "\\s+");
		blank = false;
		add_byte(body, c);
	}
}

int
person_read(struct person *p, struct slice text, struct fault *f)
{
	struct buf body = {0};

	p->text = slice_trim(text);
	if (p->text.n == 0 || p->text.n > PERSON_MAX_BYTES ||
	    !utf8_is_valid(p->text))
		return fault_at(f, (struct place){0},
		    "what a person is called was expected, in UTF-8 and at "
		    "most %d bytes",
		    PERSON_MAX_BYTES);
	buf_add_str(&body, "\\A\\s*");
	add_words(&body, p->text);
	buf_add_str(&body, "\\s*\\z");
	p->name = pattern_new(
	    buf_slice(&body), (struct slice)SLICE("i"), (struct place){0}, f);
	buf_release(&body);
	return p->name != NULL ? 0 : -1;
}

bool
person_is(
    const struct person *p, struct slice value, struct pattern_scratch *scratch)
{
	struct telephone own, other;

	return pattern_match(p->name, value, scratch) == PATTERN_YES ||
	    (read_telephone(p->text, &own) && read_telephone(value, &other) &&
		same_telephone(&own, &other));
}

void
person_release(struct person *p)
{
	pattern_free(p->name);
	*p = (struct person){0};
}
