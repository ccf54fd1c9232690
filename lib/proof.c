#include "proof.h"

#include <stdlib.h>

#include "digest.h"
#include "mem.h"
#include "seal.h"
#include "segment.h"

/* The key of a mark: an id and a column, which hold no tab. */
static struct slice
mark_key(struct proof *c, struct slice id, struct slice column)
{
	buf_clear(&c->text);
	buf_add_slice(&c->text, id);
	buf_add_char(&c->text, '\t');
	buf_add_slice(&c->text, column);
	return buf_slice(&c->text);
}

/* Remembers a mark until its `redacted` entry comes. */
static void
open_mark(struct proof *c, const struct journal_entry *e, size_t i)
{
	struct slice column = e->columns->name[i];
	bool added;
	size_t at =
	    dict_add(&c->open, mark_key(c, e->id, column), c->nmark, &added);

	if (added) {
		c->mark = mem_grow(c->mark, c->nmark, &c->cap, sizeof *c->mark);
		c->mark[c->nmark++] = (struct buf){0};
	}
	buf_clear(&c->mark[at]);
	buf_addf(&c->mark[at], "%s:%zu: column '%.*s' of '%.*s'", e->where.file,
	    e->where.line, SLICE_ARG(column), SLICE_ARG(e->id));
}

/* A `redacted` entry clears the columns that it stands for. */
static void
close_marks(struct proof *c, const struct journal_entry *e)
{
	if (!slice_is(e->event, "redacted"))
		return;
	for (size_t i = SEGMENT_FIRST; i < e->columns->n; i++) {
		size_t at;

		if (!slice_is(e->field[i], "\\N"))
			continue;
		at = dict_find(
		    &c->open, mark_key(c, e->id, e->columns->name[i]));
		if (at != DICT_NONE)
			buf_clear(&c->mark[at]);
	}
}

/* The column's nonce where its value is sealed, or an empty one. */
static struct slice
seal_nonce(const struct journal_entry *e, size_t i)
{
	if (e->field[i].n == 0 || e->nonces.n == 0)
		return (struct slice){"", 0};
	return nonce_of(e->nonces, e->columns->name[i]);
}

/* Whether a value was taken out of a column. */
static bool
is_redacted(const struct journal_entry *e, size_t i)
{
	return i >= SEGMENT_FIRST && mark_is(e->field[i]) &&
	    seal_allows(e->columns->name[i]);
}

/* Whether the fields before `nonces` are hashed as they stand. */
static bool
is_plain(const struct journal_entry *e, size_t before)
{
	if (e->nonces.n > 0)
		return false;
	for (size_t i = SEGMENT_FIRST; i < before; i++) {
		if (is_redacted(e, i))
			return false;
	}
	return true;
}

/*
 * Hashes the fields before `nonces` as they were when they were added.  Returns
 * whether `nonces` holds those of sealed values and nothing else.
 */
static bool
check_fields(struct proof *c, const struct journal_entry *e, struct digest *d)
{
	size_t before = segment_nonces(e->columns);
	size_t used = 0; /* bytes of nonces */
	char seal[SEAL_DIGITS + 1];

	if (is_plain(e, before)) {
		digest_add(d, e->text);
		return true;
	}
	for (size_t i = 0; i < before; i++) {
		struct slice value = e->field[i], nonce = seal_nonce(e, i);

		if (i > 0)
			digest_add(d, (struct slice)SLICE("\t"));
		if (nonce.n > 0) {
			seal_value(nonce, value, seal);
			value = slice_of(seal);
			used += (used > 0) + e->columns->name[i].n + 1 +
			    NONCE_DIGITS;
		} else if (is_redacted(e, i)) {
			open_mark(c, e, i);
			value = mark_seal(value);
		}
		digest_add(d, value);
	}
	return used == e->nonces.n;
}

/* Whether the entry is the first of its segment; then its name is checked. */
static int
begin_segment(struct proof *c, const struct journal_entry *e, bool *fresh,
    struct fault *f)
{
	struct slice path = slice_of(e->where.file);
	uint64_t seq;

	*fresh = !slice_eq(path, buf_slice(&c->file));
	if (!*fresh)
		return 0;
	buf_clear(&c->file);
	buf_add_slice(&c->file, path);
	if (!segment_number(segment_of(path), &seq) || seq != e->seq)
		return fault_at(f, e->where,
		    "begins with entry %llu, another than its name says",
		    (unsigned long long)e->seq);
	return 0;
}

int
proof_entry(struct proof *c, const struct journal_entry *e, struct fault *f)
{
	struct digest d;
	bool fresh, whole;

	if (c->seq == 0)
		memcpy(c->chain, chain_start, sizeof c->chain);
	if (begin_segment(c, e, &fresh, f) < 0)
		return -1;
	if (stamp_cmp(e->written, c->at) < 0)
		return fault_at(f, e->where,
		    "the time '%.*s' is before the last entry's",
		    SLICE_ARG(e->at));
	chain_begin(&d, c->chain, fresh ? e->columns : NULL);
	whole = check_fields(c, e, &d) && e->exact;
	digest_hex(&d, c->chain);
	if (!whole || !slice_is(e->chain, c->chain))
		return fault_at(f, e->where,
		    "entry %llu or its chain was changed",
		    (unsigned long long)e->seq);
	close_marks(c, e);
	c->seq = e->seq;
	c->at = e->written;
	return 0;
}

int
proof_end(struct proof *c, struct fault *f)
{
	for (size_t i = 0; i < c->nmark; i++) {
		if (c->mark[i].n > 0)
			return fault_at(f, (struct place){0},
			    "%s was taken out without a 'redacted' entry",
			    buf_str(&c->mark[i]));
	}
	return 0;
}

void
proof_release(struct proof *c)
{
	for (size_t i = 0; i < c->nmark; i++)
		buf_release(&c->mark[i]);
	free(c->mark);
	buf_release(&c->file);
	buf_release(&c->text);
	dict_release(&c->open);
}
