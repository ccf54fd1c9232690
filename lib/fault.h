#ifndef INC_FAULT_H
#define INC_FAULT_H

#include <stdbool.h>
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
	size_t file_n; /* bytes of text that name the file; 0 = not known */
	size_t line, column; /* of its place; 0 = not known */
	/*
	 * NULL: the first fault of a table is the end of loading it.  Else it
	 * is kept there, and what loads the table goes on: fault_keep().
	 */
	struct faults *kept;
};

/* Faults, in the order in which they were found.  All zero is none. */
struct faults {
	struct fault *fault;
	size_t n, cap;
	bool more; /* than FAULTS_MOST: some were not kept */
};

#define FAULTS_MOST 1000

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

/* Sets the fault to another, with its place: it is passed on.  Returns -1. */
int fault_pass(struct fault *f, const struct fault *other);

/* Sets the fault to "what 'name': the text of errno".  Returns -1. */
int fault_errno(struct fault *f, const char *what, const char *name);

/*
 * Adds " (did you mean 'x'?)" with the nearest of the names, or nothing
 * where none is near.  Returns -1.
 */
int fault_suggest(
    struct fault *f, struct slice wrong, const struct slice *names, size_t n);

/*
 * Keeps the fault, if faults are kept, and leaves it empty: then returns 0,
 * and the caller can go on with the next row.  Else, and where FAULTS_MOST
 * are kept, returns -1.  An empty fault was kept before: one can go on too.
 */
int fault_keep(struct fault *f);

/* How many faults were kept so far: by this one sees whether any was. */
size_t fault_count(const struct fault *f);

/* The name of the file; empty where it is not known. */
struct slice fault_file(const struct fault *f);

/* The text without its place. */
struct slice fault_reason(const struct fault *f);

void fault_release(struct fault *f);
void faults_release(struct faults *all);

#endif
