#include "target.h"

#include <stdlib.h>

#include "escape.h"

#define NS_PER_S UINT32_C(1000000000)

int
calendar_names(struct pack *p, struct columns *names, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, "calendars", &t, f);

	columns_add(names, slice_of("always"));
	for (size_t i = 0; got > 0 && i < t->n; i++) {
		struct slice name = table_text(&t->row[i], "calendar");

		if (name.n > 0)
			columns_add(names, name);
	}
	return got < 0 ? -1 : 0;
}

/* Reads a duration cell; an empty one is no limit. */
static int
read_limit(struct table_row *row, const char *column, int64_t *limit_s,
    struct fault *f)
{
	struct slice text = table_text(row, column);

	*limit_s = -1;
	if (text.n == 0 || duration_parse(text, limit_s) == 0)
		return 0;
	return fault_at(f, table_place(row, column),
	    "%s '%.*s': a duration such as 15m or 4h was expected", column,
	    SLICE_ARG(text));
}

static int
read_calendar(struct target *target, struct table_row *row,
    const struct columns *calendars, struct fault *f)
{
	target->calendar = table_text(row, "calendar");
	if (target->calendar.n == 0 ||
	    columns_find(calendars, target->calendar) != COLUMNS_NONE)
		return 0;
	fault_at(f, table_place(row, "calendar"), "unknown calendar '%.*s'",
	    SLICE_ARG(target->calendar));
	return fault_suggest(
	    f, target->calendar, calendars->name, calendars->n);
}

static int
read_target(struct targets *t, struct table_row *row,
    const struct columns *calendars, struct fault *f)
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
	if (read_limit(row, "respond", &target->limit_s[TARGET_RESPOND], f) <
		0 ||
	    read_limit(row, "resolve", &target->limit_s[TARGET_RESOLVE], f) < 0)
		return -1;
	return read_calendar(target, row, calendars, f);
}

int
targets_load(struct targets *t, struct pack *p, struct fault *f)
{
	struct columns calendars = {0};
	struct table *table;
	int got = pack_table(p, "targets", &table, f);
	int result = got < 0 ? -1 : 0;

	if (got > 0) {
		t->target = arena_new(&t->arena, table->n * sizeof *t->target);
		result = calendar_names(p, &calendars, f);
	}
	for (size_t i = 0; got > 0 && result == 0 && i < table->n; i++)
		result = read_target(t, &table->row[i], &calendars, f);
	columns_release(&calendars);
	return result;
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
	dict_release(&t->index);
	arena_release(&t->arena);
	*t = (struct targets){0};
}

/* START/END or START/ */
static int
read_hold(struct slice word, struct hold *hold)
{
	struct slice start;

	if (word.n == 0 || memchr(word.p, '/', word.n) == NULL)
		return -1;
	slice_split(&word, '/', &start);
	if (stamp_parse(start, &hold->from) < 0)
		return -1;
	hold->lasts = word.n == 0;
	if (hold->lasts)
		return 0;
	if (stamp_parse(word, &hold->until) < 0)
		return -1;
	return stamp_cmp(hold->from, hold->until) <= 0 ? 0 : -1;
}

static int
by_start(const void *a, const void *b)
{
	const struct hold *x = a, *y = b;

	return stamp_cmp(x->from, y->from);
}

int
holds_read(struct holds *h, struct slice field)
{
	struct slice word;
	int result = 0;

	h->n = 0;
	if (!field_is_set(field))
		return 0;
	while (slice_word(&field, &word)) {
		h->hold = mem_grow(h->hold, h->n, &h->cap, sizeof *h->hold);
		if (read_hold(word, &h->hold[h->n]) == 0)
			h->n++;
		else
			result = -1;
	}
	if (h->n > 1)
		qsort(h->hold, h->n, sizeof *h->hold, by_start);
	return result;
}

void
holds_release(struct holds *h)
{
	free(h->hold);
	*h = (struct holds){0};
}

/* a + b; both 0 or more, the sum's seconds within int64_t. */
static struct stamp
plus(struct stamp a, struct stamp b)
{
	uint32_t ns = a.ns + b.ns; /* under 2 * 10^9 */

	return (struct stamp){a.s + b.s + ns / NS_PER_S, ns % NS_PER_S};
}

/* a - b, where a is not before b. */
static struct stamp
minus(struct stamp a, struct stamp b)
{
	if (a.ns >= b.ns)
		return (struct stamp){a.s - b.s, a.ns - b.ns};
	return (struct stamp){a.s - b.s - 1, a.ns + NS_PER_S - b.ns};
}

/* A clock under way. */
struct run {
	struct stamp at;   /* it ran until here */
	struct stamp left; /* a span: what it has still to run */
};

enum run_state { RUN_DUE, RUN_ON, RUN_STOPPED };

/* Whether it runs out before a hold, stands in it for good, or goes on. */
static enum run_state
run_over(struct run *run, const struct hold *h)
{
	if (!h->lasts && stamp_cmp(h->until, run->at) <= 0)
		return RUN_ON;
	if (stamp_cmp(h->from, plus(run->at, run->left)) >= 0)
		return RUN_DUE;
	if (h->lasts)
		return RUN_STOPPED;
	if (stamp_cmp(h->from, run->at) > 0)
		run->left = minus(run->left, minus(h->from, run->at));
	run->at = h->until;
	return RUN_ON;
}

int
target_due(struct stamp from, int64_t seconds, const struct holds *holds,
    struct stamp *due)
{
	struct run run = {from, {seconds, 0}};
	enum run_state state = RUN_ON;

	if (seconds < 0 || seconds > STAMP_MAX_S)
		return 0;
	for (size_t i = 0; i < holds->n && state == RUN_ON; i++)
		state = run_over(&run, &holds->hold[i]);
	*due = plus(run.at, run.left);
	return state != RUN_STOPPED && due->s <= STAMP_MAX_S;
}

/* Whether received plus a limit, with all or the first holds, is deadline. */
static bool
gave(int64_t limit_s, struct stamp received, const struct holds *holds,
    struct stamp deadline)
{
	struct run run = {received, {limit_s, 0}};
	enum run_state state = RUN_ON;

	if (limit_s < 0 || limit_s > STAMP_MAX_S)
		return false;
	for (size_t i = 0; i < holds->n && state == RUN_ON; i++) {
		if (stamp_cmp(plus(run.at, run.left), deadline) == 0)
			return true;
		state = run_over(&run, &holds->hold[i]);
	}
	return stamp_cmp(plus(run.at, run.left), deadline) == 0;
}

bool
targets_gave(const struct targets *t, enum target_clock clock,
    struct stamp received, const struct holds *holds, struct stamp deadline)
{
	for (size_t i = 0; i < t->n; i++) {
		if (gave(
			t->target[i].limit_s[clock], received, holds, deadline))
			return true;
	}
	return false;
}
