#ifndef INC_STREAMOUT_H
#define INC_STREAMOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "output.h"
#include "slice.h"
#include "stream.h"

/*
 * The stream of inc-stream(5) as it is written: a header line, then rows of
 * fields that are in their form on disk already (escape.h).
 */
struct stream_writer {
	struct output out;
	bool no_header;     /* leave the header out */
	bool line_buffered; /* write out each row at once */
};

/* Writes the header.  Returns 0, or -1 and w->out.fault. */
int stream_writer_header(
    struct stream_writer *w, const struct columns *columns);

/*
 * Writes a row of n fields, which are in their form on disk already.
 * Returns 0, or -1 and w->out.fault.
 */
int stream_writer_row(
    struct stream_writer *w, const struct slice *field, size_t n);

/*
 * Writes the row that r read with the fields of some columns (in rising order,
 * all of them picked) as they are in field[], and nadded more after them.  All
 * else is copied as it stands.  Returns 0, or -1 and w->out.fault.
 */
int stream_writer_changed(struct stream_writer *w,
    const struct stream_reader *r, const struct slice *field,
    const size_t *column, size_t n, size_t nadded);

/*
 * Writes rows that are lines already, as if one by one; where each row is
 * written out at once, these are it together.  Returns 0, or -1 and the fault.
 */
int stream_writer_rows(struct stream_writer *w, struct slice rows);

#endif
