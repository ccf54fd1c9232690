#ifndef INC_OUTPUT_H
#define INC_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"

#define OUTPUT_BYTES ((size_t)256 * 1024) /* buffered, and written at once */

/*
 * Buffered output.  After the first error nothing more is written and every
 * call returns -1 with the same fault, so that a caller may look only now and
 * then but can't miss one that looks at output_close().
 */
struct output {
	int fd;
	const char *name; /* for messages: borrowed */
	struct buf buf;   /* not yet written */
	struct fault fault;
	bool failed;
	bool held; /* write nothing out before output_flush() */
};

/* Output to an open descriptor, called name in messages. */
void output_init(struct output *out, int fd, const char *name);

/* Creates or empties a file.  Returns 0, or -1 and out->fault. */
int output_create(struct output *out, const char *path);

/*
 * Creates a file, where none of that name may be.  Returns 0, or -1 and
 * out->fault.
 */
int output_create_new(struct output *out, const char *path);

/*
 * Opens a file to add to its end, creating it.  Returns 0, or -1 and
 * out->fault.
 */
int output_append(struct output *out, const char *path);

/*
 * Adds bytes, writing where the buffer is full.  Returns 0, or -1 and
 * out->fault.
 */
int output_add(struct output *out, struct slice s);

/*
 * Writes what is buffered and then these bytes, without a copy.  Returns 0, or
 * -1 and out->fault.
 */
int output_write(struct output *out, struct slice s);

/*
 * Adds n bytes, at most OUTPUT_BYTES, that the caller is to set, writing first
 * where the buffer is full.  Returns where they go, valid until the next call,
 * or NULL after an error.
 */
char *output_room(struct output *out, size_t n);

/* Writes what is buffered.  Returns 0, or -1 and out->fault. */
int output_flush(struct output *out);

/*
 * Flushes, closes and frees.  Returns 0, or -1 where any byte was lost; the
 * fault then stays until output_release().
 */
int output_close(struct output *out);

/* Frees what output_close() left. */
void output_release(struct output *out);

#endif
