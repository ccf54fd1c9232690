/*
 * inc-log verify: whether the log is whole: each entry is proved by the chain,
 * the log extends the heads that were kept elsewhere, and what entries say was
 * taken out is gone.
 */
#include <unistd.h>

#include "diag.h"
#include "journal.h"
#include "log.h"
#include "proof.h"
#include "redactions.h"
#include "segment.h"
#include "site.h"
#include "witness.h"

/* What is gone by. */
struct check {
	struct proof proof;
	struct witness heads;
	struct redactions redactions;
};

/*
 * Proves the entries one after another, and holds them against the heads; says
 * the first that is wrong.
 */
static int
check_all(struct journal *j, struct check *c)
{
	struct fault fault = {0};
	struct journal_entry e;
	int got;

	while ((got = journal_next(j, &e)) > 0) {
		if (proof_entry(&c->proof, &e, &fault) < 0 ||
		    witness_entry(&c->heads, &e, &fault) < 0)
			break;
		redactions_read(&c->redactions, &e);
	}
	if (got < 0)
		diag_fault(STATUS_NO, &j->fault);
	else if (got > 0 || proof_end(&c->proof, &fault) < 0 ||
	    witness_end(&c->heads, j->seq, &fault) < 0)
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
	int got = 0, fd;

	if (redactions->ids.n > 0)
		got = find_left(w, redactions, &fault);
	if (got > 0) {
		got = segment_settle(w->dir, w->own.wait, &fd, &fault);
		if (got > 0)
			close(fd);
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

/* Reads the heads of --head, if it is given.  0, or -1 after saying why. */
static int
read_heads(const struct log_work *w, struct witness *heads)
{
	struct fault fault = {0};
	int result = 0;

	if (w->own.heads != NULL &&
	    witness_read(heads, w->own.heads, &fault) < 0)
		result = log_say(&fault);
	fault_release(&fault);
	return result;
}

/* Says what was proved. */
static void
print_proof(
    struct log_work *w, const struct journal *j, const struct witness *heads)
{
	struct stream_writer out;
	struct buf line = {0};

	buf_addf(&line, "%llu entries in %zu segment%s, chain %s\n",
	    (unsigned long long)j->seq, j->segments,
	    j->segments == 1 ? "" : "s", j->chain);
	if (heads->n > 0)
		buf_addf(&line, "extends %zu head%s\n", heads->n,
		    heads->n == 1 ? "" : "s");
	log_open_output(w, &out);
	output_add(&out.out, buf_slice(&line));
	log_close_output(&out);
	buf_release(&line);
}

void
log_verify(struct log_work *w)
{
	struct journal j;
	struct check c = {0};

	if (w->n > 0)
		options_misuse("verify takes no operand");
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	if (journal_open(&j, w->dir, false) < 0)
		log_say(&j.fault);
	else if (read_heads(w, &c.heads) == 0 && check_all(&j, &c) == 0 &&
	    check_redactions(w, &c.redactions) == 0)
		print_proof(w, &j, &c.heads);
	witness_release(&c.heads);
	proof_release(&c.proof);
	redactions_release(&c.redactions);
	journal_release(&j);
}
