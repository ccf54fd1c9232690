#include "timeform.h"

#include <string.h>

#include "stamp.h"

#define NS_PER_S 1000000000U

/* What a format has given so far; -1 where it has not. */
struct scan {
	struct slice text; /* not yet used */
	struct civil c;
	int year, month, day, yearday;
	int half; /* of %p: 0 or 12 hours */
	bool hour12;
	int64_t epoch_s; /* of %s or %Q, which outweighs all else; -1: none */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' ||
	    c == '\f';
}

static void
skip_blanks(struct slice *s)
{
	while (s->n > 0 && is_blank(s->p[0])) {
		s->p++;
		s->n--;
	}
}

/* Takes the first n letters of a word, in any case. */
static bool
take_letters(struct slice *s, const char *word, size_t n)
{
	if (s->n < n ||
	    !slice_eq_letters((struct slice){s->p, n}, (struct slice){word, n}))
		return false;
	s->p += n;
	s->n -= n;
	return true;
}

static bool
take_word(struct slice *s, const char *word)
{
	return take_letters(s, word, strlen(word));
}

/* Takes one of n names, whole or its first three letters: its number or -1. */
static int
take_name(struct slice *s, const char *const *name, int n)
{
	for (int i = 0; i < n; i++) {
		if (take_word(s, name[i]) || take_letters(s, name[i], 3))
			return i;
	}
	return -1;
}

static int
take_month(struct slice *s)
{
	static const char *const name[] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};

	return take_name(s, name, 12) + 1;
}

static int
take_weekday(struct slice *s)
{
	static const char *const name[] = {"Monday", "Tuesday", "Wednesday",
	    "Thursday", "Friday", "Saturday", "Sunday"};

	return take_name(s, name, 7);
}

/* The digit at a place of a text, or a number over 9. */
static inline unsigned
digit_at(struct slice s, size_t i)
{
	return i < s.n ? (unsigned)(unsigned char)s.p[i] - '0' : 10;
}

/* Takes a number of one or two digits, low to high. */
static inline int
take_part(struct slice *s, int low, int high, int *value)
{
	unsigned first = digit_at(*s, 0), second = digit_at(*s, 1);
	size_t n = second <= 9 ? 2 : 1;
	int v = (int)(second <= 9 ? first * 10 + second : first);

	if (first > 9 || v < low || v > high)
		return -1;
	s->p += n;
	s->n -= n;
	*value = v;
	return 0;
}

/* Takes a number of four digits. */
static inline int
take_year(struct slice *s, int *value)
{
	unsigned wrong = 0, v = 0;

	for (size_t i = 0; i < 4; i++) {
		unsigned digit = digit_at(*s, i);

		wrong |= digit > 9;
		v = v * 10 + digit;
	}
	if (wrong != 0)
		return -1;
	s->p += 4;
	s->n -= 4;
	*value = (int)v;
	return 0;
}

/* Takes a day of the year. */
static int
take_yearday(struct slice *s, int *value)
{
	if (slice_digits(s, 1, 3, value) < 0)
		return -1;
	return *value >= 1 && *value <= 366 ? 0 : -1;
}

/* Seconds, and a fraction that the format does not ask for by itself. */
static int
take_second(struct scan *x, char next)
{
	struct slice *s = &x->text;

	if (take_part(s, 0, 60, &x->c.second) < 0)
		return -1;
	if (s->n >= 2 && (s->p[0] == '.' || s->p[0] == ',') &&
	    s->p[0] != next && slice_is_digit(s->p[1])) {
		s->p++;
		s->n--;
		return civil_take_fraction(s, &x->c.ns);
	}
	return 0;
}

/* A number of seconds since 1970, or of the parts of one. */
static int
take_epoch(struct scan *x, unsigned parts)
{
	unsigned long long v;
	size_t n = 0;

	while (n < x->text.n && slice_is_digit(x->text.p[n]))
		n++;
	if (slice_number((struct slice){x->text.p, n},
		((unsigned long long)STAMP_MAX_S + 1) * parts - 1, &v) < 0)
		return -1;
	x->text = slice_from(x->text, n);
	x->epoch_s = (int64_t)(v / parts);
	if (parts > 1)
		x->c.ns = (uint32_t)(v % parts) * (NS_PER_S / parts);
	return 0;
}

/* Two digits stand for 1969 to 2068, as POSIX has it. */
static int
take_short_year(struct scan *x)
{
	if (take_part(&x->text, 0, 99, &x->year) < 0)
		return -1;
	x->year += x->year < 69 ? 2000 : 1900;
	return 0;
}

static int
take_half(struct scan *x)
{
	if (take_word(&x->text, "AM"))
		x->half = 0;
	else if (take_word(&x->text, "PM"))
		x->half = 12;
	else
		return -1;
	return 0;
}

static int
take_utc(struct scan *x)
{
	x->c.has_offset = true;
	x->c.offset_s = 0;
	return take_word(&x->text, "UTC") || take_word(&x->text, "GMT") ||
		take_word(&x->text, "Z")
	    ? 0
	    : -1;
}

static int take_format(struct scan *x, const char *format, char after);

/* Takes what a letter that stands for several stands for; next comes after. */
static int
take_compound(struct scan *x, char letter, char next)
{
	switch (letter) {
	case 'T':
		return take_format(x, "%H:%M:%S", next);
	case 'R':
		return take_format(x, "%H:%M", next);
	case 'D':
		return take_format(x, "%m/%d/%y", next);
	case 'F':
		return take_format(x, "%Y-%m-%d", next);
	default:
		return -1;
	}
}

/* Takes what a letter stands for that is not among the usual ones. */
static int
take_rare(struct scan *x, char letter, char next)
{
	struct slice *s = &x->text;

	switch (letter) {
	case 'y':
		return take_short_year(x);
	case 'a':
	case 'A':
		return take_weekday(s) < 0 ? -1 : 0;
	case 'j':
		return take_yearday(s, &x->yearday);
	case 'f':
		return civil_take_fraction(s, &x->c.ns);
	case 'z':
		x->c.has_offset = true;
		return civil_take_offset(s, true, &x->c.offset_s);
	case 'Z':
		return take_utc(x);
	case 's':
		return take_epoch(x, 1);
	case 'Q':
		return take_epoch(x, 1000);
	case '%':
		return slice_take(s, '%') ? 0 : -1;
	default:
		return take_compound(x, letter, next);
	}
}

/* Takes what any letter of a format stands for; next comes after it. */
static int
take_letter(struct scan *x, char letter, char next)
{
	struct slice *s = &x->text;

	switch (letter) {
	case 'Y':
		return take_year(s, &x->year);
	case 'm':
		return take_part(s, 1, 12, &x->month);
	case 'b':
	case 'B':
	case 'h':
		x->month = take_month(s);
		return x->month > 0 ? 0 : -1;
	case 'e':
		skip_blanks(s);
		/* fallthrough */
	case 'd':
		return take_part(s, 1, 31, &x->day);
	case 'k':
		skip_blanks(s);
		/* fallthrough */
	case 'H':
		x->hour12 = false;
		return take_part(s, 0, 23, &x->c.hour);
	case 'l':
		skip_blanks(s);
		/* fallthrough */
	case 'I':
		x->hour12 = true;
		return take_part(s, 1, 12, &x->c.hour);
	case 'p':
		return take_half(x);
	case 'M':
		return take_part(s, 0, 59, &x->c.minute);
	case 'S':
		return take_second(x, next);
	default:
		return take_rare(x, letter, next);
	}
}

/*
 * Reads x->text by a format, all of the format; after comes behind it.  It
 * goes into itself once at most: no letter's own format has such a letter.
 */
static int
take_format(struct scan *x, const char *format, char after)
{
	for (const char *f = format; *f != '\0'; f++) {
		char next;

		if (*f != '%') {
			if (is_blank(*f))
				skip_blanks(&x->text);
			else if (!slice_take(&x->text, *f))
				return -1;
			continue;
		}
		f++;
		next = *f != '\0' && f[1] != '\0' ? f[1] : after;
		if (*f == '\0' || take_letter(x, *f, next) < 0)
			return -1;
	}
	return 0;
}

/* Sets month and day from the day of the year, which must agree. */
static int
settle_yearday(struct scan *x)
{
	struct civil c = {.year = x->year, .month = 1, .day = 1};

	c = civil_of(civil_seconds(&c) + (x->yearday - 1) * DAY_S);
	if (c.year != x->year || (x->month > 0 && x->month != c.month) ||
	    (x->day > 0 && x->day != c.day))
		return -1;
	x->month = c.month;
	x->day = c.day;
	return 0;
}

/* Makes the civil time of the parts, or says that they are none. */
static int
settle(struct scan *x)
{
	if (x->epoch_s >= 0) {
		uint32_t ns = x->c.ns;

		x->c = civil_of(x->epoch_s);
		x->c.ns = ns;
		x->c.has_offset = true;
		return 0;
	}
	if (x->year < 1970)
		return -1;
	if (x->yearday > 0 && settle_yearday(x) < 0)
		return -1;
	x->c.year = x->year;
	x->c.month = x->month > 0 ? x->month : 1;
	x->c.day = x->day > 0 ? x->day : 1;
	if (!civil_is_date(x->c.year, x->c.month, x->c.day))
		return -1;
	if (x->hour12)
		x->c.hour = x->c.hour % 12 + (x->half > 0 ? 12 : 0);
	if (x->c.second == 60) {
		struct civil next = civil_of(civil_seconds(&x->c));

		if (next.year > 9999)
			return -1;
		next.has_offset = x->c.has_offset;
		next.offset_s = x->c.offset_s;
		x->c = next;
	}
	return 0;
}

int
timeform_scan(struct slice text, const char *format, struct civil *c)
{
	struct scan x = {.text = text,
	    .year = -1,
	    .month = -1,
	    .day = -1,
	    .yearday = -1,
	    .half = -1,
	    .epoch_s = -1};

	if (take_format(&x, format, '\0') < 0 || x.text.n > 0 || settle(&x) < 0)
		return -1;
	*c = x.c;
	return 0;
}

int
timeform_check(const char *format, char *letter)
{
	for (const char *f = format; *f != '\0'; f++) {
		if (*f != '%')
			continue;
		f++;
		if (*f == '\0' ||
		    strchr("dembBhyYHkIlpMSfzZaAjsQTRDF%", *f) == NULL) {
			*letter = *f != '\0' ? *f : '%';
			return -1;
		}
	}
	return 0;
}
