#ifndef INC_CODES_H
#define INC_CODES_H

#include <stddef.h>

#include "buf.h"
#include "dict.h"
#include "fault.h"
#include "slice.h"
#include "table.h"

/*
 * The words for coded values: the table `codes` of inc-procedures(7), columns
 * field code word spoken map.  The order of rows is their rank.  All zero is
 * no codes.
 */
struct code {
	struct slice field;  /* the column, e.g. priority */
	struct slice code;   /* its value, e.g. P1 */
	struct slice word;   /* for eyes, may be empty */
	struct slice spoken; /* for ears, may be empty */
};

struct codes {
	struct code *code; /* n of them in the order of the table */
	size_t n;
	struct dict index; /* private */
};

/*
 * Loads the table, which must outlive the codes; c must be all zero.  Returns
 * 0, or -1 and the fault: a row without field or code, a code given twice.
 */
int codes_load(struct codes *c, struct table *t, struct fault *f);

/* The code of a column's value (as text), or NULL. */
const struct code *codes_find(
    const struct codes *c, struct slice field, struct slice value);

/* The word for a value; the value itself where there is none. */
struct slice codes_word(
    const struct codes *c, struct slice field, struct slice value);

/* How it is said: `spoken`, else the word, else the value itself. */
struct slice codes_spoken(
    const struct codes *c, struct slice field, struct slice value);

void codes_release(struct codes *c);

#endif
