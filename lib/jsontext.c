#include "jsontext.h"

#include <string.h>

#define LOOK_BYTES 4096 /* after the first value, for the line's end */
#define BLANKS_MAX ((size_t)1024 * 1024) /* before the first value */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct slice
skip_blanks(struct slice s)
{
	while (s.n > 0 && (is_blank(s.p[0]) || s.p[0] == '\n')) {
		s.p++;
		s.n--;
	}
	return s;
}

int
jsontext_is(struct slice text)
{
	size_t n = text.n;
	char first;

	text = skip_blanks(slice_without_bom(text));
	if (text.n == 0)
		return n > BLANKS_MAX ? 0 : -1;
	first = text.p[0];
	if (!slice_take(&text, '{') && !slice_take(&text, '['))
		return 0;
	text = skip_blanks(text);
	if (text.n == 0)
		return n > BLANKS_MAX ? 0 : -1;
	return first == '{' ? text.p[0] == '"' || text.p[0] == '}'
			    : text.p[0] == '{' || text.p[0] == ']';
}

void
jsontext_feed(struct jsontext *t, struct slice text)
{
	t->ended = text.n == 0;
	if (t->at > 0) {
		t->text.n -= t->at;
		memmove(t->text.p, t->text.p + t->at, t->text.n);
		t->at = 0;
	}
	buf_add_slice(&t->text, text);
}

/* Passes over a byte order mark.  Returns whether enough is there to tell. */
static bool
start(struct jsontext *t)
{
	struct slice text = buf_slice(&t->text);

	if (text.n < 3 && !t->ended)
		return false;
	if (slice_starts(text, "\xef\xbb\xbf"))
		t->at = 3;
	t->started = true;
	return true;
}

/* Goes on to where a value starts.  Returns whether one does. */
static bool
find_start(struct jsontext *t)
{
	for (; t->at < t->text.n; t->at++) {
		char c = t->text.p[t->at];

		if (c == '\n')
			t->ends++;
		else if (t->form == JSONTEXT_UNTOLD && c == '[')
			t->form = JSONTEXT_ARRAY;
		else if (t->form == JSONTEXT_ARRAY && c == ']')
			t->form = JSONTEXT_UNTOLD;
		else if (!is_blank(c) &&
		    (c != ',' || t->form != JSONTEXT_ARRAY))
			return true;
	}
	return false;
}

/*
 * Looks at the next byte of the value.  Returns whether the value ends, with
 * t->seen at its end.
 */
static bool
step(struct jsontext *t, char c)
{
	if (t->quoted) {
		t->quoted = t->escaped || c != '"';
		t->escaped = !t->escaped && c == '\\';
		t->broken = c == '\n';
	} else if (c == '"') {
		t->quoted = true;
	} else if (c == '{' || c == '[') {
		t->depth++;
	} else if (c == '}' || c == ']') {
		if (t->depth == 0)
			return t->seen > 0;
		if (--t->depth == 0) {
			t->seen++;
			return true;
		}
	} else if (t->depth == 0 && (is_blank(c) || c == '\n' || c == ',')) {
		return t->seen > 0;
	}
	return false;
}

/*
 * After a string that never ends, the next line that starts with a brace is
 * where to go on.  Looks at the next byte, as step() does.
 */
static bool
step_broken(struct jsontext *t, char c)
{
	if (c == '\n') {
		t->fresh = t->seen;
	} else if (t->fresh > 0 && c == '{') {
		t->seen = t->fresh;
		return true;
	} else if (!is_blank(c)) {
		t->fresh = 0;
	}
	return false;
}

/* Finds the end of the value, over any lines.  Returns whether it is there. */
static bool
find_end(struct jsontext *t)
{
	for (; t->at + t->seen < t->text.n; t->seen++) {
		char c = t->text.p[t->at + t->seen];

		if (!t->broken && step(t, c))
			return true;
		if (t->broken && step_broken(t, c))
			return true;
	}
	return false;
}

/* The same for a value on a line of its own. */
static bool
find_line_end(struct jsontext *t)
{
	const char *start = t->text.p + t->at;
	const char *end =
	    memchr(start + t->seen, '\n', t->text.n - t->at - t->seen);

	t->seen = end != NULL ? (size_t)(end - start) : t->text.n - t->at;
	return end != NULL;
}

/*
 * Tells the form by the first value, all of which was seen, and what comes
 * after it on its line.  Returns whether that is there.
 */
static bool
tell_form(struct jsontext *t)
{
	struct slice value = {t->text.p + t->at, t->seen};
	size_t i = t->at + t->seen, most = i + LOOK_BYTES;

	while (i < t->text.n && i < most && is_blank(t->text.p[i]))
		i++;
	if (i == t->text.n && !t->ended)
		return false;
	t->form = JSONTEXT_ROW;
	if (memchr(value.p, '\n', value.n) == NULL &&
	    (i == t->text.n || t->text.p[i] == '\n'))
		t->form = JSONTEXT_LINES;
	return true;
}

/* The first value is none: its line may be the only one that is wrong. */
static void
take_as_lines(struct jsontext *t)
{
	t->form = JSONTEXT_LINES;
	t->seen = 0;
}

/* Gives the value that was seen. */
static int
give(struct jsontext *t)
{
	t->value = (struct slice){t->text.p + t->at, t->seen};
	t->line = t->ends + 1;
	for (size_t i = 0; i < t->seen; i++)
		t->ends += t->value.p[i] == '\n';
	t->at += t->seen;
	t->seen = t->depth = 0;
	t->fresh = 0;
	t->quoted = t->escaped = t->whole = t->broken = false;
	return JSONTEXT_VALUE;
}

/* An array that never ends gives a value of no bytes at the end. */
static int
give_end(struct jsontext *t)
{
	if (t->form != JSONTEXT_ARRAY)
		return JSONTEXT_END;
	t->form = JSONTEXT_ROW;
	return give(t);
}

int
jsontext_next(struct jsontext *t)
{
	if (!t->started && !start(t))
		return JSONTEXT_MORE;
	if (t->seen == 0 && !find_start(t))
		return t->ended ? give_end(t) : JSONTEXT_MORE;
	if (t->form != JSONTEXT_LINES && !t->whole) {
		t->whole = find_end(t);
		if (t->form == JSONTEXT_UNTOLD &&
		    (t->broken || (!t->whole && t->ended)))
			take_as_lines(t);
	}
	if (t->form == JSONTEXT_LINES)
		t->whole = find_line_end(t);
	if (!t->whole && t->ended) {
		t->seen = t->text.n - t->at;
		t->form = JSONTEXT_ROW; /* nor does an array end */
		t->whole = true;
	}
	if (!t->whole || (t->form == JSONTEXT_UNTOLD && !tell_form(t)))
		return JSONTEXT_MORE;
	return give(t);
}

void
jsontext_release(struct jsontext *t)
{
	buf_release(&t->text);
	*t = (struct jsontext){0};
}
