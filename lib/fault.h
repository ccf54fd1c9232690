#ifndef INC_FAULT_H
#define INC_FAULT_H

#include <stddef.h>

#include "buf.h"

/*
 * What went wrong, as one line for a person: place and text, without the
 * program's name and without a newline.  The library fills it in, the
 * programs say it (diag.h).  All zero is an empty fault; free with
 * fault_release().
 */
struct fault {
	struct buf text;
	size_t reason; /* where in text the place ends and the reason starts */
};

/* Where something stands.  line and column count from 1; 0 = not known. */
struct place {
	const char *file;
	size_t line;
	size_t column; /* in bytes of the line */
};

/* The place of a part of a cell, part being in it, or just after it. */
struct place place_in(
    struct place cell_at, struct slice cell, const char *part);

/*
 * Sets the fault to "file:line:column: text", leaving out what is not known.
 * A message is lower case, without a full stop, and says what was expected.
 * Returns -1, so that a function can end with: return fault_at(f, ...).
 */
int fault_at(struct fault *f, struct place where, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Sets the fault to "what 'name': the text of errno".  Returns -1. */
int fault_errno(struct fault *f, const char *what, const char *name);

/*
 * Adds " (did you mean 'x'?)" with the nearest of the names, or nothing
 * where none is near.  Returns -1.
 */
int fault_suggest(
    struct fault *f, struct slice wrong, const struct slice *names, size_t n);

/* The text without its place. */
struct slice fault_reason(const struct fault *f);

void fault_release(struct fault *f);

#endif
