#ifndef INC_TRIAL_H
#define INC_TRIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "cases.h"
#include "fault.h"
#include "rehearsal.h"
#include "slice.h"

/*
 * Whether the procedures do what a case expects: the record that came of a
 * rehearsal is held against each of its rows.
 *
 * What a row expects of a message is met by any one that has all of it.  '-'
 * in one of these cells turns that round: no message may have what the others
 * say.
 */
struct trial {
	/* For the caller to set. */
	const struct cases *cases;
	const struct rehearsal *rehearsal;
	void (*failed)(void *ctx, const struct fault *f);
	void *ctx;

	/* Private. */
	struct buf text, value;
	struct fault fault;
};

/*
 * Holds the last record of the rehearsal against the case it was made for.
 * Calls failed with the place of each cell that was not met, what came and
 * what was expected.  Returns the number of calls.
 */
size_t trial_case(struct trial *t, const struct cases_case *one);

/*
 * Whether a text (of a record's field or a message) is what a cell expects in
 * a column, at the case's now.
 */
bool trial_meets(const struct cases *c, const struct cases_case *one,
    const struct cases_column *column, struct cases_expected expected,
    struct slice got);

void trial_release(struct trial *t);

#endif
