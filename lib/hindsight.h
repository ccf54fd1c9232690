#ifndef INC_HINDSIGHT_H
#define INC_HINDSIGHT_H

#include <stddef.h>

#include "boundary.h"
#include "columns.h"
#include "incident.h"
#include "judge.h"
#include "slice.h"
#include "stamp.h"

/*
 * What boundaries would have done to a history: an incident is judged as it
 * stood at each of its times and at each instant between them at which a clock
 * ran out, so that every crossing is seen that a desk would have seen that
 * judged all the time.  What it knows at an instant is what the history had
 * said by then; a level that a person set counts from when it was said, one of
 * rules is left out, as rules are what is tried.
 */
struct hindsight {
	struct judge judge;     /* report and ctx are the caller's to set */
	struct columns columns; /* of the rows that are found: those of the
				   incidents, then what judging sets */
	struct slice *field;    /* the row, valid until the next */

	/* Private. */
	const struct boundaries *b;
	const struct incidents *all;
	size_t set_at[JUDGE_COLUMNS]; /* in columns */
	struct stamp *time;           /* of the incident under way */
	size_t ntimes, cap;
	struct buf holds, kept[JUDGE_COLUMNS];
};

/*
 * Makes ready for incidents that remember all that was said; both must
 * outlive it.  Then b is to be bound to h->columns.
 */
void hindsight_open(struct hindsight *h, const struct boundaries *b,
    const struct incidents *all);

/*
 * Goes through an incident up to `until`: calls see at each crossing, with
 * h->field as the record then stood.
 */
void hindsight_incident(struct hindsight *h, const struct incident *in,
    struct stamp until, void (*see)(void *ctx), void *ctx);

void hindsight_release(struct hindsight *h);

#endif
