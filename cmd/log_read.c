/*
 * inc-log current and history: what the log says.
 */
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "event.h"
#include "filter.h"
#include "log.h"
#include "mem.h"
#include "record.h"
#include "segment.h"
#include "site.h"

int
log_check_rows(const struct stream_reader *in)
{
	if (!row_is_entry(&in->columns))
		return 0;
	diag_say(STATUS_FAILED,
	    "%s: holds entries, as history prints them; records were expected, "
	    "as current prints them",
	    in->file);
	return -1;
}

/* Finds what an id means, and how many it fits: 0, or -1 after saying why. */
static int
find(struct log_work *w, struct slice id, size_t *place, size_t *fits)
{
	*place = DICT_NONE;
	*fits = 0;
	if (lookup_meant(&w->book.lookup, id) < 0)
		return log_say(&w->book.lookup.fault);
	*place = ids_find(&w->book.ledger.incidents, id, fits);
	return 0;
}

int
log_find(struct log_work *w, struct slice id, size_t *place)
{
	const struct incidents *all = &w->book.ledger.incidents;
	size_t fits;

	if (find(w, id, place, &fits) < 0)
		return -1;
	if (fits > 1)
		diag_notice("'%.*s' is taken for '%.*s', the latest of the %zu "
			    "that it fits",
		    SLICE_ARG(id),
		    /* fits says that there is one: NOLINTNEXTLINE */
		    SLICE_ARG(all->list[*place].id), fits);
	return 0;
}

int
log_pick(struct log_work *w, struct slice id, size_t *place)
{
	const struct incidents *all = &w->book.ledger.incidents;
	size_t fits;

	if (find(w, id, place, &fits) < 0)
		return -1;
	if (fits <= 1)
		return 0;
	diag_say(STATUS_FAILED,
	    "'%.*s' fits %zu incidents, of which '%.*s' is the latest: more of "
	    "the id was expected, such as 25-0042",
	    SLICE_ARG(id), fits, SLICE_ARG(all->list[*place].id));
	return -1;
}

void
log_check_event(const char *name)
{
	struct slice near;
	size_t n;
	const struct slice *names = event_names(&n);

	if (event_known(slice_of(name)))
		return;
	near = slice_nearest(slice_of(name), names, n);
	if (near.n > 0)
		options_misuse("unknown event '%s' (did you mean '%.*s'?)",
		    name, SLICE_ARG(near));
	options_misuse("unknown event '%s'", name);
}

/* Whether a record is wanted by --open and --live. */
static bool
is_wanted(const struct log_work *w, const struct incident *in, size_t closed)
{
	const struct log_options *o = &w->own;
	struct slice value = incident_value(in, closed);
	struct stamp now = o->at_given ? o->at : w->shared.now, t;

	if (value.n == 0 || (!o->open && !o->live_given))
		return true;
	/* A `closed` that can't be read still says that it is closed. */
	if (o->open || stamp_parse(value, &t) < 0)
		return false;
	return t.s >= now.s - o->live;
}

static void
print_records(struct log_work *w, struct stream_writer *out, bool rev)
{
	const struct incidents *all = &w->book.ledger.incidents;
	size_t closed = columns_find(&all->columns, slice_of("closed"));
	struct columns columns = {0};
	struct record record = {0};
	struct slice *field;

	record_columns(all, &columns, rev);
	record_bind(&record, all, &columns);
	field = mem_new(columns.n, sizeof *field);
	stream_writer_header(out, &columns);
	for (size_t i = 0; i < all->n; i++) {
		if (!is_wanted(w, &all->list[i], closed))
			continue;
		record_fill(&record, &all->list[i], field);
		if (stream_writer_row(out, field, columns.n) < 0)
			break;
	}
	columns_release(&columns);
	record_release(&record);
	free(field);
}

/* Whether a row of a stream is wanted by --at. */
static bool
is_in_time(const struct log_work *w, const struct filter *f, size_t updated)
{
	struct stamp t;

	return !w->own.at_given || updated == COLUMNS_NONE ||
	    stamp_parse(f->field[updated], &t) < 0 ||
	    stamp_cmp(t, w->own.at) <= 0;
}

/* Folds a stream of rows: current with operands. */
static void
fold_stream(struct log_work *w)
{
	struct logbook_options o = {.writer = true, .source = slice_of("feed")};
	struct filter f;
	size_t updated;

	if (w->own.known_at_given)
		options_misuse("--known-at is for a log, not for a stream");
	if (filter_open(&f, &w->shared, w->operands, w->n) == 0 &&
	    log_check_rows(&f.in) == 0) {
		logbook_open(&w->book, &o);
		logbook_columns(&w->book, &f.in.columns);
		updated = columns_find(&f.in.columns, slice_of("updated"));
		f.field = mem_new(f.columns.n, sizeof *f.field);
		while (filter_next(&f)) {
			if (is_in_time(w, &f, updated))
				logbook_row(
				    &w->book, f.field, (struct stamp){0, 0});
		}
		if (!f.station.failed)
			print_records(w, &f.station.out, false);
	}
	filter_close(&f);
}

void
log_current(struct log_work *w)
{
	bool limited = w->own.at_given || w->own.known_at_given;
	struct logbook_options o = {.limited = limited,
	    .some = w->own.open && !limited,
	    .segment_bytes = site_segment_bytes(),
	    .at = {STAMP_MAX_S, 0},
	    .known_at = {STAMP_MAX_S, 0}};
	struct stream_writer out;

	if (w->own.open && w->own.live_given)
		options_misuse("--open and --live exclude each other");
	if (w->n > 0) {
		fold_stream(w);
		return;
	}
	if (w->own.at_given)
		o.at = w->own.at;
	if (w->own.known_at_given)
		o.known_at = w->own.known_at;
	w->dir = site_log(&w->shared);
	o.dir = w->dir;
	if (w->dir == NULL)
		return;
	log_open_output(w, &out);
	if (logbook_open(&w->book, &o) < 0)
		log_say(&w->book.fault);
	else if (o.some && lookup_open(&w->book.lookup) < 0)
		log_say(&w->book.lookup.fault);
	else
		print_records(w, &out, true);
	log_close_output(&out);
}

void
log_entry_columns(const struct columns *segment, struct columns *columns)
{
	for (size_t i = 0; i < segment_nonces(segment); i++)
		columns_add(columns, segment->name[i]);
}

int
log_print_entry(struct stream_writer *out, const struct journal_entry *e,
    const struct columns *columns, struct slice *field)
{
	for (size_t i = 0; i < columns->n; i++)
		field[i] = columns_field(
		    e->field, columns_find(e->columns, columns->name[i]));
	return stream_writer_row(out, field, columns->n);
}

/* The entries that history prints. */
struct history {
	struct log_work *w;
	struct columns columns;
	struct slice *field; /* scratch: one for each of them */
	struct stream_writer out;
};

static void
print_entry(struct history *h, const struct journal_entry *e)
{
	const char *event = h->w->own.event;

	if (event == NULL || slice_is(e->event, event))
		log_print_entry(&h->out, e, &h->columns, h->field);
}

/* Prints the header; the newest segment has every column. */
static void
print_header(struct history *h, const struct journal_reader *newest)
{
	log_open_output(h->w, &h->out);
	log_entry_columns(&newest->columns, &h->columns);
	h->field = mem_new(h->columns.n, sizeof *h->field);
	stream_writer_header(&h->out, &h->columns);
}

static void
print_all(struct history *h)
{
	struct journal_reader r;
	struct journal_entry e;
	uint64_t first;
	int got = journal_reader_open(&r, h->w->dir) < 0 ? -1 : 0;

	if (got == 0 && (got = journal_reader_newest(&r, &first)) >= 0) {
		print_header(h, &r);
		journal_reader_rewind(&r);
		while ((got = journal_reader_next(&r, &e)) > 0)
			print_entry(h, &e);
		log_close_output(&h->out);
	}
	if (got < 0)
		log_say(&r.fault);
	journal_reader_release(&r);
}

/* Wants what the operands ask for; one that is not there is said. */
static void
want_operands(struct log_work *w)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct columns ids = {0};
	struct buf id = {0};
	size_t at;

	for (size_t i = 0; i < w->n; i++) {
		if (log_find(w, escape(slice_of(w->operands[i]), &id), &at) < 0)
			break;
		if (at == DICT_NONE)
			diag_say(STATUS_NO, "no incident '%s'", w->operands[i]);
		else
			columns_add(&ids, all->list[at].id);
	}
	for (size_t i = 0; i < ids.n; i++)
		recall_want(&w->book.lookup.recall, ids.name[i], 0);
	columns_release(&ids);
	buf_release(&id);
}

static void
print_some(struct history *h)
{
	struct logbook *b = &h->w->book;
	struct journal_entry e;
	int got;

	if (log_open_log(h->w) < 0)
		return;
	want_operands(h->w);
	print_header(h, &b->journal.in);
	while ((got = recall_next(&b->lookup.recall, &e)) > 0)
		print_entry(h, &e);
	log_close_output(&h->out);
	if (got < 0)
		log_say(&b->lookup.recall.fault);
}

void
log_history(struct log_work *w)
{
	struct history h = {.w = w};

	if (w->own.event != NULL)
		log_check_event(w->own.event);
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	if (w->n == 0)
		print_all(&h);
	else
		print_some(&h);
	columns_release(&h.columns);
	free(h.field);
}
