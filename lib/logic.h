#ifndef INC_LOGIC_H
#define INC_LOGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pattern.h"
#include "when.h"

/*
 * What follows from conditions alone, whatever the record.
 *
 * The only question is whether a record can exist for which some conditions
 * hold and some others don't:
 *
 *	possible  holds a           fails -      no: a never holds
 *	possible  holds -           fails a      no: a always holds
 *	possible  holds a           fails b      no: where a holds, b does
 *	possible  holds a           fails b, c   no: where a holds, b or c does
 *
 * "No" is proven; but a search that hits its limit is left out of account, as
 * then a whole condition counts as not met (inc-when(5)).  "Yes" may also mean
 * that it could not be told.  Understood are comparisons of a column with
 * values, by text and by size, is empty, is set, since and until, and a
 * pattern, which stands for itself where it is the same letter for letter, and
 * is tried on values that are known.  What else there is counts as
 * independent of everything: two different patterns, two columns.
 *
 * The ways through the conditions are gone one by one, and a way ends as soon
 * as what it supposes of a column can't be.
 */
struct logic {
	uint64_t left; /* work that may still be done: LOGIC_WORK at first */
	bool spent;    /* some answer was "yes" because work ran out */

	/* Private. */
	struct pattern_scratch *scratch;
	struct logic_fact *fact; /* supposed so far */
	size_t n, cap;
};

/* Work for one question, and for all: about 10 ms and 2 s. */
#define LOGIC_QUESTION UINT64_C(1000000)
#define LOGIC_WORK UINT64_C(100000000)

/*
 * Whether a record may exist for which all of `holds` hold and none of `fails`
 * does.  l is all zero but for left.
 */
bool logic_possible(struct logic *l, const struct when *const *holds,
    size_t nholds, const struct when *const *fails, size_t nfails);

/*
 * Whether a condition may hold for a record whose column (a plain name) has
 * this value.
 */
bool logic_possible_of(struct logic *l, const struct when *when,
    struct slice column, struct slice value);

void logic_release(struct logic *l);

#endif
