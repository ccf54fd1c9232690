#include "mailform.h"

#include <nettle/base64.h>

#include "civil.h"
#include "escape.h"
#include "plain.h"

#define LINE_BYTES 76      /* of a line, where we break it: RFC 2045, 2047 */
#define SUBJECT_BYTES 1000 /* mail servers bound the header */
#define ADDRESS_BYTES 900  /* no line is longer than 998: RFC 5322, 2.1.1 */
#define WORD_BYTES                                                             \
	39              /* that make 52 of base64, and a line with "Subject: " \
			   and =?utf-8?B??= of 73 */
#define BASE64_BYTES 57 /* that make a line of 76 */

/* The text of a field, on one line, or with lines. */
static void
add_text(struct buf *out, const struct message *m, enum message_column column,
    bool lines)
{
	struct buf scratch = {0};

	plain_add(out, unescape(m->field[column], &scratch), lines);
	buf_release(&scratch);
}

static void
add_base64(struct buf *out, struct slice s)
{
	size_t n = BASE64_ENCODE_RAW_LENGTH(s.n);

	base64_encode_raw(buf_room(out, n), s.n, (const uint8_t *)s.p);
	out->n += n;
}

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] > 0x7e)
			return false;
	}
	return true;
}

/* ---- the header ---- */

/*
 * Whether words stand for themselves: ASCII, nothing that looks encoded, no
 * word that is long, and no two blanks, of which folding could lose one.
 */
static bool
is_foldable(struct slice s)
{
	struct slice word;

	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i - 1] == '=' && s.p[i] == '?')
			return false;
	}
	if (!is_ascii(s))
		return false;
	while (slice_split(&s, ' ', &word)) {
		if (word.n == 0 || word.n > LINE_BYTES / 2)
			return false;
	}
	return true;
}

/* Words of which a line has as many as fit, `used` bytes being on it. */
static void
add_folded(struct buf *out, struct slice s, size_t used)
{
	struct slice word;

	while (slice_split(&s, ' ', &word)) {
		if (used + 1 + word.n > LINE_BYTES) {
			buf_add_char(out, '\n');
			used = 0;
		}
		buf_add_char(out, ' ');
		buf_add_slice(out, word);
		used += 1 + word.n;
	}
}

/* Encoded words, RFC 2047: one on a line, each of whole characters. */
static void
add_encoded(struct buf *out, struct slice s)
{
	while (s.n > 0) {
		struct slice part = slice_cut(s, WORD_BYTES);

		buf_add_str(out, " =?utf-8?B?");
		add_base64(out, part);
		buf_add_str(out, "?=");
		s = slice_from(s, part.n);
		if (s.n > 0)
			buf_add_char(out, '\n');
	}
}

/* Text that is not read by machines, behind a name of so many bytes. */
static void
add_words(struct buf *out, struct slice s, size_t used)
{
	if (is_foldable(s))
		add_folded(out, s, used);
	else
		add_encoded(out, s);
}

/* Whether an address stands for itself, alone, in a header. */
static bool
is_address(struct slice s)
{
	if (s.n == 0 || s.n > ADDRESS_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0x7f || strchr(",;<>()", c) != NULL)
			return false;
	}
	return true;
}

/* Each byte that may stand in an atom of a Message-ID; others are left out. */
static void
add_atom(struct buf *out, struct slice s)
{
	static const char atom[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789-_.";

	if (s.n > ADDRESS_BYTES / 2)
		s.n = ADDRESS_BYTES / 2;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\0' && strchr(atom, s.p[i]) != NULL)
			buf_add_char(out, s.p[i]);
	}
}

/* Takes "ann@example.org" or "Desk <ann@example.org>" apart. */
static void
read_from(struct slice from, struct slice *name, struct slice *address)
{
	struct slice rest = from;

	*name = (struct slice){"", 0};
	*address = slice_trim(from);
	slice_split(&rest, '<', name);
	if (rest.p != NULL)
		slice_split(&rest, '>', address);
	else
		name->n = 0;
	*name = slice_trim(*name);
	if (name->n > 1 && name->p[0] == '"' && name->p[name->n - 1] == '"')
		*name = (struct slice){name->p + 1, name->n - 2};
}

static void
add_from(struct buf *out, struct slice from)
{
	struct slice name, address;
	struct buf plain = {0};

	read_from(from, &name, &address);
	plain_add(&plain, name, false);
	buf_add_str(out, "From:");
	/* Encoded, it may hold what else would have to be quoted. */
	if (strpbrk(buf_str(&plain), "\",;:<>()[]@\\.") != NULL)
		add_encoded(out, buf_slice(&plain));
	else
		add_words(out, buf_slice(&plain), sizeof "From:" - 1);
	if (plain.n > 0)
		buf_add_char(out, '\n');
	buf_addf(out, " <%.*s>\n", SLICE_ARG(address));
	buf_release(&plain);
}

static void
add_date(struct buf *out, struct stamp t)
{
	static const char *const day[] = {
	    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const month[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil c = civil_of(t.s);

	buf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n",
	    day[civil_weekday(&c)], c.day, month[c.month - 1], c.year, c.hour,
	    c.minute, c.second);
}

static void
add_to(struct buf *out, const struct message *m)
{
	struct buf to = {0};

	add_text(&to, m, MESSAGE_ADDRESS, false);
	buf_addf(out, "To: %s\n",
	    is_address(buf_slice(&to)) ? buf_str(&to)
				       : "undisclosed-recipients:;");
	buf_release(&to);
}

static void
add_message_id(struct buf *out, const struct message *m, struct slice host)
{
	size_t start;

	buf_add_str(out, "Message-ID: <");
	add_atom(out, m->field[MESSAGE_ID]);
	buf_add_char(out, '@');
	start = out->n;
	add_atom(out, host);
	if (out->n == start)
		buf_add_str(out, "localhost");
	buf_add_str(out, ">\n");
}

/* Returns how much of the subject is in it. */
static size_t
add_subject(struct buf *out, struct slice subject)
{
	size_t n = slice_cut(subject, SUBJECT_BYTES).n;

	if (subject.n == 0)
		return 0;
	buf_add_str(out, "Subject:");
	if (n == subject.n) {
		add_words(out, subject, sizeof "Subject:" - 1);
	} else {
		struct buf cut = {0};

		buf_add(&cut, subject.p, n);
		buf_add_str(&cut, "\xe2\x80\xa6");
		add_encoded(out, buf_slice(&cut));
		buf_release(&cut);
	}
	buf_add_char(out, '\n');
	return n;
}

/* Real messages say nothing of it. */
static void
add_status(struct buf *out, const struct message *m)
{
	struct slice status = m->field[MESSAGE_STATUS];

	if (message_is_actual(status))
		return;
	buf_add_str(out, "X-Inc-Status: ");
	add_atom(out, status);
	buf_add_char(out, '\n');
}

/* ---- the body ---- */

/*
 * Whether it can be sent as it is: short lines of ASCII, none that mail systems
 * change (a dot alone, "From ").
 */
static bool
is_simple(struct slice body)
{
	struct slice line;

	if (!is_ascii(body))
		return false;
	while (slice_split(&body, '\n', &line)) {
		if (line.n > LINE_BYTES || slice_starts(line, ".") ||
		    slice_starts(line, "From "))
			return false;
	}
	return true;
}

/* In base64, of which the line end is that of mail: RFC 2045, 6.8. */
static void
add_encoded_body(struct buf *out, struct slice body)
{
	struct buf lines = {0};
	struct slice rest;

	for (size_t i = 0; i < body.n; i++) {
		if (body.p[i] == '\n')
			buf_add_char(&lines, '\r');
		buf_add_char(&lines, body.p[i]);
	}
	for (rest = buf_slice(&lines); rest.n > 0;) {
		size_t n = rest.n < BASE64_BYTES ? rest.n : BASE64_BYTES;

		add_base64(out, (struct slice){rest.p, n});
		buf_add_char(out, '\n');
		rest = slice_from(rest, n);
	}
	buf_release(&lines);
}

static void
add_body(struct buf *out, struct slice body)
{
	bool simple = is_simple(body);

	buf_addf(out,
	    "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: %s\n\n",
	    simple ? "7bit" : "base64");
	if (simple)
		buf_add_slice(out, body);
	else
		add_encoded_body(out, body);
}

bool
mailform_has_sender(const struct mailform *sender)
{
	struct slice name, address;

	read_from(sender->from, &name, &address);
	return is_address(address) && is_ascii(address) &&
	    memchr(address.p, '@', address.n) != NULL;
}

void
mailform_add(struct buf *out, const struct mailform *sender,
    const struct message *m, struct stamp date)
{
	struct buf text = {0}, body = {0};
	struct slice subject;

	add_text(&text, m, MESSAGE_SUBJECT, false);
	subject = slice_trim(buf_slice(&text));
	add_from(out, sender->from);
	add_to(out, m);
	if (add_subject(out, subject) < subject.n) {
		buf_add_slice(&body, subject);
		buf_add_str(&body, "\n\n");
	}
	add_date(out, date);
	add_message_id(out, m, sender->host);
	buf_add_str(out, "Auto-Submitted: auto-generated\n");
	add_status(out, m);
	add_text(&body, m, MESSAGE_BODY, true);
	if (body.n > 0 && body.p[body.n - 1] != '\n')
		buf_add_char(&body, '\n');
	add_body(out, buf_slice(&body));
	buf_release(&text);
	buf_release(&body);
}
