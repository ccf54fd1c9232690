#include "target.h"

#include <stdlib.h>

#include "deadline.h"
#include "escape.h"

/* Reads a limit; an empty cell is none. */
static int
read_limit(struct table_row *row, const char *column, struct limit *limit,
    struct fault *f)
{
	struct slice text = table_text(row, column);

	if (limit_parse(text, limit) == 0)
		return 0;
	return fault_at(f, table_place(row, column),
	    "%s '%.*s': a limit such as 15m, 5wd, 10cd or 1mo was expected",
	    column, SLICE_ARG(text));
}

static int
read_target(struct targets *t, struct table_row *row, struct fault *f)
{
	struct target *target = &t->target[t->n];
	bool added;

	target->priority = table_text(row, "priority");
	target->tell = table_text(row, "tell");
	if (target->priority.n == 0)
		return fault_at(f, table_place(row, "priority"),
		    "a target without a priority");
	dict_add(&t->index, target->priority, t->n, &added);
	if (!added)
		return fault_at(f, table_place(row, "priority"),
		    "priority '%.*s' has two targets",
		    SLICE_ARG(target->priority));
	t->n++;
	if (read_limit(row, "respond", &target->limit[TARGET_RESPOND], f) < 0 ||
	    read_limit(row, "resolve", &target->limit[TARGET_RESOLVE], f) < 0)
		return -1;
	return calendars_cell(
	    &t->calendars, row, "calendar", &target->calendar, f);
}

int
targets_load(struct targets *t, struct pack *p, struct fault *f)
{
	struct table *table;
	int got = pack_table(p, "targets", &table, f);

	if (got < 0 || calendars_load(&t->calendars, p, f) < 0)
		return -1;
	if (got == 0)
		return 0;
	t->path = table->path;
	t->target = arena_new(&t->arena, table->n * sizeof *t->target);
	for (size_t i = 0; i < table->n; i++) {
		if (read_target(t, &table->row[i], f) < 0 && fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

const struct target *
targets_find(const struct targets *t, struct slice priority)
{
	size_t i = dict_find(&t->index, priority);

	return i != DICT_NONE ? &t->target[i] : NULL;
}

void
targets_release(struct targets *t)
{
	calendars_release(&t->calendars);
	dict_release(&t->index);
	arena_release(&t->arena);
	*t = (struct targets){0};
}

int
target_due(const struct target *target, enum target_clock clock,
    struct stamp from, const struct holds *holds, struct stamp *due)
{
	return deadline_due(
	    target->calendar, from, target->limit[clock], holds, due);
}

bool
targets_gave(const struct targets *t, enum target_clock clock,
    struct stamp received, const struct holds *holds, struct stamp deadline)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct target *target = &t->target[i];

		if (deadline_gave(target->calendar, received,
			target->limit[clock], holds, deadline))
			return true;
	}
	return false;
}
