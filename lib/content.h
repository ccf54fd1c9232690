#ifndef INC_CONTENT_H
#define INC_CONTENT_H

#include <stdint.h>

#include "slice.h"

/*
 * What a row says in all its columns, as one number: equal for the same values
 * in any order of columns.  All zero is a row that says nothing.
 */
struct content {
	uint64_t sum[2]; /* of 128 bits of the SHA-256 of each value */
};

/* The content with another value in a column; empty is no value. */
struct content content_with(struct content content, struct slice name,
    struct slice old, struct slice value);

#endif
