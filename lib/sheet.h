#ifndef INC_SHEET_H
#define INC_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "batch.h"
#include "csvsheet.h"
#include "fault.h"
#include "joins.h"
#include "jsonsheet.h"
#include "slice.h"

/*
 * An export: files of CSV or TSV with the same header line (or none), or of
 * JSON (jsonin.h), read record by record.  Records that have not as many fields
 * as the header names, are wrongly quoted or are not text in the encoding are
 * bad ones. Empty lines are passed over where the header names more than one
 * column; so is a later record that equals the header (cat a b).
 */

/* What sheet_next() returns. */
enum {
	SHEET_FAILED = -1, /* can't go on: see fault */
	SHEET_END = 0,
	SHEET_ROW = 1,
	SHEET_BAD = 2, /* no record: see fault and row */
};

struct sheet_form {
	char delimiter;       /* a tab means TSV; 0: look at the first line */
	const char *encoding; /* as iconv(3) calls it; NULL: UTF-8, or UTF-16
				 where a byte order mark says so */
	const char *names;    /* -H: comma-separated, the input has none */
	bool headless; /* without names too: columns are called 1, 2, ... */
	bool loose;    /* names may be empty or come twice */
	bool numbered; /* the same, as columns are picked by number: no JSON */
	const struct joins *joins;  /* else these may come twice; or NULL */
	struct slice records;       /* in JSON, as jsonin.h has it */
	const struct columns *rows; /* the same */
};

struct sheet {
	/* For the caller to read. */
	struct slice *name;        /* of the columns */
	size_t n;                  /* columns; 0: JSON without a record */
	const struct slice *field; /* n texts, valid until next */
	struct slice row;          /* the record as it stands, in UTF-8 */
	const char *file;          /* where the record stands */
	size_t line;               /* its first line, from 1 */
	struct fault fault;
	char delimiter;       /* of the file opened last; 0: it is JSON */
	const char *encoding; /* that it is in; NULL: it is JSON */
	size_t not_utf8;      /* records so far that were not, and had to be */

	/* Private. */
	struct sheet_form form;
	struct csvsheet csv;
	struct jsonsheet json; /* for JSON; then csv is unused */
	struct batch batch;    /* the copies of sheet_share() */
	bool is_json;
	bool no_wait; /* stop where something has to be read first */
	bool shared;  /* its records are copies */
	bool over;    /* sheet_take() came to an end, */
	int end;      /* this one, and says so after the last record */
};

/*
 * Opens operands (n == 0: standard input; "-" stands for it too) and reads
 * the header.  The operands and what form points to are borrowed.  Regular
 * files are looked at before any record is read.  Returns 0, or -1 and
 * s->fault.
 */
int sheet_open(struct sheet *s, char *const *operands, size_t n,
    const struct sheet_form *form);

/*
 * Whether no field of the record just read has a byte that the stream escapes;
 * false: one may have.
 */
bool sheet_is_plain(const struct sheet *s);

/* The next record: SHEET_ROW, SHEET_BAD, SHEET_END or SHEET_FAILED. */
int sheet_next(struct sheet *s);

/*
 * Several threads read one export: one opens it, and each has a sheet of its
 * own.  sheet_take() gives such a one copies of the records that come next: of
 * those that one read brought, or of a longer one.  sheet_next() then returns
 * them as s would, save that of good ones row has the texts alone, and
 * SHEET_END after them.  Returns 1, 0 at the end of the export, or -1 and
 * s->fault.  One thread at a time may take.
 */
void sheet_share(struct sheet *own, const struct sheet *s);
int sheet_take(struct sheet *s, struct sheet *own);

/* Closes and frees. */
void sheet_release(struct sheet *s);

#endif
