#ifndef INC_CASES_H
#define INC_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "message.h"
#include "pack.h"
#include "slice.h"
#include "stamp.h"
#include "table.h"

/*
 * The table `cases` of inc-procedures(7): records as they may come in, and
 * what is expected of the procedures for each.
 *
 * The columns case and now are the case's own.  One whose name starts with
 * '>' says what is expected, of the record or of a message; any other is
 * given, a column of the record.  A case is one row or several that follow
 * each other under its name: what is given stands on the first, and each may
 * expect something of the record and one message.
 */

enum cases_kind {
	CASES_OWN,     /* case, now */
	CASES_GIVEN,   /* of the record that comes in */
	CASES_RECORD,  /* expected of the record that comes out */
	CASES_MESSAGE, /* expected of one message */
};

/* How what is expected is compared with what came. */
enum cases_compare {
	CASES_SAME,  /* the same text */
	CASES_TIME,  /* the same instant */
	CASES_WORDS, /* its first words */
	CASES_STEPS, /* its last steps, of a path */
};

struct cases_column {
	struct slice name; /* without '>' */
	enum cases_kind kind;
	enum cases_compare compare;
	size_t given;                /* GIVEN: its place in cases.columns */
	enum message_column message; /* MESSAGE */
};

/* A case.  Its rows are n of the table's, from first on. */
struct cases_case {
	struct slice name;
	struct stamp now;
	size_t first, n;
	struct slice *field; /* the record that comes in; form on disk */
};

struct cases {
	struct table *table;
	struct cases_column *column; /* as many as the table has */
	struct columns columns;      /* of the records that come in */
	struct cases_case *one;
	size_t n;
	const struct zone *zone; /* of times without an offset; the pack's */

	/* Private. */
	struct buf text;
	struct arena arena;
};

/*
 * Reads the cases of a table, which must outlive them, as p must; the outputs
 * of its tree have been learnt.  A record has the columns id, where none is
 * given the case's name, and received, where none is given its now.
 *
 * A column that no record or message has is a fault, and so are in a row: a
 * time that is none, nothing that is expected, a given cell on a later row of
 * a case, a name that another case has; and a table of no cases.  A row's
 * fault is kept where faults are kept, and its case left out.  Returns 0, or
 * -1 and the fault.  c must be all zero.
 */
int cases_load(
    struct cases *c, struct table *t, struct pack *p, struct fault *f);

/* What a row expects in a column: a text, or nothing at all where none. */
struct cases_expected {
	bool is;   /* something is expected: else the rest counts for nothing */
	bool none; /* the cell is '-': that there is no value */
	struct slice text; /* as it stands in the cell */
};

/* What a row expects in a column: nothing where it is given or our own. */
struct cases_expected cases_expected(
    const struct cases *c, struct table_row *row, size_t column);

void cases_release(struct cases *c);

#endif
