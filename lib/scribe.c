#include "scribe.h"

#include <stdlib.h>

#include "mem.h"

void
scribe_columns(struct scribe *s, const struct row *row, bool vanished)
{
	columns_release(&s->want);
	columns_add(&s->want, slice_of("received"));
	for (size_t i = 0; i < row->columns.n; i++) {
		if (row->column[i] != COLUMNS_NONE)
			columns_add(&s->want, row->columns.name[i]);
	}
	columns_add(&s->want, slice_of("incomplete"));
	if (s->whom.n > 0)
		columns_add(&s->want, slice_of("for"));
	if (vanished)
		columns_add(&s->want, slice_of("vanished"));
	s->ready = false;
}

void
scribe_begin(struct scribe *s)
{
	s->ready = false;
}

struct slice
scribe_preview(struct scribe *s, const struct changes *changes, size_t place,
    struct stamp updated)
{
	const struct incidents *all = &s->ledger->incidents;
	const struct incident *in =
	    place != DICT_NONE ? &all->list[place] : NULL;

	if (s->room < all->columns.n) {
		s->room = all->columns.n;
		s->record = mem_resize(s->record, s->room, sizeof *s->record);
	}
	buf_clear(&s->incomplete);
	s->place = place;
	s->filled = false;
	return changes_preview(changes, all, in, updated, s->record);
}

/* Marks what is lacking, but not what was taken out: it can't be filled in. */
static void
mark_lacking(struct scribe *s)
{
	struct slice rest = buf_slice(&s->lacking), word;

	while (slice_word(&rest, &word)) {
		size_t column =
		    columns_find(&s->ledger->incidents.columns, word);

		if (s->place == DICT_NONE || column == COLUMNS_NONE ||
		    !ledger_redacted(s->ledger, s->place, column))
			buf_add_word(&s->incomplete, word);
	}
}

int
scribe_complete(struct scribe *s, struct changes *changes, struct stamp updated,
    bool undated)
{
	size_t received = s->ledger->feed.received;
	size_t incomplete = s->ledger->feed.incomplete;
	struct slice marked = s->record[incomplete];
	bool mark = slice_has_word(marked, (struct slice)SLICE("received")) &&
	    !changes_set(changes, received);

	s->filled = s->record[received].n == 0;
	if (s->filled) {
		s->record[received] = stamp_text(&s->updated, updated);
		changes_put(changes, received, s->record[received]);
	}
	if (mark || s->filled)
		buf_add_word(&s->incomplete, slice_of("received"));
	if (undated)
		buf_add_word(&s->incomplete, slice_of("updated"));
	buf_clear(&s->lacking);
	if (lacks_find(&s->lacks, &s->ledger->incidents.columns, s->record,
		&s->lacking, &s->fault) < 0)
		return -1;
	mark_lacking(s);
	if (!slice_eq(buf_slice(&s->incomplete), marked))
		changes_put(changes, incomplete, buf_slice(&s->incomplete));
	return 0;
}

/* Fills personal; columns may have been added since. */
static void
know_personal(struct scribe *s)
{
	const struct columns *c = &s->ledger->incidents.columns;

	if (s->npersonal == c->n)
		return;
	s->personal = mem_resize(s->personal, c->n, sizeof *s->personal);
	for (; s->npersonal < c->n; s->npersonal++)
		s->personal[s->npersonal] = s->form != NULL &&
		    form_is_personal(s->form, c->name[s->npersonal]);
}

static int
journal_failed(struct scribe *s)
{
	return fault_pass(&s->fault, &s->journal->in.fault);
}

/* Takes note of where the entry stands that was added last. */
static void
note_added(struct scribe *s)
{
	struct journal_entry e;

	if (s->recall == NULL)
		return;
	journal_added(s->journal, &e);
	recall_note(s->recall, &e);
}

/*
 * Adds an entry to the journal.  Before a batch's first one the newest segment
 * gets all columns, so that they come in one new segment at most.
 */
static int
write_entry(struct scribe *s, const struct changes *changes,
    const struct entry_head *head)
{
	const struct columns *columns = &s->ledger->incidents.columns;

	know_personal(s);
	if ((!s->ready &&
		journal_columns(s->journal, s->want.name, s->want.n) < 0) ||
	    journal_add(s->journal, head, columns, changes->column,
		changes->value, s->personal, changes->n) < 0)
		return journal_failed(s);
	s->ready = true;
	note_added(s);
	return 0;
}

/* The changes, and for whom they are made. */
static const struct changes *
sign(struct scribe *s, const struct changes *changes)
{
	if (s->whom.n == 0)
		return changes;
	s->signed_changes.n = 0;
	for (size_t i = 0; i < changes->n; i++)
		changes_add(
		    &s->signed_changes, changes->column[i], changes->value[i]);
	changes_put(
	    &s->signed_changes, ledger_column(s->ledger, "for"), s->whom);
	return &s->signed_changes;
}

int
scribe_add(struct scribe *s, size_t *place, const struct changes *changes,
    struct entry_head head, struct stamp updated)
{
	changes = sign(s, changes);
	if (s->journal != NULL) {
		head.by = s->by;
		head.updated = stamp_text(&s->updated, updated);
		if (write_entry(s, changes, &head) < 0)
			return -1;
	}
	*place = ledger_add(s->ledger, *place, changes, &head, updated);
	s->entries++;
	return 0;
}

int
scribe_segment(struct scribe *s, struct stamp at, struct slice open)
{
	static const struct slice why = SLICE("why");
	struct entry_head head = {
	    .at = at, .by = s->by, .event = SLICE("segment")};
	struct columns names = {0};
	size_t column = 0;
	bool personal = false;
	int result;

	columns_add(&names, why);
	result = journal_begin(s->journal, s->want.name, s->want.n);
	if (result == 0)
		result = journal_add(
		    s->journal, &head, &names, &column, &open, &personal, 1);
	if (result == 0)
		note_added(s);
	else
		journal_failed(s);
	columns_release(&names);
	return result;
}

void
scribe_release(struct scribe *s)
{
	columns_release(&s->want);
	fault_release(&s->fault);
	lacks_release(&s->lacks);
	changes_release(&s->signed_changes);
	buf_release(&s->incomplete);
	buf_release(&s->lacking);
	buf_release(&s->updated.text);
	free(s->personal);
	free(s->record);
}
