#include "compare.h"

#include "escape.h"

static const struct slice nothing = {"", 0};

/* What the log has in a column by its name. */
static struct slice
in_log(const struct comparison *c, const char *name)
{
	const struct incidents *all = &c->ledger->incidents;

	return incidents_value(all, &all->list[c->place], name);
}

/* What the row has in a column by its name. */
static struct slice
in_row(const struct comparison *c, const char *name)
{
	return row_value(
	    c->row, columns_find(&c->row->columns, slice_of(name)));
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
	struct slice priority;

	c->place = place;
	c->changes.n = 0;
	c->latches = c->keeps_priority = c->keeps_level = false;
	if (place == DICT_NONE)
		return;
	c->keeps_priority = is_person(in_log(c, "priority_by")) &&
	    is_rules(in_row(c, "priority_by"));
	c->keeps_level =
	    is_person(in_log(c, "level_by")) && is_rules(in_row(c, "level_by"));
	priority = in_row(c, "priority");
	c->suggested =
	    slice_eq(priority, in_log(c, "priority")) ? nothing : priority;
}

/* Whether the log itself says what stands in a column, and no source does. */
static bool
is_logs_own(const struct comparison *c, struct slice name)
{
	return slice_is(name, "incomplete") ||
	    (c->on_disk && slice_is(name, "vanished"));
}

void
compare_first(struct comparison *c)
{
	for (size_t i = 0; i < c->row->columns.n; i++) {
		struct slice value = row_value(c->row, i);

		if (c->row->column[i] != COLUMNS_NONE && value.n > 0 &&
		    !is_logs_own(c, c->row->columns.name[i]))
			changes_add(&c->changes, c->row->column[i], value);
	}
}

int
compare_record(struct comparison *c, uint64_t rev, struct fault *f)
{
	const struct incident *in = &c->ledger->incidents.list[c->place];
	size_t holds = ledger_column(c->ledger, "holds");

	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice value = row_value(c->row, i);

		/* `holds` is folded from held and resumed, never said. */
		if (column == COLUMNS_NONE || column == holds ||
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

/* Whether a column goes with the level, as inc-escalate sets them together. */
static bool
is_of_level(struct slice name)
{
	static const struct slice names[] = {SLICE("level"), SLICE("level_by"),
	    SLICE("escalated"), SLICE("escalate_to"), SLICE("boundary"),
	    SLICE("why")};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (slice_eq(name, names[i]))
			return true;
	}
	return false;
}

/*
 * What a source's row says in its i-th column.  Returns false where that is no
 * content, or does not count.
 */
static bool
feed_value(const struct comparison *c, size_t i, struct slice *value)
{
	struct slice name = c->row->columns.name[i];

	*value = row_value(c->row, i);
	if (c->row->column[i] == COLUMNS_NONE || is_logs_own(c, name))
		return false;
	if (c->keeps_level && is_of_level(name))
		return false;
	if (!c->keeps_priority)
		return true;
	if (slice_is(name, "suggested"))
		*value = c->suggested;
	return !slice_is(name, "priority") && !slice_is(name, "priority_by");
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
agreed_then(const struct comparison *c, size_t column, struct slice value,
    struct stamp updated)
{
	bool own;
	struct slice then = incident_value_on(
	    &c->ledger->incidents.list[c->place], column, updated, &own);

	return !own || slice_eq(value, then);
}

struct content
compare_feed(struct comparison *c, bool late, struct stamp updated)
{
	struct said *said = feed_said(&c->ledger->feed, c->place);
	struct content content = said->content;

	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice name = c->row->columns.name[i], value, old;

		if (!feed_value(c, i, &value))
			continue;
		old = said_value(said, column);
		if (ledger_redacted(c->ledger, c->place, column)) {
			c->dropped += value.n > 0;
			continue;
		}
		if (stays(name, old, value) ||
		    (slice_eq(old, value) &&
			(!late || agreed_then(c, column, value, updated))))
			continue;
		if (feed_latches(name))
			c->latches = true;
		else
			content = content_with(content, name, old, value);
		changes_add(&c->changes, column, value);
	}
	return content;
}

void
compare_note(struct comparison *c, struct stamp updated)
{
	struct incidents *all = &c->ledger->incidents;
	struct said *said = feed_said(&c->ledger->feed, c->place);
	const struct incident *in = &all->list[c->place];

	for (size_t i = 0; i < c->row->columns.n; i++) {
		size_t column = c->row->column[i];
		struct slice name = c->row->columns.name[i], value, old;

		if (!feed_value(c, i, &value) ||
		    ledger_redacted(c->ledger, c->place, column))
			continue;
		old = said_value(said, column);
		if (slice_eq(old, value) || stays(name, old, value))
			continue;
		if (slice_eq(value, incident_value(in, column)))
			value = incident_value(in, column);
		else
			value.p = arena_copy(&all->arena, value.p, value.n);
		said_set(said, column, name, value);
	}
	feed_note(&c->ledger->feed, c->place, updated);
}

void
compare_release(struct comparison *c)
{
	changes_release(&c->changes);
}
