#include "witness.h"

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "input.h"
#include "mem.h"

struct witness_head {
	struct head head;
	size_t line; /* where it stands */
};

static int
compare(const void *a, const void *b)
{
	const struct witness_head *one = a, *two = b;

	if (one->head.seq != two->head.seq)
		return one->head.seq < two->head.seq ? -1 : 1;
	return one->line < two->line ? -1 : one->line > two->line;
}

/* Takes the heads among the lines of a text. */
static int
take_lines(struct witness *w, struct slice text, struct fault *f)
{
	struct place where = {.file = input_name(w->file)};
	struct witness_head one;
	struct slice line;

	while (slice_split(&text, '\n', &line)) {
		int got = head_parse(line, &one.head);

		where.line++;
		if (got < 0)
			return fault_at(f, where,
			    "is no head of a log: its number, its chain and "
			    "its time were expected, as inc-log head prints "
			    "them");
		if (got == 0)
			continue;
		one.line = where.line;
		w->head = mem_grow(w->head, w->n, &w->cap, sizeof *w->head);
		w->head[w->n++] = one;
	}
	where.line = 0;
	return w->n > 0
	    ? 0
	    : fault_at(f, where,
		  "holds no head of a log: lines were expected as inc-log "
		  "head prints them");
}

int
witness_read(struct witness *w, const char *file, struct fault *f)
{
	struct buf text = {0};
	int result = file_read(file, WITNESS_BYTES, &text, f);

	w->file = file;
	if (result == 0)
		result = take_lines(w, buf_slice(&text), f);
	if (w->n > 0)
		qsort(w->head, w->n, sizeof *w->head, compare);
	buf_release(&text);
	return result;
}

/* Where the next head stands. */
static struct place
place_of(const struct witness *w)
{
	return (struct place){input_name(w->file), w->head[w->next].line, 0};
}

/* Takes note of an entry that says that the log was restored. */
static void
note_restored(struct witness *w, const struct journal_entry *e)
{
	size_t why;

	if (!slice_is(e->event, "restored"))
		return;
	why = columns_find(e->columns, slice_of("why"));
	w->restored = e->seq;
	w->restored_at = e->written;
	buf_clear(&w->restorer);
	buf_addf(&w->restorer, "%.*s at %.*s: %.*s", SLICE_ARG(e->by),
	    SLICE_ARG(e->at), SLICE_ARG(columns_field(e->field, why)));
}

/* Whether the next head is of an entry that is lost, and counts it then. */
static bool
is_lost(struct witness *w)
{
	const struct head *head = &w->head[w->next].head;

	if (w->restored == 0 || head->seq < w->restored ||
	    stamp_cmp(head->at, w->restored_at) > 0)
		return false;
	w->lost++;
	return true;
}

const struct head *
witness_newest(const struct witness *w)
{
	return w->n > 0 ? &w->head[w->n - 1].head : NULL;
}

int
witness_entry(struct witness *w, const struct journal_entry *e, struct fault *f)
{
	note_restored(w, e);
	for (; w->next < w->n && w->head[w->next].head.seq == e->seq;
	     w->next++) {
		const struct head *head = &w->head[w->next].head;

		if (slice_is(e->chain, head->chain) &&
		    stamp_cmp(e->written, head->at) == 0) {
			w->stood = w->next + 1;
			continue;
		}
		if (is_lost(w))
			continue;
		fault_at(f, place_of(w),
		    "entry %llu was another when this head was taken: %s:%zu "
		    "has the time %.*s and the chain %.*s",
		    (unsigned long long)e->seq, e->where.file, e->where.line,
		    SLICE_ARG(e->at), SLICE_ARG(e->chain));
		if (w->stood > 0)
			buf_addf(&f->text,
			    "; up to entry %llu the log is what it was",
			    (unsigned long long)w->head[w->stood - 1].head.seq);
		return -1;
	}
	return 0;
}

int
witness_end(struct witness *w, uint64_t seq, struct fault *f)
{
	while (w->next < w->n && is_lost(w))
		w->next++;
	if (w->next == w->n)
		return 0;
	return fault_at(f, place_of(w),
	    "this head is of entry %llu, but the log ends with entry %llu: its "
	    "end was cut off, or it is another log; of a copy that goes on, "
	    "inc-log restored says so",
	    (unsigned long long)w->head[w->next].head.seq,
	    (unsigned long long)seq);
}

void
witness_release(struct witness *w)
{
	free(w->head);
	buf_release(&w->restorer);
}
