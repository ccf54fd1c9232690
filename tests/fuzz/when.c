#include "when.h"

#include <stdlib.h>

#include "clause.h"

/*
 * Conditions: the first line is one, the second a row for the columns that it
 * names.  None crashes or hangs, and "not (C)" is the negation of C.
 */
static void
add(void *columns, struct slice name, struct place where)
{
	(void)where;
	columns_add(columns, name);
}

static int
test(struct slice text, const struct columns *columns,
    const struct slice *field, struct when_state *state)
{
	struct place where = {"fuzz", 1, 1};
	struct when *w = when_parse(text, where, &state->fault);
	struct buf facts = {0};
	int result = -2;

	if (w != NULL && when_bind(w, columns, NULL, &state->fault) == 0) {
		result = when_test(w, field, state);
		when_facts(w, field, &facts);
	}
	buf_release(&facts);
	when_free(w);
	return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, text, row = {"", 0};
	struct when_state state = {.now = {1774429200, 0}};
	struct columns columns = {0};
	struct buf negated = {0};
	struct slice field[CLAUSE_MAX_COLUMNS] = {0};
	struct when *w;
	int is, is_not;

	if (size == 0 || !slice_split(&rest, '\n', &text))
		return 0;
	slice_split(&rest, '\n', &row);
	w = when_parse(text, (struct place){"fuzz", 1, 1}, &state.fault);
	if (w != NULL && !when_is_always(w)) {
		when_names(w, add, &columns);
		for (size_t i = 0; i < columns.n; i++)
			slice_split(&row, '\t', &field[i]);
		buf_addf(&negated, "not (%.*s)", SLICE_ARG(text));
		is = test(text, &columns, field, &state);
		is_not = test(buf_slice(&negated), &columns, field, &state);
		if (is == -2 || (is_not != -2 && is >= 0 && is == is_not))
			abort();
	}
	when_free(w);
	columns_release(&columns);
	buf_release(&negated);
	when_state_release(&state);
	return 0;
}
