#ifndef INC_JOINS_H
#define INC_JOINS_H

#include <stddef.h>

#include "columns.h"
#include "slice.h"

/*
 * Columns that come several times in an export, as Jira writes one `Comment`
 * for each comment: they are made one, whose texts are joined.  All zero joins
 * none.
 */
struct joins {
	/* For the caller to read, after joins_bind(). */
	struct slice *name;           /* of the columns made */
	size_t n;                     /* of them */
	size_t n_in;                  /* columns of the export */
	size_t *to;                   /* n_in: into which column each goes */
	const struct slice **between; /* n: what stands between the texts; NULL
					 where a column came but once */

	/* Private. */
	struct columns named; /* that may come several times */
	struct slice *text;   /* as many: what stands between */
	size_t cap;
	struct slice others; /* what stands between those of any other name */
};

/*
 * Columns of this name may come several times; an empty one stands for all
 * names that are not said.  between is borrowed.  Returns 0, or -1 where that
 * was said before.
 */
int joins_add(struct joins *j, struct slice name, struct slice between);

/* What stands between columns of a name, or NULL where it may come but once. */
const struct slice *joins_find(const struct joins *j, struct slice name);

/*
 * Binds to an export's column names, which are borrowed.  A name that comes
 * again and may not is a column of its own.  Call once.
 */
void joins_bind(struct joins *j, const struct slice *header, size_t n);

void joins_release(struct joins *j);

#endif
