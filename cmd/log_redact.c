/*
 * inc-log redact: takes values out of all entries of some incidents, for good,
 * and says so in the log.  All that could refuse it is looked at before
 * anything is changed.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "log.h"
#include "mem.h"
#include "redaction.h"
#include "retention.h"

/* Adds the columns that --fields names; 0, or -1 after saying why. */
static int
add_fields(const struct log_work *w, struct columns *columns)
{
	const struct columns *there = &w->book.ledger.incidents.columns;
	struct slice rest = slice_of(w->own.fields), name;
	struct fault fault = {0};
	int result = 0;

	while (slice_split(&rest, ',', &name)) {
		name = slice_trim(name);
		if (name.n == 0)
			options_misuse("--fields needs names, separated by "
				       "commas");
		if (columns_find(there, name) == COLUMNS_NONE &&
		    (!w->has_pack ||
			columns_find(&w->pack.known, name) == COLUMNS_NONE)) {
			columns_unknown(there,
			    w->has_pack ? &w->pack.known : NULL, name,
			    (struct place){0}, &fault);
			result = log_say(&fault);
		}
		columns_add(columns, name);
	}
	fault_release(&fault);
	return result;
}

int
log_personal(const struct log_work *w, struct columns *columns)
{
	const struct columns *there = &w->book.ledger.incidents.columns;

	if (!w->has_form) {
		diag_say(STATUS_FAILED,
		    "what is personal is for the table fields of the "
		    "procedures to say, and there is none");
		return -1;
	}
	for (size_t i = 0; i < there->n; i++) {
		if (form_is_personal(&w->form, there->name[i]))
			columns_add(columns, there->name[i]);
	}
	return 0;
}

/* Adds the incidents of the operands; 0, or -1 after saying why. */
static int
add_ids(struct log_work *w, struct columns *ids)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct buf disk = {0};
	int result = 0;

	for (size_t i = 0; i < w->n; i++) {
		struct slice id = slice_trim(slice_of(w->operands[i]));
		size_t place;

		if (log_pick(w, escape(id, &disk), &place) < 0) {
			result = -1;
		} else if (place == DICT_NONE) {
			diag_say(
			    STATUS_FAILED, "no incident '%.*s'", SLICE_ARG(id));
			result = -1;
		} else if (retention_held(all, &all->list[place])) {
			diag_say(STATUS_FAILED,
			    "'%.*s' is under legal hold: nothing is taken out "
			    "of it until legal_hold is cleared",
			    SLICE_ARG(all->list[place].id));
			result = -1;
		} else {
			columns_add(ids, all->list[place].id);
		}
	}
	buf_release(&disk);
	return result;
}

/* Whether all that is asked for can be taken out; 0, or -1 after saying what
 * can't. */
static int
check_sealed(struct redaction *r)
{
	const struct holdings *h = &r->holdings;
	bool any = false;

	for (size_t i = 0; i < h->ids.n * h->columns.n; i++) {
		if (!redaction_refuses(r, i / h->columns.n, i % h->columns.n))
			continue;
		log_say(&r->fault);
		any = true;
	}
	if (any)
		diag_say(STATUS_FAILED,
		    "nothing was changed: take out the other columns alone, "
		    "with --fields");
	return any ? -1 : 0;
}

/* How many values of which columns there are, or were, as a stream. */
static void
print_holdings(const struct log_work *w, const struct holdings *h)
{
	struct stream_writer out;
	struct columns names = {0};
	struct buf number = {0};

	columns_add(&names, slice_of("id"));
	columns_add(&names, slice_of("column"));
	columns_add(&names, slice_of("values"));
	log_open_output(w, &out);
	stream_writer_header(&out, &names);
	for (size_t i = 0; i < h->ids.n * h->columns.n; i++) {
		size_t id = i / h->columns.n, column = i % h->columns.n;
		uint64_t values = holdings_of(h, id, column)->values;

		if (values == 0)
			continue;
		buf_clear(&number);
		buf_add_number(&number, values);
		stream_writer_row(&out,
		    (struct slice[]){h->ids.name[id], h->columns.name[column],
			buf_slice(&number)},
		    3);
	}
	log_close_output(&out);
	columns_release(&names);
	buf_release(&number);
}

/* Says how many lines of .torn files that concerns. */
static void
say_torn(uint64_t n, const char *what)
{
	if (n > 0)
		diag_notice("%llu unfinished line%s in .torn files %s out",
		    (unsigned long long)n, n == 1 ? "" : "s", what);
}

int
log_take_out(struct log_work *w, struct redaction *r)
{
	int result = redaction_make(r, clock_now());

	if (result < 0) {
		logbook_abandon(&w->book);
		log_say(&r->fault);
	}
	return result;
}

/*
 * The judge of the messages; the context is a redaction that was made.  Of the
 * incidents that were named all words go that came in so far: who had read the
 * log before may have brought some since.
 */
static enum erasure_fate
judge_made(void *ctx, struct slice id, struct stamp *until)
{
	struct redaction *r = ctx;
	enum erasure_fate fate = log_judge_redacted(&r->redactions, id, until);

	if (columns_find(&r->holdings.ids, id) != COLUMNS_NONE)
		*until = clock_now();
	return fate;
}

/* Takes it out, and says how much that was. */
static void
take_out(struct log_work *w, struct redaction *r)
{
	struct erasure e = {.judge = judge_made, .ctx = r};

	if (log_take_out(w, r) == 0) {
		if (log_find_messages(w, &e) == 0)
			log_erase(w, &e);
		print_holdings(w, &r->holdings);
		say_torn(r->swept.torn, "taken");
	}
	erasure_release(&e);
}

/* The judge of the messages; the context is a redaction that is only looked at.
 */
static enum erasure_fate
judge_wanted(void *ctx, struct slice id, struct stamp *until)
{
	struct redaction *r = ctx;
	struct holdings *h = &r->holdings;
	size_t place = columns_find(&h->ids, id);
	enum erasure_fate fate = log_judge_redacted(&h->redactions, id, until);

	if (place == COLUMNS_NONE)
		return fate;
	*until = clock_now();
	for (size_t i = 0; i < h->columns.n; i++) {
		if (holdings_want(h, place, i))
			return ERASURE_WORDS;
	}
	return fate;
}

/* Says how much would be taken out. */
static void
foretell(struct log_work *w, struct redaction *r)
{
	struct erasure e = {.judge = judge_wanted, .ctx = r};

	if (log_find_messages(w, &e) == 0) {
		print_holdings(w, &r->holdings);
		say_torn(r->holdings.torn, "would be taken");
		if (e.n > 0)
			diag_notice("%zu message%s would lose %s words", e.n,
			    e.n == 1 ? "" : "s", e.n == 1 ? "its" : "their");
	}
	erasure_release(&e);
}

static void
run(struct log_work *w, struct redaction *r)
{
	if ((w->own.personal ? log_personal(w, &r->holdings.columns)
			     : add_fields(w, &r->holdings.columns)) < 0 ||
	    add_ids(w, &r->holdings.ids) < 0)
		return;
	if (log_open_spool(w, !w->own.dry) < 0 && !w->own.dry)
		return;
	if (redaction_look(r) < 0) {
		log_say(&r->fault);
		return;
	}
	if (check_sealed(r) < 0)
		return;
	if (w->own.dry)
		foretell(w, r);
	else
		take_out(w, r);
}

void
log_redact(struct log_work *w)
{
	struct redaction r = {.book = &w->book};
	struct slice *why = mem_new(w->n + 1, sizeof *why);
	struct buf text = {0};

	if (w->n == 0)
		options_misuse("redact needs ID");
	if (w->own.personal == (w->own.fields != NULL))
		options_misuse("redact needs either --fields or --personal");
	if (w->own.why == NULL || slice_trim(slice_of(w->own.why)).n == 0)
		options_misuse("redact needs --why TEXT");
	why[0] = escape(slice_of(w->own.why), &text);
	for (size_t i = 1; i < w->n; i++)
		why[i] = why[0];
	r.why = why;
	w->whole = true;
	if (log_open_book(w, "") == 0 && log_lock(w) == 0) {
		r.dir = w->dir;
		run(w, &r);
	}
	redaction_release(&r);
	free(why);
	buf_release(&text);
}
