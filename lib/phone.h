#ifndef INC_PHONE_H
#define INC_PHONE_H

#include <stdbool.h>

#include "slice.h"

/*
 * Telephone numbers, read as people and programs write them (ITU-T E.123) and
 * told apart by what counts of them (E.164).
 */

#define PHONE_MOST_DIGITS 15 /* E.164, the code of the country included */
#define PHONE_OWN_DIGITS 7   /* fewer are an extension or a short code */

struct phone {
	char digit[PHONE_MOST_DIGITS];
	size_t n;
	bool country; /* they begin with the code of one */
};

/*
 * Reads a number of 3 digits, as a short code has, to PHONE_MOST_DIGITS:
 *
 *	+44 113 496 0021	begins with the code of a country
 *	0044 (113) 496-0021	so too
 *	+44 (0)113 496 0021	the 0 is not dialled from abroad: it is left out
 *	(0113) 496/0021		of any country; its 0 is one of the digits
 *
 * Blanks, tabs and ( ) - . / are nothing.  False where text is something else.
 */
bool phone_read(struct phone *p, struct slice text);

/*
 * Whether two numbers are the same.  One without the code of a country is no
 * number that has one, since it may be of any.
 */
bool phone_same(const struct phone *a, const struct phone *b);

/*
 * Whether two numbers may be of the same person: of PHONE_OWN_DIGITS and more,
 * and the same but for the code of a country and the 0 that stands instead.
 */
bool phone_may_be_same(const struct phone *a, const struct phone *b);

#endif
