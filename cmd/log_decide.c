/*
 * Rules at the desk: what inc-triage would say of a record, said at once.
 */
#include <stdlib.h>

#include "clock.h"
#include "decision.h"
#include "escape.h"
#include "log.h"
#include "mem.h"
#include "record.h"

/* The rules, bound to a row's columns. */
struct rules {
	struct decision decision;
	struct columns out;   /* the row's, and what the rules set */
	struct slice *before; /* the row as it is, in these columns */
	struct slice *after;  /* as the rules have it, once decided */
};

/*
 * Loads the rules and makes room for a row with the columns in.  Returns 1, 0
 * where there are none, or -1 after saying why.  r is to be released.
 */
static int
load(struct rules *r, struct log_work *w, const struct columns *in)
{
	struct fault fault = {0};
	struct table *t;
	int got = w->has_pack ? pack_table(&w->pack, "triage", &t, &fault) : 0;

	*r = (struct rules){.decision = {.when = {.now = clock_now()}}};
	columns_add_all(&r->out, in);
	if (got > 0 &&
	    (decision_load(&r->decision, &w->pack, NULL, &fault) < 0 ||
		decision_bind(
		    &r->decision, in, &r->out, &w->pack.known, &fault) < 0))
		got = -1;
	if (got < 0)
		log_say(&fault);
	fault_release(&fault);
	r->before = mem_new(r->out.n, sizeof *r->before);
	r->after = mem_new(r->out.n, sizeof *r->after);
	for (size_t i = 0; i < r->out.n; i++)
		r->before[i] = (struct slice){"", 0};
	return got;
}

static void
decide(struct rules *r)
{
	for (size_t i = 0; i < r->out.n; i++)
		r->after[i] = r->before[i];
	decision_record(&r->decision, r->before, r->after);
}

static void
release(struct rules *r)
{
	decision_release(&r->decision);
	columns_release(&r->out);
	free(r->before);
	free(r->after);
}

int
log_decide(struct log_work *w, struct fields *f)
{
	struct rules r;
	int got = load(&r, w, &f->columns);

	for (size_t i = 0; i < f->columns.n; i++)
		r.before[i] = f->value[i];
	if (got > 0)
		decide(&r);
	for (size_t i = 0; got > 0 && i < r.out.n; i++) {
		if (field_is_set(r.after[i]))
			fields_put(f, r.out.name[i], r.after[i]);
	}
	release(&r);
	return got < 0 ? -1 : 0;
}

/* Whether rules have decided on the incident under way. */
static bool
by_rules(const struct log_work *w)
{
	const struct incidents *all = &w->book.ledger.incidents;

	return incidents_value(all, &all->list[w->book.place], "rules").n > 0;
}

/* Logs what the rules say, if it is anything new. */
static void
enter(struct log_work *w, const struct rules *r)
{
	if (log_lock(w) < 0)
		return;
	logbook_columns(&w->book, &r->out);
	if (logbook_row(&w->book, r->after, clock_now()) == LOGBOOK_FAILED ||
	    logbook_commit(&w->book) < 0)
		log_say(&w->book.fault);
}

void
log_decide_anew(struct log_work *w)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct record record = {0};
	struct columns in = {0};
	struct rules r;

	if (!by_rules(w))
		return;
	record_columns(all, &in, true);
	if (load(&r, w, &in) > 0) {
		record_bind(&record, all, &in);
		record_fill(&record, &all->list[w->book.place], r.before);
		decide(&r);
		enter(w, &r);
	}
	release(&r);
	record_release(&record);
	columns_release(&in);
}
