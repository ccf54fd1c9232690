#include "mailin.h"

#include <nettle/base64.h>

#include "address.h"
#include "encoding.h"
#include "plain.h"

/* A part of a mail, or the whole: what its header says, and its body. */
struct entity {
	struct slice type, encoding, disposition;
	struct slice body;
};

static bool
begins(struct slice s, const char *start)
{
	size_t n = strlen(start);

	return s.n >= n &&
	    slice_eq_letters((struct slice){s.p, n}, slice_of(start));
}

/* ---- the header ---- */

/* Takes the next line, without what ends it. */
static bool
next_line(struct slice *rest, struct slice *line)
{
	if (rest->n == 0)
		return false;
	slice_split(rest, '\n', line);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

/*
 * Takes the next field, folded lines and all.  Returns false at the header's
 * end: *rest is the body then.
 */
static bool
next_field(struct slice *rest, struct slice *name, struct slice *value)
{
	struct slice line;

	while (next_line(rest, &line) && line.n > 0) {
		struct slice field = line;

		while (rest->n > 0 &&
		    (rest->p[0] == ' ' || rest->p[0] == '\t') &&
		    next_line(rest, &line))
			field.n = (size_t)(line.p + line.n - field.p);
		*value = field;
		slice_split(value, ':', name);
		*name = slice_trim(*name);
		if (value->p != NULL)
			return true;
		/* What is no field is passed over. */
	}
	return false;
}

/* Takes note of what a field says of the part that it is of. */
static void
note_field(struct entity *e, struct slice name, struct slice value)
{
	value = slice_trim(value);
	if (slice_eq_letters(name, slice_of("Content-Type")))
		e->type = value;
	else if (slice_eq_letters(name, slice_of("Content-Transfer-Encoding")))
		e->encoding = value;
	else if (slice_eq_letters(name, slice_of("Content-Disposition")))
		e->disposition = value;
}

static void
set_body(struct entity *e, struct slice rest)
{
	e->body = rest.p != NULL ? rest : (struct slice){"", 0};
}

/* A parameter of a field: boundary="x"; empty where it has none. */
static struct slice
parameter(struct slice value, const char *name)
{
	size_t n = strlen(name), start = 0;
	bool quoted = false;

	for (size_t i = 0; i <= value.n; i++) {
		struct slice piece, text;

		if (i < value.n && value.p[i] == '"')
			quoted = !quoted;
		if (i < value.n && (quoted || value.p[i] != ';'))
			continue;
		piece = slice_trim((struct slice){value.p + start, i - start});
		start = i + 1;
		if (!begins(piece, name) || piece.n == n || piece.p[n] != '=')
			continue;
		piece = slice_from(piece, n + 1);
		if (!slice_take(&piece, '"'))
			return piece;
		slice_split(&piece, '"', &text);
		return text;
	}
	return (struct slice){"", 0};
}

/* ---- encodings ---- */

/* Adds text that is in a charset as UTF-8, on one line or with lines. */
static void
add_text(struct buf *out, struct slice text, struct slice charset, bool lines)
{
	/* Not any that iconv knows: these are simple, and enough. */
	static const char *const known[] = {
	    "iso-8859-", "windows-125", "koi8-"};
	struct decoder d = {.open = false};
	struct fault fault = {0};
	struct buf name = {0}, decoded = {0};

	for (size_t i = 0; i < LEN(known); i++) {
		if (begins(charset, known[i]))
			buf_add_slice(&name, charset);
	}
	if (name.n > 0 && decoder_open(&d, buf_str(&name), &fault) == 0) {
		decoder_add(&d, text, &decoded);
		decoder_close(&d);
		text = buf_slice(&decoded);
	}
	plain_add(out, text, lines);
	fault_release(&fault);
	buf_release(&name);
	buf_release(&decoded);
}

/* Adds what base64 stands for, up to where it is none. */
static void
add_base64(struct buf *out, struct slice text)
{
	struct base64_decode_ctx ctx;
	uint8_t byte;

	base64_decode_init(&ctx);
	for (size_t i = 0; i < text.n; i++) {
		int got = base64_decode_single(&ctx, &byte, text.p[i]);

		if (got < 0)
			return;
		if (got > 0)
			buf_add_char(out, (char)byte);
	}
}

static int
hex(char c)
{
	if (slice_is_digit(c))
		return c - '0';
	c = slice_small(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Adds what quoted-printable stands for; in a header '_' is a blank. */
static void
add_quoted(struct buf *out, struct slice text, bool header)
{
	for (size_t i = 0; i < text.n; i++) {
		struct slice rest = slice_from(text, i);
		char c = text.p[i];

		if (c == '=' && rest.n > 2 && hex(rest.p[1]) >= 0 &&
		    hex(rest.p[2]) >= 0) {
			buf_add_char(
			    out, (char)(hex(rest.p[1]) * 16 + hex(rest.p[2])));
			i += 2;
		} else if (slice_starts(rest, "=\r\n")) {
			i += 2;
		} else if (slice_starts(rest, "=\n")) {
			i++;
		} else {
			buf_add_char(out, header && c == '_' ? ' ' : c);
		}
	}
}

/*
 * Takes an encoded word, =?utf-8?B?YWNr?=, from the start of *rest and adds
 * what it stands for.  Returns whether there is one.
 */
static bool
take_encoded(struct slice *rest, struct buf *out)
{
	struct slice s = *rest, charset, how, text;
	struct buf raw = {0};

	if (!slice_starts(s, "=?"))
		return false;
	s = slice_from(s, 2);
	slice_split(&s, '?', &charset);
	if (s.p == NULL)
		return false;
	slice_split(&s, '?', &how);
	if (s.p == NULL || how.n != 1)
		return false;
	slice_split(&s, '?', &text);
	if (s.p == NULL || !slice_take(&s, '='))
		return false;
	if (slice_small(how.p[0]) == 'b')
		add_base64(&raw, text);
	else
		add_quoted(&raw, text, true);
	add_text(out, buf_slice(&raw), charset, false);
	buf_release(&raw);
	*rest = s;
	return true;
}

/* Adds the text of a field, on one line, with what is encoded decoded. */
static void
add_words(struct buf *out, struct slice value)
{
	size_t end = out->n; /* of an encoded word, only blanks being after */
	bool encoded = false;

	while (value.n > 0 && out->n < 2 * MAILIN_SUBJECT) {
		size_t n = out->n;

		if (take_encoded(&value, out)) {
			if (encoded) { /* blanks between two are none */
				memmove(out->p + end, out->p + n, out->n - n);
				out->n -= n - end;
			}
			encoded = true;
			end = out->n;
			continue;
		}
		if (value.p[0] != ' ' && value.p[0] != '\t' &&
		    value.p[0] != '\r' && value.p[0] != '\n')
			encoded = false;
		buf_add_char(out, value.p[0]);
		value.p++;
		value.n--;
	}
}

static void
set_subject(struct mailin *m, struct slice value)
{
	struct buf words = {0};

	add_words(&words, slice_trim(value));
	plain_add(&m->subject, buf_slice(&words), false);
	m->subject.n = slice_cut(buf_slice(&m->subject), MAILIN_SUBJECT).n;
	buf_release(&words);
}

/* ---- the text ---- */

static bool read_entity(struct mailin *m, struct slice text, size_t depth);

static void
read_plain(struct mailin *m, const struct entity *e)
{
	struct slice text = e->body;
	struct buf raw = {0};

	if (begins(e->encoding, "base64")) {
		add_base64(&raw, text);
		text = buf_slice(&raw);
	} else if (begins(e->encoding, "quoted-printable")) {
		add_quoted(&raw, text, false);
		text = buf_slice(&raw);
	}
	add_text(&m->text, text, parameter(e->type, "charset"), true);
	buf_release(&raw);
}

/* Whether a line stands between parts; sets *last after the last one. */
static bool
is_between(struct slice line, struct slice boundary, bool *last)
{
	if (!slice_starts(line, "--") || line.n - 2 < boundary.n ||
	    memcmp(line.p + 2, boundary.p, boundary.n) != 0)
		return false;
	line = slice_from(line, 2 + boundary.n);
	*last = slice_starts(line, "--");
	return *last || slice_trim(line).n == 0;
}

/* Reads parts up to the first that has the text.  Returns whether one has. */
static bool
read_parts(
    struct mailin *m, struct slice body, struct slice boundary, size_t depth)
{
	struct slice rest = body, line;
	const char *part = NULL, *end = body.p + body.n;
	bool last = false;

	while (!last && next_line(&rest, &line)) {
		if (!is_between(line, boundary, &last))
			continue;
		if (part != NULL &&
		    read_entity(m,
			(struct slice){part, (size_t)(line.p - part)}, depth))
			return true;
		part = rest.p;
	}
	return !last && part != NULL &&
	    read_entity(m, (struct slice){part, (size_t)(end - part)}, depth);
}

/* Reads the text of a part, if it has one.  Returns whether it has. */
static bool
read_body(struct mailin *m, const struct entity *e, size_t depth)
{
	struct slice boundary;

	if (begins(e->disposition, "attachment"))
		return false;
	if (e->type.n == 0 || begins(e->type, "text/plain")) {
		read_plain(m, e);
		return true;
	}
	boundary = parameter(e->type, "boundary");
	return begins(e->type, "multipart/") && boundary.n > 0 &&
	    depth < MAILIN_DEPTH && read_parts(m, e->body, boundary, depth + 1);
}

static bool
read_entity(struct mailin *m, struct slice text, size_t depth)
{
	struct entity e = {.type = {"", 0}};
	struct slice name, value;

	while (next_field(&text, &name, &value))
		note_field(&e, name, value);
	set_body(&e, text);
	return read_body(m, &e, depth);
}

/* ---- the whole ---- */

static void
add_answers(struct mailin *m, struct slice value)
{
	if (m->answers.n > 0)
		buf_add_char(&m->answers, ' ');
	plain_add(&m->answers, slice_trim(value), false);
}

/* Takes note of what a field of the mail's own header says. */
static void
read_field(struct mailin *m, struct slice name, struct slice value)
{
	if (slice_eq_letters(name, slice_of("From"))) {
		struct buf plain = {0};

		plain_add(&plain, value, false);
		if (m->senders++ > 0 ||
		    address_mailbox(buf_slice(&plain), &m->from) < 0)
			buf_clear(&m->from);
		buf_release(&plain);
	} else if (slice_eq_letters(name, slice_of("Subject"))) {
		if (m->subject.n == 0)
			set_subject(m, value);
	} else if (slice_eq_letters(name, slice_of("In-Reply-To")) ||
	    slice_eq_letters(name, slice_of("References"))) {
		add_answers(m, value);
	} else if (slice_eq_letters(name, slice_of("Auto-Submitted"))) {
		m->automatic = !begins(slice_trim(value), "no");
	}
}

void
mailin_read(struct mailin *m, struct slice mail)
{
	struct entity e = {.type = {"", 0}};
	struct slice name, value;

	buf_clear(&m->from);
	buf_clear(&m->subject);
	buf_clear(&m->answers);
	buf_clear(&m->text);
	m->automatic = false;
	m->senders = 0;
	while (next_field(&mail, &name, &value)) {
		note_field(&e, name, value);
		read_field(m, name, value);
	}
	set_body(&e, mail);
	read_body(m, &e, 0);
}

void
mailin_release(struct mailin *m)
{
	buf_release(&m->from);
	buf_release(&m->subject);
	buf_release(&m->answers);
	buf_release(&m->text);
	*m = (struct mailin){.automatic = false};
}
