#ifndef INC_AGENDA_H
#define INC_AGENDA_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "slice.h"
#include "streamout.h"

/*
 * What is to be done later, in order: calls, with copies of what they are told,
 * and rows that were written between them.  So one who may not speak yet keeps
 * what would be said.
 */

/*
 * A call.  Returns 1; 0 where what was added up to the end of its group is
 * passed over; -1 where nothing more is to be done.
 */
typedef int agenda_call(void *ctx, const struct slice *part);

struct agenda {
	/* Private. */
	struct agenda_item *item;
	size_t n, cap;
	struct buf bytes; /* of all parts */
	struct slice *part;
	size_t nparts, part_cap;
};

/*
 * Adds a call with n parts, which are copied, after so many bytes of rows.
 * Returns its place.
 */
size_t agenda_add(struct agenda *a, size_t rows, agenda_call *call, void *ctx,
    const struct slice *part, size_t n);

/* Ends the group of the call at a place: it is what was added since. */
void agenda_end_group(struct agenda *a, size_t place);

/*
 * Does everything and empties the agenda: writes rows, whole lines, to out and
 * makes the calls where they come.  Returns 0, or -1 where a call said so or
 * out failed.  Rows in a group that is passed over are written all the same.
 */
int agenda_do(struct agenda *a, struct slice rows, struct stream_writer *out);

void agenda_release(struct agenda *a);

#endif
