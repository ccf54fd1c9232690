#include "batch.h"

#include <stdlib.h>

#include "mem.h"

struct batch_record {
	int got;
	const char *file;
	size_t line;
	size_t n;      /* pieces of text */
	size_t gap;    /* bytes between them */
	bool faulty;   /* those are the fault's text and the row */
	size_t reason; /* of the fault, as fault.h has it */
};

/* Room for the lengths of n more pieces of text. */
static size_t *
room(struct batch *b, size_t n)
{
	if (n > b->length_cap - b->nlengths) {
		b->length_cap = 2 * (b->nlengths + n);
		b->length =
		    mem_resize(b->length, b->length_cap, sizeof *b->length);
	}
	return b->length + b->nlengths;
}

/*
 * Adds pieces of text: in one go where a byte separates them, as that is how
 * they mostly stand in a file.  Returns how many bytes are between them.
 */
static size_t
add(struct batch *b, const struct slice *s, size_t n)
{
	size_t *length = room(b, n);
	const char *end = NULL;
	bool together = n > 0;

	for (size_t i = 0; i < n; i++) {
		length[i] = s[i].n;
		together = together && (i == 0 || s[i].p == end + 1);
		end = s[i].p + s[i].n;
	}
	if (together)
		buf_add(&b->text, s[0].p, (size_t)(end - s[0].p));
	for (size_t i = 0; i < n && !together; i++)
		buf_add_slice(&b->text, s[i]);
	b->nlengths += n;
	return together;
}

void
batch_add(struct batch *b, const struct batch_view *v)
{
	const struct fault *f = v->fault;
	struct slice wrong[2] = {{"", 0}, v->row};

	b->record = mem_grow(b->record, b->n, &b->cap, sizeof *b->record);
	b->record[b->n++] = (struct batch_record){.got = v->got,
	    .file = v->file,
	    .line = v->line,
	    .n = f != NULL ? 2 : v->n,
	    .faulty = f != NULL,
	    .reason = f != NULL ? f->reason : 0};
	if (f != NULL)
		wrong[0] = buf_slice(&f->text);
	b->record[b->n - 1].gap =
	    add(b, f != NULL ? wrong : v->field, f != NULL ? 2 : v->n);
}

size_t
batch_bytes(const struct batch *b)
{
	return b->text.n + b->n * sizeof *b->record +
	    b->nlengths * sizeof *b->length;
}

/* Makes views of the next record's pieces of text; returns one of them all. */
static struct slice
view(struct batch *b, const struct batch_record *r)
{
	const size_t *length = b->length + b->seen;
	const char *p = buf_slice(&b->text).p + b->at;
	struct slice all = {p, b->at};

	if (r->n > b->field_cap) {
		b->field = mem_resize(b->field, r->n, sizeof *b->field);
		b->field_cap = r->n;
	}
	for (size_t i = 0; i < r->n; i++) {
		b->field[i] = (struct slice){p, length[i]};
		b->at += length[i] + (i + 1 < r->n ? r->gap : 0);
		p = buf_slice(&b->text).p + b->at;
	}
	b->seen += r->n;
	all.n = b->at - all.n;
	return all;
}

int
batch_next(struct batch *b, struct batch_view *v)
{
	const struct batch_record *r;
	struct slice all;

	if (b->next == b->n) {
		b->n = b->next = b->nlengths = b->seen = b->at = 0;
		buf_clear(&b->text);
		return 0;
	}
	r = &b->record[b->next++];
	all = view(b, r);
	*v = (struct batch_view){.got = r->got,
	    .row = all,
	    .file = r->file,
	    .line = r->line,
	    .field = b->field,
	    .n = r->n};
	if (!r->faulty)
		return 1;
	buf_clear(&b->fault.text);
	buf_add_slice(&b->fault.text, b->field[0]);
	b->fault.reason = r->reason;
	v->fault = &b->fault;
	v->row = b->field[1];
	v->n = 0;
	return 1;
}

void
batch_release(struct batch *b)
{
	free(b->record);
	free(b->length);
	free(b->field);
	buf_release(&b->text);
	fault_release(&b->fault);
	*b = (struct batch){0};
}
