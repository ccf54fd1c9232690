#ifndef INC_JSONSHEET_H
#define INC_JSONSHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "fault.h"
#include "jsonin.h"
#include "jsontext.h"
#include "slice.h"
#include "textin.h"

/*
 * An export in JSON: files whose records have the columns that all of them
 * have together.  To know these every file is read twice; what can be read but
 * once is kept in a file without a name meanwhile.
 */
struct jsonsheet {
	/* For the caller to set, as jsonin.h says; names too where they are
	   fixed. */
	struct jsonin records;
	const char *encoding; /* as textin_open() has it */
	bool no_wait;         /* return JSONSHEET_MORE rather than read */

	/* For the caller to read. */
	struct slice row; /* what stands in a bad record's place */
	const char *file; /* where the record stands */
	size_t line;      /* on which its value starts */
	size_t not_utf8;  /* values so far that were not, and had to be */
	bool any; /* there are records; not said where names are fixed */

	/* Private. */
	char *const *operands;
	size_t n, next; /* of operands: the one to be opened next */
	FILE **copy;    /* of each that can be read but once; or NULL */
	struct textin in;
	struct jsontext text;
};

/* What jsonsheet_next() returns. */
enum {
	JSONSHEET_FAILED = -1, /* can't go on: see fault */
	JSONSHEET_END = 0,
	JSONSHEET_ROW = 1,  /* records.field */
	JSONSHEET_BAD = 2,  /* no record: see fault and row */
	JSONSHEET_MORE = 3, /* something has to be read first */
};

/*
 * Whether a file that was just opened holds JSON with objects, by its start: 1
 * or 0, or -1 and the fault.  What was read for it stays in t->text.
 */
int jsonsheet_is(struct textin *t, struct fault *f);

/*
 * Opens operands (borrowed), the first of which is open in s->in already, and
 * finds the names of the columns where they are not fixed; there are none
 * where there are no records.  Returns 0, or -1 and the fault.
 */
int jsonsheet_open(
    struct jsonsheet *s, char *const *operands, size_t n, struct fault *f);

/* The next record. */
int jsonsheet_next(struct jsonsheet *s, struct fault *f);

void jsonsheet_release(struct jsonsheet *s);

#endif
