/*
 * Indexes: whatever stands in one, it is refused or read to its end; and of one
 * that was made every incident is found, whatever it is called.
 */
#include "index.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct told {
	struct buf first; /* the id told of first */
	size_t n;
};

static void
see(void *context, struct slice id, bool fresh)
{
	struct told *t = context;

	(void)fresh;
	if (t->n++ == 0)
		buf_add_slice(&t->first, id);
}

/* What an index tells of first is found in it, or it is damaged. */
static void
look(struct index *x)
{
	struct told told = {{0}, 0};
	struct extent_list list = {0};
	int all = index_each(x, (struct slice){"", 0}, see, &told);

	if (told.n > 0 && all == 0)
		index_find(x, buf_slice(&told.first), &list);
	extent_list_release(&list);
	buf_release(&told.first);
}

/* An index of incidents whose ids are the lines of the input. */
static void
make(struct slice lines)
{
	struct index_of of = {.segment = SLICE("00000000000001.tsv"),
	    .uses = SLICE("-------i----"),
	    .bytes = UINT32_MAX};
	struct extents all = {0};
	struct buf text = {0};
	struct slice line;
	struct index x;

	memset(of.chain, '0', SEAL_DIGITS);
	while (slice_split(&lines, '\n', &line)) {
		if (line.n == 0 || memchr(line.p, '\t', line.n) != NULL)
			continue;
		of.entries++;
		extents_add(&all, line, (struct extent){of.entries, 9}, false);
	}
	index_write(&text, &of, &all);
	if (!index_take(&x, buf_slice(&text)))
		abort();
	for (size_t i = 0; i < extents_incidents(&all); i++) {
		struct extent_list list = {0};

		if (index_find(&x, extents_id(&all, i), &list) < 0 ||
		    list.n == 0)
			abort();
		extent_list_release(&list);
	}
	index_release(&x);
	extents_release(&all);
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct index x;

	if (index_take(&x, text))
		look(&x);
	index_release(&x);
	make(text);
	return 0;
}
