#include "logbook.h"

#include <stdlib.h>

#include "buf.h"
#include "civil.h"
#include "escape.h"
#include "event.h"
#include "mem.h"

static const struct slice nothing = {"", 0};

/* Fault texts of the journal are the logbook's. */
static int
journal_failed(struct logbook *b)
{
	return fault_pass(&b->fault, &b->journal.in.fault);
}

/* And so are those of the lookup, and of the scribe. */
static int
lookup_failed(struct logbook *b)
{
	return fault_pass(&b->fault, &b->lookup.fault);
}

static int
scribe_failed(struct logbook *b)
{
	return fault_pass(&b->fault, &b->scribe.fault);
}

/*
 * Writes the indexes that are missing of the first n segments.  That one can't
 * be written is no fault of the log: it is learnt again when it is needed.  It
 * is said once, and left to the next writer.
 */
static void
file_indexes(struct logbook *b, size_t n)
{
	if (b->unindexed || recall_file(&b->lookup.recall, n) == 0)
		return;
	b->unindexed = true;
	buf_addf(&b->journal.notice, "%s%s: the log does without",
	    b->journal.notice.n > 0 ? "; " : "",
	    buf_str(&b->lookup.recall.fault.text));
}

/*
 * How many segments are to have an index now: all but the newest of a log that
 * is not read whole.
 */
static size_t
full_segments(const struct logbook *b)
{
	bool writes = b->options.writer && !b->options.dry;

	size_t n = b->lookup.recall.n;

	return writes && !b->lookup.whole && n > 0 ? n - 1 : 0;
}

/* Begins a segment with a checkpoint. */
static int
begin_segment(struct logbook *b, struct stamp at)
{
	struct buf open = {0}, disk = {0};
	int result = lookup_checkpoint(&b->lookup, &open);

	if (result < 0) {
		lookup_failed(b);
	} else {
		file_indexes(b, b->lookup.recall.n);
		result = scribe_segment(
		    &b->scribe, at, escape(buf_slice(&open), &disk));
		if (result < 0)
			scribe_failed(b);
	}
	buf_release(&open);
	buf_release(&disk);
	return result < 0 ? -1 : logbook_sync(b);
}

static int
open_journal(struct logbook *b)
{
	const struct logbook_options *o = &b->options;

	return o->restores
	    ? journal_restore(&b->journal, o->dir)
	    : journal_open(&b->journal, o->dir, o->writer && !o->dry);
}

int
logbook_open(struct logbook *b, const struct logbook_options *options)
{
	*b = (struct logbook){.options = *options,
	    .on_disk = options->dir != NULL,
	    .place = DICT_NONE,
	    .lookup = {.journal = &b->journal.in,
		.ledger = &b->ledger,
		.whole = true,
		.recall = {.fd = -1},
		.some = options->some,
		.segment_bytes = options->segment_bytes,
		.limited = options->limited,
		.at = options->at,
		.known_at = options->known_at},
	    .scribe = {.by = options->by,
		.whom = options->whom,
		.form = options->form,
		.lacks = {.form = options->form, .known = options->known}}};
	ledger_open(&b->ledger, options->writer, b->options.source);
	b->scribe.ledger = b->compare.ledger = &b->ledger;
	if (b->on_disk && !options->dry)
		b->scribe.journal = &b->journal;
	if (options->some)
		b->scribe.recall = &b->lookup.recall;
	b->compare.row = &b->row;
	b->compare.on_disk = b->on_disk;
	if (!b->on_disk || options->absent)
		return 0;
	if (open_journal(b) < 0)
		return journal_failed(b);
	b->journal.wait_s = options->wait_s;
	if (lookup_start(&b->lookup) < 0 ||
	    (options->complete && lookup_open(&b->lookup) < 0))
		return lookup_failed(b);
	feed_begin(&b->ledger.feed);
	return 0;
}

void
logbook_columns(struct logbook *b, const struct columns *input)
{
	row_bind(&b->row, input, &b->ledger.incidents);
	/* It is said of an entry, as `by` is, not by a row. */
	if (b->on_disk)
		row_ignore(&b->row, slice_of("for"));
	compare_bind(&b->compare);
	if (b->options.whom.n > 0)
		ledger_column(&b->ledger, "for");
	ledger_own_columns(&b->ledger);
	if (b->options.complete)
		ledger_column(&b->ledger, "vanished");
	scribe_columns(&b->scribe, &b->row, b->options.complete);
}

int
logbook_lock(struct logbook *b, struct stamp clock)
{
	int full;

	if (!b->on_disk || b->options.dry)
		return 0;
	scribe_begin(&b->scribe);
	if (journal_lock(&b->journal) < 0)
		return journal_failed(b);
	if (lookup_refresh(&b->lookup) < 0)
		return lookup_failed(b);
	file_indexes(b, full_segments(b)); /* somebody may have removed them */
	full = b->options.some ? lookup_is_full(&b->lookup) : 0;
	if (full < 0)
		return lookup_failed(b);
	return full > 0 ? begin_segment(b, clock) : 0;
}

int
logbook_begin_day(struct logbook *b, struct stamp t)
{
	return ledger_begin_day(
		   &b->ledger, b->options.id_prefix, b->options.zone, t) &&
		lookup_numbers(&b->lookup) < 0
	    ? lookup_failed(b)
	    : 0;
}

/* A new id of the day of at, in b->id.  Returns 0, or -1 and the fault. */
static int
issue_id(struct logbook *b, struct stamp at)
{
	buf_clear(&b->id);
	if (logbook_begin_day(b, at) < 0)
		return -1;
	if (ids_next(&b->ledger.ids, &b->id) < 0)
		return fault_at(&b->fault, (struct place){0},
		    "no id is left of this day: one ends in %llu, the greatest "
		    "number there is",
		    b->ledger.ids.number);
	return 0;
}

/* Adds changes as one entry; its incident is at b->place then. */
static int
log_entry(struct logbook *b, const struct changes *changes,
    struct entry_head head, struct stamp updated)
{
	return scribe_add(&b->scribe, &b->place, changes, head, updated) < 0
	    ? scribe_failed(b)
	    : 0;
}

/*
 * Whether a row of an incident that there is says what event it is.  What is
 * of a message must name it, because its entry changes no column; and what the
 * log itself says is no row's.
 */
static bool
says_event(const struct logbook *b)
{
	struct slice event = row_value(&b->row, b->row.event);

	if (slice_is(event, "notified") || slice_is(event, "responded"))
		return row_value(&b->row, b->row.message).n > 0;
	return event_known(event) && !event_is_logs(event);
}

/*
 * Adds the changes as an entry of the row's incident, which they may make.
 */
static enum logbook_outcome
add_row(struct logbook *b, struct entry_head head, struct stamp updated)
{
	struct changes *changes = &b->compare.changes;

	head.event = scribe_preview(&b->scribe, changes, b->place, updated);
	if (b->place != DICT_NONE && says_event(b))
		head.event = row_value(&b->row, b->row.event);
	if (b->on_disk &&
	    scribe_complete(&b->scribe, changes, updated, b->undated) < 0) {
		scribe_failed(b);
		return LOGBOOK_FAILED;
	}
	if (b->options.strict && b->scribe.incomplete.n > 0) {
		fault_at(&b->fault, (struct place){0},
		    "missing or not as it should be: %s",
		    buf_str(&b->scribe.incomplete));
		return LOGBOOK_REFUSED;
	}
	return log_entry(b, changes, head, updated) < 0 ? LOGBOOK_FAILED
							: LOGBOOK_LOGGED;
}

/* Keeps in b->before what the source had said where the changes are. */
static void
keep_said(struct logbook *b)
{
	const struct feed *feed = &b->ledger.feed;

	b->before.n = 0;
	for (size_t i = 0; i < b->compare.changes.n; i++) {
		size_t column = b->compare.changes.column[i];
		struct slice before = feed_value(feed, b->place, column);
		struct slice after = b->compare.changes.value[i];

		/* What an older row says of those that latch stands. */
		if (feed_latches(b->ledger.incidents.columns.name[column]))
			before = after;
		changes_add(&b->before, column, before);
	}
}

/*
 * Says again what a source's latest row had said, b->before, after an older
 * row was logged: an older row never changes what holds after a later one.
 */
static int
say_again(struct logbook *b, struct entry_head head, struct stamp latest)
{
	head.event = (struct slice)SLICE("updated");
	if (log_entry(b, &b->before, head, latest) < 0)
		return -1;
	for (size_t i = 0; i < b->before.n; i++) {
		size_t column = b->before.column[i];
		struct slice name = b->ledger.incidents.columns.name[column];
		struct slice value = b->before.value[i];

		if (!feed_latches(name)) /* else compare_note() has it */
			feed_set(&b->ledger.feed, b->place, column,
			    field_is_set(value) ? value : nothing);
	}
	feed_note(&b->ledger.feed, b->place, latest);
	return 0;
}

/* Now, but never before what the record holds already. */
static struct stamp
not_before(const struct logbook *b, struct stamp clock)
{
	struct stamp latest;

	if (b->place == DICT_NONE)
		return clock;
	latest = incident_updated(&b->ledger.incidents.list[b->place]);
	return stamp_cmp(latest, clock) > 0 ? latest : clock;
}

/*
 * Takes into the changes what a source's row says anew, and sets *late where
 * the source has said something later.  Returns whether there is any.
 */
static bool
says_anew(struct logbook *b, bool dated, struct stamp updated, bool *late)
{
	struct said *said = feed_said(&b->ledger.feed, b->place);

	*late = said->any && stamp_cmp(updated, said->latest) < 0;
	compare_feed(&b->compare, *late, updated);
	/* An older row that agrees with the latest one is noted all the same:
	 * what holds between may yet come to differ. */
	if ((b->compare.changes.n > 0 || *late) &&
	    (!dated || b->compare.latches ||
		!feed_has(&b->ledger.feed, b->place, updated,
		    compare_content(&b->compare))))
		return true;
	if (said->any && dated && stamp_cmp(updated, said->latest) > 0) {
		said->latest = updated;
		said->silent = true;
	}
	return false;
}

/*
 * Logs a row that said nothing new after all, because one of the same time
 * says otherwise: when both come again, the order must be known.
 */
static int
log_silent(struct logbook *b, struct entry_head head, struct stamp updated)
{
	static const struct changes none;
	const struct said *said = feed_said(&b->ledger.feed, b->place);

	if (!said->silent || stamp_cmp(said->latest, updated) != 0)
		return 0;
	head.event = (struct slice)SLICE("updated");
	if (log_entry(b, &none, head, updated) < 0)
		return -1;
	feed_note(&b->ledger.feed, b->place, updated);
	return 0;
}

/* Counts a row that has no time, where it is not the incident's only one. */
static void
count_untimed(struct logbook *b)
{
	struct said *said = feed_said(&b->ledger.feed, b->place);

	b->untimed += said->untimed;
	said->untimed = true;
}

/* A row of a source. */
static enum logbook_outcome
source_row(struct logbook *b, struct entry_head head)
{
	struct slice date = row_value(&b->row, b->row.updated);
	struct stamp updated, latest = {0, 0};
	bool dated = stamp_parse(date, &updated) == 0, late = false;
	enum logbook_outcome outcome;

	b->undated = !dated && date.n > 0;
	if (!dated)
		updated = not_before(b, head.at);
	if (b->place == DICT_NONE)
		compare_first(&b->compare);
	else if (!says_anew(b, dated, updated, &late))
		return LOGBOOK_SAME;
	if (late) {
		latest = feed_said(&b->ledger.feed, b->place)->latest;
		keep_said(b);
	}
	head.source = b->options.source;
	if (b->place != DICT_NONE && log_silent(b, head, updated) < 0)
		return LOGBOOK_FAILED;
	outcome = add_row(b, head, updated);
	if (outcome != LOGBOOK_LOGGED)
		return outcome;
	b->compare.place = b->place;
	compare_note(&b->compare, updated, b->scribe.filled);
	if (!dated)
		count_untimed(b);
	if (late && b->before.n > 0 && say_again(b, head, latest) < 0)
		return LOGBOOK_FAILED;
	return LOGBOOK_LOGGED;
}

/*
 * Logs that the source has no row of the incident at b->place any more, from
 * now (empty: that there is one again).
 */
static enum logbook_outcome
log_presence(struct logbook *b, struct stamp at, struct slice vanished)
{
	const struct incident *in = &b->ledger.incidents.list[b->place];
	struct entry_head head = {
	    .at = at, .id = in->id, .source = b->options.source};
	struct stamp updated = not_before(b, at);
	struct changes changes = {0};
	int result;

	changes_add(&changes, ledger_column(&b->ledger, "vanished"), vanished);
	head.event = scribe_preview(&b->scribe, &changes, b->place, updated);
	result = log_entry(b, &changes, head, updated);
	changes_release(&changes);
	return result < 0 ? LOGBOOK_FAILED : LOGBOOK_LOGGED;
}

/* What a source's row is, once it says that its incident is still there. */
static enum logbook_outcome
note_presence(struct logbook *b, struct stamp at, enum logbook_outcome outcome)
{
	const struct incidents *all = &b->ledger.incidents;
	bool gone;

	if (outcome != LOGBOOK_SAME && outcome != LOGBOOK_LOGGED)
		return outcome;
	gone = feed_said(&b->ledger.feed, b->place)->gone;
	feed_tell(&b->ledger.feed, b->place);
	/* Where others have taken back that it vanished, this source must be
	 * known to have it again all the same: it may vanish anew. */
	if (!b->on_disk ||
	    (!gone &&
		incidents_decisive(all, &all->list[b->place], EVENT_VANISHED)
			.n == 0))
		return outcome;
	return log_presence(b, at, nothing);
}

/* A row that was read from this log and comes back. */
static enum logbook_outcome
record_row(struct logbook *b, struct entry_head head, uint64_t rev)
{
	const struct incident *in = &b->ledger.incidents.list[b->place];
	struct slice date = row_value(&b->row, b->row.updated);
	struct stamp was = incident_updated_at(in, rev), updated;

	if (compare_record(&b->compare, rev, &b->fault) == 0)
		return LOGBOOK_OVERTAKEN;
	if (b->compare.changes.n == 0 && (!b->options.spoken || !says_event(b)))
		return LOGBOOK_SAME;
	/* The record's own `updated` comes back; another is the row's. */
	if (stamp_parse(date, &updated) < 0 || stamp_cmp(updated, was) == 0)
		updated = not_before(b, head.at);
	return add_row(b, head, updated);
}

/* A receipt: what became of a message. */
static enum logbook_outcome
receipt_row(struct logbook *b, struct entry_head head)
{
	struct content content = {{0, 0}};
	struct slice message = row_value(&b->row, b->row.message);
	size_t of;

	if (lookup_incident(&b->lookup, head.id) < 0 ||
	    lookup_receipts(&b->lookup, message) < 0)
		return (enum logbook_outcome)lookup_failed(b);
	of = incidents_find(&b->ledger.incidents, head.id);
	b->place = DICT_NONE;
	b->compare.changes.n = 0; /* of the row before */
	for (size_t i = 0; i < b->row.columns.n; i++) {
		struct slice value = row_value(&b->row, i);

		if (b->row.column[i] == COLUMNS_NONE || value.n == 0)
			continue;
		if (ledger_redacted(&b->ledger, of, b->row.column[i])) {
			b->compare.dropped++;
			continue;
		}
		content = content_with(&b->ledger.receipts.key, content,
		    b->row.column[i], nothing, value);
		changes_add(&b->compare.changes, b->row.column[i], value);
	}
	if (!receipts_take(&b->ledger.receipts, message,
		row_value(&b->row, b->row.try), content))
		return LOGBOOK_SAME;
	head.event = (struct slice)SLICE("notified");
	if (log_entry(b, &b->compare.changes, head, head.at) < 0)
		return LOGBOOK_FAILED;
	b->place = DICT_NONE;
	return LOGBOOK_LOGGED;
}

/*
 * A row of an incident that there is, whose rev says that it was read from
 * this log.
 */
static enum logbook_outcome
revised_row(struct logbook *b, struct entry_head head, struct slice text)
{
	unsigned long long rev;

	if (slice_number(text, UINT64_MAX, &rev) == 0 && rev <= b->ledger.seq)
		return record_row(b, head, rev);
	fault_at(&b->fault, (struct place){0},
	    "'%.*s': rev '%.*s' is no entry of this log", SLICE_ARG(head.id),
	    SLICE_ARG(text));
	return LOGBOOK_REFUSED;
}

void
logbook_expect(const struct logbook *b, struct slice rows)
{
	struct slice id = {"", 0};

	if (b->row.id == COLUMNS_NONE)
		return;
	for (size_t i = 0; i <= b->row.id && rows.n > 0; i++)
		slice_split(&rows, '\t', &id);
	if (rows.n > 0) /* else it may go on */
		dict_expect(&b->ledger.incidents.ids, id);
}

/*
 * Folds a row without id: an incident of its own, and without id as well.  One
 * that was made up would be no other in the next fold, and so, once logged,
 * that of another incident.
 */
static enum logbook_outcome
nameless_row(struct logbook *b, struct entry_head head)
{
	enum logbook_outcome outcome;

	buf_clear(&b->id);
	buf_addf(&b->id, "\t%llu", (unsigned long long)++b->nameless);
	head.id = buf_slice(&b->id); /* no row can have it */
	b->place = DICT_NONE;
	compare_begin(&b->compare, b->place);
	outcome = source_row(b, head);
	if (b->place != DICT_NONE)
		b->ledger.incidents.list[b->place].id = nothing;
	return outcome;
}

enum logbook_outcome
logbook_row(struct logbook *b, const struct slice *field, struct stamp clock)
{
	struct entry_head head = {.at = clock};
	struct slice rev;

	b->row.field = field;
	head.id = row_value(&b->row, b->row.id);
	rev = row_value(&b->row, b->row.rev);
	b->undated = false;
	if (row_value(&b->row, b->row.message).n > 0 &&
	    row_value(&b->row, b->row.delivery).n > 0)
		return receipt_row(b, head);
	if (head.id.n == 0) {
		if (!b->on_disk)
			return nameless_row(b, head);
		b->nameless++;
		if (issue_id(b, head.at) < 0)
			return LOGBOOK_FAILED;
		head.id = buf_slice(&b->id);
	}
	if (lookup_incident(&b->lookup, head.id) < 0)
		return (enum logbook_outcome)lookup_failed(b);
	b->place = incidents_find(&b->ledger.incidents, head.id);
	compare_begin(&b->compare, b->place);
	if (b->on_disk && b->place != DICT_NONE && rev.n > 0)
		return revised_row(b, head, rev);
	return note_presence(b, head.at, source_row(b, head));
}

enum logbook_outcome
logbook_vanish(struct logbook *b, size_t place, struct stamp clock)
{
	b->place = place;
	feed_said(&b->ledger.feed, place)->gone = true;
	buf_clear(&b->vanished);
	stamp_add(&b->vanished, clock);
	return log_presence(b, clock, buf_slice(&b->vanished));
}

int
logbook_sync(struct logbook *b)
{
	if (!b->on_disk || b->options.dry)
		return 0;
	return journal_sync(&b->journal) < 0 ? journal_failed(b) : 0;
}

int
logbook_commit(struct logbook *b)
{
	if (!b->on_disk || b->options.dry)
		return 0;
	file_indexes(b, full_segments(b)); /* one may have been damaged */
	return journal_commit(&b->journal) < 0 ? journal_failed(b) : 0;
}

void
logbook_abandon(struct logbook *b)
{
	if (b->on_disk && !b->options.dry)
		journal_unlock(&b->journal);
}

void
logbook_release(struct logbook *b)
{
	if (b->on_disk)
		journal_release(&b->journal);
	lookup_release(&b->lookup);
	ledger_release(&b->ledger);
	row_release(&b->row);
	compare_release(&b->compare);
	scribe_release(&b->scribe);
	changes_release(&b->before);
	fault_release(&b->fault);
	buf_release(&b->id);
	buf_release(&b->vanished);
}
