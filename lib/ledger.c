#include "ledger.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"
#include "seal.h"
#include "segment.h"

static const struct slice nothing = {"", 0};
static const struct slice cleared = SLICE("\\N");

/* Numbers that count as given up to the day on which the log was restored. */
struct lost_ids {
	struct stamp at;
	unsigned long long last;
};

/* The day of a time in a zone (NULL: UTC), at midnight. */
static struct civil
day_of(const struct zone *zone, struct stamp t)
{
	struct civil c = zone != NULL ? zone_civil(zone, t.s) : civil_of(t.s);

	return (struct civil){.year = c.year, .month = c.month, .day = c.day};
}

bool
ledger_begin_day(struct ledger *l, struct slice prefix, const struct zone *zone,
    struct stamp t)
{
	struct civil day = day_of(zone, t);

	if (!ids_begin(&l->ids, prefix, &day))
		return false;
	for (size_t i = 0; i < l->nlost; i++) {
		struct civil restored = day_of(zone, l->lost[i].at);

		if (civil_seconds(&day) <= civil_seconds(&restored))
			ids_skip(&l->ids, l->lost[i].last);
	}
	return true;
}

void
ledger_lose(struct ledger *l, struct slice id)
{
	struct lost_ids lost;

	if (ids_parse_lost(id, &lost.at, &lost.last) < 0)
		return;
	l->lost = mem_grow(l->lost, l->nlost, &l->lost_cap, sizeof *l->lost);
	l->lost[l->nlost++] = lost;
	buf_clear(&l->ids.day); /* to begin it anew */
}

/* The key of a value that was taken out. */
static struct slice
redacted_key(struct ledger *l, size_t place, size_t column)
{
	buf_clear(&l->key);
	buf_add(&l->key, &place, sizeof place);
	buf_add(&l->key, &column, sizeof column);
	return buf_slice(&l->key);
}

bool
ledger_redacted(struct ledger *l, size_t place, size_t column)
{
	return l->redacted.n > 0 &&
	    dict_find(&l->redacted, redacted_key(l, place, column)) !=
	    DICT_NONE;
}

size_t
ledger_column(struct ledger *l, const char *name)
{
	return incidents_column(&l->incidents, slice_of(name));
}

void
ledger_open(struct ledger *l, bool writer, struct slice source)
{
	*l = (struct ledger){.writer = writer, .source = source};
	l->incidents.remember = writer;
	l->feed.all = &l->incidents;
	l->feed.received = l->feed.incomplete = COLUMNS_NONE;
	l->feed.whom = COLUMNS_NONE;
	hash_draw(&l->feed.key);
	hash_draw(&l->receipts.key);
}

void
ledger_own_columns(struct ledger *l)
{
	l->feed.received = ledger_column(l, "received");
	l->feed.incomplete = ledger_column(l, "incomplete");
	l->feed.whom = columns_find(&l->incidents.columns, slice_of("for"));
}

/* Maps the columns of the segment that an entry stands in. */
static void
map_segment(struct ledger *l, const struct journal_entry *e)
{
	if (l->mapped == e->segment)
		return;
	l->mapped = e->segment;
	l->entry_columns = segment_nonces(e->columns);
	l->entry_column =
	    mem_resize(l->entry_column, e->columns->n, sizeof *l->entry_column);
	for (size_t i = 0; i < e->columns->n; i++)
		l->entry_column[i] =
		    incidents_column(&l->incidents, e->columns->name[i]);
	l->message = columns_find(e->columns, slice_of("message"));
	l->try = columns_find(e->columns, slice_of("try"));
	l->vanished = columns_find(e->columns, slice_of("vanished"));
	l->received = columns_find(e->columns, slice_of("received"));
	l->incomplete = columns_find(e->columns, slice_of("incomplete"));
	l->whom = columns_find(e->columns, slice_of("for"));
}

/* Whether a value was taken out of the entry in its i-th column. */
static bool
is_taken_out(const struct journal_entry *e, size_t i)
{
	return mark_stands(e->field[i], e->nonces, e->columns->name[i]);
}

/* A receipt as it stands in the log; what was taken out of it does not count.
 */
static void
read_receipt(struct ledger *l, const struct journal_entry *e)
{
	struct content content = {{0, 0}};

	for (size_t i = 0; i < l->entry_columns; i++) {
		if (l->entry_column[i] != COLUMNS_NONE && i != l->whom &&
		    !is_taken_out(e, i))
			content = content_with(&l->receipts.key, content,
			    l->entry_column[i], nothing, e->field[i]);
	}
	receipts_take(&l->receipts, columns_field(e->field, l->message),
	    columns_field(e->field, l->try), content);
}

/* Whether a value was taken out of the entry. */
static bool
has_mark(const struct journal_entry *e)
{
	for (size_t i = SEGMENT_FIRST; i < e->columns->n; i++) {
		if (is_taken_out(e, i))
			return true;
	}
	return false;
}

/*
 * Whether the append has filled `received` in, so that no source said it: it is
 * marked, and no other time than `updated`.  What a source itself said is
 * marked too where it is no time.
 */
static bool
was_filled(
    const struct ledger *l, const struct journal_entry *e, struct stamp updated)
{
	struct stamp received;

	return slice_has_word(columns_field(e->field, l->incomplete),
		   (struct slice)SLICE("received")) &&
	    stamp_parse(columns_field(e->field, l->received), &received) == 0 &&
	    stamp_cmp(received, updated) == 0;
}

/* The source's own word in an entry: takes note of it for the next rows. */
static void
read_said(struct ledger *l, const struct journal_entry *e, size_t place,
    struct stamp updated)
{
	const struct incident *in = &l->incidents.list[place];
	bool filled = was_filled(l, e, updated);

	ledger_own_columns(l);
	feed_tell(&l->feed, place);
	if (in->nversion == 1 && !has_mark(e)) {
		feed_alone(&l->feed, place, filled);
		return;
	}
	for (size_t i = 0; i < l->entry_columns; i++) {
		size_t column = l->entry_column[i];
		struct slice value = e->field[i];

		if (column == COLUMNS_NONE || value.n == 0 || i == l->whom ||
		    column == l->feed.incomplete ||
		    (column == l->feed.received && filled))
			continue;
		/* The fold has copied it, unless it lost to a later one. */
		if (slice_eq(incident_value(in, column), value))
			value = incident_value(in, column);
		else
			value.p =
			    arena_copy(&l->incidents.arena, value.p, value.n);
		if (!field_is_set(value) || is_taken_out(e, i))
			value = nothing;
		feed_set(&l->feed, place, column, value);
	}
	feed_note(&l->feed, place, updated);
}

/* A `redacted` entry: later values of what it clears are dropped. */
static void
read_redacted(struct ledger *l, const struct journal_entry *e, size_t place)
{
	for (size_t i = 0; i < l->entry_columns; i++) {
		size_t column = l->entry_column[i];

		if (column != COLUMNS_NONE && slice_eq(e->field[i], cleared))
			dict_set(
			    &l->redacted, redacted_key(l, place, column), 1);
	}
}

void
ledger_receipt(struct ledger *l, const struct journal_entry *e)
{
	map_segment(l, e);
	read_receipt(l, e);
}

void
ledger_pass(struct ledger *l, const struct journal_entry *e)
{
	if (e->seq > l->seq)
		l->seq = e->seq;
	ids_see(&l->ids, e->id);
	if (slice_is(e->event, "restored"))
		ledger_lose(l, e->id);
}

void
ledger_read(
    struct ledger *l, const struct journal_entry *e, struct stamp updated)
{
	struct entry entry = {.seq = e->seq,
	    .updated = updated,
	    .id = e->id,
	    .event = e->event,
	    .field = e->field};
	struct slice vanished;
	size_t place;

	ledger_pass(l, e);
	map_segment(l, e);
	if (slice_is(e->event, "segment"))
		return; /* what it says, the entries before it say too */
	entry.own =
	    l->writer && e->source.n > 0 && slice_eq(e->source, l->source);
	entry.column = l->entry_column;
	entry.n = l->entry_columns;
	if (l->writer && slice_is(e->event, "notified"))
		read_receipt(l, e);
	if (l->writer) {
		place = incidents_find(&l->incidents, e->id);
		if (place != DICT_NONE)
			feed_spread(&l->feed, place);
	}
	place = incidents_fold(&l->incidents, &entry);
	if (place == DICT_NONE)
		return;
	if (slice_is(e->event, "redacted"))
		read_redacted(l, e, place);
	if (!entry.own)
		return;
	/* No row says that its incident vanished, or that it is back. */
	vanished = columns_field(e->field, l->vanished);
	if (vanished.n == 0)
		read_said(l, e, place, updated);
	else if (field_is_set(vanished))
		feed_said(&l->feed, place)->gone = true;
	else
		feed_tell(&l->feed, place);
}

bool
ledger_feeds(struct ledger *l, size_t place, bool *told)
{
	const struct incident *in = &l->incidents.list[place];
	const struct said *said = feed_said(&l->feed, place);

	*told = said->told;
	return said->any && !said->gone &&
	    incidents_decisive(&l->incidents, in, EVENT_CLOSED).n == 0 &&
	    incidents_decisive(&l->incidents, in, EVENT_VANISHED).n == 0;
}

size_t
ledger_add(struct ledger *l, size_t place, const struct changes *changes,
    const struct entry_head *head, struct stamp updated)
{
	struct entry entry = {.seq = l->seq + 1,
	    .updated = updated,
	    .id = head->id,
	    .event = head->event,
	    .own = head->source.n > 0,
	    .field = changes->value,
	    .column = changes->column,
	    .n = changes->n};

	if (place != DICT_NONE)
		feed_spread(&l->feed, place);
	l->seq++;
	if (slice_is(head->event, "restored"))
		ledger_lose(l, head->id);
	ids_see(&l->ids, head->id);
	return incidents_fold(&l->incidents, &entry);
}

void
ledger_release(struct ledger *l)
{
	incidents_release(&l->incidents);
	feed_release(&l->feed);
	receipts_release(&l->receipts);
	ids_release(&l->ids);
	dict_release(&l->redacted);
	free(l->entry_column);
	free(l->lost);
	buf_release(&l->key);
}
