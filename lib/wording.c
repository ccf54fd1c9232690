#include "wording.h"

#include <stdlib.h>

#include "escape.h"
#include "files.h"
#include "stamp.h"
#include "template.h"

#define FILE_MAX_BYTES ((size_t)1024 * 1024)
#define SUBJECT_CHARACTERS 200 /* 4 bytes each are under a line of mail */
#define VALUE_CHARACTERS 20    /* to this, values are cut before words are */
#define STATUS_CHARACTERS 40

enum step_kind { DIGITS, SPOKEN, WORD, LOCAL, SHORT, ELSE, JSON, XML };

static const struct slice step_names[] = {SLICE("digits"), SLICE("spoken"),
    SLICE("word"), SLICE("local"), SLICE("short"), SLICE("else"), SLICE("json"),
    SLICE("xml")};

#define STEPS (sizeof step_names / sizeof *step_names)

struct step {
	enum step_kind kind;
	size_t n; /* of `short` */
};

/* A piece of a text: words, or a slot and what its value goes through. */
struct piece {
	struct slice text;   /* words */
	struct slice column; /* p != NULL: a slot */
	struct place where;
	size_t index;      /* of the column, or COLUMNS_NONE: never a value */
	struct step *step; /* those that say it in words, then the escapes */
	size_t nwords, nsteps;
	bool has_else;
	struct slice otherwise; /* the words of `else` */
};

struct pieces {
	struct piece *piece;
	size_t n;
};

struct wording {
	struct pieces subject, body;
	bool has_subject;
	bool structured; /* data, not prose */
	struct buf text; /* all slices above point into it or the arena */
	struct arena arena;
};

/* What a slot says: bytes of text->values. */
struct wording_value {
	size_t at, n;
	size_t beyond; /* characters that no limit would let through */
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

/* Adds a filter to the steps of its slot. */
static int
add_step(struct piece *p, const struct template_filter *filter,
    struct place where, struct fault *f)
{
	size_t kind = find_step(filter->name);
	struct slice rest = slice_trim(filter->rest);
	unsigned long long n = 0;

	if (kind == STEPS) {
		fault_at(
		    f, where, "unknown filter '%.*s'", SLICE_ARG(filter->name));
		return fault_suggest(f, filter->name, step_names, STEPS);
	}
	if (kind == ELSE) {
		p->has_else = true;
		p->otherwise = rest;
		return 0;
	}
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
	p->step[p->nsteps++] = (struct step){(enum step_kind)kind, (size_t)n};
	if (kind < ELSE)
		p->nwords = p->nsteps;
	return 0;
}

static int
read_piece(struct wording *w, struct piece *p, const struct template_piece *t,
    struct fault *f)
{
	p->text = t->text;
	p->column = t->column;
	p->where = t->where;
	p->index = COLUMNS_NONE;
	p->otherwise = (struct slice){"", 0};
	p->step = arena_new(&w->arena, (t->nfilter + 1) * sizeof *p->step);
	for (size_t i = 0; i < t->nfilter; i++) {
		struct place at = t->where;

		/* A slot has no line end in it: '{' is before its column. */
		at.column += (size_t)(t->filter[i].name.p - t->column.p) + 1;
		if (add_step(p, &t->filter[i], at, f) < 0)
			return -1;
	}
	return 0;
}

static int
read_pieces(struct wording *w, struct pieces *out, struct slice text,
    struct place where, struct fault *f)
{
	struct template t;

	if (template_parse(&t, text, where, &w->arena, f) < 0)
		return -1;
	out->piece = arena_new(&w->arena, (t.n + 1) * sizeof *out->piece);
	for (; out->n < t.n; out->n++) {
		if (read_piece(w, &out->piece[out->n], &t.piece[out->n], f) < 0)
			return -1;
	}
	return 0;
}

/*
 * Copies the text without a BOM, returns before newlines and newlines at the
 * end.  Returns 0, or -1 where it is not text.
 */
static int
take_text(struct wording *w, struct slice text)
{
	if (!slice_is_utf8(text))
		return -1;
	text = slice_without_bom(text);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
			continue;
		if (((unsigned char)c < ' ' && c != '\n' && c != '\t') ||
		    c == 0x7f)
			return -1;
		buf_add_char(&w->text, c);
	}
	while (w->text.n > 0 && w->text.p[w->text.n - 1] == '\n')
		w->text.n--;
	return 0;
}

/* Steps over what s starts with, keeping count of the place. */
static void
pass(struct slice *s, size_t n, struct place *where)
{
	for (; n > 0; n--) {
		where->column++;
		if (s->p[0] == '\n') {
			where->line++;
			where->column = 1;
		}
		s->p++;
		s->n--;
	}
}

/* Reads the subject, up to the first empty line; *rest is then the body. */
static int
read_subject(
    struct wording *w, struct slice *rest, struct place *where, struct fault *f)
{
	struct slice head = *rest;
	struct place start = *where;
	size_t n = 0;

	while (n + 1 < rest->n && memcmp(rest->p + n, "\n\n", 2) != 0)
		n++;
	if (n + 1 >= rest->n)
		return fault_at(f, *where,
		    "an empty line was expected between subject and body");
	head.n = n;
	pass(rest, n, where);
	while (rest->n > 0 && rest->p[0] == '\n')
		pass(rest, 1, where);
	pass(&head, strlen("Subject:"), &start);
	while (head.n > 0 && head.p[0] == ' ')
		pass(&head, 1, &start);
	if (head.n == 0)
		return fault_at(f, start, "the subject is empty");
	w->has_subject = true;
	return read_pieces(w, &w->subject, head, start, f);
}

static bool
has_slot(const struct pieces *pieces, const char *column)
{
	for (size_t i = 0; i < pieces->n; i++) {
		if (pieces->piece[i].column.p != NULL &&
		    slice_is(pieces->piece[i].column, column))
			return true;
	}
	return false;
}

static int
read_text(
    struct wording *w, struct place where, struct slice medium, struct fault *f)
{
	struct slice rest = buf_slice(&w->text);

	if (rest.n == 0)
		return fault_at(f, where, "empty, agreed words were expected");
	where.line = where.column = 1;
	if (slice_starts(rest, "Subject:")) {
		if (slice_is(medium, "sms") || slice_is(medium, "voice") ||
		    slice_is(medium, "screen"))
			return fault_at(
			    f, where, "%.*s has no subject", SLICE_ARG(medium));
		if (read_subject(w, &rest, &where, f) < 0)
			return -1;
	} else if (slice_is(medium, "email")) {
		return fault_at(f, where,
		    "an email starts with 'Subject: ' and an empty line");
	}
	if (read_pieces(w, &w->body, rest, where, f) < 0)
		return -1;
	w->structured = slice_starts(rest, "{{") || slice_starts(rest, "<");
	if (w->structured && !has_slot(&w->body, "status"))
		return fault_at(f, where,
		    "structured text must have a slot {status}, which tells "
		    "drills and tests");
	return 0;
}

struct wording *
wording_read(
    const char *path, struct slice text, struct slice medium, struct fault *f)
{
	struct wording *w = mem_new(1, sizeof *w);
	struct place where = {
	    .file = arena_copy(&w->arena, path, strlen(path))};

	if (take_text(w, text) < 0)
		fault_at(
		    f, where, "not UTF-8 text, or control characters in it");
	else if (read_text(w, where, medium, f) == 0)
		return w;
	wording_free(w);
	return NULL;
}

struct wording *
wording_load(const char *path, struct slice medium, struct fault *f)
{
	struct buf text = {0};
	struct wording *w = NULL;

	if (file_read(path, FILE_MAX_BYTES, &text, f) == 0)
		w = wording_read(path, buf_slice(&text), medium, f);
	buf_release(&text);
	return w;
}

void
wording_free(struct wording *w)
{
	if (w == NULL)
		return;
	buf_release(&w->text);
	arena_release(&w->arena);
	free(w);
}

static int
bind(struct pieces *pieces, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < pieces->n; i++) {
		struct piece *p = &pieces->piece[i];

		if (p->column.p == NULL)
			continue;
		p->index = columns_find(columns, p->column);
		if (p->index == COLUMNS_NONE &&
		    (known == NULL ||
			columns_find(known, p->column) == COLUMNS_NONE))
			return columns_unknown(
			    columns, known, p->column, p->where, f);
	}
	return 0;
}

int
wording_bind(struct wording *w, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	if (bind(&w->subject, columns, known, f) < 0)
		return -1;
	return bind(&w->body, columns, known, f);
}

/* Each character by itself. */
static void
add_digits(struct buf *out, struct slice s)
{
	char *start = buf_room(out, 2 * s.n), *p = start;

	for (size_t len; (len = slice_first(s, 1).n) > 0;
	     s.p += len, s.n -= len) {
		if (s.p[0] == ' ' || s.p[0] == '-')
			continue;
		if (p > start)
			*p++ = ' ';
		memcpy(p, s.p, len);
		p += len;
	}
	out->n += (size_t)(p - start);
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
	buf_addf(out, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day,
	    c.hour, c.minute);
	return 0;
}

/* Adds what one step makes of a value. */
static void
add_step_of(struct buf *out, struct slice value, const struct piece *p,
    const struct step *step, const struct wording_means *means,
    struct wording_text *text)
{
	static const struct codes none = {0};
	const struct codes *codes = means->codes ? means->codes : &none;

	switch (step->kind) {
	case DIGITS:
		add_digits(out, value);
		break;
	case SPOKEN:
		buf_add_slice(out, codes_spoken(codes, p->column, value));
		break;
	case WORD:
		buf_add_slice(out, codes_word(codes, p->column, value));
		break;
	case LOCAL:
		if (add_local(out, value, means->zone) < 0)
			text->unreadable++;
		break;
	case SHORT:
		text->shortened +=
		    medium_shorten(means->medium, value, step->n, out);
		break;
	case ELSE:
	case JSON:
	case XML:
		break; /* not said in words */
	}
}

/* What a slot says, before escapes: valid until the next call. */
static struct slice
say_value(const struct piece *p, const struct slice *field,
    const struct wording_means *means, struct wording_text *text)
{
	struct slice value;

	if (p->index == COLUMNS_NONE || !field_is_set(field[p->index])) {
		if (!p->has_else && text->missing++ == 0)
			text->missing_column = p->column;
		return p->otherwise;
	}
	value = unescape(field[p->index], &text->scratch[1]);
	for (size_t i = 0; i < p->nwords; i++) {
		struct buf *out = &text->scratch[i % 2];

		buf_clear(out);
		add_step_of(out, value, p, &p->step[i], means, text);
		value = buf_slice(out);
	}
	return value;
}

/*
 * Fills text->values, each value with at most one character over `most`: a
 * longer one has to be cut anyway.
 */
static void
add_values(const struct pieces *pieces, const struct slice *field,
    const struct wording_means *means, size_t most, struct wording_text *text)
{
	struct buf *values = &text->values;

	buf_clear(values);
	if (text->value_cap < pieces->n) {
		text->value_cap = pieces->n;
		text->value =
		    mem_resize(text->value, pieces->n, sizeof *text->value);
	}
	for (size_t i = 0; i < pieces->n; i++) {
		struct wording_value *v = &text->value[i];
		struct slice value = {"", 0};

		if (pieces->piece[i].column.p != NULL)
			value =
			    say_value(&pieces->piece[i], field, means, text);
		v->at = values->n;
		v->n = slice_first(value, most < SIZE_MAX ? most + 1 : most).n;
		v->beyond = slice_characters(
		    (struct slice){value.p + v->n, value.n - v->n});
		buf_add(values, value.p, v->n);
	}
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

static void
add_xml(struct buf *out, struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
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

/*
 * Whether a character (its first byte and length) ends a line or acts on a
 * terminal: C0, DEL, C1, and the separators of lines and paragraphs.
 */
static bool
is_control(const char *p, size_t len)
{
	const unsigned char *c = (const unsigned char *)p;

	if (len == 1)
		return c[0] < ' ' || c[0] == 0x7f;
	if (len == 2)
		return c[0] == 0xc2 && c[1] < 0xa0;
	return len == 3 && c[0] == 0xe2 && c[1] == 0x80 &&
	    (c[2] == 0xa8 || c[2] == 0xa9);
}

/* Adds s so that it can do no harm; lines says that it may have several. */
static void
add_clean(struct buf *out, struct slice s, bool lines)
{
	size_t from = 0, i = 0;

	while (i < s.n) {
		struct slice rest = {s.p + i, s.n - i};
		size_t len = slice_utf8(rest);

		if (len > 0 &&
		    (!is_control(rest.p, len) ||
			(lines && (rest.p[0] == '\n' || rest.p[0] == '\t')))) {
			i += len;
			continue;
		}
		buf_add(out, s.p + from, i - from);
		if (len == 0)
			buf_add_char(out, '?');
		else if (!lines || !slice_starts(rest, "\r\n"))
			buf_add_char(out, ' ');
		i += len > 0 ? len : 1;
		from = i;
	}
	buf_add(out, s.p + from, s.n - from);
}

/* One text in the making: the subject or the body. */
struct making {
	const struct pieces *pieces;
	const struct wording_means *means;
	struct wording_text *text;
	struct buf *out;
	struct slice mark; /* stands before it */
	struct medium_limit limit;
	bool word_lines;  /* whether the words may have several lines */
	bool value_lines; /* the same of values */
};

/* Adds a value of at most n characters.  Returns those that it left out. */
static size_t
make_value(const struct making *m, size_t i, size_t n)
{
	const struct piece *p = &m->pieces->piece[i];
	const struct wording_value *v = &m->text->value[i];
	struct buf *a = &m->text->scratch[0], *b = &m->text->scratch[1];
	struct slice value = {buf_slice(&m->text->values).p + v->at, v->n};
	size_t left;

	buf_clear(a);
	left = v->beyond + medium_shorten(m->means->medium, value, n, a);
	for (size_t k = p->nwords; k < p->nsteps; k++) {
		struct buf *swap = a;

		buf_clear(b);
		if (p->step[k].kind == JSON)
			add_json(b, buf_slice(a));
		else
			add_xml(b, buf_slice(a));
		a = b;
		b = swap;
	}
	add_clean(m->out, buf_slice(a), m->value_lines);
	return left;
}

/*
 * Makes the text with values of at most n characters.  Returns the number of
 * characters left out.
 */
static size_t
make(const struct making *m, size_t n)
{
	size_t left = 0;

	buf_clear(m->out);
	buf_add_slice(m->out, m->mark);
	for (size_t i = 0; i < m->pieces->n; i++) {
		const struct piece *p = &m->pieces->piece[i];

		if (p->column.p != NULL)
			left += make_value(m, i, n);
		else
			add_clean(m->out, p->text, m->word_lines);
	}
	return left;
}

static bool
fits(const struct making *m)
{
	return medium_fits(buf_slice(m->out), m->limit);
}

/* Cuts the text at its end. */
static void
cut_end(const struct making *m)
{
	struct slice dots = medium_ellipsis(m->means->medium);
	struct slice s = buf_slice(m->out);
	size_t n = medium_cut(s, m->limit, dots);

	m->text->cut += slice_characters((struct slice){s.p + n, s.n - n});
	m->out->n = n;
	buf_add_slice(m->out, dots);
}

/* Makes the text of a row within the limit: values as long as can be. */
static void
make_within(const struct making *m, const struct slice *field, bool structured)
{
	size_t low = VALUE_CHARACTERS, high = medium_most_characters(m->limit),
	       left;

	high = high > low ? high : low;
	add_values(m->pieces, field, m->means, high, m->text);
	left = make(m, high);
	if (fits(m)) {
		m->text->cut += left;
		return;
	}
	/* low is taken to fit, or nothing does; high does not. */
	while (high > low + 1) {
		size_t middle = low + (high - low) / 2;

		make(m, middle);
		if (fits(m))
			low = middle;
		else
			high = middle;
	}
	m->text->cut += make(m, low);
	if (fits(m))
		return;
	if (structured)
		m->text->over = true;
	else
		cut_end(m);
}

/*
 * The word that tells a drill or a test from the real thing, as it stands
 * before the text.
 */
static struct slice
make_mark(const struct wording_means *means, struct buf *out)
{
	static const struct codes none = {0};
	const struct slice column = SLICE("status");
	const struct codes *codes = means->codes ? means->codes : &none;
	bool spoken = means->medium->charset == MEDIUM_SPEECH;
	struct slice status = means->status;

	buf_clear(out);
	if (status.n == 0 || slice_is(status, "actual"))
		return buf_slice(out);
	status = spoken ? codes_spoken(codes, column, status)
			: codes_word(codes, column, status);
	status = slice_first(status, STATUS_CHARACTERS);
	add_clean(out, status, false);
	buf_add_str(out, spoken ? ". " : ": ");
	return buf_slice(out);
}

static void
start(struct wording_text *text)
{
	buf_clear(&text->subject);
	buf_clear(&text->body);
	text->missing = 0;
	text->missing_column = (struct slice){NULL, 0};
	text->unreadable = 0;
	text->shortened = 0;
	text->cut = 0;
	text->over = false;
}

void
wording_render(const struct wording *w, const struct slice *field,
    const struct wording_means *means, struct wording_text *text)
{
	struct making subject = {.pieces = &w->subject,
	    .means = means,
	    .text = text,
	    .out = &text->subject,
	    .mark = make_mark(means, &text->mark),
	    .limit = {MEDIUM_CHARACTERS, SUBJECT_CHARACTERS}};
	struct making body = {.pieces = &w->body,
	    .means = means,
	    .text = text,
	    .out = &text->body,
	    .limit = means->medium->limit,
	    .word_lines = true,
	    .value_lines = w->has_subject};

	start(text);
	if (!w->structured)
		body.mark = subject.mark;
	if (w->has_subject)
		make_within(&subject, field, false);
	if (body.limit.kind == MEDIUM_BYTES)
		body.limit.most = body.limit.most > text->subject.n
		    ? body.limit.most - text->subject.n
		    : 1;
	make_within(&body, field, w->structured);
}

void
wording_text_release(struct wording_text *text)
{
	buf_release(&text->subject);
	buf_release(&text->body);
	buf_release(&text->values);
	buf_release(&text->mark);
	buf_release(&text->scratch[0]);
	buf_release(&text->scratch[1]);
	free(text->value);
	*text = (struct wording_text){0};
}
