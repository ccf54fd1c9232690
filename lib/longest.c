#include "longest.h"

#include "pattern.h"

#define FOREVER ((unsigned long long)LONGEST_MOST + 1)
#define PRINTED 95 /* characters of ASCII, from the blank */

/* An expression under way. */
struct expression {
	struct slice rest;
	struct pattern_scratch *scratch;
	size_t depth; /* of groups in each other, as this module reads them */
};

/* What an atom matches: a text, or any character of a kind. */
struct atom {
	struct buf text; /* one character of the kind, where it is one */
	bool kind;
	bool blank; /* the kind has the blank too */
};

static int read_choice(struct expression *e, struct buf *out);

static int
add_text(struct buf *out, struct slice text)
{
	buf_add_slice(out, text);
	return out->n <= LONGEST_MOST * 4 ? 0 : -1;
}

/* Adds an atom so many times. */
static int
add_atom(struct buf *out, const struct atom *a, unsigned long long times)
{
	size_t at = a->blank ? slice_characters(buf_slice(out)) : 0;
	struct slice blank = SLICE(" ");

	if (times >= FOREVER)
		return a->text.n == 0 ? 0 : -1;
	for (; times > 0; times--, at++) {
		bool gap = a->blank && at % LONGEST_WORD == LONGEST_WORD - 1;

		if (add_text(out, gap ? blank : buf_slice(&a->text)) < 0)
			return -1;
	}
	return 0;
}

static bool
matches(const struct pattern *p, const char *text, struct expression *e)
{
	return pattern_match(p, slice_of(text), e->scratch) == PATTERN_YES;
}

/* Takes what n bytes of the expression match, which is one character. */
static int
take_kind(struct expression *e, size_t n, struct atom *a)
{
	static const char *const first[] = {"x", "X", "8", "\xc3\xa9"};
	struct slice body = {e->rest.p, n};
	struct fault f = {0};
	struct pattern *p =
	    pattern_new(body, (struct slice){"", 0}, (struct place){0}, &f);
	char any[2] = {0};

	fault_release(&f);
	if (p == NULL)
		return -1;
	e->rest = slice_from(e->rest, n);
	a->kind = true;
	a->blank = matches(p, " ", e);
	for (size_t i = 0; i < 4 && a->text.n == 0; i++) {
		if (matches(p, first[i], e))
			buf_add_str(&a->text, first[i]);
	}
	for (int i = 0; i < PRINTED && a->text.n == 0; i++) {
		any[0] = (char)(' ' + (i + 'a' - ' ') % PRINTED);
		if (matches(p, any, e))
			buf_add_str(&a->text, any);
	}
	pattern_free(p);
	return a->text.n > 0 ? 0 : -1;
}

/* The bytes of the class that the expression starts with, 0 for none. */
static size_t
class_bytes(struct slice s)
{
	size_t i = 1;

	i += i < s.n && s.p[i] == '^';
	i += i < s.n && s.p[i] == ']';
	while (i < s.n && s.p[i] != ']') {
		if (s.p[i] == '\\')
			i++;
		else if (slice_starts(slice_from(s, i), "[:"))
			while (i < s.n && s.p[i] != ']')
				i++;
		i++;
	}
	return i < s.n ? i + 1 : 0;
}

/* The bytes of an escape that has a name in braces, as \p{Lu} and \x{e9}. */
static size_t
braced_bytes(struct slice s)
{
	const char *end = NULL;

	if (s.n > 2 && s.p[2] == '{')
		end = memchr(s.p, '}', s.n);
	return end != NULL ? (size_t)(end - s.p) + 1 : 0;
}

static int
take_escape(struct expression *e, struct atom *a)
{
	char c = e->rest.n > 1 ? e->rest.p[1] : '\0';
	size_t n = 2;

	if (c != '\0' && strchr("pPx", c) != NULL)
		n = braced_bytes(e->rest);
	if (n > 0 && c != '\0' && strchr("dDwWsShHvVNpPxtnrfae", c) != NULL)
		return take_kind(e, n, a);
	if (c == '\0' || (c >= 'a' && c <= 'z' && c != 'b' && c != 'z') ||
	    (c >= 'A' && c <= 'Z' && c != 'A' && c != 'B' && c != 'Z') ||
	    slice_is_digit(c))
		return -1;
	e->rest = slice_from(e->rest, 2);
	if (strchr("bzABZ", c) == NULL)
		buf_add_char(&a->text, c);
	return 0;
}

/* Takes a group, plain or "(?:"; all others are not understood. */
static int
take_group(struct expression *e, struct atom *a)
{
	slice_take(&e->rest, '(');
	if (slice_take(&e->rest, '?') && !slice_take(&e->rest, ':'))
		return -1;
	if (++e->depth > PATTERN_MAX_NEST || read_choice(e, &a->text) < 0)
		return -1;
	e->depth--;
	return slice_take(&e->rest, ')') ? 0 : -1;
}

static int
take_atom(struct expression *e, struct atom *a)
{
	struct slice c = slice_first(e->rest, 1);
	size_t n;

	switch (c.p[0]) {
	case '(':
		return take_group(e, a);
	case '[':
		n = class_bytes(e->rest);
		return n > 0 ? take_kind(e, n, a) : -1;
	case '.':
		return take_kind(e, 1, a);
	case '\\':
		return take_escape(e, a);
	case '*':
	case '+':
	case '?':
		return -1;
	case '^':
	case '$':
		break;
	default:
		buf_add_slice(&a->text, c);
	}
	e->rest = slice_from(e->rest, c.n);
	return 0;
}

/* Takes {3}, {3,} or {3,5}; what looks different is no such thing. */
static bool
take_braces(struct slice *s, unsigned long long *most)
{
	const char *end =
	    s->n > 0 && s->p[0] == '{' ? memchr(s->p, '}', s->n) : NULL;
	struct slice inner, least;

	if (end == NULL)
		return false;
	inner = (struct slice){s->p + 1, (size_t)(end - s->p) - 1};
	slice_split(&inner, ',', &least);
	if (slice_number(least, 65535, most) < 0)
		return false;
	if (inner.p != NULL) {
		if (inner.n == 0)
			*most = FOREVER;
		else if (slice_number(inner, 65535, most) < 0)
			return false;
	}
	s->n -= (size_t)(end + 1 - s->p);
	s->p = end + 1;
	return true;
}

/* How often the atom before may stand at most. */
static unsigned long long
take_most(struct expression *e)
{
	unsigned long long most = 1;

	if (slice_take(&e->rest, '*') || slice_take(&e->rest, '+'))
		most = FOREVER;
	else if (!slice_take(&e->rest, '?') && !take_braces(&e->rest, &most))
		return 1;
	if (!slice_take(&e->rest, '?'))    /* lazy */
		slice_take(&e->rest, '+'); /* or possessive */
	return most;
}

static int
read_sequence(struct expression *e, struct buf *out)
{
	int result = 0;

	while (result == 0 && e->rest.n > 0 && e->rest.p[0] != '|' &&
	    e->rest.p[0] != ')') {
		struct atom a = {0};

		result = take_atom(e, &a);
		if (result == 0)
			result = add_atom(out, &a, take_most(e));
		buf_release(&a.text);
	}
	return result;
}

/* Adds the longest of the sequences that '|' separates. */
static int
read_choice(struct expression *e, struct buf *out)
{
	struct buf longest = {0}, one = {0};
	int result;

	do {
		buf_clear(&one);
		result = read_sequence(e, &one);
		if (slice_characters(buf_slice(&one)) >
		    slice_characters(buf_slice(&longest))) {
			struct buf other = longest;

			longest = one;
			one = other;
		}
	} while (result == 0 && slice_take(&e->rest, '|'));
	if (result == 0)
		result = add_text(out, buf_slice(&longest));
	buf_release(&longest);
	buf_release(&one);
	return result;
}

/* Whether a pattern matches all of a text. */
static bool
is_whole(const struct pattern *p, struct slice text, struct expression *e)
{
	return pattern_match(p, text, e->scratch) == PATTERN_YES &&
	    pattern_group(e->scratch, 0).n == text.n;
}

bool
longest_text(struct slice body, struct buf *out)
{
	struct expression e = {.rest = body};
	struct fault f = {0};
	struct pattern *p =
	    pattern_new(body, (struct slice){"", 0}, (struct place){0}, &f);
	bool found = false;

	buf_clear(out);
	fault_release(&f);
	if (p == NULL)
		return false;
	e.scratch = pattern_scratch_new();
	if (read_choice(&e, out) == 0 && e.rest.n == 0 && out->n > 0 &&
	    slice_characters(buf_slice(out)) <= LONGEST_MOST)
		found = is_whole(p, buf_slice(out), &e);
	pattern_scratch_free(e.scratch);
	pattern_free(p);
	return found;
}
