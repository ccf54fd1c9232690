/*
 * What the verbs of inc-log share: the log opened for adding, the lock, the
 * output.
 */
#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "files.h"
#include "log.h"
#include "site.h"

int
log_say(const struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	return -1;
}

/* The real user, who is written into each entry. */
static void
who(struct buf *by)
{
	const struct passwd *user = getpwuid(getuid());

	if (user != NULL && slice_is_utf8(slice_of(user->pw_name)))
		escape_add(by, slice_of(user->pw_name));
	else
		buf_addf(by, "%lu", (unsigned long)getuid());
}

/* Opens the procedures and what they say a record should hold. */
static int
open_procedures(struct log_work *w)
{
	struct fault fault = {0};
	struct table *fields;
	int got = site_pack(&w->pack, &w->shared);

	if (got <= 0)
		return got;
	w->has_pack = true;
	got = pack_table(&w->pack, "fields", &fields, &fault);
	if (got > 0) {
		w->has_form = true;
		got = form_load(&w->form, fields, &fault);
	}
	if (got < 0)
		log_say(&fault);
	fault_release(&fault);
	return got < 0 ? -1 : 0;
}

int
log_open_book(struct log_work *w, const char *from)
{
	struct logbook_options o = {.writer = true,
	    .dry = w->own.dry,
	    .strict = w->own.strict,
	    .spoken = *from == '\0'};
	struct fault fault = {0};

	if (open_procedures(w) < 0)
		return -1;
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return -1;
	if (w->own.create && !w->own.dry &&
	    journal_create(w->dir, &fault) < 0) {
		log_say(&fault);
		fault_release(&fault);
		return -1;
	}
	who(&w->by);
	escape_add(&w->source, slice_of(from));
	o.dir = w->dir;
	o.absent = w->own.create && w->own.dry && !directory_exists(w->dir);
	o.by = buf_slice(&w->by);
	o.source = buf_slice(&w->source);
	if (w->has_form)
		o.form = &w->form;
	if (w->has_pack) {
		o.known = &w->pack.known;
		o.zone = w->pack.zone;
		o.id_prefix = w->pack.id_prefix;
	}
	return logbook_open(&w->book, &o) < 0 ? log_say(&w->book.fault) : 0;
}

struct stamp
log_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	/* Milliseconds: enough to order by, and short to read. */
	return (struct stamp){
	    t.tv_sec, (uint32_t)(t.tv_nsec / 1000000 * 1000000)};
}

int
log_lock(struct log_work *w)
{
	if (logbook_lock(&w->book) < 0)
		return log_say(&w->book.fault);
	if (w->book.journal.notice.n > 0)
		diag_notice("%s", buf_str(&w->book.journal.notice));
	buf_clear(&w->book.journal.notice);
	return 0;
}

void
log_open_output(const struct log_work *w, struct stream_writer *out)
{
	*out = (struct stream_writer){.no_header = w->shared.no_header,
	    .line_buffered = w->shared.line_buffered};
	output_init(&out->out, STDOUT_FILENO, "<stdout>");
}

void
log_close_output(struct stream_writer *out)
{
	if (output_close(&out->out) < 0)
		log_say(&out->out.fault);
	output_release(&out->out);
}
