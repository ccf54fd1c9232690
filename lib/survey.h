#ifndef INC_SURVEY_H
#define INC_SURVEY_H

#include <stdbool.h>

#include "boundary.h"
#include "codes.h"
#include "columns.h"
#include "decision.h"
#include "fault.h"
#include "finding.h"
#include "form.h"
#include "occasion.h"
#include "pack.h"
#include "recipient.h"
#include "route.h"
#include "stamp.h"
#include "table.h"
#include "tree.h"
#include "when.h"

/*
 * A pack of procedures with everything loaded that any program would load, and
 * what was found in doing so.  After a fault loading goes on with the next row
 * and the next table.
 */

#define SURVEY_SUMMARY 2 /* columns that only a summary has: count, ids */

/* A condition of any table. */
struct survey_condition {
	const char *table; /* triage */
	struct table_row *row;
	struct place where;
	struct when *when;
	size_t group; /* of rows that are tried for the same records: of a
			 node, of a reason, or of the whole table */
};

struct survey {
	struct pack *pack;
	struct stamp now; /* when, and from when on, all is to be right */
	struct findings found;

	struct form form;
	struct codes codes;
	struct decision decision; /* the tree triage and the targets */
	struct tree *call;
	struct boundaries boundaries;
	struct recipients recipients;
	struct routes routes;
	struct occasions occasions;
	struct columns none;    /* what rules are bound to: no stream's */
	struct columns summary; /* SURVEY_SUMMARY: those of a summary alone */

	struct survey_condition *condition; /* table by table, row by row */
	size_t n, cap;
	struct columns groups; /* of conditions: "triage TAB start" */

	/*
	 * What is there and has no fault, nor has what it refers to: only that
	 * is worth being looked at more closely.
	 */
	struct {
		bool decision, call, boundaries, recipients, routes, means;
	} sound;
};

/*
 * Loads all of an open pack, which must outlive s.  faults are those that were
 * kept as it was opened; they are released.  s must be all zero but for now.
 */
void survey_load(struct survey *s, struct pack *pack, struct faults *faults);

/* A table of the pack, or NULL where there is none that can be read. */
struct table *survey_table(struct survey *s, const char *name);

/*
 * Adds to what was found that a condition is too intricate for all to be told
 * that follows from it: work ran out (logic.h).
 */
void survey_intricate(struct survey *s, struct place where);

void survey_release(struct survey *s);

#endif
