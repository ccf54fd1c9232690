#ifndef INC_TIMESHAPE_H
#define INC_TIMESHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "slice.h"

/*
 * In which form the times of a column are written, found by looking at its
 * values: a format of timeform.h is made of the shape of a value, and those
 * that follow are tried on it.  Only values over 12 tell the day from the
 * month, so both orders are kept, and counted, until they do.
 */

/* Formats that are kept; what fits none is only counted. */
#define TIMESHAPE_FORMS 8

struct timeshape_form {
	struct buf format; /* as timeform_scan() has it */
	size_t fits;       /* values */
};

/* All zero has seen nothing. */
struct timeshape {
	struct timeshape_form form[TIMESHAPE_FORMS];
	size_t n;
	size_t seen;      /* values */
	size_t times;     /* of them, those that fit any form kept */
	size_t clocks;    /* times of day alone, as 09:08 or 9:08 PM */
	struct buf clock; /* the format of the first of those */
};

/* Looks at one more value. */
void timeshape_see(struct timeshape *t, struct slice value);

/* The form that fits most values, of equals the first seen; or NULL. */
const struct timeshape_form *timeshape_best(const struct timeshape *t);

/*
 * Whether formats differ in nothing but the order of day, month and year, so
 * that both can read the same text.
 */
bool timeshape_rivals(struct slice a, struct slice b);

/* Of the forms that rival one the one that fits most values; or NULL. */
const struct timeshape_form *timeshape_rival(
    const struct timeshape *t, const struct timeshape_form *form);

/*
 * Whether the day comes before the month, both as numbers: 1, or 0; -1 where
 * the year comes first or the month has a name.
 */
int timeshape_day_first(struct slice format);

/* Whether times of a format say their zone themselves. */
bool timeshape_has_zone(struct slice format);

/* Whether they say the time of day. */
bool timeshape_has_clock(struct slice format);

void timeshape_release(struct timeshape *t);

#endif
