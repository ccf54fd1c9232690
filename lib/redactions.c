#include "redactions.h"

#include "escape.h"
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
		dict_set(&r->ids, e->id, (size_t)e->seq);
	}
}

/* What a dict has of a key, 0 where there is none. */
static uint64_t
number_of(const struct dict *d, struct slice key)
{
	size_t seq = d->n > 0 ? dict_find(d, key) : DICT_NONE;

	return seq != DICT_NONE ? seq : 0;
}

uint64_t
redactions_of(struct redactions *r, struct slice id, struct slice column)
{
	return number_of(&r->columns, key_of(r, id, column));
}

uint64_t
redactions_of_id(const struct redactions *r, struct slice id)
{
	return number_of(&r->ids, id);
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
	/* What looks like a mark and has a nonce is a value. */
	return !mark_is(value) ||
	    nonce_of(field[segment_nonces(columns)], column).n > 0;
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
	buf_release(&r->key);
}
