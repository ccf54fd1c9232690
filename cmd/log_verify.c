/*
 * inc-log verify: whether the log is whole: each entry is proved by the chain,
 * the log extends the heads that were kept elsewhere, what entries say was
 * taken out is gone, from messages of the spool too, and indexes tell what is
 * there.
 */
#include <unistd.h>

#include "contents.h"
#include "diag.h"
#include "journalin.h"
#include "log.h"
#include "output.h"
#include "proof.h"
#include "redactions.h"
#include "segment.h"
#include "site.h"
#include "witness.h"

/*
 * Takes note of an entry; where it begins a segment, the index of the one
 * before is proved.  Returns 0, or -1 and the fault.
 */
static int
prove_index(struct contents *c, const char *dir, const struct journal_entry *e,
    struct fault *fault)
{
	if (c->first != e->segment) {
		if (c->last > 0 && contents_prove(c, fault) < 0)
			return -1;
		contents_release(c);
		*c = contents_of(dir, e->segment);
	}
	contents_note(c, e);
	return 0;
}

int
log_prove(struct journal_reader *r, struct witness *heads,
    struct redactions *redactions)
{
	struct proof proof = {0};
	struct contents contents = {0};
	struct fault fault = {0};
	struct journal_entry e;
	int got;

	while ((got = journal_reader_next(r, &e)) > 0) {
		if (proof_entry(&proof, &e, &fault) < 0 ||
		    witness_entry(heads, &e, &fault) < 0 ||
		    prove_index(&contents, r->dir, &e, &fault) < 0)
			break;
		redactions_read(redactions, &e);
	}
	contents_release(&contents);
	if (got < 0)
		diag_fault(STATUS_NO, &r->fault);
	else if (got > 0 || proof_end(&proof, &fault) < 0)
		diag_fault(STATUS_NO, &fault);
	proof_release(&proof);
	fault_release(&fault);
	return diag_status() == STATUS_DONE ? 0 : -1;
}

/*
 * Whether the log has all entries that the heads are of, but those of which it
 * says itself that they are lost: these are told.
 */
static int
check_end(struct witness *heads, uint64_t seq)
{
	struct fault fault = {0};
	int result = witness_end(heads, seq, &fault);

	if (result < 0)
		diag_fault(STATUS_NO, &fault);
	else if (heads->lost > 0)
		diag_say(STATUS_PARTIAL,
		    "%zu head%s of entries that are lost: the log was restored "
		    "from a copy, as entry %llu says, by %s",
		    heads->lost, heads->lost == 1 ? " is" : "s are",
		    (unsigned long long)heads->restored,
		    buf_str(&heads->restorer));
	fault_release(&fault);
	return result;
}

/*
 * Whether something that was taken out is still there: 1 and the fault with its
 * place, 0, or -1 after saying why it can't be told.
 */
static int
find_left(
    struct log_work *w, struct redactions *redactions, struct fault *fault)
{
	struct journal_reader r;
	struct journal_entry e;
	int got = journal_reader_open(&r, w->dir) < 0 ? -1 : 1;

	while (got > 0 && (got = journal_reader_next(&r, &e)) > 0 &&
	    redactions_check(redactions, &e, fault) == 0)
		;
	if (got < 0)
		log_say(&r.fault);
	journal_reader_release(&r);
	return got != 0 ? got : log_find_words(w, redactions, fault);
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

	if (redactions->ids.n > 0) {
		log_open_spool(w, false);
		got = find_left(w, redactions, &fault);
	}
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

int
log_read_heads(const struct log_work *w, struct witness *heads)
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
print_proof(struct log_work *w, const struct journal_reader *r,
    const struct witness *heads)
{
	struct stream_writer out;
	struct buf line = {0};

	buf_addf(&line, "%llu %s in %zu segment%s, chain %s\n",
	    (unsigned long long)r->seq, r->seq == 1 ? "entry" : "entries",
	    r->segments, r->segments == 1 ? "" : "s", r->chain);
	if (heads->n > 0)
		buf_addf(&line, "extends %zu head%s\n", heads->n - heads->lost,
		    heads->n - heads->lost == 1 ? "" : "s");
	log_open_output(w, &out);
	output_add(&out.out, buf_slice(&line));
	log_close_output(&out);
	buf_release(&line);
}

void
log_verify(struct log_work *w)
{
	struct journal_reader r;
	struct witness heads = {0};
	struct redactions redactions = {0};

	if (w->n > 0)
		options_misuse("verify takes no operand");
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	if (journal_reader_open(&r, w->dir) < 0)
		log_say(&r.fault);
	else if (log_read_heads(w, &heads) == 0 &&
	    log_prove(&r, &heads, &redactions) == 0 &&
	    check_end(&heads, r.seq) == 0 &&
	    check_redactions(w, &redactions) == 0)
		print_proof(w, &r, &heads);
	witness_release(&heads);
	redactions_release(&redactions);
	journal_reader_release(&r);
}
