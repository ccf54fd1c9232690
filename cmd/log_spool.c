/*
 * The messages of the spool that goes with the log: they are words made of its
 * values, so what is taken out of the log goes from them too, inc-log(5).
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "log.h"
#include "site.h"

int
log_open_spool(struct log_work *w, bool writes)
{
	struct fault fault = {0};
	char *dir = site_spool_of(&w->shared, w->dir);
	int result = 0;

	if (dir != NULL) {
		result = writes ? spool_open(&w->spool, dir, &fault)
				: spool_open_reading(&w->spool, dir, &fault);
		w->has_spool = result == 0;
		if (result < 0)
			diag_fault(
			    writes ? STATUS_FAILED : STATUS_PARTIAL, &fault);
	}
	free(dir);
	fault_release(&fault);
	return result;
}

enum erasure_fate
log_judge_redacted(void *redactions, struct slice id, struct stamp *until)
{
	return redactions_when(redactions, id, until) > 0 ? ERASURE_WORDS
							  : ERASURE_NONE;
}

int
log_find_messages(struct log_work *w, struct erasure *e)
{
	e->spool = w->has_spool ? &w->spool : NULL;
	if (erasure_find(e) < 0)
		return log_say(&e->fault);
	if (e->unreadable > 0)
		diag_say(STATUS_PARTIAL,
		    "%s: %zu message%s can't be read and may have words that "
		    "were taken out: %s",
		    spool_dir(&w->spool), e->unreadable,
		    e->unreadable == 1 ? "" : "s", buf_str(&e->odd.text));
	return 0;
}

/* Says which messages are still being delivered: status 75. */
static void
say_left(const struct erasure *e)
{
	for (size_t i = 0; i < e->n; i++) {
		if (!e->item[i].done)
			diag_say(STATUS_RETRY,
			    "%.8s: this message of '%.*s' is being delivered "
			    "and still has its words: the same again takes "
			    "them out",
			    e->item[i].name, SLICE_ARG(e->item[i].id));
	}
}

void
log_erase(struct log_work *w, struct erasure *e)
{
	int left = erasure_do(e, 0, clock_now());

	logbook_abandon(&w->book);
	if (left > 0)
		left = erasure_do(e, w->own.wait, clock_now());
	if (left < 0) {
		buf_add_str(&e->fault.text,
		    "; not all messages have lost their words yet: the same "
		    "again does the rest");
		log_say(&e->fault);
	} else if (left > 0) {
		say_left(e);
	}
	if (e->words > 0)
		diag_notice("%zu message%s lost %s words", e->words,
		    e->words == 1 ? "" : "s", e->words == 1 ? "its" : "their");
	if (e->whole > 0)
		diag_notice("%zu message%s removed", e->whole,
		    e->whole == 1 ? "" : "s");
}

int
log_find_words(
    struct log_work *w, struct redactions *redactions, struct fault *fault)
{
	struct erasure e = {.judge = log_judge_redacted, .ctx = redactions};
	int got = log_find_messages(w, &e);

	if (got == 0 && e.n > 0) {
		const struct erasure_item *item = &e.item[0];

		fault_at(fault, (struct place){.file = spool_dir(&w->spool)},
		    "message %s in '%s' still has its words, though entry "
		    "%llu took some out of '%.*s': inc-log redact must be run "
		    "again",
		    item->name, spool_place[item->where],
		    (unsigned long long)redactions_of_id(redactions, item->id),
		    SLICE_ARG(item->id));
		got = 1;
	}
	erasure_release(&e);
	return got;
}
