#ifndef INC_BUF_H
#define INC_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "slice.h"

/*
 * Growing bytes.  All zero is an empty buffer.  A slice of it is valid until
 * the next call that adds to it or releases it.
 */
struct buf {
	char *p;
	size_t n;   /* bytes in use */
	size_t cap; /* bytes at p */
};

/* Makes the memory larger by at least n bytes; for buf_room() alone. */
void buf_grow(struct buf *b, size_t n);

/* Makes room for n more bytes and returns where they go; b->n is unchanged. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->n <= n) /* so that there always is some memory */
		buf_grow(b, n);
	return b->p + b->n;
}

/* Adds n bytes. */
static inline void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(buf_room(b, n), p, n);
	b->n += n;
}

/* Adds one byte. */
static inline void
buf_add_char(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

/* Adds a slice. */
static inline void
buf_add_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.n);
}

/* Adds a C string; a number in decimal digits; one in at least so many, up to
 * 20, with zeros before it. */
void buf_add_str(struct buf *b, const char *s);
void buf_add_number(struct buf *b, uint64_t n);
void buf_add_digits(struct buf *b, uint64_t n, size_t least);

/* Adds a word to those in b, which blanks separate, unless it is one of them.
 */
void buf_add_word(struct buf *b, struct slice word);

/* Adds text as printf() makes it; fmt is never NULL. */
void buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
void buf_addv(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0), nonnull(2)));

/* The whole as a slice. */
static inline struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){b->p != NULL ? b->p : "", b->n};
}

/* The whole as a C string: a NUL is kept after the bytes, not counted. */
const char *buf_str(struct buf *b);

/* Empties it and keeps the memory. */
static inline void
buf_clear(struct buf *b)
{
	b->n = 0;
}

/* Frees the memory; the buffer is empty and may be used again. */
void buf_release(struct buf *b);

#endif
