#ifndef INC_RULES_H
#define INC_RULES_H

#include <stddef.h>

#include "buf.h"
#include "fault.h"

/*
 * What all programs that go by rules say of records in the same words.
 */

/* A search hit its limit at this record, so its rule is not met: status 3. */
void rules_say_limit(const struct fault *fault, const char *file, size_t line);

/* Cases of one kind, which are said once: the first and how many. */
struct tally {
	unsigned long long n;
	struct buf first; /* where it is, and what */
};

/* A notice of values that conditions and clocks could not read, if any. */
void rules_say_unreadable(const struct tally *unreadable);

#endif
