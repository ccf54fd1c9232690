#ifndef INC_MAPROW_H
#define INC_MAPROW_H

#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "map.h"
#include "marks.h"
#include "slice.h"
#include "stamp.h"
#include "when.h"

/*
 * Rows of the stream, made of an export's records by a map.
 */

/* Something that happened to values of one column. */
struct maprow_note {
	size_t count;     /* of rows; 0: never */
	struct buf first; /* "FILE:LINE: NAME 'VALUE' ..." and what is wrong */
};

/* What rows need beside the map; one for each thread. */
struct maprow {
	/* For the caller to set before the first row. */
	void (*report)(void *ctx, const struct fault *f); /* a search hit a
							     limit; or NULL */
	void *ctx;
	struct stamp now; /* what since() and until() go by */

	/* For the caller to read; map->out.n each. */
	struct maprow_note *unread;  /* values that can't be read */
	struct maprow_note *shifted; /* local times that the clock skipped or
				     repeated */
	struct place where;          /* of the row under way */

	/* Private. */
	const struct map *map;
	struct marks_state marks;
	struct when_state when;
	const struct slice *cell; /* the export's, joined, missing ones empty,
				     as text */
	const struct slice *disk; /* the same in their form on disk */
	bool as_they_are;         /* none is joined, missing or comes twice */
	struct slice *own[2];     /* where they are made otherwise */
	struct buf *joined;  /* of cells that came several times, as text */
	struct slice *out;   /* the row made */
	struct buf *escaped; /* of cells that need an escape */
	struct buf *made;    /* of fields that are not views */
	struct buf text[3];  /* of the field under way */
	struct slice odd;    /* the field's first value that can't be read */
	const struct maprule *odd_rule; /* by this rule */
};

/* Makes ready for the rows of a bound map, which is borrowed. */
void maprow_init(struct maprow *row, const struct map *m);

/*
 * Makes the row of an export's record, cell being its texts, plain saying that
 * no escape is needed in any: the fields of map->out, in their form on disk,
 * valid until the next call.
 */
const struct slice *maprow_make(struct maprow *row, const struct slice *cell,
    bool plain, struct place where);

void maprow_release(struct maprow *row);

#endif
