#include "watch.h"

#include <stdlib.h>

#include "civil.h"
#include "columns.h"
#include "hours.h"

#define AHEAD 30 /* days */

/* Somebody's turn, from one instant up to another. */
struct turn {
	struct stamp from, until;
};

struct turns {
	struct turn *turn;
	size_t n, cap;
};

static int
by_start(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	return stamp_cmp(x->from, y->from);
}

/* Adds the turns of a row of the roster on the days around those ahead. */
static void
add_turns(struct turns *turns, const struct roster_row *r, struct stamp now)
{
	int64_t day = now.s / DAY_S - 2, last = day + AHEAD + 4;

	day = day < r->first ? r->first : day;
	last = last > r->last ? r->last : last;
	for (; day <= last; day++) {
		for (size_t i = 0; i < r->hours.n; i++) {
			struct turn t;

			if (!hours_interval(
				&r->hours, i, day, r->zone, &t.from, &t.until))
				continue;
			turns->turn = mem_grow(turns->turn, turns->n,
			    &turns->cap, sizeof *turns->turn);
			turns->turn[turns->n++] = t;
		}
	}
}

/*
 * Finds the first gap from gap->from on: true, and sets it, where there is one
 * that starts before the end.  Sorts the turns.
 */
static bool
find_gap(struct turns *turns, struct stamp end, struct turn *gap)
{
	if (turns->n > 0)
		qsort(turns->turn, turns->n, sizeof *turns->turn, by_start);
	gap->until = end;
	for (size_t i = 0; i < turns->n; i++) {
		if (stamp_cmp(turns->turn[i].from, gap->from) > 0) {
			gap->until = turns->turn[i].from;
			break;
		}
		if (stamp_cmp(turns->turn[i].until, gap->from) > 0)
			gap->from = turns->turn[i].until;
	}
	if (stamp_cmp(gap->until, end) > 0)
		gap->until = end;
	return stamp_cmp(gap->from, end) < 0;
}

/* Says when nobody holds a role of the roster. */
static void
check_role(struct survey *s, struct slice role)
{
	const struct roster *r = &s->recipients.roster;
	struct stamp now = {.s = s->now.s};
	struct stamp end = {.s = now.s < STAMP_MAX_S - AHEAD * DAY_S
		? now.s + AHEAD * DAY_S
		: STAMP_MAX_S};
	struct turn gap = {.from = now};
	struct place where = {0};
	struct turns turns = {0};
	struct buf text = {0};

	for (size_t i = 0; i < r->n; i++) {
		if (!slice_eq(r->row[i].role, role))
			continue;
		add_turns(&turns, &r->row[i], now);
		if (where.line == 0 || r->row[i].where.line < where.line)
			where = r->row[i].where;
	}
	if (find_gap(&turns, end, &gap)) {
		stamp_add(&text, gap.from);
		buf_add_str(&text, " to ");
		stamp_add(&text, gap.until);
		findings_add(&s->found, FOUND_GAP, where,
		    "nobody is '%.*s' from %s", SLICE_ARG(role),
		    buf_str(&text));
	}
	free(turns.turn);
	buf_release(&text);
}

/* The roles that routes, levels and boundaries name. */
static void
name_roles(const struct survey *s, struct columns *roles)
{
	const struct levels *levels = &s->recipients.levels;

	for (size_t i = 0; i < levels->n; i++)
		columns_add(roles, levels->level[i].role);
	for (size_t i = 0; s->sound.boundaries && i < s->boundaries.n; i++)
		columns_add(roles, s->boundaries.row[i].role);
	for (size_t i = 0; s->sound.routes && i < s->routes.n; i++) {
		for (size_t k = 0; k < s->routes.route[i].nto; k++) {
			if (s->routes.route[i].to[k].column.name.n == 0)
				columns_add(
				    roles, s->routes.route[i].to[k].name);
		}
	}
}

/* Says which levels are led by nobody. */
static void
check_levels(struct survey *s)
{
	const struct recipients *r = &s->recipients;

	for (size_t i = 0; i < r->levels.n; i++) {
		const struct level *level = &r->levels.level[i];

		if (level->role.n == 0 || roster_has(&r->roster, level->role) ||
		    directory_find(&r->directory, level->role) != NULL)
			continue;
		findings_add(&s->found, FOUND_NO_ROLE, level->where,
		    "nobody ever is '%.*s', who leads level %llu",
		    SLICE_ARG(level->role), level->number);
	}
}

/* Says who is on call, now or later, and in no directory. */
static void
check_strangers(struct survey *s)
{
	const struct recipients *r = &s->recipients;

	for (size_t i = 0; i < r->roster.n; i++) {
		const struct roster_row *row = &r->roster.row[i];

		if (row->last < s->now.s / DAY_S - 1 ||
		    directory_find(&r->directory, row->party) != NULL)
			continue;
		findings_add(&s->found, FOUND_STRANGER, row->where,
		    "'%.*s' is not in the directory", SLICE_ARG(row->party));
	}
}

void
watch_check(struct survey *s)
{
	struct columns roles = {0};

	if (!s->sound.recipients)
		return;
	name_roles(s, &roles);
	for (size_t i = 0; i < roles.n; i++) {
		if (roster_has(&s->recipients.roster, roles.name[i]))
			check_role(s, roles.name[i]);
	}
	check_levels(s);
	check_strangers(s);
	columns_release(&roles);
}
