#include "buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

void
buf_grow(struct buf *b, size_t n)
{
	size_t cap = b->cap < 64 ? 64 : b->cap;

	while (cap - b->n < n && cap <= (size_t)-1 / 2)
		cap *= 2;
	if (cap - b->n < n)
		cap = (size_t)-1; /* mem_resize() says so */
	b->p = mem_resize(b->p, cap, 1);
	b->cap = cap;
}

void
buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_add_number(struct buf *b, uint64_t n)
{
	buf_add_digits(b, n, 1);
}

void
buf_add_digits(struct buf *b, uint64_t n, size_t least)
{
	static const char pairs[] =
	    "00010203040506070809101112131415161718192021222324252627282930"
	    "31323334353637383940414243444546474849505152535455565758596061"
	    "62636465666768697071727374757677787980818283848586878889909192"
	    "93949596979899";
	char digits[20]; /* of 2^64 - 1 */
	size_t at = sizeof digits;

	memset(digits, '0', sizeof digits);
	for (; n > 99; n /= 100)
		memcpy(digits + (at -= 2), pairs + 2 * (n % 100), 2);
	memcpy(digits + (at -= 2), pairs + 2 * n, 2);
	at += n < 10;
	if (at > sizeof digits - least)
		at = sizeof digits - least;
	buf_add(b, digits + at, sizeof digits - at);
}

void
buf_add_word(struct buf *b, struct slice word)
{
	if (slice_has_word(buf_slice(b), word))
		return;
	if (b->n > 0)
		buf_add_char(b, ' ');
	buf_add_slice(b, word);
}

void
buf_addv(struct buf *b, const char *fmt, va_list ap)
{
	size_t room = b->cap - b->n;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(room > 0 ? b->p + b->n : NULL, room, fmt, again);
	va_end(again);
	if (n < 0)
		return; /* an encoding error: none of our formats has one */
	if ((size_t)n >= room)
		vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(b, fmt, ap);
	va_end(ap);
}

const char *
buf_str(struct buf *b)
{
	*buf_room(b, 1) = '\0';
	return b->p;
}

void
buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}
