#ifndef INC_TEST_TOLD_H
#define INC_TEST_TOLD_H

#include "dir.h"
#include "journal.h"
#include "named.h"
#include "times.h"

/* A log of this test alone, in its directory, entry by entry. */
struct told {
	const char *time, *event, *id;
	const char *column[3], *value[3]; /* up to the first NULL */
};

/* What entries may say something in; every segment has the last. */
#define TOLD_COLUMNS "summary closed message try delivery why"

/* Adds entries to the batch. */
static inline void
told_add(struct journal *j, const struct columns *columns, const struct told *s,
    size_t n)
{
	const bool personal[16] = {false};

	for (size_t i = 0; i < n; i++) {
		struct entry_head head = {.at = at(s[i].time),
		    .by = slice_of("me"),
		    .event = slice_of(s[i].event),
		    .id = slice_of(s[i].id)};
		struct slice text[LEN(s->value)];
		size_t column[LEN(s->column)], k = 0;

		for (; k < LEN(text) && s[i].column[k] != NULL; k++) {
			column[k] =
			    columns_find(columns, slice_of(s[i].column[k]));
			text[k] = slice_of(s[i].value[k]);
		}
		CHECK(journal_add(
			  j, &head, columns, column, text, personal, k) == 0);
	}
}

/* Adds entries to the log, as somebody of their own, in a new segment or not.
 */
static inline void
tell(const struct told *s, size_t n, bool segment)
{
	struct columns columns = {0};
	struct journal j;
	struct journal_entry e;

	name_columns(&columns, TOLD_COLUMNS);
	CHECK(journal_open(&j, dir, true) == 0);
	CHECK(journal_lock(&j) == 0);
	while (journal_reader_next(&j.in, &e) > 0)
		;
	if (segment)
		CHECK(journal_begin(&j, columns.name, columns.n - 1) == 0);
	told_add(&j, &columns, s, n);
	CHECK(journal_commit(&j) == 0);
	journal_release(&j);
	columns_release(&columns);
}

#endif
