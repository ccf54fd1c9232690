#include "retention.h"

#include <stdlib.h>

#include "mem.h"
#include "table.h"

static int
read_rule(struct retention *r, struct table_row *row, struct fault *f)
{
	struct retention_rule *rule = &r->rule[r->n];
	struct slice retain = table_text(row, "retain");
	struct slice when = table_raw(row, "when");
	struct place where = table_place(row, "retain");

	if (retain.n == 0)
		return 0;
	r->n++; /* what it holds so far is released */
	*rule = (struct retention_rule){
	    .name = table_text(row, "regulation"), .from = SLICE("closed")};
	if (table_text(row, "limit").n == 0 && table_text(row, "from").n > 0)
		rule->from = table_text(row, "from");
	if (limit_parse(retain, &rule->retain) < 0)
		return fault_at(f, where,
		    "'%.*s': a time to keep was expected, such as 72mo or 90d",
		    SLICE_ARG(retain));
	if (rule->retain.kind == LIMIT_WORKING_DAYS)
		return fault_at(f, where,
		    "'%.*s': what is kept is kept on all days: mo, cd or d "
		    "was expected",
		    SLICE_ARG(retain));
	if (when.n == 0)
		return 0;
	rule->when = when_parse(when, table_place(row, "when"), f);
	return rule->when != NULL ? 0 : -1;
}

int
retention_load(struct retention *r, struct pack *p, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, "regulations", &t, f);

	calendar_elapsed(&r->clock, p->zone);
	if (got <= 0)
		return got;
	r->rule = mem_new(t->n + 1, sizeof *r->rule);
	for (size_t i = 0; i < t->n; i++) {
		if (read_rule(r, &t->row[i], f) < 0)
			return -1;
	}
	return 0;
}

int
retention_bind(struct retention *r, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->rule[i].when != NULL &&
		    when_bind(r->rule[i].when, columns, known, f) < 0)
			return -1;
	}
	r->field = mem_resize(r->field, columns->n + 1, sizeof *r->field);
	return 0;
}

bool
retention_held(const struct incidents *all, const struct incident *in)
{
	return incidents_value(all, in, "legal_hold").n > 0;
}

/* What holds for an incident in a column, by its name. */
static struct slice
value_of(
    const struct incidents *all, const struct incident *in, struct slice name)
{
	size_t column = columns_find(&all->columns, name);

	return column != COLUMNS_NONE ? incident_value(in, column)
				      : (struct slice){"", 0};
}

const struct retention_rule *
retention_of(struct retention *r, const struct incidents *all,
    const struct incident *in, struct stamp *until)
{
	const struct retention_rule *longest = NULL;
	struct stamp from, due;

	if (incidents_value(all, in, "closed").n == 0 ||
	    retention_held(all, in))
		return NULL;
	incident_values(in, r->field, all->columns.n);
	for (size_t i = 0; i < r->n; i++) {
		const struct retention_rule *rule = &r->rule[i];
		int holds = rule->when == NULL
		    ? 1
		    : when_test(rule->when, r->field, &r->state);

		if (holds == 0)
			continue;
		/* Where it can't be told, nothing goes. */
		if (holds < 0 ||
		    stamp_parse(value_of(all, in, rule->from), &from) < 0 ||
		    deadline_due(&r->clock, from, rule->retain, NULL, &due) ==
			0)
			return NULL;
		if (longest == NULL || stamp_cmp(due, *until) > 0) {
			longest = rule;
			*until = due;
		}
	}
	return longest;
}

void
retention_release(struct retention *r)
{
	for (size_t i = 0; i < r->n; i++)
		when_free(r->rule[i].when);
	free(r->rule);
	free(r->field);
	calendar_release(&r->clock);
	when_state_release(&r->state);
}
