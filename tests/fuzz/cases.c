#include "cases.h"

#include <stdlib.h>

#include "trial.h"
#include "vocabulary.h"

/*
 * Tables of cases: every record has its fields, every row of a case expects
 * something, and what a cell expects is met by that very text (or by no value,
 * where it expects none).
 */
static void
check_case(struct cases *c, const struct cases_case *one)
{
	for (size_t i = 0; i < c->columns.n; i++) {
		if (one->field[i].p == NULL)
			abort();
	}
	for (size_t i = one->first; i < one->first + one->n; i++) {
		size_t expected = 0;

		for (size_t k = 0; k < c->table->columns.n; k++) {
			const struct cases_column *column = &c->column[k];
			struct cases_expected e =
			    cases_expected(c, &c->table->row[i], k);
			struct slice got =
			    e.none ? (struct slice){"", 0} : e.text;

			expected += e.is;
			if (!trial_meets(c, one, column, e, got) && e.is &&
			    column->compare != CASES_TIME)
				abort();
		}
		if (expected == 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct pack pack = {0};
	struct table t = {0};
	struct cases cases = {0};
	struct faults faults = {0};
	struct fault f = {.kept = &faults};

	vocabulary_add(&pack.known);
	if (table_read(&t, "fuzz", text, false, &f) == 0 &&
	    cases_load(&cases, &t, &pack, &f) == 0) {
		if (cases.n + faults.n == 0)
			abort();
		for (size_t i = 0; i < cases.n; i++)
			check_case(&cases, &cases.one[i]);
	}
	cases_release(&cases);
	table_release(&t);
	fault_release(&f);
	faults_release(&faults);
	pack_release(&pack);
	return 0;
}
