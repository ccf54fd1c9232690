/*
 * inc-log restored: makes a copy of a log one that goes on, and says in it from
 * where, so that no id is given twice and the loss is told for good.  The copy
 * is proved first: one that is damaged, or of another log, stays a copy.
 */
#include "civil.h"
#include "clock.h"
#include "copy.h"
#include "diag.h"
#include "escape.h"
#include "ids.h"
#include "journalin.h"
#include "log.h"
#include "output.h"
#include "restoration.h"
#include "site.h"
#include "witness.h"

/* Proves what is there; 0, or -1 after saying why not. */
static int
prove(struct log_work *w, struct witness *heads)
{
	struct journal_reader r;
	struct redactions redactions = {0};
	int result = -1;

	if (journal_reader_open(&r, w->dir) < 0)
		log_say(&r.fault);
	else if (log_read_heads(w, heads) == 0 &&
	    (result = log_prove(&r, heads, &redactions)) < 0)
		diag_say(STATUS_FAILED,
		    "%s: nothing was changed: inc-log(5) tells what to do with "
		    "a copy that is damaged",
		    w->dir);
	redactions_release(&redactions);
	journal_reader_release(&r);
	return result;
}

/* One step of making it a log again: 0, or -1 after saying why not. */
static int
step(const struct log_work *w, int (*take)(const char *dir, struct fault *f))
{
	struct fault fault = {0};
	int result = take(w->dir, &fault);

	if (result < 0)
		log_say(&fault);
	fault_release(&fault);
	return result;
}

/* Adds what is lost after entry seq, as far as the heads tell. */
static void
add_loss(struct buf *text, uint64_t seq, const struct head *newest)
{
	if (newest == NULL) {
		buf_add_str(
		    text, "what is lost is not known: there is no head");
		return;
	}
	if (newest->seq <= seq) {
		buf_add_str(text, "no head is of a later entry");
		return;
	}
	if (newest->seq == seq + 1)
		buf_addf(
		    text, "entry %llu is", (unsigned long long)newest->seq);
	else
		buf_addf(text, "entries %llu to %llu are",
		    (unsigned long long)seq + 1,
		    (unsigned long long)newest->seq);
	buf_add_str(text, " lost, the last of ");
	stamp_add(text, newest->at);
}

/* Says where the log goes on, what is lost and from where ids go on. */
static void
print_outcome(struct log_work *w, const struct restoration *r, uint64_t seq,
    const struct head *newest)
{
	struct stream_writer out;
	struct buf text = {0};

	buf_addf(&text, "goes on after entry %llu\n", (unsigned long long)seq);
	add_loss(&text, seq, newest);
	buf_addf(&text, "\nids go on after %.*s\n",
	    SLICE_ARG(buf_slice(&r->last_id)));
	log_open_output(w, &out);
	output_add(&out.out, buf_slice(&text));
	log_close_output(&out);
	buf_release(&text);
}

/*
 * Whether the newest head is of a time that can't be: the log would be held to
 * it for good, because at never runs backwards.  Says so.
 */
static bool
is_of_the_future(const struct log_work *w, const struct head *newest)
{
	struct stamp now = clock_now(), last = w->book.journal.in.at;
	struct buf text = {0};

	if (newest == NULL ||
	    newest->at.s - (last.s > now.s ? last.s : now.s) <= DAY_S)
		return false;
	buf_add_str(&text, "the newest head is of ");
	stamp_add(&text, newest->at);
	buf_add_str(&text, ", but it is ");
	stamp_add(&text, now);
	diag_say(STATUS_FAILED,
	    "%s by the clock: one is wrong; without that head, or with the "
	    "clock put right, it can be restored",
	    buf_str(&text));
	buf_release(&text);
	return true;
}

/* Adds the entry, and says what it says.  0, or -1 after saying why not. */
static int
enter(struct log_work *w, struct restoration *r, const struct witness *heads)
{
	const struct head *newest = witness_newest(heads);
	uint64_t seq = w->book.journal.in.seq;
	struct buf why = {0};
	int result;

	if (is_of_the_future(w, newest)) {
		logbook_abandon(&w->book);
		return -1;
	}
	r->at = clock_now();
	if (newest != NULL && newest->seq > seq) {
		r->lost = newest->seq - seq;
		if (stamp_cmp(newest->at, r->at) > 0)
			r->at = newest->at;
	}
	escape_add(&why, slice_of(w->own.why));
	buf_add_str(&why, "; ");
	add_loss(&why, seq, newest);
	r->why = buf_slice(&why);
	result = restoration_add(r);
	buf_release(&why);
	if (result < 0) {
		logbook_abandon(&w->book);
		return log_say(&r->fault);
	}
	if (logbook_commit(&w->book) < 0)
		return log_say(&w->book.fault);
	if (step(w, copy_end_restore) < 0) /* of a log: nothing */
		return -1;
	print_outcome(w, r, seq, newest);
	return 0;
}

/* Makes a log of what was proved.  What fails leaves a copy a copy. */
static void
run(struct log_work *w, struct restoration *r, const struct witness *heads)
{
	bool copy = copy_is(w->dir);

	if (copy && step(w, copy_begin_restore) < 0)
		copy_take_back(w->dir);
	else if ((log_open_book(w, "") < 0 || log_lock(w) < 0 ||
		     enter(w, r, heads) < 0) &&
	    copy)
		copy_take_back(w->dir);
}

void
log_restored(struct log_work *w)
{
	struct restoration r = {.book = &w->book};
	struct witness heads = {0};
	struct slice last = slice_of(w->own.last != NULL ? w->own.last : "0");

	if (w->n > 0)
		options_misuse("restored takes no operand");
	w->whole = w->restores = true;
	if (w->own.why == NULL || slice_trim(slice_of(w->own.why)).n == 0)
		options_misuse("restored needs --why TEXT");
	if (slice_number(ids_number(last), IDS_MOST, &r.last) < 0)
		options_misuse("--last '%s': an id that ends in a number was "
			       "expected",
		    w->own.last);
	w->dir = site_log(&w->shared);
	if (w->dir != NULL && prove(w, &heads) == 0)
		run(w, &r, &heads);
	witness_release(&heads);
	restoration_release(&r);
}
