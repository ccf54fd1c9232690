#ifndef INC_RECORD_H
#define INC_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "incident.h"
#include "slice.h"

/*
 * Incidents as rows of the stream: id, received and updated, what holds in
 * every column, the intervals on hold, and rev.
 */
struct record {
	/* Private. */
	size_t *value; /* columns of the rows that are incidents' columns */
	size_t nvalues;
	struct record_column *special; /* those that are made for the row */
	size_t nspecial;
	size_t *to;   /* by column of incidents: where it is in the rows */
	size_t known; /* columns of incidents */
	struct stamp_text updated;
	struct buf rev, holds;
};

/*
 * Adds the columns of records, without those that messages alone have; with
 * rev, as the log's own records have it, `rev` too, and not `for`.
 */
void record_columns(const struct incidents *all, struct columns *out, bool rev);

/*
 * Makes ready for rows with these columns, in which others may stand too.
 * Again where incidents have got more columns.
 */
void record_bind(struct record *r, const struct incidents *all,
    const struct columns *columns);

/*
 * Sets the fields of an incident's record in a row; all others are left.
 * Valid until the next call or the next entry.
 */
void record_fill(
    struct record *r, const struct incident *in, struct slice *field);

void record_release(struct record *r);

#endif
