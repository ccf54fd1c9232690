/*
 * inc-log append --complete: an export that is the whole truth of its source.
 * Open incidents of which the source has told before, and of which this input
 * has no row, are marked as vanished.  An export that is cut off would silence
 * a whole desk, so where there is any doubt none is marked.
 */
#include "clock.h"
#include "diag.h"
#include "filter.h"
#include "log.h"
#include "record.h"

#define NAMED 5 /* of those that vanished */
#define FEW 5   /* may vanish at once, however few there are */

/* The open incidents of a source. */
struct census {
	size_t known;  /* of which it has told */
	size_t absent; /* and has no row any more */
};

int
log_check_complete(const struct log_work *w, const struct stream_reader *in)
{
	static const char *const wrong[] = {"rev", "message"};
	const char *why = NULL;

	if (w->own.complete == NULL)
		return 0;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (columns_find(&in->columns, slice_of(wrong[i])) !=
		    COLUMNS_NONE)
			why = wrong[i];
	}
	if (why != NULL)
		diag_say(STATUS_FAILED,
		    "%s: has the column %s: with --complete the rows of a "
		    "source's export were expected",
		    in->file, why);
	else if (columns_find(&in->columns, slice_of("id")) == COLUMNS_NONE)
		diag_say(STATUS_FAILED,
		    "%s: has no column id, by which --complete knows what is "
		    "still there",
		    in->file);
	else
		return 0;
	return -1;
}

static struct census
count(struct log_work *w)
{
	struct ledger *l = &w->book.ledger;
	struct census c = {0};
	bool told;

	for (size_t i = 0; i < l->incidents.n; i++) {
		if (!ledger_feeds(l, i, &told))
			continue;
		c.known++;
		c.absent += !told;
	}
	return c;
}

/* How many may vanish at once. */
static unsigned long long
allowed(const struct log_work *w, const struct census *c)
{
	if (w->own.max_vanished_given)
		return w->own.max_vanished;
	return c->known / 2 > FEW ? c->known / 2 : FEW;
}

/* Why nothing is to be made of what is not in the input, or NULL. */
static const char *
doubt(struct log_work *w, const struct filter *f, const struct census *c,
    struct buf *text)
{
	if (f->rejected > 0)
		return "rows of it were set aside";
	if (w->rows == 0)
		return "it has no rows";
	if (w->book.nameless > 0)
		return "it has rows without id";
	if (c->absent <= allowed(w, c))
		return NULL;
	buf_addf(text, "--max-vanished %zu allows so many", c->absent);
	return buf_str(text);
}

/* Whether they can be marked; says why not. */
static bool
may_mark(struct log_work *w, const struct filter *f)
{
	struct census c = count(w);
	struct buf text = {0};
	const char *why = doubt(w, f, &c, &text);

	if (c.absent > 0 && why != NULL)
		diag_say(STATUS_PARTIAL,
		    "%zu of the %zu open incidents of '%s' are not in this "
		    "export, and none is marked as vanished: %s",
		    c.absent, c.known, w->own.complete, why);
	buf_release(&text);
	return c.absent > 0 && why == NULL;
}

/* Those that were marked. */
struct vanished {
	size_t n;
	struct buf names; /* of the first */
};

/* Says which have vanished: a person is to see to them, so also with -q. */
static void
say_vanished(const struct log_work *w, struct vanished *v)
{
	bool one = v->n == 1;

	diag_say(STATUS_DONE,
	    "%zu incident%s no longer in the export of '%s' and %s no more: "
	    "%s",
	    v->n, one ? " is" : "s are", w->own.complete,
	    w->own.dry ? "would escalate"
		: one  ? "escalates"
		       : "escalate",
	    buf_str(&v->names));
}

/* Marks an incident; its record is held back. */
static int
mark(struct log_work *w, struct filter *f, struct record *record, size_t place)
{
	if (logbook_vanish(&w->book, place, clock_now()) == LOGBOOK_FAILED)
		return -1;
	for (size_t i = 0; i < f->columns.n; i++)
		f->field[i] = (struct slice){"", 0};
	record_fill(record, &w->book.ledger.incidents.list[place], f->field);
	filter_write(f);
	return 0;
}

/* Marks incidents from a place on that share one sync, and moves it on. */
static int
mark_batch(struct log_work *w, struct filter *f, struct record *record,
    size_t *place, struct vanished *v)
{
	struct ledger *l = &w->book.ledger;
	size_t n = 0;
	bool told;

	if (log_lock(w) < 0)
		return -1;
	for (; *place < l->incidents.n && !log_batch_is_full(f, n); ++*place) {
		if (!ledger_feeds(l, *place, &told) || told)
			continue;
		if (mark(w, f, record, *place) < 0) {
			logbook_abandon(&w->book);
			return log_say(&w->book.fault);
		}
		if (v->n + n < NAMED)
			buf_addf(&v->names, "%s%.*s",
			    v->names.n > 0 ? ", " : "",
			    SLICE_ARG(l->incidents.list[*place].id));
		n++;
	}
	if (logbook_commit(&w->book) < 0)
		return log_say(&w->book.fault);
	v->n += n;
	filter_flush(f);
	return 0;
}

int
log_complete(struct log_work *w, struct filter *f, struct record *record)
{
	struct vanished v = {0};
	size_t place = 0;
	int result = 0;

	if (!may_mark(w, f))
		return 0;
	while (result == 0 && !f->station.failed &&
	    place < w->book.ledger.incidents.n)
		result = mark_batch(w, f, record, &place, &v);
	if (v.n > NAMED)
		buf_addf(&v.names, " and %zu more", v.n - NAMED);
	if (v.n > 0)
		say_vanished(w, &v);
	buf_release(&v.names);
	return result;
}
