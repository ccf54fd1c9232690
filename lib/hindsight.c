#include "hindsight.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"

void
hindsight_open(struct hindsight *h, const struct boundaries *b,
    const struct incidents *all)
{
	h->b = b;
	h->all = all;
	columns_add(&h->columns, slice_of("id"));
	columns_add_all(&h->columns, &all->columns);
	columns_add(&h->columns, slice_of("holds"));
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		h->set_at[i] =
		    columns_add(&h->columns, slice_of(judge_columns[i]));
	h->field = mem_new(h->columns.n, sizeof *h->field);
	judge_start(&h->judge, b, &h->columns);
}

static int
by_time(const void *a, const void *b)
{
	return stamp_cmp(*(const struct stamp *)a, *(const struct stamp *)b);
}

/* Sorts the times at which anything was said, each once. */
static void
collect_times(struct hindsight *h, const struct incident *in)
{
	size_t n = 0;

	h->ntimes = 0;
	for (size_t i = 0; i < in->nversion; i++) {
		h->time =
		    mem_grow(h->time, h->ntimes, &h->cap, sizeof *h->time);
		h->time[h->ntimes++] = in->version[i].updated;
	}
	qsort(h->time, h->ntimes, sizeof *h->time, by_time);
	for (size_t i = 0; i < h->ntimes; i++) {
		if (n == 0 || stamp_cmp(h->time[i], h->time[n - 1]) != 0)
			h->time[n++] = h->time[i];
	}
	h->ntimes = n;
}

/* What the history says by a time in a column of the rows. */
static struct slice
value_on(struct hindsight *h, const struct incident *in, size_t column,
    struct stamp at)
{
	size_t place = columns_find(&h->all->columns, h->columns.name[column]);
	bool own;

	return place != COLUMNS_NONE ? incident_value_on(in, place, at, &own)
				     : (struct slice){"", 0};
}

/* Keeps what judging has set, as the next judgement writes over it. */
static void
keep_level(struct hindsight *h)
{
	for (size_t i = 0; i < JUDGE_COLUMNS; i++) {
		struct slice *field = &h->field[h->set_at[i]];

		if (field->p == h->kept[i].p && field->n > 0)
			continue;
		buf_clear(&h->kept[i]);
		if (field_is_set(*field))
			buf_add_slice(&h->kept[i], *field);
		*field = buf_slice(&h->kept[i]);
	}
}

/*
 * Sets the record as the history had it at a time.  The level is the
 * judgement's own, unless a person has just set it.
 */
static void
set_record(struct hindsight *h, const struct incident *in, struct stamp at,
    const struct stamp *before)
{
	static const size_t level_by = 1; /* in judge_columns */
	struct slice by = value_on(h, in, h->set_at[level_by], at);
	bool person = judge_by_person(by) &&
	    (before == NULL ||
		!slice_eq(by, value_on(h, in, h->set_at[level_by], *before)) ||
		!slice_eq(value_on(h, in, h->set_at[0], at),
		    value_on(h, in, h->set_at[0], *before)));

	h->field[0] = in->id;
	for (size_t i = 1; i < h->columns.n; i++) {
		bool judged = false;

		for (size_t k = 0; k < JUDGE_COLUMNS; k++)
			judged = judged || h->set_at[k] == i;
		if (!judged || person)
			h->field[i] = value_on(h, in, i, at);
	}
	buf_clear(&h->holds);
	incident_holds(in,
	    h->field[columns_find(&h->columns, slice_of("holds"))], &h->holds);
	h->field[columns_find(&h->columns, slice_of("holds"))] =
	    buf_slice(&h->holds);
	keep_level(h);
}

/* Judges at an instant.  Returns whether a boundary was crossed. */
static bool
judge_at(
    struct hindsight *h, struct stamp at, void (*see)(void *ctx), void *ctx)
{
	h->judge.crossings.when.now = at;
	if (!judge_record(&h->judge, h->field))
		return false;
	see(ctx);
	keep_level(h);
	return true;
}

/*
 * The first instant after one and before another at which the clock of a row
 * runs out that would raise the record.  Returns false where there is none.
 */
static bool
next_crossing(
    struct hindsight *h, struct stamp after, struct stamp end, struct stamp *at)
{
	struct slice level = h->field[h->set_at[0]];
	unsigned long long from = 0;
	bool found = false;

	if (slice_number(level, LEVEL_MAX, &from) < 0)
		from = 0;
	h->judge.crossings.when.now = end;
	crossings_record(&h->judge.crossings, h->field, true);
	for (size_t i = 0; i < h->b->n; i++) {
		const struct boundary *row = &h->b->row[i];
		struct crossing x;

		if (row->down || row->clock == CLOCK_NONE ||
		    row->level->number <= from)
			continue;
		x = crossings_examine(&h->judge.crossings, row, h->field);
		if (x.state != CROSSING_CROSSED ||
		    stamp_cmp(x.at, after) <= 0 || stamp_cmp(x.at, end) >= 0 ||
		    (found && stamp_cmp(x.at, *at) >= 0))
			continue;
		*at = x.at;
		found = true;
	}
	return found;
}

void
hindsight_incident(struct hindsight *h, const struct incident *in,
    struct stamp until, void (*see)(void *ctx), void *ctx)
{
	collect_times(h, in);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		h->field[h->set_at[i]] = (struct slice){"", 0};
	for (size_t i = 0; i < h->ntimes; i++) {
		struct stamp at = h->time[i];
		bool last = i + 1 == h->ntimes;
		struct stamp end = last ? until : h->time[i + 1];

		if (stamp_cmp(at, until) > 0)
			break;
		/* The last instant counts too. */
		if (last || stamp_cmp(end, until) > 0)
			end = (struct stamp){until.s, until.ns + 1};
		set_record(h, in, at, i > 0 ? &h->time[i - 1] : NULL);
		judge_at(h, at, see, ctx);
		while (
		    next_crossing(h, at, end, &at) && judge_at(h, at, see, ctx))
			;
	}
}

void
hindsight_release(struct hindsight *h)
{
	judge_release(&h->judge);
	columns_release(&h->columns);
	free(h->field);
	free(h->time);
	buf_release(&h->holds);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		buf_release(&h->kept[i]);
}
