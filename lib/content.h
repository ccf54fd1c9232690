#ifndef INC_CONTENT_H
#define INC_CONTENT_H

#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "slice.h"

/*
 * What a row says in all its columns, as one number: equal for the same values
 * in any order of columns.  All zero is a row that says nothing.
 *
 * Two rows that differ have the same number by chance alone, once in 2^128:
 * it is made under a key that is drawn anew in each run, so that whoever
 * writes rows can't find two.  It means nothing in another run.
 */
struct content {
	uint64_t sum[2]; /* of 128 bits for each value */
};

/*
 * The content with another value in a column, which goes by its place; empty
 * is no value.
 */
struct content content_with(const struct hash_key *key, struct content content,
    size_t column, struct slice old, struct slice value);

#endif
