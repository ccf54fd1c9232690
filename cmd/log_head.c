/*
 * inc-log head: what is kept elsewhere to show later that the log still is as
 * it was.
 */
#include "diag.h"
#include "head.h"
#include "log.h"
#include "output.h"
#include "site.h"

/* Prints the head of a log that is there. */
static void
print_head(struct log_work *w)
{
	struct head head = {0};
	struct fault fault = {0};
	struct stream_writer out;
	struct buf line = {0};

	int got = head_read(&head, w->dir, w->own.wait, NULL, &fault);

	if (got <= 0) {
		diag_fault(got == 0 ? STATUS_RETRY : STATUS_FAILED, &fault);
	} else if (head.seq == 0) {
		diag_say(STATUS_NO, "%s: has no entry yet", w->dir);
	} else {
		head_add(&line, &head);
		log_open_output(w, &out);
		output_add(&out.out, buf_slice(&line));
		log_close_output(&out);
		buf_release(&line);
	}
	fault_release(&fault);
}

void
log_head(struct log_work *w)
{
	struct journal_reader r;

	if (w->n > 0)
		options_misuse("head takes no operand");
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return;
	if (journal_reader_open(&r, w->dir) < 0)
		log_say(&r.fault);
	else
		print_head(w);
	journal_reader_release(&r);
}
