#include "content.h"

/* The number of one value; nothing for no value. */
static struct content
content_of(const struct hash_key *key, size_t column, struct slice value)
{
	struct content c = {{0, 0}};

	if (value.n > 0)
		hash_wide(key, column, value, c.sum);
	return c;
}

/*
 * A sum, so that the content of a row is had from the one before by the
 * columns that differ.
 */
struct content
content_with(const struct hash_key *key, struct content content, size_t column,
    struct slice old, struct slice value)
{
	struct content minus = content_of(key, column, old);
	struct content plus = content_of(key, column, value);

	for (int i = 0; i < 2; i++)
		content.sum[i] += plus.sum[i] - minus.sum[i];
	return content;
}
