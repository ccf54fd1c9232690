#ifndef INC_TEST_NAMED_H
#define INC_TEST_NAMED_H

#include "columns.h"

/* Makes columns those of these names, which blanks separate. */
static inline void
name_columns(struct columns *columns, const char *names)
{
	struct slice rest = slice_of(names), name;

	columns_release(columns);
	while (slice_word(&rest, &name) > 0)
		columns_add(columns, name);
}

#endif
