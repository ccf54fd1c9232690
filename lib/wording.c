#include "wording.h"

#include <stdint.h>
#include <stdlib.h>

#include "files.h"
#include "plain.h"
#include "utf8.h"

#define FILE_MAX_BYTES ((size_t)1024 * 1024)
#define VALUE_CHARACTERS 20 /* to this, values are cut before words are */
#define STATUS_CHARACTERS 40

struct wording {
	struct phrase subject, body;
	bool has_subject;
	bool structured; /* data, not prose */
	struct buf text; /* both phrases point into it and the arena */
	struct arena arena;
};

/* What a slot says: bytes of text->values. */
struct wording_value {
	size_t at, n;
	size_t beyond; /* characters that no limit would let through */
	size_t left;   /* characters left out when it was made last */
};

/*
 * Copies the text without a BOM, returns before newlines and newlines at the
 * end.  Returns 0, or -1 where it is not text.
 */
static int
take_text(struct wording *w, struct slice text)
{
	if (!utf8_is_valid(text))
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
	return phrase_parse(&w->subject, head, start, &w->arena, f);
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
	if (phrase_parse(&w->body, rest, where, &w->arena, f) < 0)
		return -1;
	w->structured = slice_starts(rest, "{{") || slice_starts(rest, "<");
	if (w->structured && !phrase_has_slot(&w->body, "status"))
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

	if (file_check_regular(path, f) == 0 &&
	    file_read(path, FILE_MAX_BYTES, &text, f) == 0)
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

int
wording_bind(struct wording *w, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	if (phrase_bind(&w->subject, columns, known, f) < 0)
		return -1;
	return phrase_bind(&w->body, columns, known, f);
}

/* One text in the making: the subject or the body. */
struct making {
	const struct phrase *phrase;
	const struct wording_means *means;
	struct wording_text *text;
	struct buf *out;
	struct slice mark; /* stands before it */
	struct medium_limit limit;
	bool subject;     /* else the body */
	bool word_lines;  /* whether the words may have several lines */
	bool value_lines; /* the same of values */
};

/* Makes room for what n slots say. */
static void
reserve_values(struct wording_text *text, size_t n)
{
	if (text->value_cap >= n)
		return;
	text->value_cap = n;
	text->value = mem_resize(text->value, n, sizeof *text->value);
}

/*
 * Says all slots into text->values, each value with at most one character over
 * `most`: a longer one has to be cut anyway.
 */
static void
add_values(const struct making *m, const struct slice *field, size_t most)
{
	struct wording_text *text = m->text;

	buf_clear(&text->values);
	reserve_values(text, m->phrase->n);
	for (size_t i = 0; i < m->phrase->n; i++) {
		const struct phrase_piece *p = &m->phrase->piece[i];
		struct wording_value *v = &text->value[i];
		struct slice value = {"", 0};

		if (p->column.p != NULL)
			value =
			    phrase_say(p, field, &m->means->say, &text->said);
		v->at = text->values.n;
		v->n = slice_first(value, most < SIZE_MAX ? most + 1 : most).n;
		v->beyond = slice_characters(slice_from(value, v->n));
		buf_add(&text->values, value.p, v->n);
	}
}

/* Adds a value of at most n characters and notes how many it left out. */
static void
make_value(const struct making *m, size_t i, size_t n)
{
	struct wording_value *v = &m->text->value[i];
	struct slice value = {buf_slice(&m->text->values).p + v->at, v->n};
	struct buf *cut = &m->text->scratch;

	v->left = v->beyond;
	if (v->n > n) { /* or it has no more characters than bytes */
		buf_clear(cut);
		v->left += medium_shorten(m->means->say.medium, value, n, cut);
		value = buf_slice(cut);
	}
	value = phrase_escape(&m->phrase->piece[i], value, &m->text->said);
	plain_add(m->out, value, m->value_lines);
}

/* Makes the text with values of at most n characters. */
static void
make(const struct making *m, size_t n)
{
	buf_clear(m->out);
	buf_add_slice(m->out, m->mark);
	m->text->words_end = m->out->n;
	for (size_t i = 0; i < m->phrase->n; i++) {
		const struct phrase_piece *p = &m->phrase->piece[i];

		if (p->column.p != NULL) {
			make_value(m, i, n);
			continue;
		}
		plain_add(m->out, p->text, m->word_lines);
		m->text->words_end = m->out->n;
	}
}

/* Notes what was left out. */
static void
lose(const struct making *m, struct slice column, size_t characters)
{
	struct wording_text *text = m->text;

	text->cut += characters;
	text->loss = mem_grow(
	    text->loss, text->nloss, &text->loss_cap, sizeof *text->loss);
	text->loss[text->nloss++] = (struct wording_loss){
	    .column = column, .characters = characters, .subject = m->subject};
}

/* Notes what the values have lost that the text was made of last. */
static void
lose_values(const struct making *m)
{
	for (size_t i = 0; i < m->phrase->n; i++) {
		const struct phrase_piece *p = &m->phrase->piece[i];

		if (p->column.p != NULL && m->text->value[i].left > 0)
			lose(m, p->column, m->text->value[i].left);
	}
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
	struct slice dots = medium_ellipsis(m->means->say.medium);
	struct slice s = buf_slice(m->out), column = {NULL, 0};
	size_t n = medium_cut(s, m->limit, dots);

	if (n >= m->text->words_end) /* so a value stands at the end */
		column = m->phrase->piece[m->phrase->n - 1].column;
	lose(m, column, slice_characters(slice_from(s, n)));
	m->out->n = n;
	buf_add_slice(m->out, dots);
}

/* Makes the text of a row within the limit: values as long as can be. */
static void
make_within(const struct making *m, const struct slice *field, bool structured)
{
	size_t low = VALUE_CHARACTERS, high = medium_most_characters(m->limit);

	high = high > low ? high : low;
	add_values(m, field, high);
	make(m, high);
	if (fits(m)) {
		lose_values(m);
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
	make(m, low);
	lose_values(m);
	if (fits(m))
		return;
	if (structured)
		m->text->over = true;
	else
		cut_end(m);
}

void
wording_mark(const struct medium *medium, const struct codes *codes,
    struct slice status, struct buf *out)
{
	const struct slice column = SLICE("status");
	bool spoken = medium->charset == MEDIUM_SPEECH;

	buf_clear(out);
	if (status.n == 0 || slice_is(status, "actual"))
		return;
	status = spoken ? codes_spoken(codes, column, status)
			: codes_word(codes, column, status);
	status = slice_first(status, STATUS_CHARACTERS);
	plain_add(out, status, false);
	buf_add_str(out, spoken ? ". " : ": ");
}

bool
wording_is_structured(struct slice text)
{
	return slice_starts(text, "{") || slice_starts(text, "<");
}

static void
start(struct wording_text *text)
{
	buf_clear(&text->subject);
	buf_clear(&text->body);
	phrase_said_clear(&text->said);
	text->cut = text->nloss = 0;
	text->over = false;
}

void
wording_render(const struct wording *w, const struct slice *field,
    const struct wording_means *means, struct wording_text *text)
{
	struct making subject = {.phrase = &w->subject,
	    .means = means,
	    .text = text,
	    .out = &text->subject,
	    .subject = true,
	    .limit = {MEDIUM_CHARACTERS, WORDING_SUBJECT_CHARACTERS}};
	struct making body = {.phrase = &w->body,
	    .means = means,
	    .text = text,
	    .out = &text->body,
	    .limit = means->say.medium->limit,
	    .word_lines = true,
	    .value_lines = w->has_subject};

	start(text);
	wording_mark(
	    means->say.medium, means->say.codes, means->status, &text->mark);
	subject.mark = buf_slice(&text->mark);
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

static void
see_slots(const struct phrase *p,
    void (*see)(void *ctx, struct slice column, bool bound, bool has_else),
    void *ctx)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct phrase_piece *slot = &p->piece[i];

		if (slot->column.p != NULL)
			see(ctx, slot->column, slot->index != COLUMNS_NONE,
			    slot->has_else);
	}
}

void
wording_slots(const struct wording *w,
    void (*see)(void *ctx, struct slice column, bool bound, bool has_else),
    void *ctx)
{
	see_slots(&w->subject, see, ctx);
	see_slots(&w->body, see, ctx);
}

void
wording_text_release(struct wording_text *text)
{
	buf_release(&text->subject);
	buf_release(&text->body);
	buf_release(&text->values);
	buf_release(&text->mark);
	buf_release(&text->scratch);
	phrase_said_release(&text->said);
	free(text->value);
	free(text->loss);
	*text = (struct wording_text){0};
}
