#include "advice.h"

#include <stdlib.h>

#include "escape.h"

const char *const advice_column[ADVICE_COLUMNS] = {"advice", "say",
    "must_not_say", "limit", "roles", "referral", "closing", "source", "dated",
    "review_by"};

/* Whether one of the words of `roles` is the role; where there is none, any. */
static bool
may_give(struct table_row *row, const char *role)
{
	struct slice roles = table_text(row, "roles"), word;
	bool any = true;

	while (slice_word(&roles, &word)) {
		if (slice_is(word, role))
			return true;
		any = false;
	}
	return any;
}

static int
read_row(struct advices *a, struct advice *one, struct table_row *row,
    struct fault *f)
{
	int64_t dated;

	if (table_text(row, "advice").n == 0)
		return fault_at(
		    f, table_place(row, "advice"), "advice without a name");
	if (table_date(row, "dated", &dated, f) < 0 ||
	    table_date(row, "review_by", &one->review, f) < 0)
		return -1;
	for (size_t i = 0; i < ADVICE_COLUMNS; i++)
		one->field[i] =
		    escape_copy(table_text(row, advice_column[i]), &a->arena);
	one->when =
	    when_parse(table_raw(row, "when"), table_place(row, "when"), f);
	return one->when != NULL ? 0 : -1;
}

int
advices_load(
    struct advices *a, struct table *t, const char *role, struct fault *f)
{
	a->one = mem_new(t->n + 1, sizeof *a->one);
	for (size_t i = 0; i < t->n; i++) {
		struct advice *one = &a->one[a->n];

		if (role != NULL && !may_give(&t->row[i], role))
			continue;
		one->review = INT64_MAX;
		if (read_row(a, one, &t->row[i], f) < 0)
			return -1;
		a->n++;
	}
	if (role != NULL && a->n == 0)
		return fault_at(f, table_header_line(t),
		    "nobody's role is '%s' here", role);
	return 0;
}

int
advices_bind(struct advices *a, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < a->n; i++) {
		if (when_bind(a->one[i].when, columns, known, f) < 0)
			return -1;
	}
	a->conditions = whenset_new(&a->one->when, a->n, sizeof *a->one);
	return 0;
}

void
advices_release(struct advices *a)
{
	if (a->conditions != NULL)
		whenset_free(a->conditions);
	for (size_t i = 0; i < a->n; i++)
		when_free(a->one[i].when);
	free(a->one);
	arena_release(&a->arena);
	*a = (struct advices){0};
}
