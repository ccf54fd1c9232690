#ifndef INC_QUANTITY_H
#define INC_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "stamp.h"

/*
 * What conditions compare by size: a number, a duration or a time, told apart
 * by its form.  Numbers are decimals of any length, compared exactly.
 */
enum quantity_kind {
	QUANTITY_NONE,
	QUANTITY_NUMBER,   /* [-+]digits[.digits] */
	QUANTITY_DURATION, /* as duration_parse() reads it */
	QUANTITY_TIME,     /* as stamp_parse() reads it */
};

struct quantity {
	enum quantity_kind kind;
	bool whole;          /* NUMBER: s is its value */
	struct slice number; /* NUMBER: the text it was read from */
	int64_t s;           /* DURATION, TIME: seconds, may be negative */
	uint32_t ns;         /* and nanoseconds past them */
};

#define QUANTITY_WHOLE 18 /* digits, of which an int64_t holds any */

/*
 * Reads a number of digits alone, at most QUANTITY_WHOLE of them: what most
 * numbers are.  Returns whether text is one.
 */
static inline bool
quantity_whole(struct slice text, int64_t *value)
{
	int64_t v = 0;

	if (text.n == 0 || text.n > QUANTITY_WHOLE)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned digit = (unsigned)(unsigned char)text.p[i] - '0';

		if (digit > 9)
			return false;
		v = v * 10 + (int64_t)digit;
	}
	*value = v;
	return true;
}

/*
 * Reads text as a quantity of one kind, or, where kind is QUANTITY_NONE, of
 * whichever it has the form of.  A number stays a view of text.  Returns 0,
 * or -1 where it is none.
 */
int quantity_parse(
    struct slice text, enum quantity_kind kind, struct quantity *q);

/* The duration from one instant to another; negative where to is before. */
struct quantity quantity_between(struct stamp from, struct stamp to);

/* <0, 0, >0 for two quantities of the same kind. */
int quantity_cmp(const struct quantity *a, const struct quantity *b);

#endif
