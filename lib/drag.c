#include "drag.h"

#include <stdlib.h>
#include <string.h>

#include "clause.h"
#include "mem.h"

/* So many patterns with literals are found in the time of one without. */
#define MANY 20

/* Whether programs try the conditions of a table on one record after another.
 */
static bool
is_for_records(const char *table)
{
	return strcmp(table, "triage") == 0 ||
	    strcmp(table, "escalation") == 0 || strcmp(table, "routes") == 0;
}

static size_t
count_patterns(const struct when *w)
{
	const struct clause *c = when_clause(w);
	size_t n = 0;

	for (size_t i = 0; i < c->ntests; i++)
		n += c->test[i].pattern != NULL;
	return n;
}

static void
add(void *found, struct place where)
{
	findings_add(found, FOUND_DRAG, where,
	    "no word stands in all that this matches, so every text is "
	    "searched for it");
}

void
drag_check(struct survey *s)
{
	size_t *patterns = mem_new(s->groups.n + 1, sizeof *patterns);

	for (size_t i = 0; i < s->n; i++)
		patterns[s->condition[i].group] +=
		    count_patterns(s->condition[i].when);
	for (size_t i = 0; i < s->n; i++) {
		const struct survey_condition *c = &s->condition[i];

		if (is_for_records(c->table) && patterns[c->group] > MANY)
			when_slow_patterns(c->when, add, &s->found);
	}
	free(patterns);
}
