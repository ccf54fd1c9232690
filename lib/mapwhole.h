#ifndef INC_MAPWHOLE_H
#define INC_MAPWHOLE_H

#include "columns.h"
#include "fault.h"
#include "joins.h"
#include "marks.h"
#include "mem.h"
#include "slice.h"
#include "table.h"

/*
 * What an import map says of an export as a whole: its rows of the field `*`.
 * inc-import(1), "Maps".  All zero says nothing.
 */
struct mapwhole {
	struct marks marks;   /* what means missing */
	struct joins joins;   /* what may come several times */
	struct slice records; /* of JSON: the array of records; or empty */
	struct columns rows;  /* of JSON: arrays in a record, for each of whose
				 elements it comes again; each in the one
				 before */
	struct arena arena;   /* private */
};

/*
 * Reads a row of the field `*`, into whose table w then points.  Returns 0, or
 * -1 and the fault: what has no place in such a row, or was said before.
 */
int mapwhole_read(struct mapwhole *w, struct table_row *row, struct fault *f);

void mapwhole_release(struct mapwhole *w);

#endif
