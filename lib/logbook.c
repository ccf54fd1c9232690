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

/* Whether the append filled `received` in, so that no source said it. */
static bool
filled_received(const struct journal_entry *e)
{
	size_t at = columns_find(e->columns, slice_of("incomplete"));

	return at != COLUMNS_NONE &&
	    slice_has_word(e->field[at], slice_of("received"));
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

/* Whether an entry is of the source whose rows are to be compared. */
static bool
is_own(const struct logbook *b, struct slice source)
{
	return b->options.writer && source.n > 0 &&
	    slice_eq(source, b->options.source);
}

static int
read_entry(struct logbook *b, const struct journal_entry *e)
{
	struct entry entry = {
	    .seq = e->seq, .id = e->id, .event = e->event, .field = e->field};
	size_t place;

	map_segment(b, e);
	entry.own = is_own(b, e->source);
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
	incidents_fold(&b->incidents, &entry);
	place = incidents_find(&b->incidents, e->id);
	if (place == DICT_NONE)
		return 0;
	ids_see(&b->ids, e->id);
	if (slice_is(e->event, "redacted"))
		read_redacted(b, e, place);
	if (entry.own)
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
	b->incidents.remember = options->writer;
	b->journal.lock = -1;
	if (!b->on_disk || options->absent)
		return 0;
	if (journal_open(&b->journal, options->dir,
		options->writer && !options->dry) < 0)
		return journal_failed(b);
	return read_on(b);
}

void
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
	size_t holds = columns_find(&b->incidents.columns, slice_of("holds"));

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
		changes_add(&b->changes, column, value);
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

/*
 * Whether an older row says what its source had said by then: a column in
 * which it agrees with the latest row may yet have been different between.
 */
static bool
agreed_then(const struct logbook *b, size_t column, struct slice value,
    struct stamp updated)
{
	bool own;
	struct slice then = incident_value_on(
	    &b->incidents.list[b->place], column, updated, &own);

	return !own || slice_eq(value, then);
}

/*
 * Takes into the changes what a source's row says differently from its last
 * or, where it is older than that, from what the source had said by then.
 * Returns the row's content.
 */
static struct content
compare_said(struct logbook *b, const struct slice *field, bool late,
    struct stamp updated)
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
		if (stays(b->input.name[i], old, value) ||
		    (slice_eq(old, value) &&
			(!late || agreed_then(b, column, value, updated))))
			continue;
		content = content_with(content, b->input.name[i], old, value);
		b->latches = b->latches || feed_latches(b->input.name[i]);
		changes_add(&b->changes, column, value);
	}
	return content;
}

/* Fills personal and kind; columns may have been added since. */
static void
know_columns(struct logbook *b)
{
	const struct columns *c = &b->incidents.columns;

	if (b->nknown == c->n)
		return;
	b->personal = mem_resize(b->personal, c->n, sizeof *b->personal);
	b->kind = mem_resize(b->kind, c->n, sizeof *b->kind);
	for (size_t i = b->nknown; i < c->n; i++) {
		b->kind[i] = vocabulary_kind(c->name[i]);
		b->personal[i] = b->options.form != NULL &&
		    form_is_personal(b->options.form, c->name[i]);
	}
	b->nknown = c->n;
}

/* Adds changes as one entry to the log and to what it is folded into. */
static int
log_entry(struct logbook *b, const struct changes *changes,
    struct journal_head head, struct stamp updated)
{
	b->seq++;
	if (b->on_disk && !b->options.dry) {
		if (make_ready(b) < 0)
			return -1;
		buf_clear(&b->updated);
		stamp_add(&b->updated, updated);
		head.by = b->options.by;
		head.updated = buf_slice(&b->updated);
		know_columns(b);
		if (journal_add(&b->journal, &head, &b->incidents.columns,
			changes->column, changes->value, b->personal,
			changes->n) < 0)
			return journal_failed(b);
	}
	changes_fold(changes, &b->incidents,
	    (struct entry){.seq = b->seq,
		.updated = updated,
		.id = head.id,
		.event = head.event,
		.own = head.source.n > 0});
	ids_see(&b->ids, head.id);
	b->entries++;
	return 0;
}

static void
add_word(struct buf *words, struct slice word)
{
	if (slice_has_word(buf_slice(words), word))
		return;
	if (words->n > 0)
		buf_add_char(words, ' ');
	buf_add_slice(words, word);
}

/* Whether a value is none of the kind that its column holds everywhere. */
static bool
is_wrong(enum column_kind kind, struct slice value)
{
	unsigned long long number;
	struct stamp t;

	if (kind == COLUMN_TEXT || value.n == 0)
		return false;
	return kind == COLUMN_TIME
	    ? stamp_parse(value, &t) < 0
	    : slice_number(value, UINT64_MAX, &number) < 0;
}

/* Makes room for a record of all columns. */
static void
make_room(struct logbook *b)
{
	size_t n = b->incidents.columns.n;

	if (n <= b->record_cap)
		return;
	b->record = mem_resize(b->record, n, sizeof *b->record);
	b->record_cap = n;
}

/*
 * Marks what the record lacks in `incomplete`, and fills `received` where the
 * incident's first entry has none.  changes_preview() came before.
 */
static int
complete(struct logbook *b, struct stamp updated)
{
	size_t received = own(b, "received");
	size_t incomplete = own(b, "incomplete");
	struct slice marked = b->record[incomplete];
	bool filled = slice_has_word(marked, slice_of("received")) &&
	    !changes_set(&b->changes, received);

	buf_clear(&b->incomplete);
	if (b->record[received].n == 0) {
		buf_clear(&b->updated);
		stamp_add(&b->updated, updated);
		b->record[received].p =
		    arena_copy(&b->incidents.arena, b->updated.p, b->updated.n);
		b->record[received].n = b->updated.n;
		changes_add(&b->changes, received, b->record[received]);
		filled = true;
	}
	if (filled)
		add_word(&b->incomplete, slice_of("received"));
	if (b->undated)
		add_word(&b->incomplete, slice_of("updated"));
	if (b->options.form != NULL) {
		if (b->bound != b->incidents.columns.n &&
		    form_bind(b->options.form, &b->incidents.columns,
			b->options.known, &b->fault) < 0)
			return -1;
		b->bound = b->incidents.columns.n;
		form_check(b->options.form, b->record, &b->incomplete);
	}
	know_columns(b);
	for (size_t i = 0; i < b->incidents.columns.n; i++) {
		if (is_wrong(b->kind[i], b->record[i]))
			add_word(&b->incomplete, b->incidents.columns.name[i]);
	}
	if (!slice_eq(buf_slice(&b->incomplete), marked))
		changes_add(&b->changes, incomplete, buf_slice(&b->incomplete));
	return 0;
}

/*
 * Whether a row of an incident that there is says what event it is.  What is
 * of a message must name it, because its entry changes no column; and no
 * source takes values out for good.
 */
static bool
says_event(
    const struct logbook *b, const struct slice *field, struct slice source)
{
	struct slice event = field_at(field, b->map->event);

	if (slice_is(event, "notified") || slice_is(event, "responded"))
		return field_at(field, b->map->message).n > 0;
	if (slice_is(event, "redacted"))
		return source.n == 0;
	return event_known(event) && !slice_is(event, "received") &&
	    !slice_is(event, "segment");
}

/*
 * Adds the changes as an entry of the row's incident, which they may make.
 */
static enum logbook_outcome
add_row(struct logbook *b, const struct slice *field, struct journal_head head,
    struct stamp updated)
{
	const struct incident *in =
	    b->place != DICT_NONE ? &b->incidents.list[b->place] : NULL;

	make_room(b);
	head.event =
	    changes_preview(&b->changes, &b->incidents, in, updated, b->record);
	if (in != NULL && says_event(b, field, head.source))
		head.event = field_at(field, b->map->event);
	if (b->on_disk && complete(b, updated) < 0)
		return LOGBOOK_FAILED;
	if (b->options.strict && b->incomplete.n > 0) {
		fault_at(&b->fault, (struct place){0},
		    "missing or not as it should be: %s",
		    buf_str(&b->incomplete));
		return LOGBOOK_REFUSED;
	}
	if (log_entry(b, &b->changes, head, updated) < 0)
		return LOGBOOK_FAILED;
	b->place = incidents_find(&b->incidents, head.id);
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

/* Keeps in b->before what the source had said where the changes are. */
static void
keep_said(struct logbook *b)
{
	const struct said *said = feed_said(&b->feed, b->place);

	b->before.n = 0;
	for (size_t i = 0; i < b->changes.n; i++) {
		size_t column = b->changes.column[i];
		struct slice before = said_value(said, column);
		struct slice after = b->changes.value[i];

		/* What an older row says of those that latch stands. */
		if (feed_latches(b->incidents.columns.name[column]))
			before = after;
		changes_add(&b->before, column, before);
	}
}

/*
 * Says again what a source's latest row had said, b->before, after an older
 * row was logged: an older row never changes what holds after a later one.
 */
static int
say_again(struct logbook *b, struct journal_head head, struct stamp latest)
{
	struct said *said;

	head.event = (struct slice)SLICE("updated");
	if (log_entry(b, &b->before, head, latest) < 0)
		return -1;
	said = feed_said(&b->feed, b->place);
	for (size_t i = 0; i < b->before.n; i++) {
		size_t column = b->before.column[i];
		struct slice name = b->incidents.columns.name[column];
		struct slice value = b->before.value[i];

		if (!feed_latches(name)) /* else note_said() has it */
			said_set(said, column, name,
			    field_is_set(value) ? value : nothing);
	}
	feed_note(&b->feed, b->place, latest);
	return 0;
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

/* Takes into the changes all that a new incident's first row says. */
static void
say_all(struct logbook *b, const struct slice *field)
{
	for (size_t i = 0; i < b->input.n; i++) {
		struct slice value = field_at(field, i);

		if (b->map->column[i] != COLUMNS_NONE && value.n > 0 &&
		    !slice_is(b->input.name[i], "incomplete"))
			changes_add(&b->changes, b->map->column[i], value);
	}
}

/*
 * Takes into the changes what a source's row says anew, and sets *late where
 * the source has said something later.  Returns whether there is any.
 */
static bool
says_anew(struct logbook *b, const struct slice *field, bool dated,
    struct stamp updated, bool *late)
{
	struct said *said = feed_said(&b->feed, b->place);
	struct content content;
	bool logged;

	*late = said->any && stamp_cmp(updated, said->latest) < 0;
	content = compare_said(b, field, *late, updated);
	logged = dated && !b->latches &&
	    feed_has(&b->feed, b->place, updated, content);
	/* An older row that agrees with the latest one is noted all the same:
	 * what holds between may yet come to differ. */
	if (!logged && (b->changes.n > 0 || *late))
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
log_silent(struct logbook *b, struct journal_head head, struct stamp updated)
{
	static const struct changes none;
	const struct said *said = feed_said(&b->feed, b->place);

	if (!said->silent || stamp_cmp(said->latest, updated) != 0)
		return 0;
	head.event = (struct slice)SLICE("updated");
	if (log_entry(b, &none, head, updated) < 0)
		return -1;
	feed_note(&b->feed, b->place, updated);
	return 0;
}

/* A row of a source. */
static enum logbook_outcome
source_row(
    struct logbook *b, const struct slice *field, struct journal_head head)
{
	struct slice date = field_at(field, b->map->updated);
	struct stamp updated, latest = {0, 0};
	bool dated = stamp_parse(date, &updated) == 0, late = false;
	enum logbook_outcome outcome;

	b->undated = !dated && date.n > 0;
	if (!dated)
		updated = not_before(b, head.at);
	if (b->place == DICT_NONE)
		say_all(b, field);
	else if (!says_anew(b, field, dated, updated, &late))
		return LOGBOOK_SAME;
	if (late) {
		latest = feed_said(&b->feed, b->place)->latest;
		keep_said(b);
	}
	head.source = b->options.source;
	if (b->place != DICT_NONE && log_silent(b, head, updated) < 0)
		return LOGBOOK_FAILED;
	outcome = add_row(b, field, head, updated);
	if (outcome != LOGBOOK_LOGGED)
		return outcome;
	note_said(b, field, updated);
	if (late && b->before.n > 0 && say_again(b, head, latest) < 0)
		return LOGBOOK_FAILED;
	return LOGBOOK_LOGGED;
}

/* A row that was read from this log and comes back. */
static enum logbook_outcome
record_row(struct logbook *b, const struct slice *field,
    struct journal_head head, uint64_t rev)
{
	enum logbook_outcome outcome = compare_record(b, field, rev);
	const struct incident *in = &b->incidents.list[b->place];
	struct slice date = field_at(field, b->map->updated);
	struct stamp was = incident_updated_at(in, rev), updated;

	if (outcome != LOGBOOK_LOGGED)
		return outcome;
	if (b->changes.n == 0)
		return LOGBOOK_SAME;
	/* The record's own `updated` comes back; another is the row's. */
	if (stamp_parse(date, &updated) < 0 || stamp_cmp(updated, was) == 0)
		updated = not_before(b, head.at);
	return add_row(b, field, head, updated);
}

/* A receipt: what became of a message. */
static enum logbook_outcome
receipt_row(
    struct logbook *b, const struct slice *field, struct journal_head head)
{
	struct content content = {{0, 0}};

	b->place = DICT_NONE;
	for (size_t i = 0; i < b->input.n; i++) {
		struct slice value = field_at(field, i);

		if (b->map->column[i] == COLUMNS_NONE || value.n == 0)
			continue;
		content =
		    content_with(content, b->input.name[i], nothing, value);
		changes_add(&b->changes, b->map->column[i], value);
	}
	if (!receipts_take(&b->receipts, field_at(field, b->map->message),
		field_at(field, b->map->try), content))
		return LOGBOOK_SAME;
	head.event = (struct slice)SLICE("notified");
	if (log_entry(b, &b->changes, head, head.at) < 0)
		return LOGBOOK_FAILED;
	return LOGBOOK_LOGGED;
}

enum logbook_outcome
logbook_row(struct logbook *b, const struct slice *field, struct stamp clock)
{
	struct journal_head head = {
	    .at = clock, .id = field_at(field, b->map->id)};
	unsigned long long rev;

	b->changes.n = 0;
	b->undated = b->latches = false;
	buf_clear(&b->incomplete);
	if (b->on_disk && stamp_cmp(clock, b->journal.at) < 0)
		head.at = b->journal.at;
	if (field_at(field, b->map->message).n > 0 &&
	    field_at(field, b->map->delivery).n > 0)
		return receipt_row(b, field, head);
	if (head.id.n == 0) {
		issue_id(b, head.at);
		head.id = buf_slice(&b->id);
	}
	b->place = incidents_find(&b->incidents, head.id);
	if (b->on_disk && b->place != DICT_NONE &&
	    slice_number(field_at(field, b->map->rev), UINT64_MAX, &rev) == 0)
		return record_row(b, field, head, rev);
	return source_row(b, field, head);
}

int
logbook_commit(struct logbook *b)
{
	if (!b->on_disk || b->options.dry)
		return 0;
	return journal_commit(&b->journal) < 0 ? journal_failed(b) : 0;
}

void
logbook_abandon(struct logbook *b)
{
	if (b->on_disk && !b->options.dry)
		journal_unlock(&b->journal);
}

/* ---- records ---- */

void
logbook_header(struct logbook *b, struct columns *out, bool rev)
{
	columns_add(out, slice_of("id"));
	columns_add(out, slice_of("received"));
	columns_add(out, slice_of("updated"));
	for (size_t i = 0; i < b->incidents.columns.n; i++) {
		if (!incidents_of_messages(&b->incidents, i))
			columns_add(out, b->incidents.columns.name[i]);
	}
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
	changes_release(&b->changes);
	changes_release(&b->before);
	free(b->personal);
	free(b->kind);
	free(b->record);
	ids_release(&b->ids);
	buf_release(&b->id);
	buf_release(&b->updated);
	buf_release(&b->rev);
	buf_release(&b->incomplete);
	buf_release(&b->holds);
	buf_release(&b->key);
}
