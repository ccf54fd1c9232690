#ifndef INC_BATCH_H
#define INC_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"

/*
 * Copies of records, in order: so that they can be worked on while the next
 * ones are read.
 */
struct batch {
	/* Private. */
	struct batch_record *record;
	size_t n, cap;
	size_t next;     /* of record */
	struct buf text; /* of all records: fields, or reason and row */
	size_t *length;  /* of each of those */
	size_t nlengths, length_cap;
	size_t seen, at; /* of length and text: what the next one starts with */
	struct slice *field;
	size_t field_cap;
	struct fault fault;
};

/* A record, with what the one who read it says of it. */
struct batch_view {
	int got;          /* the caller's */
	const char *file; /* where it stands: borrowed for good */
	size_t line;
	const struct slice *field; /* n of them, or, where there is a fault, */
	size_t n;
	struct slice row;          /* its text alone; else as batch_next() has
				      it: the fields' texts, in a row */
	const struct fault *fault; /* what is wrong with it, or NULL */
};

/* Adds a copy. */
void batch_add(struct batch *b, const struct batch_view *v);

/* The bytes that it takes. */
size_t batch_bytes(const struct batch *b);

/*
 * The next record, in the order in which they were added, valid until the next
 * call.  Returns 1, or 0 after the last one; then the batch is empty again.
 */
int batch_next(struct batch *b, struct batch_view *v);

void batch_release(struct batch *b);

#endif
