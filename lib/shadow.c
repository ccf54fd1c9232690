#include "shadow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "logic.h"
#include "mem.h"

#define NONE SIZE_MAX

/* The conditions under examination. */
struct shadow {
	struct survey *s;
	struct logic logic;
	struct columns groups; /* of rows that are tried one after the other */
	size_t *last;          /* of each group: its last row so far, or NONE */
	size_t *previous;      /* of each condition: the row before it */
	const struct when **before; /* those before the one under way */
	size_t n;
};

/* The column whose value those rows share that are tried in order. */
static const char *
group_column(const char *table)
{
	if (strcmp(table, "triage") == 0 || strcmp(table, "call") == 0)
		return "node";
	return strcmp(table, "routes") == 0 ? "reason" : NULL;
}

/* Whether a table has no fault, so that its rows are tried as they stand. */
static bool
is_sound(const struct survey *s, const char *table)
{
	if (strcmp(table, "triage") == 0)
		return s->sound.decision;
	return strcmp(table, "call") == 0 ? s->sound.call : s->sound.routes;
}

/* The group of a condition: "triage TAB start". */
static size_t
group_of(struct shadow *sh, const struct survey_condition *c)
{
	size_t n = sh->groups.n, at;
	struct buf name = {0};

	buf_addf(&name, "%s\t", c->table);
	buf_add_slice(&name, table_text(c->row, group_column(c->table)));
	at = columns_add(&sh->groups, buf_slice(&name));
	if (at == n)
		sh->last[at] = NONE;
	buf_release(&name);
	return at;
}

/*
 * Says that a row is never taken because of a single earlier one, if so.  They
 * are i and those before it.
 */
static bool
is_forestalled(struct shadow *sh, const struct survey_condition *c, size_t i)
{
	const struct when *one[] = {c->when};

	sh->n = 0;
	for (; i != NONE; i = sh->previous[i]) {
		const struct survey_condition *by = &sh->s->condition[i];
		const struct when *other[] = {by->when};

		sh->before[sh->n++] = by->when;
		if (logic_possible(&sh->logic, one, 1, other, 1))
			continue;
		findings_add(&sh->s->found, FOUND_SHADOWED, c->where,
		    "never taken: wherever this holds, line %zu does before",
		    by->row->line);
		return true;
	}
	return false;
}

/* Says that a row is never taken because of all earlier ones, if so. */
static bool
is_covered(struct shadow *sh, const struct survey_condition *c)
{
	const struct when *one[] = {c->when};

	if (sh->n < 2 || logic_possible(&sh->logic, one, 1, sh->before, sh->n))
		return false;
	findings_add(&sh->s->found, FOUND_COVERED, c->where,
	    "never taken: the rows before it leave nothing for it");
	return true;
}

/* Says that a condition never or always holds, if so. */
static bool
is_settled(struct shadow *sh, const struct survey_condition *c)
{
	const struct when *one[] = {c->when};

	if (!logic_possible(&sh->logic, one, 1, NULL, 0)) {
		findings_add(&sh->s->found, FOUND_NEVER_HOLDS, c->where,
		    "this can never hold: it excludes itself");
		return true;
	}
	if (!logic_possible(&sh->logic, NULL, 0, one, 1))
		findings_add(&sh->s->found, FOUND_ALWAYS_HOLDS, c->where,
		    "this always holds: write * if that is meant");
	return false;
}

/* Examines a condition; it then stands before those that follow. */
static void
examine(struct shadow *sh, size_t place)
{
	const struct survey_condition *c = &sh->s->condition[place];
	const char *column = group_column(c->table);
	bool always = when_is_always(c->when);
	size_t group;

	if ((!always && is_settled(sh, c)) || column == NULL ||
	    !is_sound(sh->s, c->table))
		return;
	group = group_of(sh, c);
	/* The last row of a node has to be "*", be it ever taken or not. */
	if (!(always && strcmp(column, "node") == 0) &&
	    (is_forestalled(sh, c, sh->last[group]) || is_covered(sh, c)))
		return;
	sh->previous[place] = sh->last[group];
	sh->last[group] = place;
}

void
shadow_check(struct survey *s)
{
	struct shadow sh = {.s = s,
	    .logic = {.left = LOGIC_WORK},
	    .last = mem_new(s->n + 1, sizeof *sh.last),
	    .previous = mem_new(s->n + 1, sizeof *sh.previous),
	    .before = mem_new(s->n + 1, sizeof(struct when *))};

	for (size_t i = 0; i < s->n && sh.logic.left > 0; i++) {
		sh.logic.spent = false;
		examine(&sh, i);
		if (sh.logic.spent)
			findings_add(&s->found, FOUND_UNCOMPARED,
			    s->condition[i].where, "%s",
			    sh.logic.left > 0
				? "too intricate to be compared with the rows "
				  "before it"
				: "from here on no rows could be compared");
	}
	logic_release(&sh.logic);
	columns_release(&sh.groups);
	free(sh.last);
	free(sh.previous);
	free(sh.before);
}
