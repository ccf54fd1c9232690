#ifndef INC_STREAM_H
#define INC_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "readahead.h"
#include "slice.h"

/*
 * The stream of inc-stream(5): UTF-8, a header line of unique names, one
 * record a line, fields separated by tabs.  Fields are views in their form
 * on disk (escape.h reads and writes it).
 */

/* What stream_reader_next() returns. */
enum {
	STREAM_FAILED = -1, /* can't go on: see fault */
	STREAM_END = 0,
	STREAM_ROW = 1,
	STREAM_BAD = 2,  /* a line that is no record: see fault and row */
	STREAM_WAIT = 3, /* stream_reader_next_ready(): not yet there */
};

struct stream_reader {
	/* For the caller to read. */
	struct columns columns; /* of the header */
	struct slice *field;    /* columns.n fields, valid until next */
	size_t *picked;         /* the columns whose fields are set: all, or
				   those of stream_reader_pick() */
	size_t npicked;
	struct slice row; /* the line, without its end */
	const char *file; /* where the row stands */
	size_t line;      /* counts from 1 */
	struct fault fault;

	/*
	 * For the caller to set after opening a single file that grows: its
	 * end is not final, stream_reader_next() may be called again after
	 * STREAM_END, and a last line without an end is left for later.  Nobody
	 * puts files together here, so a line that equals the header is a row.
	 */
	bool follow;

	/* Private. */
	char *const *operands;  /* files still to be read */
	size_t left;            /* of operands */
	struct readahead ahead; /* the file under way */
	size_t nfields;         /* of the row */
	bool odd;               /* the row may hold more than ASCII text */
	bool named;             /* -H: the input has no header */
	struct buf header;      /* the header line, as it stands */
};

/*
 * Opens operands (n == 0: standard input; "-" stands for it too) and reads
 * the header.  names, where not NULL, is a comma-separated header for input
 * that has none.  The operands are borrowed.  Regular files are looked at
 * before anything is read, so that a missing one, or one with another header,
 * stops a program before its first row.  Returns 0, or -1 and r->fault.
 */
int stream_reader_open(struct stream_reader *r, char *const *operands, size_t n,
    const char *names);

/*
 * The next row: STREAM_ROW, STREAM_BAD, STREAM_END or STREAM_FAILED.  A later
 * line that equals the header is skipped.  A line may be as long as memory.
 */
int stream_reader_next(struct stream_reader *r);

/* The descriptor of the file under way: for who follows one that grows. */
int stream_reader_fd(const struct stream_reader *r);

/*
 * The same without waiting: STREAM_WAIT where the rest of the line has yet to
 * come.  Regular files are always there; no other one is begun.
 */
int stream_reader_next_ready(struct stream_reader *r);

/* What is there already of the lines after the row; it may end anywhere. */
struct slice stream_reader_ahead(const struct stream_reader *r);

/*
 * From now on the fields of these columns are set, and no others need be:
 * most programs look at a few.
 */
void stream_reader_pick(
    struct stream_reader *r, const size_t *column, size_t n);

/*
 * Several threads read one input: one opens it, and each has a reader of its
 * own that shares its header.  stream_reader_take() gives such a reader the
 * rows that come next: the lines that one read brought, to the last whole one,
 * or a longer line.  stream_reader_next() then returns them as r would, and
 * STREAM_END after them.  Returns 1, 0 at the end of the input, or -1 and
 * r->fault.  One thread at a time may take.
 */
void stream_reader_share(
    struct stream_reader *own, const struct stream_reader *r);
int stream_reader_take(struct stream_reader *r, struct stream_reader *own);

/* Closes and frees. */
void stream_reader_release(struct stream_reader *r);

#endif
