#ifndef INC_TEXTIN_H
#define INC_TEXTIN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "encoding.h"
#include "fault.h"
#include "input.h"
#include "slice.h"
#include "unpack.h"

/*
 * The text of a file, block by block: opened, unpacked where it is compressed,
 * and turned into UTF-8.  What can't be turned into it holds the byte 0xFF
 * (encoding.h).  All zero is no file.
 */
struct textin {
	/* For the caller to read. */
	const char *file;     /* for messages: borrowed, or "<stdin>" */
	struct buf text;      /* for the caller to take from */
	bool ended;           /* the file has no more bytes */
	const char *encoding; /* that it is in; NULL: UTF-8 */

	/* Private. */
	bool open;
	struct input in;
	struct unpack unpack; /* what reads it for us */
	struct decoder decoder;
	struct buf block; /* as read */
};

/*
 * Opens an operand ("-" is standard input) in an encoding as iconv(3) calls
 * it; NULL: UTF-8, or UTF-16 where a byte order mark says so.  Its first block
 * is read into t->text.  Returns 0, or -1 and the fault: among others, what is
 * no text is named.
 */
int textin_open(struct textin *t, const char *operand, const char *encoding,
    struct fault *f);

/*
 * Opens text in UTF-8 that an open descriptor holds from its start, as the
 * file of this name.  The descriptor is the caller's to close, later.  Returns
 * 0, or -1 and the fault.
 */
int textin_reopen(struct textin *t, int fd, const char *file, struct fault *f);

/* Adds one more block to t->text.  Returns 0, or -1 and the fault. */
int textin_fill(struct textin *t, struct fault *f);

/* Sets the fault of a text that is not in the encoding.  Returns -1. */
int textin_fail(const struct textin *t, struct place where, struct fault *f);

/* Closes the file; t->text is emptied, and what reads it for us stops. */
void textin_close(struct textin *t);

/* The same, and frees. */
void textin_release(struct textin *t);

#endif
