#include "redactions.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"
#include "seal.h"
#include "segment.h"

#define ID 5 /* the place of `id` in a segment */

static struct slice
key_of(struct redactions *r, struct slice id, struct slice column)
{
	buf_clear(&r->key);
	buf_add_slice(&r->key, id);
	buf_add_char(&r->key, '\t'); /* neither holds one */
	buf_add_slice(&r->key, column);
	return buf_slice(&r->key);
}

/* Takes note that an entry took something of its incident out. */
static void
note_id(struct redactions *r, const struct journal_entry *e)
{
	size_t n = r->ids.n, place = dict_add(&r->ids, e->id, n, NULL);

	if (place == n)
		r->last = mem_grow(r->last, n, &r->cap, sizeof *r->last);
	r->last[place] = (struct redactions_last){e->seq, e->written};
}

void
redactions_read(struct redactions *r, const struct journal_entry *e)
{
	size_t end = segment_nonces(e->columns);

	if (!slice_is(e->event, "redacted"))
		return;
	for (size_t i = SEGMENT_FIRST; i < end; i++) {
		if (!slice_is(e->field[i], "\\N"))
			continue;
		dict_set(&r->columns, key_of(r, e->id, e->columns->name[i]),
		    (size_t)e->seq);
		note_id(r, e);
	}
}

uint64_t
redactions_of(struct redactions *r, struct slice id, struct slice column)
{
	size_t seq = r->columns.n > 0
	    ? dict_find(&r->columns, key_of(r, id, column))
	    : DICT_NONE;

	return seq != DICT_NONE ? seq : 0;
}

uint64_t
redactions_of_id(const struct redactions *r, struct slice id)
{
	struct stamp at;

	return redactions_when(r, id, &at);
}

uint64_t
redactions_when(const struct redactions *r, struct slice id, struct stamp *at)
{
	size_t place = r->ids.n > 0 ? dict_find(&r->ids, id) : DICT_NONE;

	if (place == DICT_NONE)
		return 0;
	*at = r->last[place].at;
	return r->last[place].seq;
}

bool
redactions_left(struct redactions *r, const struct columns *columns,
    const struct slice *field, size_t i)
{
	struct slice value = field[i], column = columns->name[i];
	unsigned long long seq;

	if (i < SEGMENT_FIRST || i >= segment_nonces(columns) ||
	    !field_is_set(value) ||
	    slice_number(field[0], UINT64_MAX, &seq) < 0 ||
	    redactions_of_id(r, field[ID]) <= seq ||
	    redactions_of(r, field[ID], column) <= seq)
		return false;
	return !mark_stands(value, field[segment_nonces(columns)], column);
}

int
redactions_check(
    struct redactions *r, const struct journal_entry *e, struct fault *f)
{
	if (redactions_of_id(r, e->id) <= e->seq)
		return 0;
	for (size_t i = 0; i < e->columns->n; i++) {
		struct slice column = e->columns->name[i];

		if (!redactions_left(r, e->columns, e->field, i))
			continue;
		return fault_at(f, e->where,
		    "column '%.*s' of '%.*s' is still there, though entry "
		    "%llu takes it out: inc-log redact must be run again",
		    SLICE_ARG(column), SLICE_ARG(e->id),
		    (unsigned long long)redactions_of(r, e->id, column));
	}
	return 0;
}

void
redactions_release(struct redactions *r)
{
	dict_release(&r->columns);
	dict_release(&r->ids);
	free(r->last);
	buf_release(&r->key);
}
