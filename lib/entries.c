#include "entries.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "mem.h"
#include "segment.h"

void
entries_rename(struct entries *b)
{
	b->nplace = 0;
}

/* The place of a column of the entry in the segment, or COLUMNS_NONE. */
static size_t
place_of(struct entries *b, const struct columns *segment,
    const struct columns *names, size_t column)
{
	if (b->nplace <= column)
		b->place = mem_resize(b->place, names->n, sizeof *b->place);
	for (; b->nplace <= column; b->nplace++)
		b->place[b->nplace] =
		    columns_find(segment, names->name[b->nplace]);
	return b->place[column];
}

/*
 * Fills b->field and b->seal with the entry's own columns.  Returns how many
 * are sealed, or -1 and the fault.
 */
static int
place_fields(struct entries *b, const struct columns *segment,
    const struct entry_values *e, struct fault *f)
{
	int sealed = 0;

	if (b->room < segment->n) {
		b->room = segment->n;
		b->field = mem_resize(b->field, b->room, sizeof *b->field);
		b->seal = mem_resize(b->seal, b->room, sizeof *b->seal);
	}
	memset(b->field, 0, segment->n * sizeof *b->field);
	memset(b->seal, 0, segment->n * sizeof *b->seal);
	for (size_t i = 0; i < e->n; i++) {
		size_t column = e->column[i];
		size_t at = place_of(b, segment, e->names, column);

		if (at == COLUMNS_NONE)
			return fault_at(f, (struct place){0},
			    "the segment has no column '%.*s'",
			    SLICE_ARG(e->names->name[column]));
		b->field[at] = e->value[i];
		b->seal[at] = (e->personal[column] || mark_is(e->value[i])) &&
		    field_is_set(e->value[i]) && seal_allows(segment->name[at]);
		sealed += b->seal[at];
	}
	return sealed;
}

/* Fills the first columns, which are the same in every segment. */
static void
place_head(struct entries *b, const struct entry_values *e)
{
	const struct entry_head *head = &e->head;

	buf_clear(&b->number);
	buf_add_number(&b->number, e->seq);
	b->field[0] = buf_slice(&b->number);
	b->field[1] = stamp_text(&b->time, head->at);
	b->field[2] = head->by;
	b->field[3] = head->source;
	b->field[4] = head->event;
	b->field[5] = head->id;
	b->field[6] = head->updated.n > 0 ? head->updated : b->field[1];
}

/*
 * Makes b->hashed of the fields before `nonces`, the sealed ones by their
 * seals, and b->nonces of those.
 */
static int
seal_fields(struct entries *b, const struct columns *segment, struct fault *f)
{
	size_t before = segment_nonces(segment);
	char seal[SEAL_DIGITS + 1];

	buf_clear(&b->hashed);
	for (size_t i = 0; i < before; i++) {
		struct slice nonce;

		if (i > 0)
			buf_add_char(&b->hashed, '\t');
		if (!b->seal[i]) {
			buf_add_slice(&b->hashed, b->field[i]);
			continue;
		}
		if (nonce_add(
			&b->pool, &b->nonces, segment->name[i], &nonce, f) < 0)
			return -1;
		seal_value(nonce, b->field[i], seal);
		buf_add(&b->hashed, seal, SEAL_DIGITS);
	}
	return 0;
}

/* Adds the line, linked to the one before. */
static void
add_line(struct entries *b, const struct columns *header, size_t before)
{
	size_t n = before;
	char *start, *to;

	for (size_t i = 0; i < before; i++)
		n += b->field[i].n;
	start = to = links_line(&b->lines, n);
	for (size_t i = 0; i < before; i++) {
		if (b->field[i].n > 0)
			memcpy(to, b->field[i].p, b->field[i].n);
		to += b->field[i].n;
		*to++ = '\t';
	}
	links_end(&b->lines, (size_t)(to - start) - 1, buf_slice(&b->nonces),
	    buf_slice(&b->hashed), header);
}

int
entries_add(struct entries *b, const struct columns *segment, bool first,
    const struct entry_values *e, const char *chain, struct fault *f)
{
	int sealed = place_fields(b, segment, e, f);

	if (sealed < 0)
		return -1;
	place_head(b, e);
	buf_clear(&b->nonces);
	if (sealed > 0 && seal_fields(b, segment, f) < 0)
		return -1;
	if (b->lines.n == 0)
		memcpy(b->lines.chain, chain, sizeof b->lines.chain);
	add_line(b, first ? segment : NULL, segment_nonces(segment));
	return 0;
}

void
entries_clear(struct entries *b)
{
	links_clear(&b->lines);
}

void
entries_release(struct entries *b)
{
	free(b->place);
	free(b->field);
	free(b->seal);
	links_release(&b->lines);
	buf_release(&b->nonces);
	buf_release(&b->hashed);
	buf_release(&b->number);
	buf_release(&b->time.text);
}
