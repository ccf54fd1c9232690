#ifndef INC_UNPACK_H
#define INC_UNPACK_H

#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"
#include "input.h"
#include "slice.h"

/*
 * Compressed inputs, which gzip(1) and zstd(1) read for us, and files that are
 * no text at all, which are named as what they are.  All zero is an input that
 * is read as it stands.
 */
struct unpack {
	pid_t tool;       /* that writes what we read, or 0 */
	const char *name; /* of the input, for messages: borrowed */
};

/*
 * Looks at the first bytes of an input that was just opened.  Where they are
 * compressed, a tool is started and in->fd becomes what it writes.  Returns 0,
 * or -1 and the fault: a spreadsheet or another archive, no such tool here.
 * An input in which nobody can go back is left as it is.
 */
int unpack_open(struct unpack *u, struct input *in, struct fault *f);

/*
 * What the first bytes of a text are that is none: "compressed by gzip",
 * "a spreadsheet or another archive"; NULL where they are nothing known.
 */
const char *unpack_kind(struct slice start);

/*
 * Waits for the tool after its last byte was read, or once the input is closed
 * before that, which ends it.  Returns 0, or -1 and the fault where it could
 * not read the file to its end.
 */
int unpack_close(struct unpack *u, bool to_the_end, struct fault *f);

#endif
