/* A duration that can be read comes back from its print. */
#include "duration.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct buf out = {0};
	int64_t s, again;

	if (duration_parse(text, &s) < 0)
		return 0;
	duration_add(&out, s);
	if (s < 0 || duration_parse(buf_slice(&out), &again) < 0 || again != s)
		abort();
	buf_release(&out);
	return 0;
}
