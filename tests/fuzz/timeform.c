/*
 * A scan by any format ends within the text, and what it gives is a time.  The
 * first line is the format, the rest the text.
 */
#include "timeform.h"

#include <stdint.h>
#include <stdlib.h>

#include "mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size}, format;
	struct civil c, again;
	char *f, letter;

	if (slice_split(&text, '\n', &format) == 0 || text.p == NULL)
		return 0;
	f = mem_copy(format.p, format.n);
	if (timeform_scan(text, f, &c) == 0) {
		again = civil_of(civil_seconds(&c));
		if (timeform_check(f, &letter) < 0 || c.year < 1970 ||
		    c.year > 9999 || c.ns >= 1000000000 ||
		    again.month != c.month || again.day != c.day ||
		    again.hour != c.hour || again.second != c.second)
			abort();
	}
	free(f);
	return 0;
}
