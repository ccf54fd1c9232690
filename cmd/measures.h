#ifndef INC_MEASURES_H
#define INC_MEASURES_H

#include <stddef.h>

#include "buf.h"
#include "crosstab.h"
#include "filter.h"

/* Two classifications that are compared. */
struct measures {
	struct filter f;
	size_t truth, test, by; /* columns of the input; by: COLUMNS_NONE */
	struct crosstab table;

	/* Of measures_write(). */
	unsigned long long *matrix; /* of the group that is measured */
	struct buf *text;           /* by column that comes out */
};

/* Says which columns come out. */
void measures_columns(struct measures *c);

/*
 * Writes the measures of all records, which are counted and ranked, and where
 * they have a column that groups them of each group.
 */
void measures_write(struct measures *c);

#endif
