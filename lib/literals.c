#include "literals.h"

#include <stdint.h>

#define MAX_NEST 100  /* parentheses in each other */
#define MAX_MEMBERS 4 /* of a class that is spelled out */
#define MANY UINT32_MAX

/* How often a piece stands. */
struct repeat {
	uint32_t least, most; /* MANY: without end */
	bool possessive;
};

struct reader {
	struct slice rest; /* of the body */
	bool caseless, extended;
	bool lost; /* something that is not known here */
	unsigned depth;
	struct arena *arena;
};

static struct piece read_alternatives(struct reader *r);

static struct piece
lose(struct reader *r)
{
	r->lost = true;
	r->rest.n = 0;
	return piece_unknown();
}

static struct piece
nothing(struct reader *r)
{
	return piece_text((struct slice){"", 0}, r->caseless, r->arena);
}

/* Skips blanks and comments where they mean nothing. */
static void
skip_blanks(struct reader *r)
{
	static const struct slice blanks = SLICE(" \t\n\v\f\r");
	struct slice line;

	while (r->extended && r->rest.n > 0) {
		if (r->rest.p[0] == '#')
			slice_split(&r->rest, '\n', &line);
		else if (memchr(blanks.p, r->rest.p[0], blanks.n) != NULL)
			slice_take(&r->rest, r->rest.p[0]);
		else
			break;
	}
	if (r->rest.p == NULL)
		r->rest = (struct slice){"", 0};
}

/* Takes a number of a repeat, at most 65535 as in PCRE2. */
static bool
take_count(struct slice *s, uint32_t *count)
{
	size_t n = 0;

	for (*count = 0; n < s->n && slice_is_digit(s->p[n]); n++) {
		*count = *count * 10 + (uint32_t)(s->p[n] - '0');
		if (*count > 65535)
			return false;
	}
	s->p += n;
	s->n -= n;
	return n > 0;
}

/* Takes {n}, {n,} or {n,m}.  Another brace is not known here. */
static bool
take_braces(struct reader *r, struct repeat *repeat)
{
	struct slice s = r->rest;

	if (!slice_take(&s, '{') || !take_count(&s, &repeat->least)) {
		lose(r);
		return false;
	}
	repeat->most = repeat->least;
	if (slice_take(&s, ',') && !take_count(&s, &repeat->most))
		repeat->most = MANY;
	if (!slice_take(&s, '}')) {
		lose(r);
		return false;
	}
	r->rest = s;
	return true;
}

/* Takes how often the item before stands, if it is said. */
static bool
take_repeat(struct reader *r, struct repeat *repeat)
{
	skip_blanks(r);
	if (r->rest.n == 0)
		return false;
	*repeat = (struct repeat){0, MANY, false};
	switch (r->rest.p[0]) {
	case '?':
		repeat->most = 1;
		break;
	case '*':
		break;
	case '+':
		repeat->least = 1;
		break;
	case '{':
		if (!take_braces(r, repeat))
			return false;
		goto greed;
	default:
		return false;
	}
	slice_take(&r->rest, r->rest.p[0]);
greed:
	repeat->possessive = slice_take(&r->rest, '+');
	if (!repeat->possessive)
		slice_take(&r->rest, '?');
	return true;
}

/* Adds an item of the sequence, which may be repeated. */
static void
append_repeated(struct reader *r, struct piece *p, struct piece item)
{
	struct repeat repeat, more;

	if (!take_repeat(r, &repeat)) {
		piece_append(p, &item, r->arena);
		return;
	}
	while (take_repeat(r, &more)) { /* a{2}{3}: of the repetition */
		repeat.least = more.least > 0 ? repeat.least : 0;
		repeat.most = MANY;
	}
	if (repeat.least == 0 && repeat.most == 1 && item.spelled) {
		struct piece none = nothing(r);

		none.whole = !repeat.possessive;
		piece_alternate(&item, &none, r->arena);
		piece_append(p, &item, r->arena);
		return;
	}
	if (repeat.least > 0)
		piece_append(p, &item, r->arena);
	piece_break(p, r->arena);
}

/* Takes flags up to their end: "(?i)" for the rest, "(?i:" for the group. */
static bool
take_flags(struct reader *r)
{
	bool on = true;

	for (;;) {
		if (slice_take(&r->rest, '-'))
			on = false;
		else if (slice_take(&r->rest, 'i'))
			r->caseless = on;
		else if (slice_starts(r->rest, "xx"))
			return false; /* blanks in classes mean nothing */
		else if (slice_take(&r->rest, 'x'))
			r->extended = on;
		else if (!slice_take(&r->rest, 'm') &&
		    !slice_take(&r->rest, 's'))
			return r->rest.n > 0 &&
			    (r->rest.p[0] == ')' || r->rest.p[0] == ':');
	}
}

/* Takes the name of a group and what closes it. */
static bool
take_name(struct reader *r, char close)
{
	struct slice name;

	return slice_split(&r->rest, close, &name) > 0 && r->rest.p != NULL;
}

enum group { GROUP_PLAIN, GROUP_CUT, GROUP_PLACE, GROUP_FLAGS, GROUP_UNKNOWN };

/* Takes what stands after the parenthesis of a group. */
static enum group
take_opening(struct reader *r)
{
	static const char *const places[] = {"=", "!", "<=", "<!"};

	if (slice_starts(r->rest, "*"))
		return GROUP_UNKNOWN;
	if (!slice_take(&r->rest, '?'))
		return GROUP_PLAIN;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (!slice_starts(r->rest, places[i]))
			continue;
		r->rest = slice_from(r->rest, strlen(places[i]));
		return GROUP_PLACE;
	}
	if (slice_take(&r->rest, '>'))
		return GROUP_CUT;
	if (slice_take(&r->rest, '\''))
		return take_name(r, '\'') ? GROUP_PLAIN : GROUP_UNKNOWN;
	slice_take(&r->rest, 'P');
	if (slice_take(&r->rest, '<'))
		return take_name(r, '>') ? GROUP_PLAIN : GROUP_UNKNOWN;
	if (!take_flags(r))
		return GROUP_UNKNOWN;
	return slice_take(&r->rest, ':') ? GROUP_PLAIN : GROUP_FLAGS;
}

/* Reads a group, whose parenthesis was taken. */
static struct piece
read_group(struct reader *r)
{
	bool caseless = r->caseless, extended = r->extended;
	enum group group = take_opening(r);
	struct piece p;

	if (group == GROUP_UNKNOWN || r->depth == MAX_NEST)
		return lose(r);
	if (group == GROUP_FLAGS) {
		slice_take(&r->rest, ')');
		return nothing(r);
	}
	r->depth++;
	p = read_alternatives(r);
	r->depth--;
	r->caseless = caseless;
	r->extended = extended;
	if (!slice_take(&r->rest, ')'))
		return lose(r);
	if (group == GROUP_PLACE)
		return piece_place(r->arena);
	p.whole = p.whole && group != GROUP_CUT;
	return p;
}

static bool
is_letter_or_digit(char c)
{
	return slice_is_digit(c) || slice_is_letter(c);
}

/* The control character of an escape, or the sign itself; 0: neither. */
static char
escaped_byte(char c)
{
	static const char letters[] = "tnrfea", bytes[] = "\t\n\r\f\033\a";
	const char *at = c != '\0' ? strchr(letters, c) : NULL;

	if (at != NULL)
		return bytes[at - letters];
	return is_letter_or_digit(c) || (c & 0x80) != 0 ? '\0' : c;
}

/* Takes the L or {Greek} of \p. */
static bool
take_property(struct reader *r)
{
	struct slice name;

	if (slice_take(&r->rest, '{'))
		return slice_split(&r->rest, '}', &name) > 0 &&
		    r->rest.p != NULL;
	return r->rest.n > 0 && slice_take(&r->rest, r->rest.p[0]);
}

/* Reads an escape outside of a class, whose backslash was taken. */
static struct piece
read_escape(struct reader *r)
{
	static const char classes[] = "dDwWsShHvVRX";
	static const char places[] = "BAzZGK";
	char c = r->rest.n > 0 ? r->rest.p[0] : '\0', byte = escaped_byte(c);

	if (c == '\0')
		return lose(r);
	slice_take(&r->rest, c);
	if (byte != '\0')
		return piece_text(
		    (struct slice){&byte, 1}, r->caseless, r->arena);
	if (c == 'b')
		return piece_border(r->arena);
	if (strchr(classes, c) != NULL)
		return piece_unknown();
	if (c == 'p' || c == 'P')
		return take_property(r) ? piece_unknown() : lose(r);
	return strchr(places, c) != NULL ? piece_place(r->arena) : lose(r);
}

/* The members of a class that has few. */
struct members {
	char byte[MAX_MEMBERS];
	size_t n;
	bool few;
};

static void
add_members(struct members *m, char first, char last)
{
	unsigned c = (unsigned char)first;

	for (; c <= (unsigned char)last && m->few; c++) {
		if (m->n < MAX_MEMBERS)
			m->byte[m->n++] = (char)c;
		else
			m->few = false;
	}
}

/*
 * Takes a member of a class.  Sets *byte to it, or to 0 where it is more than
 * one character or beyond ASCII.
 */
static void
take_member(struct reader *r, char *byte)
{
	static const char plain[] = "dDwWsShHvVb";
	char c = r->rest.p[0];
	struct slice name;

	*byte = (c & 0x80) != 0 ? '\0' : c;
	slice_take(&r->rest, c);
	if (c == '[' &&
	    (slice_starts(r->rest, ".") || slice_starts(r->rest, "="))) {
		lose(r);
	} else if (c == '[' && slice_take(&r->rest, ':')) {
		*byte = '\0'; /* [:alpha:] */
		slice_take(&r->rest, '^');
		while (r->rest.n > 0 && is_letter_or_digit(r->rest.p[0]))
			slice_take(&r->rest, r->rest.p[0]);
		if (!slice_starts(r->rest, ":]"))
			lose(r);
		else
			slice_split(&r->rest, ']', &name);
	} else if (c == '\\') {
		c = r->rest.n > 0 ? r->rest.p[0] : '\0';
		*byte = escaped_byte(c);
		if (c == '\0' || (*byte == '\0' && strchr(plain, c) == NULL))
			lose(r);
		else
			slice_take(&r->rest, c);
	}
}

/* Spells the members of a class. */
static struct piece
spell_members(struct reader *r, const struct members *m)
{
	struct piece p = {0};

	for (size_t i = 0; i < m->n; i++) {
		struct slice one = {&m->byte[i], 1};
		struct piece member = piece_text(one, r->caseless, r->arena);

		if (i == 0)
			p = member;
		else
			piece_alternate(&p, &member, r->arena);
	}
	return p;
}

/* Reads a class, whose bracket was taken. */
static struct piece
read_class(struct reader *r)
{
	struct members m = {.few = !slice_take(&r->rest, '^')};
	bool first = true;
	char from, to;

	while (r->rest.n > 0 && (first || r->rest.p[0] != ']')) {
		first = false;
		take_member(r, &from);
		to = from;
		if (r->rest.n > 1 && r->rest.p[0] == '-' &&
		    r->rest.p[1] != ']') {
			slice_take(&r->rest, '-');
			take_member(r, &to);
		}
		if (from == '\0' || to == '\0')
			m.few = false;
		add_members(&m, from, to);
	}
	if (!slice_take(&r->rest, ']'))
		return lose(r);
	return m.few && m.n > 0 ? spell_members(r, &m) : piece_unknown();
}

/* Reads a character that stands for itself. */
static struct piece
read_character(struct reader *r)
{
	struct slice c = {r->rest.p, slice_utf8(r->rest)};

	if (c.n == 0 || (c.n > 1 && r->extended))
		return lose(r); /* which may be a blank, as U+2028 is */
	r->rest = slice_from(r->rest, c.n);
	if (c.n > 1 && r->caseless)
		return piece_unknown();
	return piece_text(c, r->caseless, r->arena);
}

static struct piece
read_item(struct reader *r)
{
	if (slice_take(&r->rest, '('))
		return read_group(r);
	if (slice_take(&r->rest, '['))
		return read_class(r);
	if (slice_take(&r->rest, '\\'))
		return read_escape(r);
	if (slice_take(&r->rest, '.'))
		return piece_unknown();
	if (slice_take(&r->rest, '^') || slice_take(&r->rest, '$'))
		return piece_place(r->arena);
	return read_character(r);
}

static struct piece
read_sequence(struct reader *r)
{
	struct piece p = nothing(r);

	for (;;) {
		skip_blanks(r);
		if (r->rest.n == 0 || r->rest.p[0] == '|' ||
		    r->rest.p[0] == ')')
			break;
		if (strchr("?*+{", r->rest.p[0]) != NULL)
			return lose(r); /* of nothing that was read */
		append_repeated(r, &p, read_item(r));
	}
	if (!p.spelled)
		piece_break(&p, r->arena);
	return p;
}

static struct piece
read_alternatives(struct reader *r)
{
	struct piece p = read_sequence(r);

	while (slice_take(&r->rest, '|')) {
		struct piece other = read_sequence(r);

		piece_alternate(&p, &other, r->arena);
	}
	return p;
}

/* Gives a spelling to the result; caseless, in small letters. */
static struct literal
literal_of(const struct spelling *s, bool whole)
{
	struct literal l = {.n = s->n,
	    .left = s->left,
	    .right = s->right,
	    .caseless = s->caseless,
	    .whole = whole};

	for (size_t i = 0; i < s->n; i++) {
		char c = s->text[i];

		if (s->caseless && c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		l.text[i] = c;
	}
	return l;
}

/* Whether a caseless literal has a letter in it. */
static bool
folds(struct literals_part part, char letter)
{
	for (size_t i = 0; i < part.n; i++) {
		const struct literal *l = &part.literal[i];

		if (l->caseless && memchr(l->text, letter, l->n) != NULL)
			return true;
	}
	return false;
}

/* Makes a part of the result, with what k and s stand for besides. */
static struct literals_part
part_of(struct spellings s, bool whole, struct arena *arena)
{
	static const struct literal kelvin = {.text = "\xe2\x84\xaa", .n = 3};
	static const struct literal long_s = {.text = "\xc5\xbf", .n = 2};
	struct literals_part part = {
	    arena_new(arena, (s.n + 2) * sizeof *part.literal), s.n};
	bool has_k, has_s;

	for (size_t i = 0; i < s.n; i++)
		part.literal[i] = literal_of(&s.v[i], whole);
	has_k = folds(part, 'k');
	has_s = folds(part, 's');
	if (has_k)
		part.literal[part.n++] = kelvin;
	if (has_s)
		part.literal[part.n++] = long_s;
	return part;
}

/* Whether the body has \Q or \E in it, which change what all others mean. */
static bool
has_quoting(struct slice body)
{
	for (size_t i = 0; i + 1 < body.n; i++) {
		if (body.p[i] == '\\' &&
		    (body.p[i + 1] == 'Q' || body.p[i + 1] == 'E'))
			return true;
	}
	return false;
}

static bool
has_flag(struct slice flags, char flag)
{
	return flags.n > 0 && memchr(flags.p, flag, flags.n) != NULL;
}

struct literals
literals_find(struct slice body, struct slice flags, struct arena *arena)
{
	struct arena pieces = {0};
	struct reader r = {.rest = body,
	    .caseless = has_flag(flags, 'i'),
	    .extended = has_flag(flags, 'x'),
	    .arena = &pieces};
	struct literals l = {0};
	struct piece p;
	bool whole;

	if (has_quoting(body))
		return l;
	p = read_alternatives(&r);
	whole = p.spelled && p.whole;
	piece_break(&p, &pieces);
	if (!r.lost && r.rest.n == 0) {
		for (; l.n < p.nparts; l.n++)
			l.part[l.n] = part_of(p.part[l.n], whole, arena);
	}
	arena_release(&pieces);
	return l;
}
