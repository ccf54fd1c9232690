#include "rivals.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "logic.h"
#include "mem.h"

#define NONE SIZE_MAX
#define MOST_TOGETHER 500 /* rows of which it is asked what they leave */

/* The conditions under examination. */
struct rivals {
	struct survey *s;
	struct logic logic;
	size_t *last;     /* of each group: its last row so far, or NONE */
	size_t *previous; /* of each condition: the row before it */
	const struct when **before; /* those before the one under way */
	size_t n;
};

/*
 * Whether a table is one of which the first row that holds is taken, and has
 * no fault, so that its rows are tried as they stand.
 */
static bool
is_tried_in_order(const struct survey *s, const char *table)
{
	if (strcmp(table, "triage") == 0)
		return s->sound.decision;
	if (strcmp(table, "call") == 0)
		return s->sound.call;
	return strcmp(table, "routes") == 0 && s->sound.routes;
}

/*
 * Says that a row is never taken because of a single earlier one, if so.  They
 * are i and those before it.
 */
static bool
is_forestalled(struct rivals *r, const struct survey_condition *c, size_t i)
{
	const struct when *one[] = {c->when};

	r->n = 0;
	for (; i != NONE; i = r->previous[i]) {
		const struct survey_condition *by = &r->s->condition[i];
		const struct when *other[] = {by->when};

		r->before[r->n++] = by->when;
		if (logic_possible(&r->logic, one, 1, other, 1))
			continue;
		findings_add(&r->s->found, FOUND_SHADOWED, c->where,
		    "never taken: wherever this holds, line %zu does before",
		    by->row->line);
		return true;
	}
	return false;
}

/* Says that a row is never taken because of all earlier ones, if so. */
static bool
is_covered(struct rivals *r, const struct survey_condition *c)
{
	const struct when *one[] = {c->when};

	if (r->n < 2 || r->n > MOST_TOGETHER ||
	    logic_possible(&r->logic, one, 1, r->before, r->n))
		return false;
	findings_add(&r->s->found, FOUND_COVERED, c->where,
	    "never taken: the rows before it leave nothing for it");
	return true;
}

/* Says that a condition never or always holds, if so. */
static bool
is_settled(struct rivals *r, const struct survey_condition *c)
{
	const struct when *one[] = {c->when};

	if (!logic_possible(&r->logic, one, 1, NULL, 0)) {
		findings_add(&r->s->found, FOUND_NEVER_HOLDS, c->where,
		    "this can never hold: it excludes itself");
		return true;
	}
	if (!logic_possible(&r->logic, NULL, 0, one, 1))
		findings_add(&r->s->found, FOUND_ALWAYS_HOLDS, c->where,
		    "this always holds: write * if that is meant");
	return false;
}

/* Examines a condition; it then stands before those that follow. */
static void
examine(struct rivals *r, size_t place)
{
	const struct survey_condition *c = &r->s->condition[place];
	bool always = when_is_always(c->when);
	bool tree = strcmp(c->table, "routes") != 0;

	if ((!always && is_settled(r, c)) || !is_tried_in_order(r->s, c->table))
		return;
	/* The last row of a node has to be "*", be it ever taken or not. */
	if (!(always && tree) &&
	    (is_forestalled(r, c, r->last[c->group]) || is_covered(r, c)))
		return;
	r->previous[place] = r->last[c->group];
	r->last[c->group] = place;
}

void
rivals_check(struct survey *s)
{
	struct rivals r = {.s = s,
	    .logic = {.left = LOGIC_WORK},
	    .last = mem_new(s->groups.n + 1, sizeof *r.last),
	    .previous = mem_new(s->n + 1, sizeof *r.previous),
	    .before = mem_new(s->n + 1, sizeof(struct when *))};

	for (size_t i = 0; i < s->groups.n; i++)
		r.last[i] = NONE;
	for (size_t i = 0; i < s->n && r.logic.left > 0; i++) {
		r.logic.spent = false;
		examine(&r, i);
		if (r.logic.spent && r.logic.left > 0)
			survey_intricate(s, s->condition[i].where);
		else if (r.logic.spent)
			findings_add(&s->found, FOUND_UNCOMPARED,
			    s->condition[i].where,
			    "from here on no rows could be compared");
	}
	logic_release(&r.logic);
	free(r.last);
	free(r.previous);
	free(r.before);
}
