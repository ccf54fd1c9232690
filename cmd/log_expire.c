/*
 * inc-log expire: closed incidents whose personal values are kept no longer, by
 * the table regulations; with --apply they are taken out, as redact does it,
 * and the incidents' messages are removed from the spool.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "log.h"
#include "mem.h"
#include "redaction.h"
#include "retention.h"

/* An incident that is due, by its place in the holdings' ids. */
struct due {
	size_t place; /* in incidents */
	const struct retention_rule *rule;
	struct stamp since;
	struct buf columns; /* that have something to take out: words */
	uint64_t messages;  /* in the spool */
};

struct expiry {
	struct log_work *w;
	struct retention retention;
	struct redaction redaction;
	struct erasure erasure;
	uint64_t strangers; /* messages of incidents that the log has not */
	struct due *due;
	size_t n, cap;
	struct slice *why; /* by id */
	struct buf text;   /* of these */
};

/* Loads the retention, for the records of the log; 0, or -1 said. */
static int
load(struct expiry *x)
{
	struct log_work *w = x->w;
	struct fault fault = {0};
	int result = 0;

	if (!w->has_pack) {
		diag_say(STATUS_FAILED,
		    "how long something is kept is for "
		    "the procedures to say: -p was "
		    "expected");
		return -1;
	}
	if (pack_learn_outputs(&w->pack, &fault) < 0 ||
	    retention_load(&x->retention, &w->pack, &fault) < 0 ||
	    retention_bind(&x->retention, &w->book.ledger.incidents.columns,
		&w->pack.known, &fault) < 0)
		result = log_say(&fault);
	fault_release(&fault);
	return result;
}

/* Finds the incidents whose time is over. */
static void
find_due(struct expiry *x)
{
	const struct incidents *all = &x->w->book.ledger.incidents;
	struct fault *fault = &x->retention.state.fault;
	struct stamp now = clock_now();

	for (size_t i = 0; i < all->n; i++) {
		struct due due = {.place = i};

		due.rule =
		    retention_of(&x->retention, all, &all->list[i], &due.since);
		if (fault->text.n > 0)
			diag_fault(STATUS_PARTIAL, fault);
		fault_release(fault);
		if (due.rule == NULL || stamp_cmp(due.since, now) > 0)
			continue;
		x->due = mem_grow(x->due, x->n, &x->cap, sizeof *x->due);
		x->due[x->n++] = due;
		columns_add(&x->redaction.holdings.ids, all->list[i].id);
	}
}

/* Notes which columns of each there is something to take out of. */
static void
note_columns(struct expiry *x)
{
	struct holdings *h = &x->redaction.holdings;

	for (size_t i = 0; i < h->ids.n * h->columns.n; i++) {
		size_t id = i / h->columns.n, column = i % h->columns.n;

		if (redaction_refuses(&x->redaction, id, column))
			diag_fault(STATUS_PARTIAL, &x->redaction.fault);
		else if (holdings_of(h, id, column)->values > 0 ||
		    holdings_want(h, id, column))
			buf_add_word(
			    &x->due[id].columns, h->columns.name[column]);
	}
}

/* The judge of the messages; the context is a struct expiry. */
static enum erasure_fate
judge(void *ctx, struct slice id, struct stamp *until)
{
	struct expiry *x = ctx;
	const struct incidents *all = &x->w->book.ledger.incidents;

	if (columns_find(&x->redaction.holdings.ids, id) != COLUMNS_NONE)
		return ERASURE_WHOLE;
	if (incidents_find(all, id) == DICT_NONE)
		x->strangers++;
	/* What a redaction has left is done as well. */
	return log_judge_redacted(&x->redaction.holdings.redactions, id, until);
}

/* Notes how many messages there are of each; 0, or -1 after saying why. */
static int
note_messages(struct expiry *x)
{
	struct erasure *e = &x->erasure;

	e->judge = judge;
	e->ctx = x;
	if (log_find_messages(x->w, e) < 0)
		return -1;
	for (size_t i = 0; i < e->n; i++) {
		if (e->item[i].fate == ERASURE_WHOLE)
			x->due[columns_find(
				   &x->redaction.holdings.ids, e->item[i].id)]
			    .messages++;
	}
	if (x->strangers > 0)
		diag_notice("%llu message%s of incidents that the log has not "
			    "and never expire%s",
		    (unsigned long long)x->strangers,
		    x->strangers == 1 ? " is" : "s are",
		    x->strangers == 1 ? "s" : "");
	return 0;
}

/* Whether there is something to take out of an incident. */
static bool
has_any(const struct due *due)
{
	return due->columns.n > 0 || due->messages > 0;
}

/* Says in each entry by which regulation. */
static void
make_reasons(struct expiry *x)
{
	static const char lead[] = "kept no longer: ";
	struct buf disk = {0};
	size_t at = 0;

	x->why = mem_new(x->n, sizeof *x->why);
	for (size_t i = 0; i < x->n; i++)
		buf_addf(&x->text, "%s%.*s", lead,
		    SLICE_ARG(escape(x->due[i].rule->name, &disk)));
	for (size_t i = 0; i < x->n; i++) {
		size_t n =
		    sizeof lead - 1 + escape(x->due[i].rule->name, &disk).n;

		x->why[i] = (struct slice){x->text.p + at, n};
		at += n;
	}
	x->redaction.why = x->why;
	buf_release(&disk);
}

static void
print_due(struct expiry *x)
{
	static const char *const name[] = {
	    "id", "closed", "regulation", "expired", "columns", "messages"};
	const struct incidents *all = &x->w->book.ledger.incidents;
	struct stamp_text since = {0};
	struct stream_writer out;
	struct columns names = {0};
	struct buf rule = {0}, messages = {0};

	for (size_t i = 0; i < LEN(name); i++)
		columns_add(&names, slice_of(name[i]));
	log_open_output(x->w, &out);
	stream_writer_header(&out, &names);
	for (size_t i = 0; i < x->n; i++) {
		const struct due *due = &x->due[i];
		const struct incident *in = &all->list[due->place];
		struct slice field[] = {in->id,
		    incidents_value(all, in, "closed"),
		    escape(due->rule->name, &rule),
		    stamp_text(&since, due->since), buf_slice(&due->columns),
		    {"", 0}};

		buf_clear(&messages);
		buf_add_number(&messages, due->messages);
		field[LEN(field) - 1] = buf_slice(&messages);
		if (has_any(due))
			stream_writer_row(&out, field, LEN(field));
	}
	log_close_output(&out);
	columns_release(&names);
	buf_release(&since.text);
	buf_release(&rule);
	buf_release(&messages);
}

/* Takes it out.  Returns 0, or -1 after saying why. */
static int
apply(struct expiry *x)
{
	make_reasons(x);
	if (log_take_out(x->w, &x->redaction) < 0)
		return -1;
	log_erase(x->w, &x->erasure);
	return 0;
}

static void
run(struct expiry *x)
{
	bool any = false;

	if (load(x) < 0 ||
	    log_personal(x->w, &x->redaction.holdings.columns) < 0)
		return;
	find_due(x);
	if (redaction_look(&x->redaction) < 0) {
		log_say(&x->redaction.fault);
		return;
	}
	note_columns(x);
	if ((log_open_spool(x->w, x->w->own.apply) < 0 && x->w->own.apply) ||
	    note_messages(x) < 0)
		return;
	for (size_t i = 0; i < x->n; i++)
		any = any || has_any(&x->due[i]);
	if (!any)
		diag_count(STATUS_NO);
	if (!any || !x->w->own.apply || apply(x) == 0)
		print_due(x);
}

void
log_expire(struct log_work *w)
{
	struct expiry x = {.w = w, .redaction = {.book = &w->book}};
	int opened;

	if (w->n > 0)
		options_misuse("expire takes no operand");
	w->whole = true;
	opened = w->own.apply ? log_open_book(w, "") : log_open_reading(w);
	x.redaction.dir = w->dir;
	if (opened == 0 && (!w->own.apply || log_lock(w) == 0))
		run(&x);
	for (size_t i = 0; i < x.n; i++)
		buf_release(&x.due[i].columns);
	free(x.due);
	free(x.why);
	buf_release(&x.text);
	retention_release(&x.retention);
	redaction_release(&x.redaction);
	erasure_release(&x.erasure);
}
