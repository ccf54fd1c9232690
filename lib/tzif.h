#ifndef INC_TZIF_H
#define INC_TZIF_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "tzrule.h"

/*
 * What a TZif file (RFC 9636) says of a zone: a table of changes of its clock,
 * and the rule that goes on from there.
 */

#define TZIF_MAX_BYTES ((size_t)1024 * 1024) /* the largest real ones: 4 kB */

/* Offsets that RFC 9636 allows: a little over a day. */
#define TZIF_OFFSET_MIN_S (-89999)
#define TZIF_OFFSET_MAX_S 93599

struct tzif_change {
	int64_t at;   /* from this second since 1970 on */
	int offset_s; /* east of UTC */
};

struct tzif {
	int first_s;                /* the offset before the first change */
	struct tzif_change *change; /* in the order of at, owned */
	size_t n;
	struct tzrule rule; /* from the last change on, where it is set */
};

/*
 * Reads the bytes of a file of any version.  Returns 0, or -1 with nothing to
 * release where it is cut, broken, or counts leap seconds (which POSIX time
 * does not).
 */
int tzif_read(struct slice bytes, struct tzif *t);

void tzif_release(struct tzif *t);

#endif
