#include "phrase.h"

#include "escape.h"
#include "spelling.h"
#include "stamp.h"
#include "template.h"

enum step_kind {
	DIGITS,
	PHONETIC,
	SPOKEN,
	WORD,
	LOCAL,
	SHORT,
	ELSE,
	JSON,
	XML
};

static const struct slice step_names[] = {SLICE("digits"), SLICE("phonetic"),
    SLICE("spoken"), SLICE("word"), SLICE("local"), SLICE("short"),
    SLICE("else"), SLICE("json"), SLICE("xml")};

#define STEPS (sizeof step_names / sizeof *step_names)

struct phrase_step {
	enum step_kind kind;
	size_t n; /* of `short` */
};

/* The kind of a filter, or STEPS. */
static size_t
find_step(struct slice name)
{
	size_t kind = 0;

	while (kind < STEPS && !slice_eq(name, step_names[kind]))
		kind++;
	return kind;
}

/* Adds a filter other than `else` to the steps of its slot. */
static int
add_step(struct phrase_piece *p, enum step_kind kind,
    const struct template_filter *filter, struct place where, struct fault *f)
{
	struct slice rest = slice_trim(filter->rest);
	unsigned long long n = 0;

	if (kind == SHORT && (slice_number(rest, 1000000, &n) < 0 || n == 0))
		return fault_at(f, where,
		    "a number of characters was expected, as in 'short 40'");
	if (kind != SHORT && rest.n > 0)
		return fault_at(f, where,
		    "'%.*s' stands alone, not with '%.*s'",
		    SLICE_ARG(filter->name), SLICE_ARG(rest));
	if (kind < ELSE && p->nsteps > p->nwords)
		return fault_at(f, where,
		    "'%.*s' can't stand after json or xml",
		    SLICE_ARG(filter->name));
	p->step[p->nsteps++] = (struct phrase_step){kind, (size_t)n};
	if (kind < ELSE)
		p->nwords = p->nsteps;
	return 0;
}

static int
read_filter(struct phrase_piece *p, const struct template_filter *filter,
    struct place where, struct fault *f)
{
	size_t kind = find_step(filter->name);

	if (kind == STEPS) {
		fault_at(
		    f, where, "unknown filter '%.*s'", SLICE_ARG(filter->name));
		return fault_suggest(f, filter->name, step_names, STEPS);
	}
	if (kind != ELSE)
		return add_step(p, (enum step_kind)kind, filter, where, f);
	if (p->has_else)
		return fault_at(f, where, "a second 'else'");
	p->has_else = true;
	p->otherwise = slice_trim(filter->rest);
	return 0;
}

static int
read_piece(struct phrase_piece *p, const struct template_piece *t,
    struct arena *arena, struct fault *f)
{
	p->text = t->text;
	p->column = t->column;
	p->where = t->where;
	p->index = COLUMNS_NONE;
	p->otherwise = (struct slice){"", 0};
	p->step = arena_new(arena, (t->nfilter + 1) * sizeof *p->step);
	for (size_t i = 0; i < t->nfilter; i++) {
		struct place at = t->where;

		/* A slot has no line end in it: '{' is before its column. */
		at.column += (size_t)(t->filter[i].name.p - t->column.p) + 1;
		if (read_filter(p, &t->filter[i], at, f) < 0)
			return -1;
	}
	return 0;
}

int
phrase_parse(struct phrase *p, struct slice text, struct place where,
    struct arena *arena, struct fault *f)
{
	struct template t;

	*p = (struct phrase){0};
	if (template_parse(&t, text, where, arena, f) < 0)
		return -1;
	p->piece = arena_new(arena, (t.n + 1) * sizeof *p->piece);
	for (; p->n < t.n; p->n++) {
		if (read_piece(&p->piece[p->n], &t.piece[p->n], arena, f) < 0)
			return -1;
	}
	return 0;
}

bool
phrase_has_slot(const struct phrase *p, const char *column)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->piece[i].column.p != NULL &&
		    slice_is(p->piece[i].column, column))
			return true;
	}
	return false;
}

int
phrase_bind(struct phrase *p, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < p->n; i++) {
		struct phrase_piece *slot = &p->piece[i];

		if (slot->column.p == NULL)
			continue;
		slot->index = columns_find(columns, slot->column);
		if (slot->index != COLUMNS_NONE ||
		    (known != NULL &&
			columns_find(known, slot->column) != COLUMNS_NONE))
			continue;
		columns_unknown(columns, known, slot->column, slot->where, f);
		if (fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

/* Each character by itself. */
static void
add_digits(struct buf *out, struct slice s)
{
	char *start = buf_room(out, 2 * s.n), *p = start;

	for (size_t len; (len = slice_first(s, 1).n) > 0;
	     s = slice_from(s, len)) {
		if ((unsigned char)s.p[0] <= ' ' || s.p[0] == '-')
			continue;
		if (p > start)
			*p++ = ' ';
		memcpy(p, s.p, len);
		p += len;
	}
	out->n += (size_t)(p - start);
}

/* Letter by letter.  Returns the number of characters left out. */
static size_t
add_phonetic(struct buf *out, struct slice s, const struct phrase_means *means)
{
	size_t left = spelling_add(out, s, means->codes);

	if (left > 0) {
		buf_add_char(out, ' ');
		buf_add_slice(out, medium_ellipsis(means->medium));
	}
	return left;
}

/* A time in the pack's zone.  Returns 0, or -1 where s is none. */
static int
add_local(struct buf *out, struct slice s, const struct zone *zone)
{
	struct stamp t;
	struct civil c;

	if (stamp_parse(s, &t) < 0) {
		buf_add_slice(out, s);
		return -1;
	}
	c = zone_civil(zone, t.s);
	civil_add_date(out, &c);
	buf_addf(out, " %02d:%02d", c.hour, c.minute);
	return 0;
}

/* Adds what one step makes of a value. */
static void
take_step(struct buf *out, struct slice value, const struct phrase_piece *p,
    const struct phrase_step *step, const struct phrase_means *means,
    struct phrase_said *said)
{
	switch (step->kind) {
	case DIGITS:
		add_digits(out, value);
		break;
	case PHONETIC:
		said->shortened += add_phonetic(out, value, means);
		break;
	case SPOKEN:
		buf_add_slice(
		    out, codes_spoken(means->codes, p->column, value));
		break;
	case WORD:
		buf_add_slice(out, codes_word(means->codes, p->column, value));
		break;
	case LOCAL:
		if (add_local(out, value, means->zone) < 0)
			said->unreadable++;
		break;
	case SHORT:
		said->shortened +=
		    medium_shorten(means->medium, value, step->n, out);
		break;
	case ELSE:
	case JSON:
	case XML:
		break; /* not said in words */
	}
}

struct slice
phrase_say(const struct phrase_piece *slot, const struct slice *field,
    const struct phrase_means *means, struct phrase_said *said)
{
	struct slice value;

	if (slot->index == COLUMNS_NONE || !field_is_set(field[slot->index])) {
		if (!slot->has_else && said->missing++ == 0)
			said->missing_column = slot->column;
		return slot->otherwise;
	}
	value = unescape(field[slot->index], &said->scratch[1]);
	for (size_t i = 0; i < slot->nwords; i++) {
		struct buf *out = &said->scratch[i % 2];

		buf_clear(out);
		take_step(out, value, slot, &slot->step[i], means, said);
		value = buf_slice(out);
	}
	return value;
}

static void
add_json(struct buf *out, struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c == '\n')
			buf_add_str(out, "\\n");
		else if ((unsigned char)c < ' ')
			buf_addf(out, "\\u%04x", (unsigned)c);
		else
			buf_add_char(out, c);
	}
}

/* XML has no U+FFFE and U+FFFF, not even escaped. */
static bool
is_no_xml(struct slice s)
{
	return slice_starts(s, "\xef\xbf\xbe") ||
	    slice_starts(s, "\xef\xbf\xbf");
}

static void
add_xml(struct buf *out, struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_no_xml(slice_from(s, i))) {
			buf_add_char(out, '?');
			i += 2;
			continue;
		}
		switch (s.p[i]) {
		case '&':
			buf_add_str(out, "&amp;");
			break;
		case '<':
			buf_add_str(out, "&lt;");
			break;
		case '>':
			buf_add_str(out, "&gt;");
			break;
		case '"':
			buf_add_str(out, "&quot;");
			break;
		case '\'':
			buf_add_str(out, "&#39;");
			break;
		default:
			buf_add_char(out, s.p[i]);
		}
	}
}

struct slice
phrase_escape(const struct phrase_piece *slot, struct slice value,
    struct phrase_said *said)
{
	for (size_t i = slot->nwords; i < slot->nsteps; i++) {
		struct buf *out = &said->scratch[i % 2];

		buf_clear(out);
		if (slot->step[i].kind == JSON)
			add_json(out, value);
		else
			add_xml(out, value);
		value = buf_slice(out);
	}
	return value;
}

void
phrase_said_clear(struct phrase_said *said)
{
	said->missing = 0;
	said->missing_column = (struct slice){NULL, 0};
	said->unreadable = 0;
	said->shortened = 0;
}

void
phrase_said_release(struct phrase_said *said)
{
	buf_release(&said->scratch[0]);
	buf_release(&said->scratch[1]);
	*said = (struct phrase_said){0};
}
