#include "logbook.h"

#include <stdlib.h>

#include "buf.h"
#include "escape.h"
#include "mem.h"
#include "seal.h"

static const struct slice nothing = {"", 0};
static const struct slice cleared = SLICE("\\N");

/* How the columns of the rows to come are read; COLUMNS_NONE: not there. */
struct row_map {
	size_t *column; /* by input column: its place in incidents.columns,
			   COLUMNS_NONE for what is no content */
	size_t id, updated, rev, event, message, try, delivery;
};

/* What a row says differently. */
struct change {
	size_t column;      /* in incidents.columns */
	struct slice value; /* as on disk; \N clears */
};

/* fault texts of the journal are the logbook's. */
static int
journal_failed(struct logbook *b)
{
	return fault_at(&b->fault, (struct place){0}, "%s",
	    buf_str(&b->journal.fault.text));
}

static size_t
own(struct logbook *b, const char *name)
{
	return incidents_column(&b->incidents, slice_of(name));
}

/* "place TAB column": the key of a value that was redacted. */
static struct slice
redacted_key(struct logbook *b, size_t place, size_t column)
{
	buf_clear(&b->key);
	buf_addf(&b->key, "%zu %zu", place, column);
	return buf_slice(&b->key);
}

static bool
is_redacted(struct logbook *b, size_t place, size_t column)
{
	return b->redacted.n > 0 &&
	    dict_find(&b->redacted, redacted_key(b, place, column)) !=
	    DICT_NONE;
}

/* ---- reading ---- */

/* Maps the columns of the segment that an entry stands in. */
static void
map_segment(struct logbook *b, const struct journal_entry *e)
{
	if (b->mapped == b->journal.segments)
		return;
	b->mapped = b->journal.segments;
	b->entry_columns = e->columns->n - JOURNAL_LAST + 2;
	b->entry_column =
	    mem_resize(b->entry_column, e->columns->n, sizeof *b->entry_column);
	for (size_t i = 0; i < e->columns->n; i++)
		b->entry_column[i] =
		    incidents_column(&b->incidents, e->columns->name[i]);
}

/* A receipt as it stands in the log. */
static void
read_receipt(struct logbook *b, const struct journal_entry *e)
{
	struct slice message = nothing, try = nothing;
	struct content content = {{0, 0}};

	for (size_t i = 0; i < b->entry_columns; i++) {
		struct slice name = e->columns->name[i];

		if (slice_is(name, "message"))
			message = e->field[i];
		else if (slice_is(name, "try"))
			try = e->field[i];
		if (b->entry_column[i] != COLUMNS_NONE)
			content =
			    content_with(content, name, nothing, e->field[i]);
	}
	receipts_take(&b->receipts, message, try, content);
}

static bool
has_word(struct slice words, const char *want)
{
	struct slice word;

	while (slice_word(&words, &word)) {
		if (slice_is(word, want))
			return true;
	}
	return false;
}

/* Whether the append filled `received` in, so that no source said it. */
static bool
filled_received(const struct journal_entry *e)
{
	size_t at = columns_find(e->columns, slice_of("incomplete"));

	return at != COLUMNS_NONE && has_word(e->field[at], "received");
}

/* The source's own word in an entry: takes note of it for the next rows. */
static void
read_said(struct logbook *b, const struct journal_entry *e, size_t place,
    struct stamp updated)
{
	struct said *said = feed_said(&b->feed, place);
	const struct incident *in = &b->incidents.list[place];
	size_t incomplete = own(b, "incomplete");
	size_t received = own(b, "received");
	bool filled = filled_received(e);

	for (size_t i = 0; i < b->entry_columns; i++) {
		size_t column = b->entry_column[i];
		struct slice value = e->field[i];

		if (column == COLUMNS_NONE || value.n == 0 ||
		    column == incomplete || (column == received && filled))
			continue;
		/* The fold has copied it, unless it lost to a later one. */
		if (slice_eq(incident_value(in, column), value))
			value = incident_value(in, column);
		else
			value.p =
			    arena_copy(&b->incidents.arena, value.p, value.n);
		if (!field_is_set(value) || mark_is(value))
			value = nothing;
		said_set(
		    said, column, b->incidents.columns.name[column], value);
	}
	feed_note(&b->feed, place, updated);
}

/* A `redacted` entry: later values of what it clears are dropped. */
static void
read_redacted(struct logbook *b, const struct journal_entry *e, size_t place)
{
	for (size_t i = 0; i < b->entry_columns; i++) {
		size_t column = b->entry_column[i];

		if (column != COLUMNS_NONE && slice_eq(e->field[i], cleared))
			dict_set(
			    &b->redacted, redacted_key(b, place, column), 1);
	}
}

static int
read_entry(struct logbook *b, const struct journal_entry *e)
{
	struct entry entry = {
	    .seq = e->seq, .id = e->id, .event = e->event, .field = e->field};
	size_t place;

	map_segment(b, e);
	entry.column = b->entry_column;
	entry.n = b->entry_columns;
	b->seq = e->seq;
	if (stamp_parse(e->updated, &entry.updated) < 0)
		return fault_at(&b->fault, e->where, "'%.*s' is no time",
		    SLICE_ARG(e->updated));
	if (b->options.limited &&
	    (stamp_cmp(entry.updated, b->options.at) > 0 ||
		stamp_cmp(b->journal.at, b->options.known_at) > 0))
		return 0;
	if (slice_is(e->event, "notified"))
		read_receipt(b, e);
	if (e->id.n == 0)
		return 0;
	incidents_fold(&b->incidents, &entry);
	place = incidents_find(&b->incidents, e->id);
	if (place == DICT_NONE)
		return 0;
	ids_see(&b->ids, e->id);
	if (slice_is(e->event, "redacted"))
		read_redacted(b, e, place);
	if (b->options.writer && e->source.n > 0 &&
	    slice_eq(e->source, b->options.source))
		read_said(b, e, place, entry.updated);
	return 0;
}

/* Reads all entries that are there by now. */
static int
read_on(struct logbook *b)
{
	struct journal_entry e;
	int got;

	while ((got = journal_next(&b->journal, &e)) > 0) {
		if (read_entry(b, &e) < 0)
			return -1;
	}
	return got < 0 ? journal_failed(b) : 0;
}

int
logbook_open(struct logbook *b, const struct logbook_options *options)
{
	*b = (struct logbook){.options = *options,
	    .on_disk = options->dir != NULL,
	    .place = DICT_NONE};
	b->incidents.remember = options->writer && b->on_disk;
	if (!b->on_disk)
		return 0;
	if (journal_open(&b->journal, options->dir,
		options->writer && !options->dry) < 0)
		return journal_failed(b);
	return read_on(b);
}

int
logbook_columns(struct logbook *b, const struct columns *input)
{
	struct row_map *map = mem_new(1, sizeof *map);

	b->map = map;
	columns_add_all(&b->input, input);
	map->column = mem_new(input->n, sizeof *map->column);
	for (size_t i = 0; i < input->n; i++)
		map->column[i] =
		    incidents_column(&b->incidents, input->name[i]);
	map->id = columns_find(input, slice_of("id"));
	map->updated = columns_find(input, slice_of("updated"));
	map->rev = columns_find(input, slice_of("rev"));
	map->event = columns_find(input, slice_of("event"));
	map->message = columns_find(input, slice_of("message"));
	map->try = columns_find(input, slice_of("try"));
	map->delivery = columns_find(input, slice_of("delivery"));
	own(b, "received");
	own(b, "incomplete");
	return 0;
}

int
logbook_lock(struct logbook *b)
{
	if (!b->on_disk || b->options.dry)
		return 0;
	b->ready = false;
	if (journal_lock(&b->journal) < 0)
		return journal_failed(b);
	return read_on(b);
}

/*
 * Makes sure, before a batch's first entry, that the newest segment has all
 * columns of the input, so that they come in one new segment at most.
 */
static int
make_ready(struct logbook *b)
{
	struct columns want = {0};
	int result;

	if (b->ready)
		return 0;
	b->ready = true;
	columns_add(&want, slice_of("received"));
	for (size_t i = 0; i < b->input.n; i++) {
		if (b->map->column[i] != COLUMNS_NONE)
			columns_add(&want, b->input.name[i]);
	}
	columns_add(&want, slice_of("incomplete"));
	result = journal_columns(&b->journal, want.name, want.n);
	columns_release(&want);
	return result < 0 ? journal_failed(b) : 0;
}

/* ---- adding ---- */

static struct slice
field_at(const struct slice *field, size_t at)
{
	return at != COLUMNS_NONE && field_is_set(field[at]) ? field[at]
							     : nothing;
}

static void
add_change(struct logbook *b, size_t column, struct slice value)
{
	b->change =
	    mem_grow(b->change, b->nchange, &b->change_cap, sizeof *b->change);
	b->change[b->nchange].column = column;
	b->change[b->nchange++].value = value.n > 0 ? value : cleared;
}

/* A new id of the day of at, in b->id. */
static void
issue_id(struct logbook *b, struct stamp at)
{
	struct civil day = b->options.zone != NULL
	    ? zone_civil(b->options.zone, at.s)
	    : civil_of(at.s);

	if (ids_begin(&b->ids, b->options.id_prefix, &day)) {
		for (size_t i = 0; i < b->incidents.n; i++)
			ids_see(&b->ids, b->incidents.list[i].id);
	}
	buf_clear(&b->id);
	ids_next(&b->ids, &b->id);
}

/* Takes into the changes what a row read from this log says differently. */
static enum logbook_outcome
compare_record(struct logbook *b, const struct slice *field, uint64_t rev)
{
	const struct incident *in = &b->incidents.list[b->place];
	size_t holds = own(b, "holds");

	for (size_t i = 0; i < b->input.n; i++) {
		size_t column = b->map->column[i];
		struct slice value = field_at(field, i);

		/* `holds` is folded from held and resumed, never said. */
		if (column == COLUMNS_NONE || column == holds ||
		    slice_eq(value, incident_value(in, column)))
			continue;
		if (is_redacted(b, b->place, column)) {
			b->dropped++;
			continue;
		}
		if (incident_said(in, column) > rev) {
			if (slice_eq(value, incident_value_at(in, column, rev)))
				continue; /* changed by others alone */
			fault_at(&b->fault, (struct place){0},
			    "'%.*s' is overtaken: its %.*s was changed by "
			    "entry %llu, after %llu",
			    SLICE_ARG(in->id), SLICE_ARG(b->input.name[i]),
			    (unsigned long long)incident_said(in, column),
			    (unsigned long long)rev);
			return LOGBOOK_OVERTAKEN;
		}
		add_change(b, column, value);
	}
	return LOGBOOK_LOGGED;
}

/* Whether a source's word in a latching column takes nothing back. */
static bool
stays(struct slice name, struct slice old, struct slice value)
{
	struct stamp a, b;

	if (slice_is(name, "received"))
		return value.n == 0;
	if (!feed_latches(name) || old.n == 0)
		return false;
	return value.n == 0 ||
	    (stamp_parse(old, &a) == 0 && stamp_parse(value, &b) == 0 &&
		stamp_cmp(b, a) >= 0);
}

/* Takes into the changes what a source's row says differently from its last.
 * Returns the row's content. */
static struct content
compare_said(struct logbook *b, const struct slice *field)
{
	struct said *said = feed_said(&b->feed, b->place);
	struct content content = said->content;
	size_t incomplete = own(b, "incomplete");

	for (size_t i = 0; i < b->input.n; i++) {
		size_t column = b->map->column[i];
		struct slice value = field_at(field, i);
		struct slice old;

		if (column == COLUMNS_NONE || column == incomplete)
			continue;
		old = said_value(said, column);
		if (is_redacted(b, b->place, column)) {
			b->dropped += value.n > 0;
			continue;
		}
		if (slice_eq(old, value) || stays(b->input.name[i], old, value))
			continue;
		content = content_with(content, b->input.name[i], old, value);
		b->latches = b->latches || feed_latches(b->input.name[i]);
		add_change(b, column, value);
	}
	return content;
}

static int
add_entry(struct logbook *b, struct slice id, struct slice event,
    struct slice source, struct stamp updated, struct stamp clock,
    const struct change *change, size_t n)
{
	struct journal_head head = {.at = clock,
	    .by = b->options.by,
	    .source = source,
	    .event = event,
	    .id = id};
	struct slice *column, *value;
	bool *sealed;
	int result;

	if (make_ready(b) < 0)
		return -1;
	column = mem_new(n, sizeof *column);
	value = mem_new(n, sizeof *value);
	sealed = mem_new(n, sizeof *sealed);
	buf_clear(&b->updated);
	stamp_add(&b->updated, updated);
	head.updated = buf_slice(&b->updated);
	for (size_t i = 0; i < n; i++) {
		column[i] = b->incidents.columns.name[change[i].column];
		value[i] = change[i].value;
		sealed[i] = b->options.form != NULL &&
		    form_is_personal(b->options.form, column[i]);
	}
	result = journal_add(&b->journal, &head, column, value, sealed, n);
	free(column);
	free(value);
	free(sealed);
	return result < 0 ? journal_failed(b) : 0;
}

/* Folds the changes in, as the entry that was or would be added. */
static void
fold(struct logbook *b, struct slice id, struct slice event,
    struct stamp updated, const struct change *change, size_t n)
{
	struct slice *field = mem_new(n, sizeof *field);
	size_t *column = mem_new(n, sizeof *column);
	struct entry entry = {.seq = b->seq,
	    .updated = updated,
	    .id = id,
	    .event = event,
	    .field = field,
	    .column = column,
	    .n = n};

	for (size_t i = 0; i < n; i++) {
		field[i] = change[i].value;
		column[i] = change[i].column;
	}
	incidents_fold(&b->incidents, &entry);
	free(field);
	free(column);
}

/* Adds one entry to the log and to what it is folded into. */
static int
log_entry(struct logbook *b, struct slice id, struct slice event,
    struct slice source, struct stamp updated, struct stamp clock)
{
	b->seq++;
	if (b->on_disk && !b->options.dry &&
	    add_entry(b, id, event, source, updated, clock, b->change,
		b->nchange) < 0)
		return -1;
	fold(b, id, event, updated, b->change, b->nchange);
	ids_see(&b->ids, id);
	b->entries++;
	return 0;
}

/*
 * Fills b->record with the record as the changes will leave it, and before
 * and after with what decides the event.
 */
static void
preview(struct logbook *b, struct stamp updated,
    struct slice before[EVENT_COLUMNS], struct slice after[EVENT_COLUMNS])
{
	size_t n = b->incidents.columns.n;
	const struct incident *in =
	    b->place != DICT_NONE ? &b->incidents.list[b->place] : NULL;

	if (n > b->record_cap) {
		b->record = mem_resize(b->record, n, sizeof *b->record);
		b->record_cap = n;
	}
	for (size_t i = 0; i < n; i++)
		b->record[i] = in != NULL ? incident_value(in, i) : nothing;
	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		size_t at =
		    columns_find(&b->incidents.columns, event_column[i]);

		before[i] = at != COLUMNS_NONE ? b->record[at] : nothing;
	}
	for (size_t i = 0; i < b->nchange; i++) {
		const struct change *c = &b->change[i];

		if (in == NULL || incident_yields(in, c->column, updated))
			b->record[c->column] =
			    field_is_set(c->value) ? c->value : nothing;
	}
	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		size_t at =
		    columns_find(&b->incidents.columns, event_column[i]);

		after[i] = at != COLUMNS_NONE ? b->record[at] : nothing;
	}
}

/* Whether the changes set a column. */
static bool
sets(const struct logbook *b, size_t column)
{
	for (size_t i = 0; i < b->nchange; i++) {
		if (b->change[i].column == column &&
		    field_is_set(b->change[i].value))
			return true;
	}
	return false;
}

static void
add_word(struct buf *words, const char *word)
{
	if (has_word(buf_slice(words), word))
		return;
	if (words->n > 0)
		buf_add_char(words, ' ');
	buf_add_str(words, word);
}

/*
 * Marks what the record lacks in `incomplete`, and fills `received` where the
 * incident's first entry has none.  preview() came before.
 */
static int
complete(struct logbook *b, struct stamp updated)
{
	size_t received = own(b, "received");
	size_t incomplete = own(b, "incomplete");
	struct slice marked = b->record[incomplete];
	bool filled = has_word(marked, "received") && !sets(b, received);

	buf_clear(&b->incomplete);
	if (b->record[received].n == 0) {
		buf_clear(&b->updated);
		stamp_add(&b->updated, updated);
		b->record[received].p =
		    arena_copy(&b->incidents.arena, b->updated.p, b->updated.n);
		b->record[received].n = b->updated.n;
		add_change(b, received, b->record[received]);
		filled = true;
	}
	if (filled)
		add_word(&b->incomplete, "received");
	if (b->undated)
		add_word(&b->incomplete, "updated");
	if (b->options.form != NULL) {
		if (b->bound != b->incidents.columns.n &&
		    form_bind(b->options.form, &b->incidents.columns,
			b->options.known, &b->fault) < 0)
			return -1;
		b->bound = b->incidents.columns.n;
		form_check(b->options.form, b->record, &b->incomplete);
	}
	if (!slice_eq(buf_slice(&b->incomplete), marked))
		add_change(b, incomplete, buf_slice(&b->incomplete));
	return 0;
}

/*
 * Adds the changes as an entry of the row's incident, which they may make.
 */
static enum logbook_outcome
add_row(struct logbook *b, const struct slice *field, struct slice id,
    struct slice source, struct stamp updated, struct stamp clock)
{
	struct slice before[EVENT_COLUMNS], after[EVENT_COLUMNS];
	struct slice event = field_at(field, b->map->event);

	preview(b, updated, before, after);
	if (b->on_disk && complete(b, updated) < 0)
		return LOGBOOK_FAILED;
	if (b->options.strict && b->incomplete.n > 0) {
		fault_at(&b->fault, (struct place){0},
		    "missing or not as it should be: %s",
		    buf_str(&b->incomplete));
		return LOGBOOK_REFUSED;
	}
	if (b->place == DICT_NONE)
		event = (struct slice)SLICE("received");
	else if (!event_known(event))
		event = event_of(before, after);
	if (log_entry(b, id, event, source, updated, clock) < 0)
		return LOGBOOK_FAILED;
	b->place = incidents_find(&b->incidents, id);
	return LOGBOOK_LOGGED;
}

/* Takes note of a source's row that was logged. */
static void
note_said(struct logbook *b, const struct slice *field, struct stamp updated)
{
	struct said *said = feed_said(&b->feed, b->place);
	const struct incident *in = &b->incidents.list[b->place];
	size_t incomplete = own(b, "incomplete");

	for (size_t i = 0; i < b->input.n; i++) {
		size_t column = b->map->column[i];
		struct slice value = field_at(field, i);
		struct slice old;

		if (column == COLUMNS_NONE || column == incomplete ||
		    is_redacted(b, b->place, column))
			continue;
		old = said_value(said, column);
		if (slice_eq(old, value) || stays(b->input.name[i], old, value))
			continue;
		if (slice_eq(value, incident_value(in, column)))
			value = incident_value(in, column);
		else
			value.p =
			    arena_copy(&b->incidents.arena, value.p, value.n);
		said_set(said, column, b->input.name[i], value);
	}
	feed_note(&b->feed, b->place, updated);
}

/*
 * Says again what a source's latest row had said, after an older row was
 * logged: an older row never changes what holds after a later one.  before
 * holds what the source had said in the columns that the older row changed.
 */
static int
say_again(struct logbook *b, struct slice id, const struct change *before,
    size_t n, struct stamp latest, struct stamp clock)
{
	struct said *said;

	b->nchange = 0;
	for (size_t i = 0; i < n; i++)
		add_change(b, before[i].column, before[i].value);
	if (log_entry(b, id, (struct slice)SLICE("updated"), b->options.source,
		latest, clock) < 0)
		return -1;
	said = feed_said(&b->feed, b->place);
	for (size_t i = 0; i < n; i++) {
		struct slice name = b->incidents.columns.name[before[i].column];

		if (!feed_latches(name)) /* else note_said() has it */
			said_set(said, before[i].column, name, before[i].value);
	}
	feed_note(&b->feed, b->place, latest);
	return 0;
}

/* What the source had said in the columns of the changes, to be freed. */
static struct change *
said_before(struct logbook *b, size_t *n)
{
	struct change *before = mem_new(b->nchange, sizeof *before);
	const struct said *said = feed_said(&b->feed, b->place);

	*n = b->nchange;
	for (size_t i = 0; i < b->nchange; i++) {
		before[i].column = b->change[i].column;
		before[i].value = said_value(said, b->change[i].column);
		/* What an older row says of these stands, see stays(). */
		if (feed_latches(
			b->incidents.columns.name[b->change[i].column]))
			before[i].value = b->change[i].value;
	}
	return before;
}

/* Now, but never before what the record holds already. */
static struct stamp
not_before(const struct logbook *b, struct stamp clock)
{
	struct stamp latest;

	if (b->place == DICT_NONE)
		return clock;
	latest = incident_updated(&b->incidents.list[b->place]);
	return stamp_cmp(latest, clock) > 0 ? latest : clock;
}

/* A row of a source. */
static enum logbook_outcome
source_row(struct logbook *b, const struct slice *field, struct slice id,
    struct stamp clock)
{
	enum logbook_outcome outcome;
	struct content content = {{0, 0}};
	struct change *before = NULL;
	struct stamp updated, latest = {0, 0};
	size_t n = 0;
	bool dated =
	    stamp_parse(field_at(field, b->map->updated), &updated) == 0;

	if (!dated)
		updated = not_before(b, clock);
	if (b->place != DICT_NONE) {
		struct said *said = feed_said(&b->feed, b->place);

		content = compare_said(b, field);
		if (b->nchange == 0 ||
		    (dated && !b->latches &&
			feed_has(&b->feed, b->place, updated, content))) {
			if (said->any && dated &&
			    stamp_cmp(updated, said->latest) > 0)
				said->latest = updated;
			return LOGBOOK_SAME;
		}
		if (said->any && stamp_cmp(updated, said->latest) < 0) {
			latest = said->latest;
			before = said_before(b, &n);
		}
	} else {
		for (size_t i = 0; i < b->input.n; i++) {
			struct slice value = field_at(field, i);

			if (b->map->column[i] != COLUMNS_NONE && value.n > 0 &&
			    !slice_is(b->input.name[i], "incomplete"))
				add_change(b, b->map->column[i], value);
		}
	}
	outcome = add_row(b, field, id, b->options.source, updated, clock);
	if (outcome == LOGBOOK_LOGGED) {
		note_said(b, field, updated);
		if (before != NULL &&
		    say_again(b, id, before, n, latest, clock) < 0)
			outcome = LOGBOOK_FAILED;
	}
	free(before);
	return outcome;
}

/* A row that was read from this log and comes back. */
static enum logbook_outcome
record_row(struct logbook *b, const struct slice *field, struct slice id,
    uint64_t rev, struct stamp clock)
{
	enum logbook_outcome outcome = compare_record(b, field, rev);
	struct stamp updated, latest = not_before(b, clock);
	struct stamp was = incident_updated(&b->incidents.list[b->place]);

	if (outcome != LOGBOOK_LOGGED)
		return outcome;
	if (b->nchange == 0)
		return LOGBOOK_SAME;
	/* The record's own `updated` comes back; another is the row's word. */
	if (stamp_parse(field_at(field, b->map->updated), &updated) < 0 ||
	    stamp_cmp(updated, was) <= 0)
		updated = latest;
	return add_row(b, field, id, nothing, updated, clock);
}

/* A receipt: what became of a message. */
static enum logbook_outcome
receipt_row(struct logbook *b, const struct slice *field, struct slice id,
    struct stamp clock)
{
	struct content content = {{0, 0}};

	b->place = DICT_NONE;
	for (size_t i = 0; i < b->input.n; i++) {
		struct slice value = field_at(field, i);

		if (b->map->column[i] == COLUMNS_NONE || value.n == 0)
			continue;
		content =
		    content_with(content, b->input.name[i], nothing, value);
		add_change(b, b->map->column[i], value);
	}
	if (!receipts_take(&b->receipts, field_at(field, b->map->message),
		field_at(field, b->map->try), content))
		return LOGBOOK_SAME;
	if (log_entry(b, id, (struct slice)SLICE("notified"), nothing, clock,
		clock) < 0)
		return LOGBOOK_FAILED;
	return LOGBOOK_LOGGED;
}

enum logbook_outcome
logbook_row(struct logbook *b, const struct slice *field, struct stamp clock)
{
	struct slice id = field_at(field, b->map->id);
	unsigned long long rev;

	b->nchange = 0;
	b->undated = b->latches = false;
	buf_clear(&b->incomplete);
	if (b->on_disk && stamp_cmp(clock, b->journal.at) < 0)
		clock = b->journal.at;
	if (field_at(field, b->map->message).n > 0 &&
	    field_at(field, b->map->delivery).n > 0)
		return receipt_row(b, field, id, clock);
	if (id.n == 0) {
		issue_id(b, clock);
		id = buf_slice(&b->id);
	}
	b->place = incidents_find(&b->incidents, id);
	if (b->on_disk && b->place != DICT_NONE &&
	    slice_number(field_at(field, b->map->rev), UINT64_MAX, &rev) == 0)
		return record_row(b, field, id, rev, clock);
	return source_row(b, field, id, clock);
}

int
logbook_commit(struct logbook *b)
{
	if (!b->on_disk || b->options.dry)
		return 0;
	return journal_commit(&b->journal) < 0 ? journal_failed(b) : 0;
}

/* ---- records ---- */

void
logbook_header(struct logbook *b, struct columns *out, bool rev)
{
	columns_add(out, slice_of("id"));
	columns_add(out, slice_of("received"));
	columns_add(out, slice_of("updated"));
	columns_add_all(out, &b->incidents.columns);
	if (columns_find(&b->incidents.columns, slice_of("held")) !=
	    COLUMNS_NONE)
		columns_add(out, slice_of("holds"));
	if (rev)
		columns_add(out, slice_of("rev"));
}

void
logbook_record(struct logbook *b, size_t place, const struct columns *columns,
    struct slice *field)
{
	const struct incident *in = &b->incidents.list[place];
	struct stamp updated = incident_updated(in);

	buf_clear(&b->updated);
	buf_clear(&b->holds);
	buf_clear(&b->rev);
	if (b->on_disk || updated.s != 0)
		stamp_add(&b->updated, updated);
	buf_addf(&b->rev, "%llu", (unsigned long long)incident_rev(in));
	for (size_t i = 0; i < columns->n; i++) {
		struct slice name = columns->name[i];

		if (slice_is(name, "id")) {
			field[i] = in->id;
		} else if (slice_is(name, "updated")) {
			field[i] = buf_slice(&b->updated);
		} else if (slice_is(name, "rev")) {
			field[i] = buf_slice(&b->rev);
		} else {
			field[i] = incident_value(
			    in, columns_find(&b->incidents.columns, name));
		}
		if (slice_is(name, "holds")) {
			incident_holds(in, field[i], &b->holds);
			field[i] = buf_slice(&b->holds);
		}
	}
}

size_t
logbook_find(const struct logbook *b, struct slice shorter)
{
	size_t exact = incidents_find(&b->incidents, shorter);

	if (exact != DICT_NONE)
		return exact;
	for (size_t i = b->incidents.n; i > 0; i--) {
		if (ids_match(b->incidents.list[i - 1].id, shorter))
			return i - 1;
	}
	return DICT_NONE;
}

void
logbook_release(struct logbook *b)
{
	if (b->on_disk)
		journal_release(&b->journal);
	if (b->map != NULL)
		free(b->map->column);
	free(b->map);
	incidents_release(&b->incidents);
	feed_release(&b->feed);
	receipts_release(&b->receipts);
	dict_release(&b->redacted);
	columns_release(&b->input);
	fault_release(&b->fault);
	free(b->entry_column);
	free(b->change);
	free(b->record);
	ids_release(&b->ids);
	buf_release(&b->id);
	buf_release(&b->updated);
	buf_release(&b->rev);
	buf_release(&b->incomplete);
	buf_release(&b->holds);
	buf_release(&b->key);
}
