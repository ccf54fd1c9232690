/* Any file is a zone or none; a zone answers for every instant. */
#include "zone.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct zone *z, int64_t s)
{
	struct civil local = zone_civil(z, s);
	struct stamp first, last;
	enum zone_kind kind = zone_instant(z, &local, ZONE_FIRST, &first);

	zone_instant(z, &local, ZONE_LAST, &last);
	if (kind == ZONE_GAP || stamp_cmp(first, last) > 0 || first.s > s ||
	    last.s < s)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault f = {0};
	struct zone *z = zone_read((struct slice){(const char *)data, size},
	    (struct slice)SLICE("fuzz"), &f);

	for (int64_t s = 0; z != NULL && s < STAMP_MAX_S; s += s / 3 + 40000007)
		check(z, s);
	zone_free(z);
	fault_release(&f);
	return 0;
}
