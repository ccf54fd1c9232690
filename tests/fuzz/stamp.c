/*
 * A time that can be read comes back from its print; a scan by
 * any format ends within the text.  The first line is the format, the rest
 * the text.
 */
#include "stamp.h"

#include <stdint.h>
#include <stdlib.h>

#include "civil.h"
#include "mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_stamp(struct slice text, struct buf *out)
{
	struct stamp t, again;

	if (stamp_parse(text, &t) < 0)
		return;
	buf_clear(out);
	stamp_add(out, t);
	if (t.s < 0 || t.s > STAMP_MAX_S ||
	    stamp_parse(buf_slice(out), &again) < 0 || stamp_cmp(t, again) != 0)
		abort();
}

static void
check_scan(struct slice text, struct slice format)
{
	char *f = mem_copy(format.p, format.n), letter;
	struct civil c, again;

	if (civil_scan(text, f, &c) == 0) {
		again = civil_of(civil_seconds(&c));
		if (civil_check_format(f, &letter) < 0 || c.year < 1970 ||
		    c.year > 9999 || c.ns >= 1000000000 ||
		    again.month != c.month || again.day != c.day ||
		    again.hour != c.hour || again.second != c.second)
			abort();
	}
	free(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, format;
	struct buf out = {0};

	check_stamp(rest, &out);
	if (size > 0 && slice_split(&rest, '\n', &format) > 0 && rest.p != NULL)
		check_scan(rest, format);
	buf_release(&out);
	return 0;
}
