#ifndef INC_FIELDS_H
#define INC_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "mem.h"
#include "slice.h"
#include "stamp.h"

/*
 * The fields of a row that a person adds to the log, by name.  All zero is
 * none.
 */
struct fields {
	struct columns columns;
	struct slice *value; /* as on disk, as many */
	size_t cap;
	struct arena arena; /* of the values */
};

/* A field as on disk; empty where it is not there. */
struct slice fields_get(const struct fields *f, const char *name);

/* Whether it is there, be it empty. */
bool fields_have(const struct fields *f, const char *name);

/*
 * Sets a field, added where it is not there: to a value as on disk, to text,
 * to a time.  An empty value clears.
 */
void fields_put(struct fields *f, struct slice name, struct slice value);
void fields_put_text(struct fields *f, struct slice name, struct slice text);
void fields_put_time(struct fields *f, struct slice name, struct stamp t);

void fields_release(struct fields *f);

#endif
