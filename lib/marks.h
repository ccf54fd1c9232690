#ifndef INC_MARKS_H
#define INC_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "slice.h"
#include "when.h"

/*
 * Marks that mean "missing" in an export: conditions on {X}, which stands for
 * every column ("{X} in ? NULL").
 */
struct marks {
	struct when **when; /* owned */
	size_t n;
	size_t cap;
};

/* Adds a condition.  Returns 0, or -1 and the fault. */
int marks_add(struct marks *m, struct slice condition, struct place where,
    struct fault *f);

/* What testing needs beside the marks; all zero at first. */
struct marks_state {
	struct marks_answer *answer; /* remembered, by value */
	struct when_state when;
};

/*
 * Whether a value (in its form on disk) means missing: 1 or 0; or -1 where a
 * search hit a limit: it then does not, and state->when.fault says so.
 */
int marks_test(
    const struct marks *m, struct slice field, struct marks_state *state);

void marks_release(struct marks *m);
void marks_state_release(struct marks_state *state);

#endif
