#ifndef INC_COLUMNS_H
#define INC_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "fault.h"
#include "slice.h"

/*
 * An ordered set of unique column names: the header of a stream, of a table
 * or of an export.  Names are compared byte for byte.  All zero is empty.
 */
struct columns {
	struct slice *name; /* n names, owned by the set */
	size_t n;
	size_t cap;
	struct dict index; /* from name to place in name[] */
	bool *sought;      /* n; whether the place was ever asked for: what is
			      not need not be cut out of rows */
};

#define COLUMNS_NONE DICT_NONE

/* The place of a name, or COLUMNS_NONE. */
size_t columns_find(const struct columns *c, struct slice name);

/* The place of a name, which is added at the end where it is not there. */
size_t columns_add(struct columns *c, struct slice name);

/* A row's field in a column; an empty one where there is no such column. */
static inline struct slice
columns_field(const struct slice *field, size_t at)
{
	return at != COLUMNS_NONE ? field[at] : (struct slice){"", 0};
}

/* What was sought in a copy of c, which may have more, is sought in c too. */
void columns_seek(const struct columns *c, const struct columns *copy);

/*
 * Sets the fault for a name that is in neither set, with the nearest that is;
 * known may be NULL.  Returns -1.
 */
int columns_unknown(const struct columns *c, const struct columns *known,
    struct slice name, struct place where, struct fault *f);

/*
 * The name that was probably meant by one that is not in the set; empty where
 * it is there, or none is near.
 */
struct slice columns_meant(const struct columns *known, struct slice name);

/* Adds a name that is new, which does not count as sought; false where it is
   there. */
bool columns_append(struct columns *c, struct slice name);

/* Adds all names of another set; none of them counts as sought. */
void columns_add_all(struct columns *c, const struct columns *more);

/*
 * Whether a name is plain, [a-z][a-z0-9_]*: in a condition it then needs no
 * braces, and it can be a field of our own.
 */
bool columns_plain_name(struct slice name);

void columns_release(struct columns *c);

#endif
