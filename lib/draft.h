#ifndef INC_DRAFT_H
#define INC_DRAFT_H

#include <stdbool.h>

#include "buf.h"
#include "fault.h"
#include "guess.h"
#include "slice.h"

/*
 * A draft of an import map, as was guessed: inc-import(1), "Maps".  What a
 * person has to decide stands in it as a comment beside the row.
 */
struct draft_form {
	const char *file; /* the export's name, for the first line */
	bool headless;    /* the export has no header: columns go by number */
	bool json;        /* it is JSON: they never do */
	struct slice records; /* of JSON: the array of records; or empty */
};

/* Whether a map can name a column, and a terminal show the name. */
bool draft_can_name(struct slice name);

/*
 * Adds the map's text.  The map is loaded and bound to the columns before it
 * is given out.  Returns 0, or -1 and the fault: there are no columns, none
 * whose name can stand in a map, or one that can't be told by name or number.
 */
int draft_add(struct buf *out, const struct guess *g,
    const struct draft_form *form, struct fault *f);

#endif
