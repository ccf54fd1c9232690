/*
 * A text read in one block and byte by byte gives the same; and libcsv, given
 * the whole of a text without errors, gives the same records.  (Those of one
 * empty field are left out: libcsv passes empty lines over.)
 */
#include "csvin.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>

#include "buf.h"

struct seen {
	struct buf all, row;
	size_t bad; /* records */
};

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void
take_field(void *p, size_t n, void *ctx)
{
	struct seen *seen = ctx;

	buf_add_char(&seen->row, '[');
	buf_add(&seen->row, p, n);
}

static void
take_row(int c, void *ctx)
{
	struct seen *seen = ctx;

	(void)c;
	if (seen->row.n > 1)
		buf_addf(
		    &seen->all, "%.*s\n", SLICE_ARG(buf_slice(&seen->row)));
	buf_clear(&seen->row);
}

static void
read_blocks(struct slice text, bool quotes, size_t block, struct seen *seen)
{
	struct csvin *c = csvin_new(quotes ? ',' : '\t', quotes);
	size_t n;
	int got;

	while ((got = csvin_next(c)) != CSVIN_END) {
		const struct slice *f = csvin_fields(c, &n);

		if (got == CSVIN_MORE) {
			n = text.n < block ? text.n : block;
			csvin_feed(c, (struct slice){text.p, n});
			text.p += n;
			text.n -= n;
		} else if (got == CSVIN_BAD) {
			seen->bad++;
			buf_addf(&seen->all, "%zu %s <%.*s>\n", csvin_line(c),
			    csvin_fault(c), SLICE_ARG(csvin_raw(c)));
		} else {
			for (size_t i = 0; i < n; i++)
				take_field((void *)f[i].p, f[i].n, seen);
			take_row(0, seen);
		}
	}
	csvin_free(c);
}

/* Reads by libcsv alone.  Returns whether it finds no error. */
static bool
read_libcsv(struct slice text, struct seen *seen)
{
	struct csv_parser p;
	bool good;

	if (slice_starts(text, "\xef\xbb\xbf"))
		text.p += 3, text.n -= 3;
	csv_init(&p, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_space_func(&p, no_space);
	good = csv_parse(&p, text.p, text.n, take_field, take_row, seen) ==
		text.n &&
	    csv_fini(&p, take_field, take_row, seen) == 0;
	csv_free(&p);
	return good;
}

static void
expect_same(struct seen *a, struct seen *b)
{
	if (!slice_eq(buf_slice(&a->all), buf_slice(&b->all)))
		abort();
	buf_clear(&b->all);
	buf_clear(&b->row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};

	for (int quotes = 0; quotes < 2; quotes++) {
		struct seen a = {0}, b = {0};

		read_blocks(text, quotes, SIZE_MAX, &a);
		read_blocks(text, quotes, 1, &b);
		expect_same(&a, &b);
		if (quotes && a.bad == 0 && read_libcsv(text, &b))
			expect_same(&a, &b);
		buf_release(&a.all);
		buf_release(&a.row);
		buf_release(&b.all);
		buf_release(&b.row);
	}
	return 0;
}
