/*
 * Heads that were published: any line is one, nearly one or none, and one that
 * is one is the same when it is written anew.
 */
#include <stdint.h>
#include <stdlib.h>

#include "head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice line = {(const char *)data, size};
	struct head head, again;
	struct buf text = {0};

	if (head_parse(line, &head) == 1) {
		head_add(&text, &head);
		if (head_parse(buf_slice(&text), &again) != 1 ||
		    again.seq != head.seq ||
		    !slice_eq(slice_of(again.chain), slice_of(head.chain)) ||
		    stamp_cmp(again.at, head.at) != 0)
			abort();
	}
	buf_release(&text);
	return 0;
}
