#include "holdings.h"

#include <stdlib.h>

#include "escape.h"
#include "journalin.h"
#include "mem.h"
#include "seal.h"
#include "torn.h"

/* Finds the columns in the segment that an entry stands in. */
static void
place_columns(struct holdings *h, const struct journal_entry *e)
{
	struct slice file = slice_of(e->where.file);

	if (slice_eq(file, buf_slice(&h->file)))
		return;
	buf_clear(&h->file);
	buf_add_slice(&h->file, file);
	for (size_t i = 0; i < h->columns.n; i++)
		h->place[i] = columns_find(e->columns, h->columns.name[i]);
}

static void
read_entry(struct holdings *h, const struct journal_entry *e)
{
	size_t id = columns_find(&h->ids, e->id);

	redactions_read(&h->redactions, e);
	if (id == COLUMNS_NONE)
		return;
	place_columns(h, e);
	for (size_t i = 0; i < h->columns.n; i++) {
		struct slice value = columns_field(e->field, h->place[i]);
		struct holding *item = &h->item[id * h->columns.n + i];
		bool sealed;

		if (!field_is_set(value))
			continue;
		item->last = e->seq;
		sealed = nonce_of(e->nonces, h->columns.name[i]).n > 0;
		if (mark_stands(value, e->nonces, h->columns.name[i]))
			continue;
		item->values++;
		if (!sealed && item->plain++ == 0)
			item->first = e->seq;
	}
}

static bool
count_torn(void *ctx, struct slice id, uint64_t seq)
{
	struct holdings *h = ctx;
	size_t place = columns_find(&h->ids, id);

	if (place == COLUMNS_NONE)
		return false;
	seq += seq == 0; /* none that can be read is some */
	if (seq > h->torn_last[place])
		h->torn_last[place] = seq;
	return true;
}

int
holdings_read(struct holdings *h, const char *dir, struct fault *f)
{
	struct journal_reader r;
	struct journal_entry e;
	int got = 1;

	h->item = mem_new(h->ids.n * h->columns.n + 1, sizeof *h->item);
	h->place = mem_new(h->columns.n + 1, sizeof *h->place);
	h->torn_last = mem_new(h->ids.n + 1, sizeof *h->torn_last);
	if (journal_reader_open(&r, dir) < 0)
		got = -1;
	while (got > 0 && (got = journal_reader_next(&r, &e)) > 0)
		read_entry(h, &e);
	if (got < 0)
		fault_pass(f, &r.fault);
	journal_reader_release(&r);
	return got < 0 ? -1 : torn_each(dir, false, count_torn, h, &h->torn, f);
}

const struct holding *
holdings_of(const struct holdings *h, size_t id, size_t column)
{
	return &h->item[id * h->columns.n + column];
}

bool
holdings_want(struct holdings *h, size_t id, size_t column)
{
	uint64_t done = redactions_of(
	    &h->redactions, h->ids.name[id], h->columns.name[column]);

	return holdings_of(h, id, column)->last > done ||
	    h->torn_last[id] > done;
}

void
holdings_release(struct holdings *h)
{
	columns_release(&h->ids);
	columns_release(&h->columns);
	redactions_release(&h->redactions);
	free(h->item);
	free(h->place);
	free(h->torn_last);
	buf_release(&h->file);
}
