#ifndef INC_SCHEMA_H
#define INC_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "slice.h"
#include "table.h"

/*
 * What the tables of procedures look like: inc-procedures(7).
 */
enum schema_others {    /* columns that a table may have beside its own */
	SCHEMA_NONE,    /* none */
	SCHEMA_OUTPUTS, /* those of a tree: what it sets */
	SCHEMA_CASES,   /* what cases give and expect: cases.h checks them */
};

struct schema {
	const char *table;
	const struct slice *column; /* the names that it may have */
	size_t n;
	size_t required; /* the first so many must be there */
	enum schema_others others;
};

/* Every table that inc knows. */
const struct schema *schema_list(size_t *n);

/* Whether a column of a tree is an output: none of those that trees have. */
bool schema_is_output(struct slice column);

/*
 * Checks the columns of a table by its name; one whose name inc does not know
 * may have any.  An output that is not known (the columns that records have)
 * but near to one that is, is a fault.  Returns 0, or -1 and the fault.
 */
int schema_check(const char *name, const struct table *t,
    const struct columns *known, struct fault *f);

/* What a file beside tables is, by its name. */
enum schema_file {
	SCHEMA_OTHER,  /* nothing to do with inc */
	SCHEMA_TABLE,  /* a table: NAME.tsv, NAME.csv */
	SCHEMA_MEANT,  /* meant as one: Target.tsv, targets (1).csv */
	SCHEMA_SOURCE, /* what one may have been saved from: targets.xlsx */
};

/*
 * Tells what a file is by its name, and in *table (borrowed for good), unless
 * it is SCHEMA_OTHER, of which table.
 */
enum schema_file schema_file(struct slice file, struct slice *table);

#endif
