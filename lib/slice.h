#ifndef INC_SLICE_H
#define INC_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A borrowed view of n bytes.  It is not terminated, owns nothing, and is
 * valid as long as the bytes it points at.  Passed and returned by value.
 */
struct slice {
	const char *p;
	size_t n; /* bytes */
};

/* The elements of an array, not of a pointer. */
#define LEN(array) (sizeof(array) / sizeof *(array))

/* printf("%.*s", SLICE_ARG(s)); lengths over INT_MAX print cut. */
#define SLICE_ARG(s) ((s).n > 1 << 30 ? 1 << 30 : (int)(s).n), (s).p

/* A view of a string literal: no call, usable in initialisers. */
#define SLICE(literal)                            \
	{                                         \
		("" literal), sizeof(literal) - 1 \
	}

/* The bytes of a C string. */
static inline struct slice
slice_of(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Whether two views are of the same bytes. */
static inline bool
slice_eq(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Whether s is the C string t. */
static inline bool
slice_is(struct slice s, const char *t)
{
	return slice_eq(s, slice_of(t));
}

/* Whether s starts with the C string prefix. */
static inline bool
slice_starts(struct slice s, const char *prefix)
{
	size_t n = strlen(prefix);

	return n == 0 || (s.n >= n && memcmp(s.p, prefix, n) == 0);
}

/* Whether s ends in end. */
static inline bool
slice_ends_in(struct slice s, struct slice end)
{
	return end.n == 0 ||
	    (s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0);
}

/* Whether s ends in the C string end. */
static inline bool
slice_ends(struct slice s, const char *end)
{
	return slice_ends_in(s, slice_of(end));
}

/* What follows the first n bytes of s, which has as many. */
static inline struct slice
slice_from(struct slice s, size_t n)
{
	return (struct slice){s.p + n, s.n - n};
}

/* Whether a byte is a digit of ASCII, whatever isdigit() takes for one. */
static inline bool
slice_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether it is a letter of ASCII.  Not isalpha(), which follows the locale. */
static inline bool
slice_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * The small letter of a capital of ASCII, any other byte as it is.  Not
 * tolower() and strcasecmp(), which follow the locale.
 */
static inline char
slice_small(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Whether two views are the same but for small and capital letters of ASCII. */
bool slice_eq_letters(struct slice a, struct slice b);

/* <0, 0, >0 in byte order, a shorter one before a longer. */
int slice_cmp(struct slice a, struct slice b);

/* Without blanks, tabs, returns and newlines at both ends. */
struct slice slice_trim(struct slice s);

/*
 * Takes the next piece of *rest up to the byte sep, or the whole of it.
 * Returns 1 with *piece set and *rest moved past it, 0 when *rest was used up
 * (its p is then NULL).  "a,,b" gives a, nothing, b; "" gives one empty piece.
 */
int slice_split(struct slice *rest, char sep, struct slice *piece);

/* Takes the byte c from the start of *s, if it stands there. */
static inline bool
slice_take(struct slice *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	s->p++;
	s->n--;
	return true;
}

/*
 * Takes the next word of *rest, words being separated by blanks.
 * Returns 1 with *word set, 0 when there are no more.
 */
int slice_word(struct slice *rest, struct slice *word);

/*
 * How many letters must be changed, added, left out or swapped to make one of
 * the other; SIZE_MAX where either is longer than any name.
 */
size_t slice_distance(struct slice a, struct slice b);

/* Whether a word is one of words, which are separated by blanks. */
bool slice_has_word(struct slice words, struct slice word);

/* Without the byte order marks at its front. */
struct slice slice_without_bom(struct slice s);

/* At most n bytes of UTF-8 text, cut between characters. */
struct slice slice_cut(struct slice s, size_t n);

/* The characters of UTF-8 text. */
size_t slice_characters(struct slice s);

/*
 * The first n characters, or all.  A byte that is no character's start counts
 * as one.
 */
struct slice slice_first(struct slice s, size_t n);

/*
 * A whole number in decimal digits alone, at most max.
 * Returns 0 and sets *value, or -1.
 */
int slice_number(
    struct slice s, unsigned long long max, unsigned long long *value);

/*
 * Takes a number of least to most (at most 9) decimal digits from the start
 * of *s, no more of them than that.  Returns 0 and sets *value, or -1 with *s
 * as it was.
 */
int slice_digits(struct slice *s, size_t least, size_t most, int *value);

/*
 * Of n names the one that a typing mistake most likely turned into s (at most
 * 2 letters inserted, lost, changed or swapped, and fewer than half of s), or
 * an empty slice.  For "did you mean".
 */
struct slice slice_nearest(struct slice s, const struct slice *names, size_t n);

/*
 * The length of the first complete UTF-8 character of s (1 to 4), 0 when s is
 * empty or does not start with one (RFC 3629: no overlong forms, surrogates
 * or values over U+10FFFF).
 */
size_t slice_utf8(struct slice s);

/*
 * Takes the first character of *s, which is not empty, and returns its code
 * point; U+FFFD for a byte that is none.
 */
unsigned long slice_take_character(struct slice *s);

#endif
