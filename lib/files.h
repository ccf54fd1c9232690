#ifndef INC_FILES_H
#define INC_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "buf.h"
#include "custody.h"
#include "fault.h"
#include "slice.h"

/* Whole files, their locks, and directories. */

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
