/*
 * inc-log verify: whether the log is whole: each entry is proved by the chain,
 * and what entries say was taken out is gone.
 */
#include "diag.h"
#include "journal.h"
#include "log.h"
#include "proof.h"
#include "redactions.h"
#include "site.h"

/* Proves the entries one after another; says the first that is wrong. */
static int
check_all(struct journal *j, struct proof *check, struct redactions *redactions)
{
	struct fault fault = {0};
	struct journal_entry e;
	int got;

	while ((got = journal_next(j, &e)) > 0) {
		if (proof_entry(check, &e, &fault) < 0)
			break;
		redactions_read(redactions, &e);
	}
	if (got < 0)
		diag_fault(STATUS_NO, &j->fault);
	else if (got > 0 || proof_end(check, &fault) < 0)
		diag_fault(STATUS_NO, &fault);
	fault_release(&fault);
	return diag_status() == STATUS_DONE ? 0 : -1;
}

/*
 * Whether something that was taken out is still there: 1 and the fault with its
 * place, 0, or -1 after saying why it can't be told.
 */
static int
find_left(const struct log_work *w, struct redactions *redactions,
    struct fault *fault)
{
	struct journal j;
	struct journal_entry e;
	int got = journal_open(&j, w->dir, false) < 0 ? -1 : 1;

	while (got > 0 && (got = journal_next(&j, &e)) > 0 &&
	    redactions_check(redactions, &e, fault) == 0)
		;
	if (got < 0)
		log_say(&j.fault);
	journal_release(&j);
	return got;
}

/*
 * Whether all that was taken out is gone, in a second pass: the values come
 * before the entry that takes them out.  A redaction that is under way is left
 * the time to end.
 */
static int
check_redactions(struct log_work *w, struct redactions *redactions)
{
	struct fault fault = {0};
	int got = 0;

	if (redactions->ids.n > 0)
		got = find_left(w, redactions, &fault);
	if (got > 0) {
		got = journal_settle(w->dir, w->own.wait, &fault);
		if (got < 0)
			log_say(&fault);
		else
			got = find_left(w, redactions, &fault);
	}
	if (got > 0)
		diag_fault(STATUS_NO, &fault);
	fault_release(&fault);
	return got == 0 ? 0 : -1;
}

void
log_verify(struct log_work *w)
{
	struct journal j;
	struct proof check = {0};
	struct redactions redactions = {0};
	struct stream_writer out;
	struct buf line = {0};

	if (w->n > 0)
		options_misuse("verify takes no operand");
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	if (journal_open(&j, w->dir, false) < 0) {
		log_say(&j.fault);
	} else if (check_all(&j, &check, &redactions) == 0 &&
	    check_redactions(w, &redactions) == 0) {
		log_open_output(w, &out);
		buf_addf(&line, "%llu entries in %zu segment%s, chain %s\n",
		    (unsigned long long)j.seq, j.segments,
		    j.segments == 1 ? "" : "s", j.chain);
		output_add(&out.out, buf_slice(&line));
		log_close_output(&out);
		buf_release(&line);
	}
	proof_release(&check);
	redactions_release(&redactions);
	journal_release(&j);
}
