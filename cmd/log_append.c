/*
 * inc-log append: rows become entries.  Rows are taken in batches: under the
 * lock the entries of others are read, the batch is compared, written and
 * synced, and only then its records come out.
 */
#include "clock.h"
#include "diag.h"
#include "log.h"

#define BATCH_ROWS 4096                       /* sharing one sync */
#define BATCH_BYTES ((size_t)4 * 1024 * 1024) /* of records held back */

bool
log_batch_is_full(const struct filter *f, size_t rows)
{
	return rows >= BATCH_ROWS || f->station.out.out.buf.n >= BATCH_BYTES;
}

/* Adds the row under way; what comes of it is held back.  0, or -1. */
static int
append_row(struct log_work *w, struct filter *f, struct record *record)
{
	struct fault fault = {0};
	enum logbook_outcome outcome;

	logbook_expect(&w->book, stream_reader_ahead(&f->in));
	outcome = logbook_row(&w->book, f->field, clock_now());
	w->rows++;
	switch (outcome) {
	case LOGBOOK_FAILED:
		return log_say(&w->book.fault);
	case LOGBOOK_REFUSED:
	case LOGBOOK_OVERTAKEN:
		w->overtaken += outcome == LOGBOOK_OVERTAKEN;
		fault_at(&fault, (struct place){f->in.file, f->in.line, 0},
		    "%s", buf_str(&w->book.fault.text));
		filter_reject(f, &fault);
		fault_release(&fault);
		if (outcome == LOGBOOK_REFUSED)
			return 0;
		break;
	case LOGBOOK_SAME:
		w->same++;
		break;
	case LOGBOOK_LOGGED:
		break;
	}
	if (w->own.changed && outcome != LOGBOOK_LOGGED)
		return 0;
	/* A receipt goes on as it came. */
	if (w->book.place != DICT_NONE)
		record_fill(record,
		    &w->book.ledger.incidents.list[w->book.place], f->field);
	filter_write(f);
	return 0;
}

/*
 * Says how many of the rows taken so far are not in the log after a failure: so
 * many of the input have to be fed again, and those before have come out.
 */
static void
tell_lost(const struct log_work *w, size_t rows)
{
	diag_say(STATUS_FAILED, "the last %zu of %llu row%s not in the log",
	    rows, (unsigned long long)w->rows, rows == 1 ? " is" : "s are");
}

/*
 * Adds rows as long as one is at hand, then writes and syncs them: nobody
 * waits for the lock, or for a record, because an input is slow.
 */
static int
append_batch(struct log_work *w, struct filter *f, struct record *record)
{
	size_t rows = 0;

	if (log_lock(w) < 0)
		return -1;
	do {
		rows++;
		if (append_row(w, f, record) < 0) {
			logbook_abandon(&w->book);
			tell_lost(w, rows);
			return -1;
		}
	} while (!log_batch_is_full(f, rows) && filter_next_ready(f));
	if (logbook_commit(&w->book) < 0) {
		log_say(&w->book.fault);
		tell_lost(w, rows);
		return -1;
	}
	filter_flush(f);
	return 0;
}

static void
tell_counts(const struct log_work *w)
{
	unsigned long long entries = w->book.scribe.entries;
	bool one = w->book.untimed == 1;

	if (w->book.untimed > 0)
		diag_notice(
		    "%llu row%s of an incident of which a row before %s told, "
		    "and %s no time (updated): %s taken as a change; 'inc-log "
		    "current -' folds such rows first",
		    (unsigned long long)w->book.untimed,
		    one ? " tells" : "s tell", one ? "it" : "them",
		    one ? "has" : "have", one ? "it was" : "each was");
	if (w->same + w->overtaken + w->book.compare.dropped == 0)
		return;
	diag_notice("%llu row%s: %llu %s %s, %llu said nothing new, "
		    "%llu overtaken, %llu redacted value%s dropped",
	    (unsigned long long)w->rows, w->rows == 1 ? "" : "s", entries,
	    entries == 1 ? "entry" : "entries",
	    w->own.dry ? "would be made" : "made", (unsigned long long)w->same,
	    (unsigned long long)w->overtaken,
	    (unsigned long long)w->book.compare.dropped,
	    w->book.compare.dropped == 1 ? "" : "s");
}

/* Whether rows are receipts, which go on as they came. */
static bool
are_receipts(const struct columns *c)
{
	return columns_find(c, slice_of("message")) != COLUMNS_NONE &&
	    columns_find(c, slice_of("delivery")) != COLUMNS_NONE;
}

/* Says which columns of the rows are left out. */
static void
tell_columns(const struct columns *c)
{
	static const char *const name[] = {
	    "at", "by", "for", "source", "nonces", "chain"};

	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		if (columns_find(c, slice_of(name[i])) != COLUMNS_NONE)
			diag_notice(
			    "column '%s' is the log's own: not taken from rows",
			    name[i]);
	}
}

/* Adds all rows.  Returns 0, or -1 after saying why. */
static int
append_all(struct log_work *w, struct filter *f, struct record *record)
{
	int result = 0;

	while (result == 0 && filter_next(f))
		result = append_batch(w, f, record);
	if (result < 0 || w->own.complete == NULL)
		return result;
	if (!f->station.failed)
		return log_complete(w, f, record);
	diag_say(STATUS_FAILED,
	    "no incident of '%s' is marked as vanished: its export was not "
	    "gone through to the end",
	    w->own.complete);
	return 0;
}

void
log_append(struct log_work *w)
{
	struct filter f;
	const struct incidents *all = &w->book.ledger.incidents;
	struct record record = {0};
	struct columns columns = {0};

	if (filter_open(&f, &w->shared, w->operands, w->n) == 0 &&
	    log_check_rows(&f.in) == 0 && log_check_complete(w, &f.in) == 0 &&
	    log_open_book(w, w->own.source) == 0) {
		logbook_columns(&w->book, &f.in.columns);
		if (!are_receipts(&f.in.columns))
			record_columns(all, &columns, true);
		columns_add_all(&f.columns, &columns);
		record_bind(&record, all, &f.columns);
		/* A row alone is a batch where no other is at hand. */
		filter_hold(&f);
		tell_columns(&f.in.columns);
		filter_header(&f);
		filter_flush(&f);
		if (append_all(w, &f, &record) == 0)
			tell_counts(w);
		else
			filter_drop(&f); /* what was not synced */
		record_release(&record);
		columns_release(&columns);
	}
	filter_close(&f);
}
