/*
 * What the verbs of inc-log share: the log opened for adding, the lock, the
 * output.
 */
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "files.h"
#include "log.h"
#include "output.h"
#include "site.h"
#include "timeform.h"

int
log_say(const struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	return -1;
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

/*
 * Makes the log where there is none; one that is there must be for the group
 * that is asked for.  Returns 0, or -1 after saying why.
 */
static int
create(const struct log_work *w)
{
	struct fault fault = {0};
	struct custody custody = CUSTODY_OWN;
	gid_t group;
	int result = 0;

	if (w->own.group != NULL) {
		if (site_group(w->own.group, &group) < 0)
			return -1;
		custody = CUSTODY_SHARED(group);
	}
	if (directory_create(w->dir, custody, &fault) < 0)
		result = -1;
	else if (w->own.group != NULL && !custody_is(w->dir, custody))
		result = fault_at(&fault, (struct place){.file = w->dir},
		    "is there, and not shared with the group '%s': chgrp and "
		    "chmod share it, inc-log(5)",
		    w->own.group);
	else
		result = journal_create(w->dir, &fault);
	if (result < 0)
		log_say(&fault);
	fault_release(&fault);
	return result;
}

int
log_open_book(struct log_work *w, const char *from)
{
	struct logbook_options o = {.writer = true,
	    .some = !w->whole,
	    .segment_bytes = site_segment_bytes(),
	    .dry = w->own.dry,
	    .restores = w->restores,
	    .strict = w->own.strict,
	    .wait_s = w->own.wait,
	    .complete = w->own.complete != NULL,
	    .spoken = *from == '\0'};

	if (open_procedures(w) < 0)
		return -1;
	if (w->dir == NULL)
		w->dir = site_log(&w->shared);
	if (w->dir == NULL || (w->own.create && !w->own.dry && create(w) < 0))
		return -1;
	site_user(&w->by);
	escape_add(&w->source, slice_of(from));
	if (w->own.whom != NULL)
		escape_add(&w->whom, slice_of(w->own.whom));
	o.dir = w->dir;
	o.absent = w->own.create && w->own.dry && !directory_exists(w->dir);
	o.by = buf_slice(&w->by);
	o.whom = buf_slice(&w->whom);
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

int
log_open_log(struct log_work *w)
{
	struct logbook_options o = {
	    .some = !w->whole, .segment_bytes = site_segment_bytes()};

	if (w->dir == NULL)
		w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return -1;
	o.dir = w->dir;
	return logbook_open(&w->book, &o) < 0 ? log_say(&w->book.fault) : 0;
}

int
log_open_reading(struct log_work *w)
{
	return open_procedures(w) < 0 ? -1 : log_open_log(w);
}

#define CLOCK_S 60 /* more than clocks of one host differ by */

/* Says, once, that the clock is far behind the last entry. */
static void
check_clock(const struct log_work *w)
{
	static bool said;
	struct buf text = {0};
	struct stamp now = clock_now();
	struct stamp last = w->book.journal.in.at;

	if (said || last.s - now.s <= CLOCK_S)
		return;
	said = true;
	buf_addf(&text, "%s: the last entry was written at ", w->dir);
	stamp_add(&text, last);
	buf_add_str(&text, ", but it is ");
	stamp_add(&text, now);
	diag_notice("%s by the clock: it is, or was, wrong", buf_str(&text));
	buf_release(&text);
}

int
log_lock(struct log_work *w)
{
	struct journal *j = &w->book.journal;
	int result = logbook_lock(&w->book, clock_now());

	if (j->notice.n > 0)
		diag_notice("%s", buf_str(&j->notice));
	buf_clear(&j->notice);
	if (result < 0)
		diag_fault(
		    j->busy ? STATUS_RETRY : STATUS_FAILED, &w->book.fault);
	else
		check_clock(w);
	return result;
}

/*
 * Reads a local time.  Returns 1; 0 where it names no day, and today's is
 * meant; -1 where it is none.
 */
static int
read_local(struct slice text, struct civil today, struct civil *c)
{
	static const char *const form[] = {
	    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"};
	struct buf dated = {0};
	int got = -1;

	buf_addf(&dated, "%04d-%02d-%02d %.*s", today.year, today.month,
	    today.day, SLICE_ARG(text));
	for (size_t i = 0; i < sizeof form / sizeof *form && got < 0; i++) {
		*c = (struct civil){0};
		if (timeform_scan(text, form[i], c) == 0)
			got = 1;
		else if (timeform_scan(buf_slice(&dated), form[i], c) == 0)
			got = 0;
	}
	buf_release(&dated);
	return got;
}

struct stamp
log_occurred(struct log_work *w)
{
	struct slice text = slice_of(w->own.occurred);
	struct zone *utc = zone_open(slice_of("UTC"), NULL);
	const struct zone *zone = w->has_pack ? w->pack.zone : utc;
	struct stamp now = clock_now(), t;
	struct civil c;
	int dated = 1;

	if (stamp_parse(text, &t) < 0) {
		dated = read_local(text, zone_civil(zone, now.s), &c);
		if (dated < 0)
			options_misuse("--occurred '%s': a time such as 21:40, "
				       "or 2026-03-25 21:40, was expected",
			    w->own.occurred);
		zone_instant(zone, &c, ZONE_FIRST, &t);
	}
	/* 23:50, told after midnight, was yesterday. */
	if (dated == 0 && stamp_cmp(t, now) > 0) {
		struct civil day = civil_of(civil_seconds(&c) - DAY_S);

		zone_instant(zone, &day, ZONE_FIRST, &t);
	}
	zone_free(utc);
	if (stamp_cmp(t, now) > 0)
		options_misuse(
		    "--occurred '%s' is still to come", w->own.occurred);
	return t;
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
