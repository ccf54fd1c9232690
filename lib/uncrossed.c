#include "uncrossed.h"

#include "logic.h"
#include "vocabulary.h"

/* Whether a column holds times: one of inc's own, or by the table fields. */
static bool
holds_time(struct survey *s, struct slice column)
{
	struct table *t = survey_table(s, "fields");

	if (vocabulary_kind(column) == COLUMN_TIME)
		return true;
	for (size_t i = 0; t != NULL && i < t->n; i++) {
		if (slice_eq(table_text(&t->row[i], "name"), column))
			return slice_is(table_text(&t->row[i], "type"), "time");
	}
	return false;
}

/* Says which columns of a cell hold no times. */
static void
check_times(struct survey *s, const struct boundary *b, const char *cell)
{
	struct slice raw = table_raw(b->row, cell), rest = raw, word;
	struct place where = table_place(b->row, cell);

	while (slice_word(&rest, &word)) {
		if (!holds_time(s, word))
			findings_add(&s->found, FOUND_NO_TIME,
			    place_in(where, raw, word.p),
			    "'%.*s' is no column of times", SLICE_ARG(word));
	}
}

/* Says where a boundary leads to a level from which there is no way. */
static void
check_level(struct survey *s, const struct boundary *b)
{
	const struct levels *levels = &s->boundaries.levels;
	const struct level *top = &levels->level[levels->n - 1];

	if (!b->down && b->level->number == 0)
		findings_add(&s->found, FOUND_NEVER_CROSSED,
		    table_place(b->row, "level"),
		    "up to level 0, below which there is none");
	if (b->down && b->level->number == top->number)
		findings_add(&s->found, FOUND_NEVER_CROSSED,
		    table_place(b->row, "level"),
		    "down to level %llu, above which there is none",
		    top->number);
}

/* Says where a boundary waits for a share of what no target has. */
static void
check_share(struct survey *s, struct logic *l, const struct boundary *b)
{
	const struct targets *t = &s->boundaries.targets;

	if (b->clock != CLOCK_SHARE)
		return;
	for (size_t i = 0; i < t->n; i++) {
		if (t->target[i].limit[b->of].kind != LIMIT_NONE &&
		    logic_possible_of(l, b->when, slice_of("priority"),
			t->target[i].priority))
			return;
	}
	findings_add(&s->found, FOUND_NEVER_CROSSED,
	    table_place(b->row, "after"),
	    "no priority for which this holds has such a target");
}

/* Whether all that stops the clock of a stops that of b too. */
static bool
stops_with(const struct boundary *a, const struct boundary *b)
{
	for (size_t i = 0; i < a->nuntil; i++) {
		size_t k = 0;

		while (k < b->nuntil && b->until[k] != a->until[i])
			k++;
		if (k == b->nuntil)
			return false;
	}
	return true;
}

/* Whether the clock of a has always run out when that of b has. */
static bool
runs_out_before(const struct boundary *a, const struct boundary *b)
{
	if (a->clock == CLOCK_NONE)
		return true;
	if (a->clock != b->clock || a->from != b->from ||
	    a->calendar != b->calendar || !stops_with(a, b))
		return false;
	if (a->clock == CLOCK_SHARE)
		return a->of == b->of && a->percent <= b->percent;
	return a->after.kind == b->after.kind && a->after.n <= b->after.n;
}

/* Whether a raises as high as b or higher; of equals the first is taken. */
static bool
raises_as_high(const struct boundary *a, const struct boundary *b)
{
	return !a->down && !b->down &&
	    (a->level->number > b->level->number ||
		(a->level->number == b->level->number &&
		    (a < b || !runs_out_before(b, a))));
}

/* Says of which other boundary this one comes too late. */
static void
check_late(struct survey *s, struct logic *l, const struct boundary *b)
{
	const struct when *one[] = {b->when};

	if (!logic_possible(l, one, 1, NULL, 0))
		return;
	for (size_t i = 0; i < s->boundaries.n && l->left > 0; i++) {
		const struct boundary *a = &s->boundaries.row[i];
		const struct when *other[] = {a->when};

		if (a == b || !raises_as_high(a, b) || !runs_out_before(a, b) ||
		    logic_possible(l, one, 1, other, 1))
			continue;
		findings_add(&s->found, FOUND_LATE,
		    table_place(b->row, "boundary"),
		    "by then '%.*s' of line %zu has raised to level %llu",
		    SLICE_ARG(a->name), a->row->line, a->level->number);
		return;
	}
}

void
uncrossed_check(struct survey *s)
{
	struct logic l = {.left = LOGIC_WORK};

	for (size_t i = 0; s->sound.boundaries && i < s->boundaries.n; i++) {
		const struct boundary *b = &s->boundaries.row[i];
		uint64_t before = l.left;

		l.spent = false;
		check_times(s, b, "from");
		check_times(s, b, "until");
		check_level(s, b);
		check_share(s, &l, b);
		check_late(s, &l, b);
		if (l.spent && before > 0)
			survey_intricate(s, table_place(b->row, "when"));
	}
	logic_release(&l);
}
