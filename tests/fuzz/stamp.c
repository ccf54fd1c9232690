/* A time that can be read comes back from its print. */
#include "stamp.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct buf out = {0};
	struct stamp t, again;

	if (stamp_parse(text, &t) < 0)
		return 0;
	stamp_add(&out, t);
	if (t.s < 0 || t.s > STAMP_MAX_S ||
	    stamp_parse(buf_slice(&out), &again) < 0 ||
	    stamp_cmp(t, again) != 0)
		abort();
	buf_release(&out);
	return 0;
}
