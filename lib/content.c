#include "content.h"

#include <string.h>

#include "digest.h"

/* Half of SHA-256(name TAB value); nothing for no value. */
static struct content
content_of(struct slice name, struct slice value)
{
	unsigned char bytes[DIGEST_BYTES];
	struct content c = {{0, 0}};
	struct digest d;

	if (value.n == 0)
		return c;
	digest_init(&d);
	digest_add(&d, name);
	digest_add(&d, (struct slice)SLICE("\t"));
	digest_add(&d, value);
	digest_bytes(&d, bytes);
	memcpy(c.sum, bytes, sizeof c.sum);
	return c;
}

/*
 * A sum, so that the content of a row is had from the one before by the
 * columns that differ.
 */
struct content
content_with(struct content content, struct slice name, struct slice old,
    struct slice value)
{
	struct content minus = content_of(name, old);
	struct content plus = content_of(name, value);

	for (int i = 0; i < 2; i++)
		content.sum[i] += plus.sum[i] - minus.sum[i];
	return content;
}
