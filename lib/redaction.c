#include "redaction.h"

#include "changes.h"
#include "incident.h"

int
redaction_look(struct redaction *r)
{
	return holdings_read(&r->holdings, r->dir, &r->fault);
}

bool
redaction_refuses(struct redaction *r, size_t id, size_t column)
{
	const struct holding *h = holdings_of(&r->holdings, id, column);

	if (h->plain == 0)
		return false;
	fault_at(&r->fault, (struct place){0},
	    "'%.*s': column '%.*s' was not sealed when entry %llu was logged, "
	    "so it can't be taken out without breaking the chain",
	    SLICE_ARG(r->holdings.ids.name[id]),
	    SLICE_ARG(r->holdings.columns.name[column]),
	    (unsigned long long)h->first);
	return true;
}

/* Adds the entry of an incident that clears what is taken out, if any is. */
static int
add_entry(struct redaction *r, size_t id, struct stamp clock)
{
	struct logbook *b = r->book;
	struct incidents *all = &b->ledger.incidents;
	struct changes changes = {0};
	struct entry_head head = {.at = clock,
	    .id = r->holdings.ids.name[id],
	    .event = SLICE("redacted")};
	size_t place = incidents_find(all, head.id);
	struct stamp latest;
	int result = 0;

	for (size_t i = 0; i < r->holdings.columns.n; i++) {
		size_t column =
		    columns_find(&all->columns, r->holdings.columns.name[i]);

		/* A torn line may hold any, but none that no segment has. */
		if (column != COLUMNS_NONE &&
		    holdings_of(&r->holdings, id, i)->plain == 0 &&
		    holdings_want(&r->holdings, id, i))
			changes_add(&changes, column, (struct slice){"", 0});
	}
	if (changes.n > 0 && place != DICT_NONE) {
		changes_add(
		    &changes, ledger_column(&b->ledger, "why"), r->why[id]);
		/* Later than all that was said, so that it holds. */
		latest = incident_updated(&all->list[place]);
		if (stamp_cmp(latest, clock) < 0)
			latest = clock;
		result = scribe_add(&b->scribe, &place, &changes, head, latest);
	}
	changes_release(&changes);
	return result < 0 ? fault_pass(&r->fault, &b->scribe.fault) : 0;
}

/* Adds and syncs the entries. */
static int
add_entries(struct redaction *r, struct stamp clock)
{
	struct columns own = {0};
	int result = 0;

	logbook_columns(r->book, &own);
	for (size_t i = 0; i < r->holdings.ids.n && result == 0; i++)
		result = add_entry(r, i, clock);
	columns_release(&own);
	if (result == 0 && logbook_sync(r->book) < 0)
		result = fault_pass(&r->fault, &r->book->fault);
	return result;
}

int
redaction_make(struct redaction *r, struct stamp clock)
{
	int result = add_entries(r, clock);

	if (result == 0) {
		result =
		    sweep_log(r->dir, &r->redactions, &r->swept, &r->fault);
		if (result < 0)
			buf_add_str(&r->fault.text,
			    "; not all values are taken out yet: the same "
			    "again does the rest");
	}
	return result;
}

void
redaction_release(struct redaction *r)
{
	holdings_release(&r->holdings);
	redactions_release(&r->redactions);
	fault_release(&r->fault);
}
