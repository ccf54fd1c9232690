#ifndef INC_RULES_H
#define INC_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fault.h"

/*
 * What all programs that go by rules say of records in the same words.
 */

/* A search hit its limit at this record, so its rule is not met: status 3. */
void rules_say_limit(const struct fault *fault, const char *file, size_t line);

/* Values of records that conditions and clocks could not read. */
struct unreadable {
	unsigned long long n;
	struct buf first; /* the record of the first, by its place and id */
};

/*
 * Takes note that there are n by now, after a record.  Returns whether these
 * are the first, so that the caller is to say in u->first where it is.
 */
bool rules_are_first(struct unreadable *u, unsigned long long n);

/* A notice of them, if there are any; frees. */
void rules_say_unreadable(struct unreadable *u);

#endif
