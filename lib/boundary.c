#include "boundary.h"

#include <stdlib.h>
#include <string.h>

#include "duration.h"
#include "escape.h"
#include "mem.h"
#include "table.h"

#define PERCENT_MAX 1000

static int
read_levels(struct boundaries *b, struct pack *p, struct fault *f)
{
	struct table *t;

	if (pack_table_needed(p, "levels", &t, f) < 0 ||
	    levels_load(&b->levels, t, f) < 0)
		return -1;
	for (size_t i = 0; i < b->levels.n; i++) {
		if (b->levels.level[i].role.n > 0)
			columns_add(&b->roles, b->levels.level[i].role);
	}
	return 0;
}

/* Adds what stands in a column of a table of the pack, if there is one. */
static int
add_names(struct columns *names, struct pack *p, const char *table,
    const char *column, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, table, &t, f);

	for (size_t i = 0; got > 0 && i < t->n; i++) {
		struct slice name = table_text(&t->row[i], column);

		if (name.n > 0)
			columns_add(names, name);
	}
	return got < 0 ? -1 : 0;
}

const struct boundary *
boundaries_find(const struct boundaries *b, struct slice name)
{
	for (size_t i = 0; i < b->n; i++) {
		if (slice_eq(b->row[i].name, name))
			return &b->row[i];
	}
	return NULL;
}

/* Names are listed in one field, so they are single plain words. */
static int
read_name(struct boundaries *b, struct boundary *row, struct fault *f)
{
	struct place where = table_place(row->row, "boundary");

	row->name = table_text(row->row, "boundary");
	if (row->name.n == 0)
		return fault_at(f, where, "a boundary without a name");
	for (size_t i = 0; i < row->name.n; i++) {
		unsigned char c = (unsigned char)row->name.p[i];

		if (c <= ' ' || c == '\\' || c == 0x7f)
			return fault_at(f, where,
			    "boundary '%.*s': one word was expected",
			    SLICE_ARG(row->name));
	}
	if (boundaries_find(b, row->name) == NULL)
		return 0;
	return fault_at(
	    f, where, "two boundaries are called '%.*s'", SLICE_ARG(row->name));
}

static int
read_direction(struct boundary *row, struct fault *f)
{
	struct slice direction = table_text(row->row, "direction");

	row->down = slice_is(direction, "down");
	if (row->down || slice_is(direction, "up"))
		return 0;
	return fault_at(f, table_place(row->row, "direction"),
	    "direction '%.*s': up or down was expected", SLICE_ARG(direction));
}

/* "7: 0, 1 and 2 are in levels" */
static int
no_level(const struct boundaries *b, struct slice text, struct place where,
    struct fault *f)
{
	fault_at(f, where, "unknown level '%.*s': levels has", SLICE_ARG(text));
	for (size_t i = 0; i < b->levels.n; i++)
		buf_addf(&f->text, "%s %llu", i > 0 ? "," : "",
		    b->levels.level[i].number);
	return -1;
}

static int
read_aim(struct boundaries *b, struct boundary *row, struct fault *f)
{
	struct slice level = table_text(row->row, "level");
	struct slice role = table_text(row->row, "role");

	row->level = levels_find(&b->levels, level);
	if (row->level == NULL)
		return no_level(b, level, table_place(row->row, "level"), f);
	if (role.n == 0)
		role = row->level->role;
	else if (columns_find(&b->roles, role) == COLUMNS_NONE) {
		fault_at(f, table_place(row->row, "role"),
		    "unknown role '%.*s'", SLICE_ARG(role));
		return fault_suggest(f, role, b->roles.name, b->roles.n);
	}
	row->role = escape_copy(role, &b->arena);
	row->note = escape_copy(table_text(row->row, "note"), &b->arena);
	return 0;
}

/* "50% resolve"; returns 0, or -1 where it is no such thing. */
static int
read_share(struct slice text, struct boundary *row)
{
	struct slice share, of, more;
	unsigned long long percent;

	if (!slice_word(&text, &share) || share.p[share.n - 1] != '%' ||
	    !slice_word(&text, &of) || slice_word(&text, &more))
		return -1;
	share.n--;
	if (slice_number(share, PERCENT_MAX, &percent) < 0 || percent == 0)
		return -1;
	if (!slice_is(of, "respond") && !slice_is(of, "resolve"))
		return -1;
	row->clock = CLOCK_SHARE;
	row->percent = (int64_t)percent;
	row->of = slice_is(of, "respond") ? TARGET_RESPOND : TARGET_RESOLVE;
	return 0;
}

static int
read_after(struct boundaries *b, struct boundary *row, struct fault *f)
{
	struct place where = table_place(row->row, "after");
	struct slice text = table_text(row->row, "after");

	if (text.n == 0) {
		if (table_text(row->row, "from").n == 0)
			return 0;
		return fault_at(f, table_place(row->row, "from"),
		    "from without after: how long may it take?");
	}
	if (limit_parse(text, &row->after) == 0) {
		row->clock = CLOCK_LIMIT;
		return 0;
	}
	if (memchr(text.p, '%', text.n) == NULL)
		return fault_at(f, where,
		    "after '%.*s': a limit such as 15m or 5wd, or a share "
		    "such as '50%% resolve', was expected",
		    SLICE_ARG(text));
	if (read_share(text, row) < 0)
		return fault_at(f, where,
		    "after '%.*s': 1%% to %d%% of respond or resolve was "
		    "expected",
		    SLICE_ARG(text), PERCENT_MAX);
	if (b->targets.n == 0)
		return fault_at(f, where,
		    "after '%.*s': there are no targets to take a share of",
		    SLICE_ARG(text));
	return 0;
}

/* "target" is the calendar of the record's target. */
static int
read_calendar(struct boundaries *b, struct boundary *row, struct fault *f)
{
	struct slice name = table_text(row->row, "calendar");

	if (slice_is(name, "target") &&
	    calendars_find(&b->targets.calendars, name) == NULL)
		return 0;
	return calendars_cell(
	    &b->targets.calendars, row->row, "calendar", &row->calendar, f);
}

/* What inc-notify goes by stands in this table too, so it is checked here. */
static int
read_repeat(struct boundary *row, struct fault *f)
{
	struct slice text = table_text(row->row, "repeat");
	int64_t repeat_s;

	if (text.n == 0 ||
	    (duration_parse(text, &repeat_s) == 0 && repeat_s > 0))
		return 0;
	return fault_at(f, table_place(row->row, "repeat"),
	    "repeat '%.*s': a duration such as 15m was expected",
	    SLICE_ARG(text));
}

static void
read_times(struct boundaries *b, struct boundary *row)
{
	struct slice from = table_raw(row->row, "from");
	struct slice rest = table_raw(row->row, "until"), word, count = rest;
	size_t n = 0;

	row->from = from.n > 0 ? columns_add(&b->time, from) : 0;
	while (slice_word(&count, &word))
		n++;
	row->until = arena_new(&b->arena, n * sizeof *row->until);
	while (slice_word(&rest, &word))
		row->until[row->nuntil++] = columns_add(&b->time, word);
}

static int
read_boundary(struct boundaries *b, struct table_row *cells, struct fault *f)
{
	struct boundary *row = &b->row[b->n];

	row->row = cells;
	if (read_name(b, row, f) < 0)
		return -1;
	row->when =
	    when_parse(table_raw(cells, "when"), table_place(cells, "when"), f);
	if (row->when == NULL)
		return -1;
	b->n++;
	if (read_direction(row, f) < 0 || read_aim(b, row, f) < 0 ||
	    read_after(b, row, f) < 0 || read_calendar(b, row, f) < 0 ||
	    read_repeat(row, f) < 0)
		return -1;
	read_times(b, row);
	return 0;
}

int
boundaries_load(struct boundaries *b, struct pack *p, struct fault *f)
{
	struct table *t;

	columns_add(&b->time, slice_of("received"));
	if (read_levels(b, p, f) < 0 || targets_load(&b->targets, p, f) < 0 ||
	    add_names(&b->roles, p, "roster", "role", f) < 0 ||
	    add_names(&b->roles, p, "directory", "party", f) < 0 ||
	    pack_table_needed(p, "escalation", &t, f) < 0)
		return -1;
	b->row = arena_new(&b->arena, t->n * sizeof *b->row);
	for (size_t i = 0; i < t->n; i++) {
		if (read_boundary(b, &t->row[i], f) < 0 && fault_keep(f) < 0)
			return -1;
	}
	b->set = whenset_new(&b->row->when, b->n, sizeof *b->row);
	return 0;
}

void
boundaries_release(struct boundaries *b)
{
	whenset_free(b->set);
	for (size_t i = 0; i < b->n; i++)
		when_free(b->row[i].when);
	levels_release(&b->levels);
	targets_release(&b->targets);
	columns_release(&b->roles);
	columns_release(&b->time);
	arena_release(&b->arena);
	*b = (struct boundaries){0};
}

/* Checks that each column of a cell is one that the records can have. */
static int
check_columns(const struct boundary *row, const char *cell,
    const struct columns *columns, const struct columns *known, struct fault *f)
{
	struct slice raw = table_raw(row->row, cell), rest = raw, word;
	struct place where = table_place(row->row, cell);

	while (slice_word(&rest, &word)) {
		if (columns_find(columns, word) != COLUMNS_NONE ||
		    columns_find(known, word) != COLUMNS_NONE)
			continue;
		columns_unknown(
		    columns, known, word, place_in(where, raw, word.p), f);
		if (fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

int
boundaries_bind(struct boundaries *b, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct boundary *row = &b->row[i];

		if (when_bind(row->when, columns, known, f) < 0 ||
		    check_columns(row, "from", columns, known, f) < 0 ||
		    check_columns(row, "until", columns, known, f) < 0)
			return -1;
	}
	return 0;
}
