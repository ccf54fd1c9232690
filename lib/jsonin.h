#ifndef INC_JSONIN_H
#define INC_JSONIN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "joins.h"
#include "jsontree.h"
#include "mem.h"
#include "slice.h"

/*
 * Records of JSON values.  A value is a record, or holds an array of records:
 * what stands around that belongs to each of them, under a name with a dot
 * before it.  A value of an object within another has their names with a dot
 * between: a.b.  true and false are words, null is nothing.  An array in a
 * record is
 *
 *   rows     the record again for each of its elements;
 *   joined   (joins.h) one text of its elements; those of objects in it are
 *            one text for each name: a.b;
 *   else     kept as JSON, without blanks.
 *
 * An object in the place of an array of records or rows is its only element.
 */

/*
 * At most so many columns, with names of at most so many bytes, dots and all:
 * what is more is data in the place of names.
 */
#define JSONIN_COLUMNS_MAX ((size_t)1 << 14)
#define JSONIN_NAME_MAX ((size_t)4096)

/* What jsonin_next() returns. */
enum {
	JSONIN_END = 0,
	JSONIN_RECORD = 1,
	JSONIN_BAD = 2, /* no record: see fault and row */
};

struct jsonin {
	/* For the caller to set: borrowed. */
	const struct joins *joins; /* or NULL */
	struct slice records; /* the name of the array of records; or empty.
				 Where the first value has none, no other
				 may */
	const struct columns *rows; /* names of arrays of rows in a record, each
				       in the one before; or NULL */
	bool fixed;                 /* names holds all that may come */

	/* For the caller to read. */
	struct columns names;      /* of the columns so far */
	const struct slice *field; /* of the record: names.n texts, valid until
				      the next call */
	struct slice row;          /* of a bad record: what is wrong, as JSON */

	/* Private. */
	struct jsontree tree;     /* the value */
	struct place where;       /* its start */
	const char *wrong;        /* with the column of the path */
	struct jsonin_cell *cell; /* one for each name */
	size_t cell_cap;
	size_t *set; /* columns that have a value, in the order they got it */
	size_t nset, set_cap;
	struct buf path;            /* the name under way */
	struct arena arena;         /* of arrays kept as JSON, of one value */
	struct jsonin_level *level; /* arrays of rows under way */
	size_t nlevels, level_cap;
	size_t found;       /* the next such array; SIZE_MAX: none */
	size_t records_at;  /* the array of records, till it is entered */
	bool told, wrapped; /* the first value was seen; had an array of them */
	struct slice *out;
	size_t out_cap;
};

/*
 * Adds a column, as far as there may be more: those that are fixed, before the
 * first value.
 */
void jsonin_name(struct jsonin *j, struct slice name);

/*
 * Takes a value, which stands at where and is not needed afterwards.  Returns
 * 0, or -1 and the fault with its place: no JSON, no object, too deep, no rows
 * where they were said to be.
 */
int jsonin_take(
    struct jsonin *j, struct slice value, struct place where, struct fault *f);

/*
 * The next record of the value: JSONIN_RECORD, JSONIN_END, or JSONIN_BAD and
 * the fault: a name that comes twice, is too long, or is one too many.
 */
int jsonin_next(struct jsonin *j, struct fault *f);

void jsonin_release(struct jsonin *j);

#endif
