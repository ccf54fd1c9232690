#ifndef INC_PERSON_H
#define INC_PERSON_H

#include <stdbool.h>

#include "fault.h"
#include "pattern.h"
#include "slice.h"

/*
 * Whether a value is what somebody calls a person by: a name, an address, a
 * number.  Letters may be small or capital, and blanks as many as one likes.
 * Telephone numbers that may be of the same person (phone.h) are the same:
 * whoever asks what is held about somebody is to find too much rather than too
 * little.
 */
struct person {
	struct pattern *name;
	struct slice text; /* borrowed */
};

#define PERSON_MAX_BYTES 1024 /* of what one is called */

/*
 * Takes what a person is called, UTF-8 text with more than blanks.  p must be
 * all zero.  Returns 0, or -1 and the fault.
 */
int person_read(struct person *p, struct slice text, struct fault *f);

/* Whether a value (not as on disk) is that. */
bool person_is(const struct person *p, struct slice value,
    struct pattern_scratch *scratch);

void person_release(struct person *p);

#endif
