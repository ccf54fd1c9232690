#ifndef INC_TEST_FOLDS_H
#define INC_TEST_FOLDS_H

#include "incident.h"
#include "test.h"

/* Incidents of this test alone, of entries that say one thing each. */
static struct incidents all;
static uint64_t seq;

/* Forgets them; from now on what was said is remembered. */
static inline void
start(void)
{
	incidents_release(&all);
	all.remember = true;
	seq = 0;
}

/* Folds an entry of one column: text as on disk. */
static inline void
fold_as(const char *event, const char *id, int64_t updated, const char *column,
    const char *text)
{
	size_t at = incidents_column(&all, slice_of(column));
	struct slice field = slice_of(text);
	struct entry entry = {.seq = ++seq,
	    .updated = {updated, 0},
	    .id = slice_of(id),
	    .event = slice_of(event),
	    .field = &field,
	    .column = &at,
	    .n = 1};

	incidents_fold(&all, &entry);
}

static inline void
fold(const char *id, int64_t updated, const char *column, const char *text)
{
	fold_as("updated", id, updated, column, text);
}

#endif
