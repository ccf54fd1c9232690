#ifndef INC_FILES_H
#define INC_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "buf.h"
#include "custody.h"
#include "fault.h"

/*
 * Operands, whole files, and output that is checked to the last byte.
 */

/* A file that is read from its start to its end. */
struct input {
	int fd;           /* -1: not open */
	const char *name; /* for messages: borrowed, or "<stdin>" */
};

/* What an operand is called in messages: "<stdin>" for "-". */
const char *input_name(const char *operand);

/* The operands or, where there are none (*n == 0), "-" alone. */
char *const *input_operands(char *const *operands, size_t *n);

/*
 * Looks at an operand without opening it.  Returns 1 for a file that can be
 * read again, 0 for what can be read but once (standard input, a pipe), -1 and
 * the fault where nothing of that name is there, or a directory.
 */
int input_look(const char *operand, struct fault *f);

/* Opens an operand: "-" is standard input.  Returns 0, or -1 and the fault. */
int input_open(struct input *in, const char *operand, struct fault *f);

/* Reads up to n bytes: their number, 0 at the end, -1 and the fault. */
ssize_t input_read(struct input *in, void *p, size_t n, struct fault *f);

/* Whether it can be read without waiting, as a regular file always can. */
bool input_is_ready(const struct input *in);

/*
 * From now on every file ends where it is as soon as this descriptor can be
 * read, so that who waits for input can be told to stop.  -1: none does.
 * Called while there is one thread.
 */
void input_stop_by(int fd);

/* Closes it; standard input is left open. */
void input_close(struct input *in);

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

/*
 * Adds the whole of a file to *text.  Returns 0, or -1 and the fault, of which
 * a file of more than max bytes is one; *text then has a part of it.
 */
int file_read(const char *path, size_t max, struct buf *text, struct fault *f);

/*
 * Refuses what is no regular file: a pipe would be waited for, and a device
 * read without end.  Returns 0, or -1 and the fault; 0 too where nothing is
 * there, which who opens it will say.
 */
int file_check_regular(const char *path, struct fault *f);

/* Whether an open file is the one that is there by a path. */
bool file_is(int fd, const char *path);

/*
 * The same for a file that *st is of; where it is, *st is what is true of it
 * now.
 */
bool file_is_still(const char *path, struct stat *st);

/* Whether the path names a file, or a directory, that there is. */
bool file_exists(const char *path);
bool directory_exists(const char *path);

/*
 * Writes all of text to a descriptor, called path in messages, and syncs it
 * where that is said.  Returns 0, or -1 and the fault; a part may have been
 * written.
 */
int file_write(int fd, struct slice text, const char *path, struct fault *f);
int file_write_synced(
    int fd, struct slice text, const char *path, struct fault *f);

/*
 * A file that is written anew beside the old one, and then takes its place,
 * whole or not at all.
 */
struct replacement {
	struct output out; /* what it is to hold */

	/* Private. */
	struct buf dir, path, temporary;
};

/*
 * Begins a file that is to become dir/name: one of the owner and the mode that
 * the old one has, or that follows the directory where there is none.  Returns
 * 0, or -1 and the fault.  To be ended either way.
 */
int replacement_begin(
    struct replacement *r, const char *dir, const char *name, struct fault *f);

/*
 * With keep, writes out and syncs what was added, puts it in the place of the
 * old file, and syncs the directory.  Without, the old file stays, and the new
 * one is gone.  Returns 0, or -1 and the fault: then the old file stays too,
 * unless it was the directory that could not be synced.
 */
int replacement_end(struct replacement *r, bool keep, struct fault *f);

/*
 * Makes the file dir/name hold text in the same way.  Returns 0, or -1 and the
 * fault.
 */
int file_replace(
    const char *dir, const char *name, struct slice text, struct fault *f);

/*
 * Takes the lock of an open file, called name in messages, for this descriptor
 * alone; closing the descriptor gives it back too, and so does the end of a
 * process.  While another holds it, it waits up to so many seconds, or with
 * INT64_MAX however long.  Returns 1; 0 where it is still held then; or -1 and
 * the fault.
 */
int file_lock(int fd, const char *name, int64_t wait_s, struct fault *f);

/* The same lock, shared with all who take it so, and with none above. */
int file_lock_shared(int fd, const char *name, int64_t wait_s, struct fault *f);

/* Gives the lock back. */
void file_unlock(int fd);

/*
 * Syncs a directory, so that a new name in it stays.  Returns 0, or -1 and the
 * fault.
 */
int directory_sync(const char *path, struct fault *f);

/*
 * Makes a directory that stays, for whom custody says; one that is there is
 * left as it is.  Returns 0, or -1 and the fault; none was made then.
 */
int directory_create(const char *path, struct custody c, struct fault *f);

#endif
