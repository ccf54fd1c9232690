#ifndef INC_STAMP_H
#define INC_STAMP_H

#include <stdint.h>

#include "buf.h"
#include "slice.h"

/*
 * An instant, as RFC 3339 writes it; years 1970 to 9999, leap seconds not
 * counted (POSIX).  Nothing here reads the clock or the locale.
 */
struct stamp {
	int64_t s;   /* seconds since 1970-01-01T00:00:00Z */
	uint32_t ns; /* nanoseconds past them, under 10^9 */
};

#define STAMP_MAX_S INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

/*
 * Reads an RFC 3339 time with Z or an offset; T and Z may be lower case and T
 * a blank; up to 9 digits of fraction; second 60 is the next minute's start.
 * Returns 0, or -1 where s is no such time or out of range.
 */
int stamp_parse(struct slice s, struct stamp *t);

/* Adds it in UTC with Z: 2026-03-25T09:08:12Z, with the fraction if any. */
void stamp_add(struct buf *out, struct stamp t);

/*
 * The text of a time, made anew only where it is another than the last one:
 * many rows tell the same.  All zero before the first; the text is valid until
 * the next call.
 */
struct stamp_text {
	struct stamp told;
	struct buf text;
};
struct slice stamp_text(struct stamp_text *last, struct stamp t);

/*
 * Lengths of time are stamps too.  a + b and a - b, whose seconds are within
 * int64_t; where a is before b these are below zero, and ns goes on from there.
 */
struct stamp stamp_plus(struct stamp a, struct stamp b);
struct stamp stamp_minus(struct stamp a, struct stamp b);

/* <0, 0, >0 */
int stamp_cmp(struct stamp a, struct stamp b);

#endif
