#ifndef INC_JUDGE_H
#define INC_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boundary.h"
#include "buf.h"
#include "columns.h"
#include "crossing.h"
#include "slice.h"
#include "stamp.h"

/*
 * What boundaries do to a record: crossing.h says when one is crossed.
 *
 * Up: of the crossed rows over the present level that with the highest level
 * is taken, the first of equals.  Down: only where no up row was taken, and
 * never below the level that a person set.  Conditions see what a row set, so
 * the table is gone through until nothing more is crossed that way.  Judging
 * again at the same time changes nothing; where a down row holds for what an
 * up row just raised, the next run lowers it, once: so it was seen to rise.
 *
 * Columns set:
 *   level        the row's
 *   level_by     rules; the word of a person who set a level and then a colon
 *                and that level once rules have moved it, as in person:1;
 *                rules:0 where rules raised it after a down row
 *   escalated    the instant of the crossing: the end of the clock; now for a
 *                row without one; never before what it was
 *   escalate_to  the row's role, or its level's
 *   boundary     the row's name, then those of rows stood down (see below)
 *   why          the row's note
 *
 * A stand-down lasts.  Once a person set the level, or a down row took it
 * down, a clock that ran out at or before `escalated` is used up, and so is a
 * row without a clock that `boundary` names: a stand-down adds the names of
 * those that hold just then over the new level.  Otherwise the next run would
 * undo it.  A down row's `escalated` is at or after every clock that has run
 * out by now.  Where rules alone raised the level nothing is used up: a
 * priority that is raised crosses old clocks at once.
 *
 * A level without level_by came with the record and counts as a person's.
 */

/* The columns that judging sets, in the order in which they are added. */
#define JUDGE_COLUMNS 6
extern const char *const judge_columns[JUDGE_COLUMNS];

/* What judging one record after the other needs: all zero but what crossings
   needs. */
struct judge {
	struct crossings crossings;
	uint64_t unreadable; /* levels and times of them that were none; others
				are in crossings */
	/* Of the last record: the first boundary that could not be judged,
	   and why; unjudged.n == 0: all were. */
	struct slice unjudged;
	const char *unjudged_why;

	/* Private. */
	const struct boundaries *b;
	size_t set_at[JUDGE_COLUMNS]; /* where judge_columns are */
	size_t closed_at, parent_at, vanished_at;
	struct buf text[JUDGE_COLUMNS]; /* what was set */
	struct buf scratch;
	struct buf names;
};

/*
 * Makes ready for records with these columns, which hold all of
 * judge_columns; b is bound to them and must outlive the judge.
 */
void judge_start(
    struct judge *j, const struct boundaries *b, const struct columns *columns);

/*
 * Judges a record, whose fields are in form on disk: sets those that change,
 * as views of *j and its boundaries that are valid until the next call.
 * Closed, linked and vanished records cross nothing.  Returns whether anything
 * was set.
 */
bool judge_record(struct judge *j, struct slice *field);

/*
 * Adds, for people and in form on disk, how it stands with every boundary for
 * a record as it comes in: "untaken-1 crossed at ...; half due at ...".  Call
 * it before judge_record().
 */
void judge_explain(struct judge *j, const struct slice *field, struct buf *out);

/*
 * A person sets the level, with a reason (as text): as above, with level_by
 * "person" and escalated now.  A closed record is left as it is.  boundary
 * keeps what it named, with the rows stood down now, where the level is not
 * raised; where it is, only such stood-down rows as would raise it further.
 * Returns whether anything was set.
 */
bool judge_person(struct judge *j, struct slice *field,
    const struct level *level, struct slice why);

/*
 * Whether a value of level_by says that a person's word was the last: one is
 * there, it is not "rules", and no level follows it behind a colon.
 */
bool judge_by_person(struct slice level_by);

void judge_release(struct judge *j);

#endif
