#include "timeshape.h"

#include <string.h>

#include "timeform.h"

#define VALUE_BYTES ((size_t)48) /* no time is longer */
#define NUMBERS 3                /* of a date */

/* What a value's shape has given so far. */
struct shape {
	struct slice text;  /* not yet used */
	struct buf *format; /* with %0, %1, %2 for the date's numbers */
	size_t digits[NUMBERS];
	size_t n;    /* numbers */
	size_t hour; /* where in format %H stands; 0: nowhere */
	bool month;  /* by its name */
};

/* How many bytes at the front are of a kind. */
static size_t
run(struct slice s, bool (*is)(char))
{
	size_t n = 0;

	while (n < s.n && is(s.p[n]))
		n++;
	return n;
}

static void
skip(struct shape *s, size_t n)
{
	s->text = slice_from(s->text, n);
}

/*
 * Whether a word is one of the names, in any case: of the whole name or of its
 * first three letters.
 */
static bool
names(struct slice word, const char *const *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if ((word.n == 3 || word.n == strlen(name[i])) &&
		    slice_eq_letters(word, (struct slice){name[i], word.n}))
			return true;
	}
	return false;
}

#define NAMES(word, list) names(word, list, sizeof(list) / sizeof *(list))

/* Takes a word: a month, a day of the week, a half of the day, a zone, T. */
static int
take_word(struct shape *s)
{
	static const char *const month[] = {"january", "february", "march",
	    "april", "may", "june", "july", "august", "september", "october",
	    "november", "december"};
	static const char *const day[] = {"monday", "tuesday", "wednesday",
	    "thursday", "friday", "saturday", "sunday"};
	static const char *const half[] = {"am", "pm"};
	static const char *const zone[] = {"utc", "gmt"};
	struct slice word = {s->text.p, run(s->text, slice_is_letter)};

	if (NAMES(word, half) && s->hour > 0) {
		s->format->p[s->hour] = 'I';
		buf_add_str(s->format, "%p");
	} else if (NAMES(word, month) && !s->month) {
		s->month = true;
		buf_add_str(s->format, "%b");
	} else if (NAMES(word, day)) {
		buf_add_str(s->format, "%a");
	} else if (NAMES(word, zone) && s->hour > 0) {
		buf_add_str(s->format, "%Z");
	} else if (word.n == 1 && slice_small(*word.p) == 'z' && s->hour > 0) {
		buf_add_str(s->format, "%z");
	} else if (word.n == 1 && *word.p == 'T' && s->hour == 0) {
		buf_add_char(s->format, 'T');
	} else {
		return -1;
	}
	skip(s, word.n);
	return 0;
}

/* Takes ":MM" or ":SS". */
static bool
take_part(struct shape *s, const char *format)
{
	if (s->text.n < 3 || s->text.p[0] != ':' ||
	    !slice_is_digit(s->text.p[1]))
		return false;
	skip(s, 1);
	skip(s, run(s->text, slice_is_digit));
	buf_add_str(s->format, format);
	return true;
}

/* Takes what follows an hour.  %S reads the fraction of a second too. */
static int
take_clock(struct shape *s)
{
	if (s->hour > 0)
		return -1;
	buf_add_str(s->format, "%H");
	s->hour = s->format->n - 1;
	if (!take_part(s, ":%M"))
		return -1;
	if (take_part(s, ":%S") && s->text.n > 1 &&
	    (s->text.p[0] == '.' || s->text.p[0] == ',') &&
	    slice_is_digit(s->text.p[1])) {
		skip(s, 1);
		skip(s, run(s->text, slice_is_digit));
	}
	return 0;
}

/* Takes a number: an hour, or one of a date. */
static int
take_number(struct shape *s)
{
	size_t n = run(s->text, slice_is_digit);
	bool clock = n <= 2 && n < s->text.n && s->text.p[n] == ':';

	skip(s, n);
	if (clock)
		return take_clock(s);
	if (s->n == NUMBERS || (n > 2 && n != 4 && n != 8 && n != 14))
		return -1;
	buf_addf(s->format, "%%%zu", s->n);
	s->digits[s->n++] = n;
	return 0;
}

/* Takes what stands between; an offset stands behind the time of day. */
static int
take_sign(struct shape *s)
{
	char c = s->text.p[0];

	if ((c == '+' || c == '-') && s->hour > 0 && s->text.n >= 3 &&
	    slice_is_digit(s->text.p[1]) && slice_is_digit(s->text.p[2])) {
		skip(s, 1);
		while (s->text.n > 0 &&
		    (slice_is_digit(s->text.p[0]) || s->text.p[0] == ':'))
			skip(s, 1);
		buf_add_str(s->format, "%z");
		return 0;
	}
	if (strchr(" /-.,", c) == NULL)
		return -1;
	do
		skip(s, 1);
	while (c == ' ' && s->text.n > 0 && s->text.p[0] == ' ');
	buf_add_char(s->format, c);
	return 0;
}

static int
read_shape(struct shape *s)
{
	while (s->text.n > 0) {
		char c = s->text.p[0];
		int got = slice_is_digit(c) ? take_number(s)
		    : slice_is_letter(c)    ? take_word(s)
					    : take_sign(s);

		if (got < 0)
			return -1;
	}
	return 0;
}

/*
 * What the numbers of a date can be: for each order a string of the letters
 * that stand for them.  Returns their number.
 */
static size_t
orders(const struct shape *s, const char *order[NUMBERS])
{
	const size_t *digits = s->digits;
	size_t n = 0;

	if (s->month && s->n == 2) {
		order[n++] = digits[0] == 4 ? "Yd"
		    : digits[1] == 4        ? "dY"
					    : "dy";
	} else if (s->month) {
		return 0;
	} else if (s->n == 1 && digits[0] == 8) {
		order[n++] = "F";
	} else if (s->n == 1 && digits[0] == 14) {
		order[n++] = "N";
	} else if (s->n == NUMBERS && digits[0] == 4) {
		order[n++] = "Ymd";
	} else if (s->n == NUMBERS && digits[2] == 4) {
		order[n++] = "dmY";
		order[n++] = "mdY";
	} else if (s->n == NUMBERS && digits[2] == 2) { /* no 1.2.3 */
		order[n++] = "dmy";
		order[n++] = "mdy";
		if (digits[0] == 2)
			order[n++] = "ymd";
	}
	return n;
}

/* Adds the format with the letters of an order in it. */
static void
add_format(struct buf *out, struct slice format, const char *order)
{
	for (size_t i = 0; i < format.n; i++) {
		char c = format.p[i];

		buf_add_char(out, c);
		if (c != '%')
			continue;
		c = format.p[++i];
		if (!slice_is_digit(c))
			buf_add_char(out, c);
		else if (order[c - '0'] == 'F')
			buf_add_str(out, "Y%m%d");
		else if (order[c - '0'] == 'N')
			buf_add_str(out, "Y%m%d%H%M%S");
		else
			buf_add_char(out, order[c - '0']);
	}
}

/* Keeps a format that the value fits, unless it is kept already. */
static bool
keep(struct timeshape *t, struct buf *format, struct slice value)
{
	struct civil c;

	if (t->n == TIMESHAPE_FORMS ||
	    timeform_scan(value, buf_str(format), &c) < 0)
		return false;
	for (size_t i = 0; i < t->n; i++) {
		if (slice_eq(buf_slice(&t->form[i].format), buf_slice(format)))
			return false;
	}
	buf_add_slice(&t->form[t->n].format, buf_slice(format));
	t->form[t->n++].fits = 1;
	return true;
}

/* Counts a time of day alone: one that is a time with a date before it. */
static void
see_clock(struct timeshape *t, struct buf *format, struct slice value)
{
	struct buf form = {0}, text = {0};
	struct civil c;

	buf_addf(&form, "%%Y %s", buf_str(format));
	buf_addf(&text, "2000 %.*s", SLICE_ARG(value));
	if (timeform_scan(buf_slice(&text), buf_str(&form), &c) == 0) {
		t->clocks++;
		if (t->clock.n == 0)
			buf_add_slice(&t->clock, buf_slice(format));
	}
	buf_release(&form);
	buf_release(&text);
}

/* Makes formats of a value's shape.  Returns whether any is new. */
static bool
learn(struct timeshape *t, struct slice value)
{
	struct buf format = {0}, made = {0};
	struct shape s = {.text = value, .format = &format};
	const char *order[NUMBERS];
	bool kept = false;

	if (read_shape(&s) == 0) {
		size_t n = orders(&s, order);

		for (size_t i = 0; i < n; i++) {
			buf_clear(&made);
			add_format(&made, buf_slice(&format), order[i]);
			kept = keep(t, &made, value) || kept;
		}
		if (s.n == 0 && s.hour > 0)
			see_clock(t, &format, value);
	}
	buf_release(&format);
	buf_release(&made);
	return kept;
}

void
timeshape_see(struct timeshape *t, struct slice value)
{
	struct civil c;
	bool fits = false;

	t->seen++;
	value = slice_trim(value);
	if (value.n < 4 || value.n > VALUE_BYTES)
		return;
	for (size_t i = 0; i < t->n; i++) {
		if (timeform_scan(value, buf_str(&t->form[i].format), &c) < 0)
			continue;
		t->form[i].fits++;
		fits = true;
	}
	if (!fits)
		fits = learn(t, value);
	t->times += fits;
}

const struct timeshape_form *
timeshape_best(const struct timeshape *t)
{
	const struct timeshape_form *best = NULL;

	for (size_t i = 0; i < t->n; i++) {
		if (best == NULL || t->form[i].fits > best->fits)
			best = &t->form[i];
	}
	return best;
}

static bool
is_part(char c)
{
	return c == 'd' || c == 'm' || c == 'y';
}

bool
timeshape_rivals(struct slice a, struct slice b)
{
	if (a.n != b.n || slice_eq(a, b))
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (a.p[i] != b.p[i] &&
		    !(is_part(a.p[i]) && is_part(b.p[i]) && i > 0 &&
			a.p[i - 1] == '%'))
			return false;
	}
	return true;
}

const struct timeshape_form *
timeshape_rival(const struct timeshape *t, const struct timeshape_form *form)
{
	const struct timeshape_form *best = NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct timeshape_form *other = &t->form[i];

		if (timeshape_rivals(
			buf_slice(&form->format), buf_slice(&other->format)) &&
		    (best == NULL || other->fits > best->fits))
			best = other;
	}
	return best;
}

int
timeshape_day_first(struct slice format)
{
	char first = 0;

	for (size_t i = 0; i + 1 < format.n; i++) {
		char c = format.p[i + 1];

		if (format.p[i] != '%')
			continue;
		if (c == 'Y' || c == 'y' || c == 'b')
			break; /* that settles the others */
		if ((c == 'd' || c == 'm') && first != 0)
			return first == 'd';
		if (c == 'd' || c == 'm')
			first = c;
	}
	return -1;
}

/* Whether a format has a part of one of these letters. */
static bool
has_part(struct slice format, const char *letters)
{
	for (size_t i = 0; i + 1 < format.n; i++) {
		if (format.p[i] == '%' &&
		    strchr(letters, format.p[i + 1]) != NULL)
			return true;
	}
	return false;
}

bool
timeshape_has_zone(struct slice format)
{
	return has_part(format, "zZsQ");
}

bool
timeshape_has_clock(struct slice format)
{
	return has_part(format, "HIsQ");
}

void
timeshape_release(struct timeshape *t)
{
	for (size_t i = 0; i < t->n; i++)
		buf_release(&t->form[i].format);
	buf_release(&t->clock);
	*t = (struct timeshape){0};
}
