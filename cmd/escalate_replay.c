#include "escalate_replay.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "hindsight.h"
#include "logbook.h"
#include "mem.h"
#include "row.h"
#include "rules.h"

/* What is written at each crossing. */
struct work {
	struct filter *f;
	struct hindsight hindsight;
	struct buf id; /* of the incident under way */
};

/* How the columns of entries are read. */
struct entry_columns {
	size_t *column; /* places in incidents.columns */
	size_t seq, id, event, updated;
};

static void
fold_entry(struct incidents *all, const struct entry_columns *c,
    const struct filter *f)
{
	struct entry entry = {.id = f->in.field[c->id],
	    .event = f->in.field[c->event],
	    .field = f->in.field,
	    .column = c->column,
	    .n = f->in.columns.n};
	unsigned long long seq;

	if (slice_number(f->in.field[c->seq], UINT64_MAX, &seq) < 0 ||
	    stamp_parse(f->in.field[c->updated], &entry.updated) < 0) {
		diag_say(STATUS_PARTIAL,
		    "%s:%zu: no entry: its number or its time can't be read",
		    f->in.file, f->in.line);
		return;
	}
	entry.seq = seq;
	incidents_fold(all, &entry);
}

/* Reads entries, as inc-log history prints them. */
static void
read_entries(struct filter *f, struct incidents *all)
{
	const struct columns *in = &f->in.columns;
	struct entry_columns c = {.column = mem_new(in->n, sizeof *c.column),
	    .seq = columns_find(in, slice_of("seq")),
	    .id = columns_find(in, slice_of("id")),
	    .event = columns_find(in, slice_of("event")),
	    .updated = columns_find(in, slice_of("updated"))};

	for (size_t i = 0; i < in->n; i++)
		c.column[i] = incidents_column(all, in->name[i]);
	while (filter_next(f))
		fold_entry(all, &c, f);
	free(c.column);
}

/* A row that is kept until all are there. */
struct kept {
	struct stamp updated;
	size_t place; /* in the input: of one time, the later stands */
	struct slice *field;
};

static int
by_time(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	int d = stamp_cmp(x->updated, y->updated);

	return d != 0 ? d : (x->place > y->place) - (x->place < y->place);
}

/* Keeps the row under way.  One without a time is the first of all. */
static void
keep_row(struct kept *row, const struct filter *f, size_t updated,
    struct arena *arena)
{
	size_t n = f->in.columns.n;

	if (stamp_parse(columns_field(f->in.field, updated), &row->updated) < 0)
		row->updated = (struct stamp){0, 0};
	row->field = arena_new(arena, n * sizeof *row->field);
	for (size_t i = 0; i < n; i++)
		row->field[i] = (struct slice){
		    arena_copy(arena, f->in.field[i].p, f->in.field[i].n),
		    f->in.field[i].n};
}

/*
 * Reads rows, each of which is the state at its time, and takes them in the
 * order of their times, so that at each what was known is what had been said.
 */
static void
read_rows(struct filter *f, struct logbook *book)
{
	size_t updated = columns_find(&f->in.columns, slice_of("updated"));
	struct kept *row = NULL;
	struct arena arena = {0};
	size_t n = 0, cap = 0;

	while (filter_next(f)) {
		row = mem_grow(row, n, &cap, sizeof *row);
		row[n].place = n;
		keep_row(&row[n++], f, updated, &arena);
	}
	if (n > 1)
		qsort(row, n, sizeof *row, by_time);
	logbook_columns(book, &f->in.columns);
	for (size_t i = 0; i < n; i++)
		logbook_row(book, row[i].field, (struct stamp){0, 0});
	free(row);
	arena_release(&arena);
}

static void
say_limit(void *ctx, const struct fault *fault)
{
	struct work *w = ctx;

	diag_say(STATUS_PARTIAL, "%.*s (incident '%s')",
	    SLICE_ARG(buf_slice(&fault->text)), buf_str(&w->id));
}

static void
write_crossing(void *ctx)
{
	struct work *w = ctx;

	memcpy(w->f->field, w->hindsight.field,
	    w->f->columns.n * sizeof *w->f->field);
	filter_write(w->f);
}

/* Makes the output's columns those of the rows that hindsight finds. */
static void
start_output(struct work *w)
{
	columns_release(&w->f->columns);
	columns_add_all(&w->f->columns, &w->hindsight.columns);
	free(w->f->field);
	filter_header(w->f);
}

/* Names the incident under way as the first of its kind. */
static void
set_incident(struct buf *first, struct buf *id)
{
	buf_clear(first);
	buf_addf(first, "incident '%s'", buf_str(id));
}

static void
judge_all(struct work *w, const struct incidents *all, struct stamp now)
{
	struct tally unreadable = {0};

	for (size_t i = 0; i < all->n && !w->f->station.failed; i++) {
		buf_clear(&w->id);
		buf_add_slice(&w->id, all->list[i].id);
		hindsight_incident(
		    &w->hindsight, &all->list[i], now, write_crossing, w);
		if (unreadable.n == 0)
			set_incident(&unreadable.first, &w->id);
		unreadable.n = w->hindsight.judge.crossings.when.unreadable;
	}
	rules_say_unreadable(&unreadable);
	buf_release(&unreadable.first);
}

void
replay_history(struct filter *f, struct boundaries *b, const struct pack *p,
    struct stamp now)
{
	struct logbook_options o = {.writer = true, .source = slice_of("feed")};
	struct work w = {.f = f};
	struct logbook book;
	struct fault fault = {0};

	f->field = mem_new(f->columns.n, sizeof *f->field);
	logbook_open(&book, &o);
	if (row_is_entry(&f->in.columns))
		read_entries(f, &book.ledger.incidents);
	else
		read_rows(f, &book);
	w.hindsight.judge.crossings.report = say_limit;
	w.hindsight.judge.crossings.ctx = &w;
	hindsight_open(&w.hindsight, b, &book.ledger.incidents);
	if (boundaries_bind(b, &w.hindsight.columns, &p->known, &fault) < 0) {
		diag_fault(STATUS_FAILED, &fault);
	} else if (!f->station.failed) {
		start_output(&w);
		judge_all(&w, &book.ledger.incidents, now);
	}
	hindsight_release(&w.hindsight);
	logbook_release(&book);
	fault_release(&fault);
	buf_release(&w.id);
}
