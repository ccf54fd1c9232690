#ifndef INC_CSVSHEET_H
#define INC_CSVSHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "csvin.h"
#include "fault.h"
#include "joins.h"
#include "mem.h"
#include "slice.h"
#include "textin.h"

/*
 * An export in CSV or TSV: files with the same header line, or none.
 */
struct csvsheet {
	/* For the caller to set; of form's see sheet.h. */
	struct {
		char delimiter;
		const char *encoding;
		const char *names;
		bool headless;
		bool loose;
		const struct joins *joins;
	} form;
	bool no_wait; /* return CSVSHEET_MORE rather than read */

	/* For the caller to read. */
	struct slice *name; /* of the columns */
	size_t n;           /* columns */
	const struct slice *field;
	struct slice row;     /* the record as it stands, in UTF-8 */
	const char *file;     /* where the record stands */
	size_t line;          /* its first line, from 1 */
	char delimiter;       /* of the file opened last */
	const char *encoding; /* that it is in */
	size_t not_utf8;      /* records so far that were not, and had to be */

	/* Private. */
	char *const *operands; /* files still to be read */
	size_t left;           /* of operands */
	struct textin in;      /* the file under way */
	struct csvin *csv;
	struct arena arena; /* owns the names */
	bool opened;        /* in is the next of operands */
	bool pending; /* the first record of a headless input is still due */
};

/* What csvsheet_next() returns. */
enum {
	CSVSHEET_FAILED = -1, /* can't go on: see fault */
	CSVSHEET_END = 0,
	CSVSHEET_ROW = 1,  /* n fields */
	CSVSHEET_BAD = 2,  /* no record: see fault and row */
	CSVSHEET_MORE = 3, /* something has to be read first */
};

/* Takes the names of form.names.  Returns 0, or -1 and the fault. */
int csvsheet_names(struct csvsheet *s, struct fault *f);

/*
 * Opens operands (borrowed), the first of which is open in s->in already, and
 * takes the names of the header where there is one.  Regular files are looked
 * at before any record is read.  Returns 0, or -1 and the fault.
 */
int csvsheet_open(
    struct csvsheet *s, char *const *operands, size_t n, struct fault *f);

/* The next record. */
int csvsheet_next(struct csvsheet *s, struct fault *f);

void csvsheet_release(struct csvsheet *s);

#endif
