#ifndef INC_LACKS_H
#define INC_LACKS_H

#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "form.h"
#include "holds.h"
#include "slice.h"
#include "vocabulary.h"

/*
 * What a record lacks, or holds that is not as it should be: the words of the
 * column `incomplete`.  inc-log(5).
 */
struct lacks {
	/* For the caller to set: borrowed. */
	struct form *form;           /* what records should hold, or NULL */
	const struct columns *known; /* for its conditions */

	/* Private. */
	struct lacks_column *column; /* those that hold no mere text */
	size_t ncolumns, cap;
	size_t n;           /* columns that are known, to the form too */
	struct holds holds; /* scratch */
};

/*
 * Adds the columns of a record (fields as on disk) that the form misses or
 * finds wrong, and those of one meaning everywhere whose value has not that.
 * columns are always the same, but for new ones at the end.  Returns 0, or -1
 * and the fault where the form can't be bound to them.
 */
int lacks_find(struct lacks *l, const struct columns *columns,
    const struct slice *record, struct buf *words, struct fault *f);

void lacks_release(struct lacks *l);

#endif
