#include "judge.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"

const char *const judge_columns[JUDGE_COLUMNS] = {
    "level", "level_by", "escalated", "escalate_to", "boundary", "why"};

enum column { LEVEL, LEVEL_BY, ESCALATED, ESCALATE_TO, BOUNDARY, WHY };

/* How a record stands: what the columns of its level say. */
struct standing {
	unsigned long long level;
	struct slice word;        /* who set it; "rules" */
	unsigned long long floor; /* under which no row takes it */
	bool stood;               /* a stand-down or a person's word lasts */
	bool escalated_set;
	struct stamp escalated;
};

void
judge_start(
    struct judge *j, const struct boundaries *b, const struct columns *columns)
{
	j->b = b;
	crossings_open(&j->crossings, b, columns);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		j->set_at[i] =
		    columns_find(columns, slice_of(judge_columns[i]));
	j->closed_at = columns_find(columns, slice_of("closed"));
	j->parent_at = columns_find(columns, slice_of("parent"));
	j->vanished_at = columns_find(columns, slice_of("vanished"));
}

static struct slice
get(const struct judge *j, const struct slice *field, enum column column)
{
	return columns_field(field, j->set_at[column]);
}

static void
count_unreadable(struct judge *j)
{
	if (!j->crossings.again)
		j->unreadable++;
}

/* Whether level_by is WORD:LEVEL, and what it says. */
static bool
split_level_by(struct slice by, struct slice *word, unsigned long long *level)
{
	struct slice digits = by;
	size_t colon = by.n;

	while (colon > 0 && by.p[colon - 1] != ':')
		colon--;
	if (colon == 0)
		return false;
	digits = slice_from(digits, colon);
	*word = (struct slice){by.p, colon - 1};
	return slice_number(digits, LEVEL_MAX, level) == 0;
}

bool
judge_by_person(struct slice by)
{
	unsigned long long level;
	struct slice word;

	return field_is_set(by) && !slice_is(by, "rules") &&
	    !split_level_by(by, &word, &level);
}

/* Reads level_by: nothing, rules, WORD, or WORD:LEVEL. */
static void
read_level_by(struct slice by, struct standing *s)
{
	unsigned long long floor;
	struct slice word;

	s->word = by;
	s->stood = true;
	s->floor = s->level;
	if (!field_is_set(by)) {
		s->stood = s->level > 0;
		s->word = slice_of(s->stood ? "person" : "rules");
	} else if (slice_is(by, "rules")) {
		s->stood = false;
		s->floor = 0;
	} else if (split_level_by(by, &word, &floor)) {
		s->word = word;
		s->floor = slice_is(s->word, "rules") ? 0 : floor;
	}
}

static struct standing
read_standing(struct judge *j, const struct slice *field)
{
	struct standing s = {0};
	struct slice level = get(j, field, LEVEL);
	struct slice escalated = get(j, field, ESCALATED);
	struct slice names = get(j, field, BOUNDARY), first;
	const struct boundary *last = NULL;

	if (field_is_set(level) &&
	    slice_number(level, LEVEL_MAX, &s.level) < 0) {
		s.level = 0;
		count_unreadable(j);
	}
	s.escalated_set = field_is_set(escalated) &&
	    stamp_parse(escalated, &s.escalated) == 0;
	if (field_is_set(escalated) && !s.escalated_set)
		count_unreadable(j);
	read_level_by(get(j, field, LEVEL_BY), &s);
	if (slice_word(&names, &first))
		last = boundaries_find(j->b, first);
	if (last != NULL && last->down)
		s.stood = true;
	return s;
}

/* Whether a row is crossed, and at which instant. */
static bool
crossed(struct judge *j, const struct boundary *row, const struct slice *field,
    struct stamp *at)
{
	struct crossing x = crossings_examine(&j->crossings, row, field);

	if (x.state == CROSSING_UNJUDGED && j->unjudged.n == 0) {
		j->unjudged = row->name;
		j->unjudged_why = x.why;
	}
	*at = x.at;
	return x.state == CROSSING_CROSSED;
}

/* Whether a stand-down has settled a crossing. */
static bool
used_up(const struct judge *j, const struct boundary *row,
    const struct slice *field, const struct standing *s, struct stamp at)
{
	if (!s->stood)
		return false;
	if (row->clock == CLOCK_NONE)
		return slice_has_word(get(j, field, BOUNDARY), row->name);
	return s->escalated_set && stamp_cmp(at, s->escalated) <= 0;
}

/* Sets one column; clearing one that has a value is written as \N. */
static void
put(struct judge *j, struct slice *field, enum column column,
    struct slice value)
{
	struct slice *f = &field[j->set_at[column]];

	/* Its buffer may hold another value now, which nothing else tells. */
	whenset_row(j->b->set, &j->crossings.when);
	if (value.n > 0)
		*f = value;
	else if (field_is_set(*f))
		*f = slice_of("\\N");
}

/* The same with a copy of the value. */
static void
put_copy(struct judge *j, struct slice *field, enum column column,
    struct slice value)
{
	buf_clear(&j->text[column]);
	buf_add_slice(&j->text[column], value);
	put(j, field, column, buf_slice(&j->text[column]));
}

static void
put_escalated(struct judge *j, struct slice *field, struct stamp at)
{
	buf_clear(&j->text[ESCALATED]);
	stamp_add(&j->text[ESCALATED], at);
	put(j, field, ESCALATED, buf_slice(&j->text[ESCALATED]));
}

/*
 * Adds to j->names the rows without a clock that hold and would raise the
 * record over its new level: those stood down.  Where `of` is not NULL, just
 * those that it names.
 */
static void
add_stood_down(struct judge *j, const struct slice *field,
    unsigned long long level, const struct slice *of)
{
	bool again = j->crossings.again;

	j->crossings.again = true;
	for (size_t i = 0; i < j->b->n; i++) {
		const struct boundary *row = &j->b->row[i];
		struct stamp at;

		if (!row->down && row->clock == CLOCK_NONE &&
		    row->level->number > level &&
		    !slice_has_word(buf_slice(&j->names), row->name) &&
		    (of == NULL || slice_has_word(*of, row->name)) &&
		    crossed(j, row, field, &at))
			buf_add_word(&j->names, row->name);
	}
	j->crossings.again = again;
}

/* `escalated` never goes back. */
static struct stamp
not_before(const struct standing *s, struct stamp at)
{
	if (s->escalated_set && stamp_cmp(at, s->escalated) < 0)
		return s->escalated;
	return at;
}

/* Moves the record up to a row's level. */
static void
raise_to(struct judge *j, const struct boundary *row, struct slice *field,
    const struct standing *s, struct stamp at)
{
	struct slice before = get(j, field, BOUNDARY);

	buf_clear(&j->names);
	buf_add_word(&j->names, row->name);
	buf_clear(&j->scratch);
	buf_add_slice(&j->scratch, s->word);
	if (s->stood)
		buf_addf(&j->scratch, ":%llu", s->floor);
	put_copy(j, field, LEVEL_BY, buf_slice(&j->scratch));
	put(j, field, LEVEL, row->level->text);
	put(j, field, ESCALATE_TO, row->role);
	put(j, field, WHY, row->note);
	put_escalated(j, field, not_before(s, at));
	if (s->stood)
		add_stood_down(j, field, row->level->number, &before);
	put_copy(j, field, BOUNDARY, buf_slice(&j->names));
}

/* Takes the highest row crossed over the present level. */
static bool
take_up(struct judge *j, struct slice *field)
{
	struct standing s = read_standing(j, field);
	const struct boundary *best = NULL;
	unsigned long long level = s.level;
	struct stamp best_at = {0, 0};

	for (size_t i = 0; i < j->b->n; i++) {
		const struct boundary *row = &j->b->row[i];
		struct stamp at;

		if (row->down || row->level->number <= level ||
		    !crossed(j, row, field, &at) ||
		    used_up(j, row, field, &s, at))
			continue;
		best = row;
		best_at = at;
		level = row->level->number;
	}
	if (best != NULL)
		raise_to(j, best, field, &s, best_at);
	return best != NULL;
}

/* The latest end of a clock by which a record might rise, if after at. */
static struct stamp
latest_crossing(struct judge *j, const struct slice *field, struct stamp at)
{
	for (size_t i = 0; i < j->b->n; i++) {
		const struct boundary *row = &j->b->row[i];
		struct stamp t;

		if (!row->down && row->clock != CLOCK_NONE &&
		    crossed(j, row, field, &t) && stamp_cmp(t, at) > 0)
			at = t;
	}
	return at;
}

/* Takes the record down to a level under its own. */
static void
lower_to(struct judge *j, const struct boundary *row, unsigned long long level,
    struct slice *field, const struct standing *s, struct stamp at)
{
	j->crossings.again = true;
	buf_clear(&j->text[LEVEL]);
	buf_addf(&j->text[LEVEL], "%llu", level);
	put(j, field, LEVEL, buf_slice(&j->text[LEVEL]));
	put(j, field, ESCALATE_TO, row->role);
	put(j, field, WHY, row->note);
	crossings_record(&j->crossings, field, j->crossings.again);
	put_escalated(j, field, latest_crossing(j, field, not_before(s, at)));
	buf_clear(&j->names);
	buf_add_word(&j->names, row->name);
	add_stood_down(j, field, level, NULL);
	put_copy(j, field, BOUNDARY, buf_slice(&j->names));
}

/*
 * Takes the first down row that is crossed and lowers the level.  A clock
 * that ran out before the level last changed says nothing of the new one.
 */
static bool
take_down(struct judge *j, struct slice *field)
{
	bool again = j->crossings.again;
	struct standing s;

	/* take_up() has counted what can't be read */
	j->crossings.again = true;
	s = read_standing(j, field);
	j->crossings.again = again;
	for (size_t i = 0; i < j->b->n; i++) {
		const struct boundary *row = &j->b->row[i];
		unsigned long long level = row->level->number;
		struct stamp at;

		if (level < s.floor)
			level = s.floor;
		if (!row->down || level >= s.level ||
		    !crossed(j, row, field, &at))
			continue;
		if (row->clock != CLOCK_NONE && s.escalated_set &&
		    stamp_cmp(at, s.escalated) <= 0)
			continue;
		lower_to(j, row, level, field, &s, at);
		return true;
	}
	return false;
}

static bool
is_closed(const struct judge *j, const struct slice *field)
{
	return field_is_set(columns_field(field, j->closed_at));
}

/* Why no boundary is crossed, however it stands with them; NULL: one may be. */
static const char *
rests(const struct judge *j, const struct slice *field)
{
	if (is_closed(j, field) ||
	    field_is_set(columns_field(field, j->parent_at)))
		return "closed or linked";
	if (field_is_set(columns_field(field, j->vanished_at)))
		return "vanished from its source's export";
	return NULL;
}

/* Makes ready for a record; false where it is at rest. */
static bool
open_record(struct judge *j, const struct slice *field, bool at_rest)
{
	j->unjudged = (struct slice){"", 0};
	j->crossings.again = false;
	if (!at_rest)
		crossings_record(&j->crossings, field, false);
	return !at_rest;
}

void
judge_explain(struct judge *j, const struct slice *field, struct buf *out)
{
	const char *why = rests(j, field);
	struct standing s;
	size_t n = out->n;

	if (why != NULL) {
		buf_addf(out, "%s: crosses nothing", why);
		return;
	}
	crossings_record(&j->crossings, field, true);
	s = read_standing(j, field);
	for (size_t i = 0; i < j->b->n; i++) {
		const struct boundary *row = &j->b->row[i];
		struct crossing x =
		    crossings_examine(&j->crossings, row, field);

		if (out->n > n)
			buf_add_str(out, "; ");
		buf_addf(out, "%.*s ", SLICE_ARG(row->name));
		crossing_describe(&x, row, field, out);
		if (x.state != CROSSING_CROSSED)
			continue;
		if (row->down ? row->level->number >= s.level
			      : row->level->number <= s.level)
			buf_addf(out, ", the level is %llu", s.level);
		else if (!row->down && used_up(j, row, field, &s, x.at))
			buf_add_str(out, ", stood down");
	}
}

bool
judge_record(struct judge *j, struct slice *field)
{
	bool up = false, down = false;

	if (!open_record(j, field, rests(j, field) != NULL))
		return false;
	/* Each turn moves the level one way, so both loops end. */
	while (take_up(j, field)) {
		up = j->crossings.again = true;
		crossings_record(&j->crossings, field, j->crossings.again);
	}
	while (!up && take_down(j, field)) {
		down = j->crossings.again = true;
		crossings_record(&j->crossings, field, j->crossings.again);
	}
	return up || down;
}

bool
judge_person(struct judge *j, struct slice *field, const struct level *level,
    struct slice why)
{
	struct slice before = get(j, field, BOUNDARY);
	struct standing s;
	bool raised;

	if (!open_record(j, field, is_closed(j, field)))
		return false;
	s = read_standing(j, field);
	raised = level->number > s.level;
	put(j, field, LEVEL, level->text);
	put(j, field, LEVEL_BY, slice_of("person"));
	put_escalated(j, field, j->crossings.when.now);
	put_copy(j, field, ESCALATE_TO, escape(level->role, &j->scratch));
	put_copy(j, field, WHY, escape(why, &j->scratch));
	buf_clear(&j->names);
	if (!raised && field_is_set(before))
		buf_add_slice(&j->names, before);
	add_stood_down(j, field, level->number, raised ? &before : NULL);
	put_copy(j, field, BOUNDARY, buf_slice(&j->names));
	return true;
}

void
judge_release(struct judge *j)
{
	crossings_release(&j->crossings);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		buf_release(&j->text[i]);
	buf_release(&j->scratch);
	buf_release(&j->names);
}
