#include "compare.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"

static const struct slice nothing = {"", 0};

/* What a column of a row is to the comparison. */
enum {
	LOGS_OWN = 1,   /* said by the log itself, and by no source */
	LATCHES = 2,    /* feed_latches() */
	RECEIVED = 4,   /* is not taken back */
	HOLDS = 8,      /* folded from held and resumed, never said */
	OF_LEVEL = 16,  /* goes with the level, as inc-escalate sets it */
	PRIORITY = 32,  /* the rules' own where a person decided */
	SUGGESTED = 64, /* what they suggest then */
};

static const struct {
	struct slice name;
	unsigned char kind;
} kinds[] = {
    {SLICE("incomplete"), LOGS_OWN},
    {SLICE("received"), RECEIVED},
    {SLICE("holds"), HOLDS},
    {SLICE("level"), OF_LEVEL},
    {SLICE("level_by"), OF_LEVEL},
    {SLICE("escalated"), OF_LEVEL},
    {SLICE("escalate_to"), OF_LEVEL},
    {SLICE("boundary"), OF_LEVEL},
    {SLICE("why"), OF_LEVEL},
    {SLICE("priority"), PRIORITY},
    {SLICE("priority_by"), PRIORITY},
    {SLICE("suggested"), SUGGESTED},
};

static unsigned char
kind_of(const struct comparison *c, struct slice name)
{
	if (c->on_disk && slice_is(name, "vanished"))
		return LOGS_OWN;
	if (feed_latches(name))
		return LATCHES;
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (slice_eq(name, kinds[i].name))
			return kinds[i].kind;
	}
	return 0;
}

void
compare_bind(struct comparison *c)
{
	const struct columns *columns = &c->row->columns;

	c->kind = mem_resize(c->kind, columns->n, sizeof *c->kind);
	for (size_t i = 0; i < columns->n; i++)
		c->kind[i] = kind_of(c, columns->name[i]);
	c->priority = columns_find(columns, slice_of("priority"));
	c->priority_by = columns_find(columns, slice_of("priority_by"));
	c->level_by = columns_find(columns, slice_of("level_by"));
}

/* What the log has in a column by its name. */
static struct slice
in_log(const struct comparison *c, const char *name)
{
	const struct incidents *all = &c->ledger->incidents;

	return incidents_value(all, &all->list[c->place], name);
}

/* Whether a column that says who decided names a person, or the rules. */
static bool
is_rules(struct slice by)
{
	return slice_starts(by, "rules");
}

static bool
is_person(struct slice by)
{
	return by.n > 0 && !is_rules(by);
}

void
compare_begin(struct comparison *c, size_t place)
{
	c->place = place;
	c->changes.n = 0;
	c->latches = c->keeps_priority = c->keeps_level = false;
	if (place == DICT_NONE)
		return;
	c->keeps_priority = is_rules(row_value(c->row, c->priority_by)) &&
	    is_person(in_log(c, "priority_by"));
	c->keeps_level = is_rules(row_value(c->row, c->level_by)) &&
	    is_person(in_log(c, "level_by"));
	if (!c->keeps_priority)
		return;
	c->suggested = row_value(c->row, c->priority);
	if (slice_eq(c->suggested, in_log(c, "priority")))
		c->suggested = nothing;
}

void
compare_first(struct comparison *c)
{
	for (size_t i = 0; i < c->row->columns.n; i++) {
		struct slice value = row_value(c->row, i);

		if (c->row->column[i] == COLUMNS_NONE || value.n == 0 ||
		    (c->kind[i] & LOGS_OWN) != 0)
			continue;
		changes_add(&c->changes, c->row->column[i], value);
	}
}

int
compare_record(struct comparison *c, uint64_t rev, struct fault *f)
{
	const struct incident *in = &c->ledger->incidents.list[c->place];

	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice value = row_value(c->row, i);

		if (column == COLUMNS_NONE || (c->kind[i] & HOLDS) != 0 ||
		    slice_eq(value, incident_value(in, column)))
			continue;
		if (ledger_redacted(c->ledger, c->place, column)) {
			c->dropped++;
			continue;
		}
		if (incident_said(in, column) <= rev) {
			changes_add(&c->changes, column, value);
			continue;
		}
		if (slice_eq(value, incident_value_at(in, column, rev)))
			continue; /* changed by others alone */
		fault_at(f, (struct place){0},
		    "'%.*s' is overtaken: its %.*s was changed by entry %llu, "
		    "after %llu",
		    SLICE_ARG(in->id), SLICE_ARG(c->row->columns.name[i]),
		    (unsigned long long)incident_said(in, column),
		    (unsigned long long)rev);
		return 0;
	}
	return 1;
}

/*
 * What a source's row says in its i-th column.  Returns false where that is no
 * content, or does not count.
 */
static bool
feed_says(const struct comparison *c, size_t i, struct slice *value)
{
	unsigned kind = c->kind[i];

	*value = row_value(c->row, i);
	if (c->row->column[i] == COLUMNS_NONE || (kind & LOGS_OWN) != 0)
		return false;
	if (c->keeps_level && (kind & OF_LEVEL) != 0)
		return false;
	if (!c->keeps_priority)
		return true;
	if ((kind & SUGGESTED) != 0)
		*value = c->suggested;
	return (kind & PRIORITY) == 0;
}

/* Whether a source's word in a latching column takes nothing back. */
static bool
stays(unsigned kind, struct slice old, struct slice value)
{
	struct stamp a, b;

	if ((kind & RECEIVED) != 0)
		return value.n == 0;
	if ((kind & LATCHES) == 0 || old.n == 0)
		return false;
	return value.n == 0 ||
	    (stamp_parse(old, &a) == 0 && stamp_parse(value, &b) == 0 &&
		stamp_cmp(b, a) >= 0);
}

/*
 * Whether the log has an earlier word of a latching column, by whomever: what
 * somebody has acknowledged is not acknowledged again by a source.
 */
static bool
latched(const struct comparison *c, size_t i, struct slice value)
{
	const struct incident *in = &c->ledger->incidents.list[c->place];

	return (c->kind[i] & LATCHES) != 0 &&
	    stays(LATCHES, incident_value(in, c->row->column[i]), value);
}

/*
 * Whether an older row says what its source had said by then: a column in
 * which it agrees with the latest row may yet have been different between.
 */
static bool
agreed_then(const struct comparison *c, size_t column, struct slice value,
    struct stamp updated)
{
	bool own;
	struct slice then = incident_value_on(
	    &c->ledger->incidents.list[c->place], column, updated, &own);

	return !own || slice_eq(value, then);
}

/* Whether the row says of a person that he decided, and not as before. */
static bool
decides_anew(const struct comparison *c, size_t by)
{
	struct slice person = row_value(c->row, by);
	size_t column;

	if (!is_person(person))
		return false;
	column = c->row->column[by];
	/* Where it was taken out nobody knows whether he had said it before. */
	return !ledger_redacted(c->ledger, c->place, column) &&
	    !slice_eq(person, feed_value(&c->ledger->feed, c->place, column));
}

/*
 * What a source's row is compared with in its i-th column: what the source said
 * before; where a person has decided since, what the log holds, so that it
 * never has the decision of one as another's.
 */
static struct slice
said_before(
    const struct comparison *c, size_t i, bool late, struct stamp updated)
{
	const struct incident *in = &c->ledger->incidents.list[c->place];
	size_t column = c->row->column[i];
	bool own;

	if ((c->kind[i] & c->decided) == 0 || i == c->priority_by ||
	    i == c->level_by)
		return feed_value(&c->ledger->feed, c->place, column);
	return late ? incident_value_on(in, column, updated, &own)
		    : incident_value(in, column);
}

void
compare_feed(struct comparison *c, bool late, struct stamp updated)
{
	c->decided = (decides_anew(c, c->priority_by) ? PRIORITY : 0) |
	    (decides_anew(c, c->level_by) ? OF_LEVEL : 0);
	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice value, old;

		if (!feed_says(c, i, &value))
			continue;
		old = said_before(c, i, late, updated);
		if (ledger_redacted(c->ledger, c->place, column)) {
			c->dropped += value.n > 0;
			continue;
		}
		if (stays(c->kind[i], old, value) || latched(c, i, value) ||
		    (slice_eq(old, value) &&
			(!late || agreed_then(c, column, value, updated))))
			continue;
		c->latches = c->latches || (c->kind[i] & LATCHES) != 0;
		changes_add(&c->changes, column, value);
	}
}

struct content
compare_content(const struct comparison *c)
{
	struct feed *feed = &c->ledger->feed;
	struct content content = feed_content(feed, c->place);

	for (size_t i = 0; i < c->changes.n; i++) {
		size_t column = c->changes.column[i];
		struct slice value = c->changes.value[i];

		if (!feed_latches(feed->all->columns.name[column]))
			content = content_with(&feed->key, content, column,
			    feed_value(feed, c->place, column),
			    field_is_set(value) ? value : nothing);
	}
	return content;
}

void
compare_note(struct comparison *c, struct stamp updated, bool filled)
{
	struct incidents *all = &c->ledger->incidents;
	struct feed *feed = &c->ledger->feed;
	const struct incident *in = &all->list[c->place];

	if (in->nversion == 1) {
		feed_alone(feed, c->place, filled);
		return;
	}
	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice value, old;

		if (!feed_says(c, i, &value) ||
		    ledger_redacted(c->ledger, c->place, column))
			continue;
		old = feed_value(feed, c->place, column);
		if (slice_eq(old, value) || stays(c->kind[i], old, value))
			continue;
		if (slice_eq(value, incident_value(in, column)))
			value = incident_value(in, column);
		else
			value.p = arena_copy(&all->arena, value.p, value.n);
		feed_set(feed, c->place, column, value);
	}
	feed_note(feed, c->place, updated);
}

void
compare_release(struct comparison *c)
{
	changes_release(&c->changes);
	free(c->kind);
}
