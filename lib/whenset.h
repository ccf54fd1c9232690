#ifndef INC_WHENSET_H
#define INC_WHENSET_H

#include <stddef.h>

#include "slice.h"
#include "when.h"

/*
 * The conditions of a table, tested on one row after the other.
 *
 * All their patterns are one set (patternset.h), so that a field is passed
 * over once for all of them.  A condition that can hold only if its first
 * pattern matches, such as "breach = yes and summary ~ /pump/", is not even
 * looked at where that is no candidate: so a table of 500 such rows costs
 * little more than its candidates.  Everything else is as with when_test().
 */
struct whenset;

/*
 * Makes the set of n conditions, bound or not, which must outlive it.  when
 * points to the first in an array of rows of so many bytes: &row->when.
 */
struct whenset *whenset_new(struct when *const *when, size_t n, size_t row);

void whenset_free(struct whenset *s);

/*
 * Says that the next tests are of another row, or that a field has changed in
 * its place.  The state keeps what is found in the row; it serves one set at a
 * time, and is released before the set is freed.
 */
void whenset_row(const struct whenset *s, struct when_state *state);

/*
 * The first condition, from one on and before another, that holds or whose
 * search hit a limit; to: none.  *holds is what when_test() would return.
 */
size_t whenset_find(const struct whenset *s, size_t from, size_t to,
    const struct slice *field, struct when_state *state, int *holds);

/* What when_test() would return for the condition at a place. */
int whenset_test(const struct whenset *s, size_t place,
    const struct slice *field, struct when_state *state);

#endif
