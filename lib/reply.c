#include "reply.h"

#include "plain.h"

static const struct slice nothing = {"", 0};

/* ---- the line that counts ---- */

/* Whether a line ends as what stands before a quote does. */
static bool
introduces(struct slice line)
{
	return line.n > 0 && line.p[line.n - 1] == ':';
}

/*
 * Takes the first line that is not empty and belongs to no quote, and what
 * comes after it in its paragraph.  Where that introduces a quote, a line after
 * the quote may follow; else there is no other.
 */
static bool
take_line(struct slice *rest, struct slice *first)
{
	struct slice last = nothing, line;

	while (slice_split(rest, '\n', &line)) {
		bool quote = slice_starts(line, ">");

		line = slice_trim(line);
		if (line.n > 0 && !quote) {
			if (last.n == 0)
				*first = line;
			last = line;
		} else if (last.n > 0 && !introduces(last)) {
			*rest = (struct slice){NULL, 0};
			return true;
		} else if (last.n > 0 && quote) {
			return true;
		}
	}
	return last.n > 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether a byte is of a word: all but ASCII's digits, signs and blanks. */
static bool
is_letter(char c)
{
	c = slice_small(c);
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Takes the signs and blanks from the start of a line. */
static void
skip_signs(struct slice *line)
{
	while (line->n > 0 && !is_letter(line->p[0]) && !is_digit(line->p[0])) {
		line->p++;
		line->n--;
	}
}

/* Takes a word of letters from the start of a line. */
static struct slice
take_word(struct slice *line)
{
	struct slice word = {line->p, 0};

	while (line->n > 0 && is_letter(line->p[0])) {
		line->p++;
		line->n--;
		word.n++;
	}
	return word;
}

/* Takes what stands between a word and the next. */
static void
skip_stops(struct slice *line)
{
	static const struct slice stops = SLICE(" \t,.:;!-");

	while (line->n > 0 && memchr(stops.p, line->p[0], stops.n) != NULL) {
		line->p++;
		line->n--;
	}
}

/*
 * Whether a line begins with a number of minutes or hours: most are numbers of
 * incidents too, but nobody who writes "5 min" means one.
 */
static bool
is_time(struct slice line)
{
	static const struct slice unit[] = {SLICE("m"), SLICE("min"),
	    SLICE("mins"), SLICE("minute"), SLICE("minutes"), SLICE("h"),
	    SLICE("hr"), SLICE("hrs"), SLICE("hour"), SLICE("hours")};
	struct slice rest = line, word;

	while (rest.n > 0 && is_digit(rest.p[0])) {
		rest.p++;
		rest.n--;
	}
	if (rest.n == line.n)
		return false;
	rest = slice_trim(rest);
	word = take_word(&rest);
	for (size_t i = 0; i < LEN(unit); i++) {
		if (slice_eq_letters(word, unit[i]))
			return rest.n == 0 || !is_digit(rest.p[0]);
	}
	return false;
}

/* Takes a word that has a digit in it, and returns it without its signs. */
static struct slice
take_said(struct slice *line)
{
	struct slice rest = *line, said = nothing;
	bool digit = false;

	skip_signs(&rest);
	if (is_time(rest) || slice_word(&rest, &said) == 0)
		return nothing;
	for (size_t i = 0; i < said.n; i++)
		digit = digit || is_digit(said.p[i]);
	if (!digit)
		return nothing;
	line->p = said.p + said.n;
	line->n = rest.p != NULL ? (size_t)(rest.p + rest.n - line->p) : 0;
	while (said.n > 0 && !is_letter(said.p[said.n - 1]) &&
	    !is_digit(said.p[said.n - 1]))
		said.n--;
	return said;
}

/* Whether a line acknowledges; then takes it apart. */
static bool
read_line(
    struct reply *r, struct slice line, const struct slice *word, size_t n)
{
	struct slice start;
	bool known;

	skip_signs(&line);
	start = take_word(&line);
	known = slice_eq_letters(start, slice_of("ack"));
	for (size_t i = 0; i < n; i++)
		known = known || slice_eq_letters(start, word[i]);
	if (!known)
		return false;
	r->said = take_said(&line);
	skip_stops(&line);
	r->words = slice_cut(slice_trim(line), REPLY_WORDS);
	return true;
}

/* Whether the text acknowledges. */
static bool
read_text(
    struct reply *r, struct slice text, const struct slice *word, size_t n)
{
	struct slice line;

	while (take_line(&text, &line)) {
		if (read_line(r, line, word, n))
			return true;
	}
	return false;
}

/* ---- its forms ---- */

/*
 * The text of a member, which may not come twice.  Returns 0, or -1 and the
 * fault.
 */
static int
member(const struct jsontree *t, const char *name, struct slice *text,
    struct place where, struct fault *f)
{
	size_t found = 0;

	for (size_t i = 1; i < t->n; i = t->node[i].end) {
		const struct jsontree_node *node = &t->node[i];

		if (!slice_is(jsontree_key(t, i), name))
			continue;
		if (found > 0)
			return fault_at(f, where, "'%s' comes twice", name);
		if (node->kind != JSONTREE_STRING &&
		    node->kind != JSONTREE_WORD)
			return fault_at(
			    f, where, "'%s' is no text or number", name);
		found = i;
	}
	if (found == 0)
		return fault_at(f, where, "no '%s' in the object", name);
	*text = jsontree_text(t, found);
	return 0;
}

static int
read_json(struct reply *r, struct slice text, struct place where,
    struct slice *body, struct fault *f)
{
	if (jsontree_read(&r->json, text, where, f) < 0 ||
	    member(&r->json, "from", &r->from, where, f) < 0)
		return -1;
	return member(&r->json, "text", body, where, f);
}

static int
read_mail(struct reply *r, struct slice text, struct place where,
    struct slice *body, struct fault *f)
{
	struct mailin *m = &r->mail;

	mailin_read(m, text);
	if (m->from.n == 0 || memchr(m->from.p, '@', m->from.n) == NULL)
		return fault_at(
		    f, where, "a mail with one address in From was expected");
	if (m->automatic)
		return fault_at(f, where, "it was sent by no person");
	r->from = buf_slice(&m->from);
	r->subject = buf_slice(&m->subject);
	r->answers = buf_slice(&m->answers);
	*body = buf_slice(&m->text);
	return 0;
}

int
reply_read(struct reply *r, enum reply_form form, struct slice text,
    const struct slice *word, size_t n, struct place where, struct fault *f)
{
	struct slice body = text;
	int result = 0;

	r->from = r->said = r->words = r->subject = r->answers = nothing;
	if (form == REPLY_JSON)
		result = read_json(r, text, where, &body, f);
	else if (form == REPLY_MAIL)
		result = read_mail(r, text, where, &body, f);
	if (result < 0)
		return -1;
	buf_clear(&r->text);
	plain_add(&r->text, slice_without_bom(body), true);
	if (read_text(r, buf_slice(&r->text), word, n) ||
	    read_line(r, r->subject, word, n))
		return 0;
	return fault_at(f, where, "its first line does not begin with 'ack'");
}

bool
reply_answer(struct slice *answers, struct slice *identity)
{
	struct slice id;

	while (slice_word(answers, &id)) {
		if (!slice_take(&id, '<'))
			continue;
		slice_split(&id, '@', identity);
		if (identity->n > 0 && id.p != NULL)
			return true;
	}
	return false;
}

/* Whether a byte can go on an id. */
static bool
goes_on(char c)
{
	return is_letter(c) || is_digit(c) || c == '-';
}

bool
reply_names(struct slice subject, struct slice id)
{
	for (size_t i = 0; id.n > 0 && i + id.n <= subject.n; i++) {
		const char *p = subject.p + i;

		if (memcmp(p, id.p, id.n) == 0 && (i == 0 || !goes_on(p[-1])) &&
		    (i + id.n == subject.n || !goes_on(p[id.n])))
			return true;
	}
	return false;
}

void
reply_release(struct reply *r)
{
	mailin_release(&r->mail);
	jsontree_release(&r->json);
	buf_release(&r->text);
}
