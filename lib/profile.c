#include "profile.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "phone.h"

#define VALUES ((size_t)32768) /* kept in all */
#define VALUES_MIN ((size_t)16)
#define VALUES_MAX ((size_t)2048) /* of a column */
#define VALUE_BYTES ((size_t)120)
#define CODES ((size_t)200)     /* more are no codes */
#define CODE_CHARS ((size_t)80) /* nor are longer ones */

/* Times between 2001 and 2038, so that no number of a call is one. */
#define EPOCH_FIRST UINT64_C(1000000000)
#define EPOCH_LAST UINT64_C(2147483647)
/* The days of 1982 to 2064, as spreadsheets count them. */
#define DAY_FIRST 30000
#define DAY_LAST 60000

static const struct slice marks[PROFILE_MARKS] = {
    SLICE(""),
    SLICE("?"),
    SLICE("-"),
    SLICE("--"),
    SLICE("NULL"),
    SLICE("null"),
    SLICE("(null)"),
    SLICE("N/A"),
    SLICE("n/a"),
    SLICE("#N/A"),
    SLICE("NA"),
    SLICE("NaN"),
    SLICE("nan"),
    SLICE("None"),
};

struct slice
profile_mark(size_t i)
{
	return marks[i];
}

void
profile_init(struct profile *p, size_t columns)
{
	*p = (struct profile){.limit = VALUES / (columns > 0 ? columns : 1)};
	if (p->limit < VALUES_MIN)
		p->limit = VALUES_MIN;
	if (p->limit > VALUES_MAX)
		p->limit = VALUES_MAX;
}

/* The mark that a text is, or PROFILE_MARKS. */
static size_t
find_mark(struct slice text)
{
	size_t i = 0;

	if (text.n > 6)
		return PROFILE_MARKS;
	while (i < PROFILE_MARKS && !slice_eq(text, marks[i]))
		i++;
	return i;
}

/* What the bytes of a text are, counted. */
struct letters {
	size_t digits, letters, blanks;
	size_t others;                /* than digits, blanks and those below */
	size_t points, commas, signs; /* . , + - at the front */
	size_t dialled;               /* ( ) - / . blank: in phone numbers */
	size_t e;                     /* the letter, for an exponent */
};

static struct letters
count_letters(struct slice s)
{
	struct letters l = {0};

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		l.digits += slice_is_digit(c);
		l.letters += slice_is_letter(c) || (unsigned char)c >= 0x80;
		l.blanks += c == ' ';
		l.points += c == '.';
		l.commas += c == ',';
		l.e += c == 'E' || c == 'e';
		l.signs += i == 0 && (c == '-' || c == '+');
		l.dialled +=
		    c == '(' || c == ')' || c == '/' || (c == '-' && i > 0);
	}
	l.others = s.n - l.digits - l.blanks - l.points - l.commas - l.signs -
	    l.dialled;
	return l;
}

/* Whether a text is one of yes and no. */
static bool
is_yes_no(struct slice text)
{
	static const char *const word[] = {"0", "1", "y", "n", "yes", "no",
	    "true", "false", "t", "f", "on", "off", "Y", "N", "Yes", "No",
	    "True", "False", "YES", "NO", "TRUE", "FALSE", "T", "F"};

	for (size_t i = 0; text.n <= 5 && i < sizeof word / sizeof *word; i++) {
		if (slice_is(text, word[i]))
			return true;
	}
	return false;
}

/* Whether digits stand in groups that are not thousands: 3,87,16,91,111. */
static bool
is_grouped(struct slice s)
{
	struct slice group;
	bool odd = false;

	for (size_t i = 0; slice_split(&s, ',', &group); i++)
		odd = odd || group.n == 0 || group.n > 3 ||
		    (i > 0 && group.n != 3);
	return odd;
}

static void
look_at_number(
    struct profile_counts *c, struct slice s, const struct letters *l)
{
	unsigned long long value;

	if (l->points == 0 && l->commas == 0) {
		c->whole++;
		if (slice_number(s, EPOCH_LAST * 1000, &value) < 0)
			return;
		c->epoch_s += value >= EPOCH_FIRST && value <= EPOCH_LAST;
		c->epoch_ms += value >= EPOCH_FIRST * 1000;
		c->day_number += value >= DAY_FIRST && value <= DAY_LAST;
	} else if (l->points == 1 && l->commas == 0) {
		size_t point =
		    (size_t)((const char *)memchr(s.p, '.', s.n) - s.p);

		c->decimal++;
		c->point_zero += point + 2 == s.n && s.p[s.n - 1] == '0';
		c->day_number += slice_number((struct slice){s.p, point},
				     DAY_LAST, &value) == 0 &&
		    value >= DAY_FIRST;
	} else if (l->points == 0 && l->commas == 1) {
		c->comma++;
	} else if (l->points == 0) {
		c->grouped += is_grouped(s);
	}
}

/* Whether a text has a part like user@example.org. */
static bool
has_mail(struct slice s)
{
	const char *at = memchr(s.p, '@', s.n);
	struct slice host;

	if (at == NULL || at == s.p || at[-1] == ' ')
		return false;
	host = (struct slice){at + 1, s.n - (size_t)(at + 1 - s.p)};
	return host.n > 3 && host.p[0] != ' ' && host.p[0] != '.' &&
	    memchr(host.p, '.', host.n - 1) != NULL;
}

static bool
is_ip(struct slice s, const struct letters *l)
{
	char text[INET6_ADDRSTRLEN] = {0};
	struct in6_addr address;

	if (s.n < 3 || s.n >= sizeof text || l->blanks > 0 ||
	    (l->points != 3 && memchr(s.p, ':', s.n) == NULL))
		return false;
	memcpy(text, s.p, s.n);
	return inet_pton(AF_INET, text, &address) == 1 ||
	    inet_pton(AF_INET6, text, &address) == 1;
}

/* A number that is dialled has signs in it that no other number has. */
static bool
is_phone(struct slice s, const struct letters *l)
{
	return l->others == 0 && l->commas == 0 &&
	    l->digits >= PHONE_OWN_DIGITS && l->digits <= PHONE_MOST_DIGITS &&
	    (s.p[0] == '+' ||
		((s.p[0] == '0' || s.p[0] == '(') &&
		    l->blanks + l->dialled > 0));
}

/* Whether a text starts as 2 - High or P3 do. */
static bool
is_ranked(struct slice s)
{
	size_t i = s.n > 1 && (s.p[0] == 'P' || s.p[0] == 'p') ? 1 : 0;
	char next = i + 1 < s.n ? s.p[i + 1] : ' ';

	return s.p[i] >= '1' && s.p[i] <= '9' &&
	    (next == ' ' || next == '-' || next == ':' || next == '.');
}

/* Looks at a value, which is not empty. */
static void
look(struct profile *p, struct slice s)
{
	struct profile_counts *c = &p->looked;
	struct letters l = count_letters(s);

	c->values++;
	c->words += l.blanks > 0;
	c->digits += l.digits > 0;
	c->letters += l.letters > 0;
	c->yes_no += is_yes_no(s);
	c->ranked += is_ranked(s);
	c->mail += has_mail(s);
	c->arrays += s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']' &&
	    (s.p[1] == '{' || s.p[1] == '"' || s.p[1] == ']');
	c->error += s.p[0] == '#' && s.n > 3 &&
	    (s.p[s.n - 1] == '!' || s.p[s.n - 1] == '#' ||
		slice_is(s, "#NAME?"));
	if (l.digits > 0 && l.digits + l.signs + l.points + l.commas == s.n) {
		look_at_number(c, s, &l);
		c->phone += s.p[0] == '+' && is_phone(s, &l);
	} else {
		c->phone += is_phone(s, &l);
	}
	c->ip += is_ip(s, &l);
	c->exponent += l.e == 1 && l.others <= 2 && l.points <= 1 &&
	    l.digits >= 2 && slice_is_digit(s.p[0]) &&
	    memchr(s.p, '+', s.n) != NULL;
	timeshape_see(&p->times, s);
}

/* Measures a value that is not one of those kept. */
static void
measure(struct profile *p, struct slice text)
{
	size_t n = slice_characters(text);

	if (p->looked.values == 0 || n < p->shortest)
		p->shortest = n;
	if (n > p->longest)
		p->longest = n;
	look(p, text);
}

/* Counts a value; one that is new is looked at, and kept if there is room. */
static void
count(struct profile *p, struct slice text)
{
	struct slice start = slice_cut(text, VALUE_BYTES);
	size_t at = dict_find(&p->index, start);

	if (at == DICT_NONE) {
		measure(p, text);
		if (p->n == p->limit) {
			p->more = true;
			return;
		}
		at = p->n;
		dict_add(&p->index, start, at, NULL);
		p->value = mem_grow(p->value, p->n, &p->cap, sizeof *p->value);
		p->value[p->n++] = (struct profile_value){0};
		if (at < PROFILE_TEXTS)
			p->value[at].text = (struct slice){
			    arena_copy(&p->arena, start.p, start.n), start.n};
	}
	p->value[at].rows++;
	p->kept++;
}

void
profile_see(struct profile *p, struct slice text)
{
	size_t mark;

	p->rows++;
	text = slice_trim(text);
	mark = find_mark(text);
	if (mark < PROFILE_MARKS) {
		p->mark[mark]++;
		return;
	}
	p->filled++;
	count(p, text);
}

double
profile_repeats(const struct profile *p)
{
	return p->n > 0 ? (double)p->kept / (double)p->n : 0;
}

bool
profile_mostly(const struct profile *p, size_t n)
{
	return n > 0 && n >= p->looked.values - p->looked.values / 10;
}

bool
profile_is_floats(const struct profile *p)
{
	const struct profile_counts *c = &p->looked;

	return c->point_zero > 0 && c->point_zero + c->whole == c->values;
}

/* How many values looked at are whole numbers, be they spoiled into floats. */
static size_t
whole_numbers(const struct profile *p)
{
	return p->looked.whole +
	    (profile_is_floats(p) ? p->looked.point_zero : 0);
}

/* Whether the values are few, and come again and again. */
static bool
is_code(const struct profile *p)
{
	return !p->more && p->n <= CODES && p->longest <= CODE_CHARS &&
	    p->filled >= 2 * p->n;
}

/*
 * Whether values look like those by which a record is found: digits in one
 * word, which differ from row to row or are too many for a code.
 */
static bool
is_identifier(const struct profile *p)
{
	const struct profile_counts *c = &p->looked;

	if (c->words > c->values / 20 || !profile_mostly(p, c->digits) ||
	    p->n < 3 || p->longest > 64 || p->longest < 3)
		return false;
	if (profile_mostly(p, whole_numbers(p)) && p->longest > p->shortest + 1)
		return false; /* numbers of any size are counts */
	return profile_repeats(p) < 1.05 || p->more || p->n > CODES;
}

enum profile_kind
profile_kind(const struct profile *p)
{
	const struct profile_counts *c = &p->looked;
	size_t whole = whole_numbers(p);

	if (p->filled == 0)
		return PROFILE_EMPTY;
	if (profile_mostly(p, p->times.times))
		return PROFILE_TIME;
	if (profile_mostly(p, p->times.clocks))
		return PROFILE_CLOCK;
	if (!p->more && p->n == 2 && c->yes_no == 2)
		return PROFILE_YES_NO;
	if (is_code(p))
		return c->yes_no == p->n && p->n == 1 && c->digits == 0
		    ? PROFILE_YES_NO
		    : PROFILE_CODE;
	if (!profile_mostly(p, whole) &&
	    profile_mostly(p, c->whole + c->decimal + c->comma))
		return c->comma > c->decimal ? PROFILE_COMMA : PROFILE_DECIMAL;
	if (is_identifier(p) && !profile_mostly(p, c->grouped + c->comma))
		return PROFILE_IDENTIFIER;
	if (profile_mostly(p, whole))
		return PROFILE_NUMBER;
	return PROFILE_TEXT;
}

void
profile_release(struct profile *p)
{
	free(p->value);
	dict_release(&p->index);
	arena_release(&p->arena);
	timeshape_release(&p->times);
	*p = (struct profile){0};
}
