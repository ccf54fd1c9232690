#ifndef INC_REJECTS_H
#define INC_REJECTS_H

#include "fault.h"
#include "streamout.h"

/*
 * What could not be read is kept, not lost: a stream with the columns file,
 * line, reason and row, in which row is the whole line or record as it stood,
 * escaped as a field.
 */
struct rejects {
	struct stream_writer out;
	struct buf text[4]; /* of the row under way */
	bool open;
};

/*
 * Opens the file: a new one, or one of earlier rejects to which these are
 * added.  Any other file is refused, since it may be the input.  Returns 0,
 * or -1 and r->out.out.fault.
 */
int rejects_open(struct rejects *r, const char *path);

/*
 * Keeps one row; does nothing where no file is open.  Returns 0, or -1 and
 * the fault.
 */
int rejects_add(struct rejects *r, const char *file, size_t line,
    struct slice reason, struct slice row);

/* Writes out and closes.  Returns 0, or -1 and the fault. */
int rejects_close(struct rejects *r);

void rejects_release(struct rejects *r);

#endif
