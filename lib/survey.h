#ifndef INC_SURVEY_H
#define INC_SURVEY_H

#include <stdbool.h>

#include "boundary.h"
#include "codes.h"
#include "fault.h"
#include "finding.h"
#include "form.h"
#include "pack.h"
#include "recipient.h"
#include "route.h"
#include "stamp.h"
#include "tree.h"

/*
 * A pack of procedures with everything loaded that can be, and what was found
 * as that was done.  What could not be loaded is left out: have says what
 * there is without a fault.
 */
struct survey {
	struct pack *pack;
	struct stamp now; /* what is due, and who is on call, from then on */
	struct findings found;

	struct form form;
	struct codes codes;
	struct tree *triage, *call; /* NULL: not there, or broken */
	struct boundaries boundaries;
	struct recipients recipients;
	struct routes routes;
	struct {
		bool form, codes, boundaries, recipients, routes;
	} have;
};

/*
 * Loads all of an open pack, which must outlive s.  faults are those met when
 * it was opened: they become findings.  s must be all zero but for now.
 */
void survey_load(struct survey *s, struct pack *pack, struct faults *faults);

void survey_release(struct survey *s);

#endif
