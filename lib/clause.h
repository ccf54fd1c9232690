#ifndef INC_CLAUSE_H
#define INC_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "pattern.h"
#include "quantity.h"
#include "slice.h"

/*
 * The parsed form of a condition: what when.c and whenset.c work on, and what
 * logic.c reasons about.
 *
 * A condition is an array of tests.  Each says which test comes next when it
 * holds and which when it does not, so that "and", "or" and "not" are nothing
 * but these numbers, and a condition is worked out by one loop.
 */
#define CLAUSE_MAX_NEST 100    /* parentheses in each other */
#define CLAUSE_MAX_COLUMNS 256 /* different columns in one condition */

enum clause_test_kind {
	CLAUSE_MATCH, /* any of the columns matches the pattern */
	CLAUSE_EQUAL, /* the column is one of the values */
	CLAUSE_ORDER, /* the column, since or until, against the value */
	CLAUSE_SET,   /* the column has a value */
};

enum clause_side { CLAUSE_COLUMN, CLAUSE_SINCE, CLAUSE_UNTIL };

/* For CLAUSE_ORDER: which outcomes hold. */
enum { CLAUSE_LESS = 1, CLAUSE_SAME = 2, CLAUSE_MORE = 4 };

#define CLAUSE_TRUE SIZE_MAX        /* as a next test: it holds */
#define CLAUSE_FALSE (SIZE_MAX - 1) /* it does not */

#define CLAUSE_LITERAL SIZE_MAX /* as a value's name: it is no column */

struct clause_name {
	struct slice text; /* a column's name, without braces */
	size_t offset;     /* where it stands first, in bytes of the text */
	size_t index;      /* its place in the stream, or COLUMNS_NONE */
	size_t slot;       /* in a whenset: its number among all columns */
};

struct clause_value {
	struct slice text; /* the literal; unset for a column */
	size_t name;       /* the column, in name[], or CLAUSE_LITERAL */
	bool plain;        /* the literal has no backslash */
};

struct clause_test {
	enum clause_test_kind kind;
	enum clause_side side;
	unsigned outcomes;       /* CLAUSE_LESS | ... */
	size_t column, ncolumns; /* in column[] */
	size_t first;            /* once bound: the first one's place in the
				    stream, or COLUMNS_NONE */
	size_t value, nvalues;   /* in value[] */
	struct quantity literal; /* kind QUANTITY_NONE: the value is a column */
	struct pattern *pattern;
	struct slice source; /* of the pattern: its body, a slash, its flags */
	size_t place; /* in a whenset: the pattern's, in its patternset */
	size_t yes, no;
};

struct clause {
	char *text;         /* all slices point into it */
	struct place where; /* of its first byte */
	struct clause_test *test;
	size_t ntests, tests_cap; /* no tests: "*" */
	size_t *column;           /* of tests, each a place in name[] */
	size_t ncolumns, columns_cap;
	struct clause_value *value;
	size_t nvalues, values_cap;
	struct clause_name *name; /* each name once */
	size_t nnames, names_cap;
};

/* Parses text into c, which is all zero.  Returns 0, or -1 and the fault. */
int clause_parse(
    struct clause *c, struct slice text, struct place where, struct fault *f);

/* The place of a byte of the text. */
struct place clause_place(const struct clause *c, size_t offset);

void clause_release(struct clause *c);

#endif
