/*
 * A regular expression: its longest text, where it has one, is UTF-8 where the
 * expression is, and no longer than may be.
 */
#include "longest.h"
#include "utf8.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice pattern = {(const char *)data, size};
	struct buf out = {0};

	if (longest_text(pattern, &out) &&
	    (out.n == 0 || !utf8_is_valid(buf_slice(&out)) ||
		slice_characters(buf_slice(&out)) > LONGEST_MOST))
		abort();
	buf_release(&out);
	return 0;
}
