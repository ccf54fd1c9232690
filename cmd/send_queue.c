/*
 * Messages that come in.  The rows of a message come one after the other; it
 * is in the spool, synced, before its receipt is written, and where it is
 * there already only its last receipt is written again.  As many messages as
 * are at hand share a sync of the directory.
 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "mem.h"
#include "occasion.h"
#include "send.h"

#define MOST_TRIES 100    /* media of a message */
#define MOST_MESSAGES 256 /* that share a sync: each has a file open */

/* Messages that were read and not yet told of. */
struct intake {
	struct send *send;
	size_t column[MESSAGE_COLUMNS]; /* in the input, or COLUMNS_NONE */

	/* The message under way: its rows so far. */
	struct letter_try *try;
	size_t n, cap;
	size_t bytes;
	struct arena rows;

	/* The batch under way. */
	struct slice *name;
	size_t names, names_cap;
	struct arena batch;
	bool failed;
};

/* Finds the columns.  Returns 0, or -1 after saying which is not there. */
static int
bind(struct intake *in)
{
	static const enum message_column needed[] = {MESSAGE_ID, MESSAGE_RECORD,
	    MESSAGE_PARTY, MESSAGE_MEDIUM, MESSAGE_ADDRESS, MESSAGE_BODY};
	const struct columns *c = &in->send->filter.in.columns;

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		in->column[i] = columns_find(c, slice_of(message_columns[i]));
	for (size_t i = 0; i < LEN(needed); i++) {
		if (in->column[needed[i]] != COLUMNS_NONE)
			continue;
		diag_say(STATUS_FAILED,
		    "%s: no column '%s': messages as inc-notify(1) writes them "
		    "were expected",
		    in->send->filter.in.file, message_columns[needed[i]]);
		return -1;
	}
	return 0;
}

/* The identity of the row under way; empty where it has none. */
static struct slice
identity(const struct intake *in)
{
	struct slice name = in->send->filter.in.field[in->column[MESSAGE_ID]];

	return name.n == OCCASION_ID && spool_is_name(name)
	    ? name
	    : (struct slice){"", 0};
}

static void
set_aside(struct intake *in, const char *why)
{
	struct filter *f = &in->send->filter;
	struct fault fault = {0};

	fault_at(&fault, (struct place){f->in.file, f->in.line, 0}, "%s", why);
	filter_reject(f, &fault);
	fault_release(&fault);
}

/* Adds the row under way to the message under way. */
static void
add_row(struct intake *in)
{
	const struct slice *field = in->send->filter.in.field;
	struct letter_try *try;

	if (in->n == MOST_TRIES ||
	    in->send->filter.in.row.n > SPOOL_MOST / 2 - in->bytes) {
		set_aside(in, "more than a message may have");
		return;
	}
	in->bytes += in->send->filter.in.row.n;
	in->try = mem_grow(in->try, in->n, &in->cap, sizeof *in->try);
	try = &in->try[in->n++];
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		struct slice value = {"", 0};

		if (in->column[i] != COLUMNS_NONE &&
		    field_is_set(field[in->column[i]]))
			value = field[in->column[i]];
		value.p = arena_copy(&in->rows, value.p, value.n);
		try->field[i] = value;
	}
}

/* Forgets the message under way. */
static void
forget(struct intake *in)
{
	arena_reset(&in->rows);
	in->n = in->bytes = 0;
}

static int
fail(struct intake *in, struct fault *f)
{
	in->failed = true;
	return send_fail(f);
}

/* The message under way is whole: stages it, unless the spool has it. */
static void
finish_message(struct intake *in)
{
	struct send *s = in->send;
	struct fault fault = {0};
	struct slice name, route;
	int where;

	if (in->n == 0 || in->failed)
		return;
	name = in->try[0].field[MESSAGE_ID];
	buf_clear(&s->text);
	where = spool_read(&s->spool, name, &s->text, &fault);
	if (s->own.current)
		dict_add(&s->current, name, 0, NULL);
	if (where == SPOOL_NOWHERE) {
		route = in->try[0].field[MESSAGE_ROUTE];
		buf_clear(&s->text);
		letter_begin(&s->text, in->try, in->n,
		    awaits_of(&s->awaits, route), clock_now());
		where =
		    spool_stage(&s->spool, name, buf_slice(&s->text), &fault);
	}
	if (where < 0)
		fail(in, &fault);
	in->name =
	    mem_grow(in->name, in->names, &in->names_cap, sizeof *in->name);
	name.p = arena_copy(&in->batch, name.p, name.n);
	in->name[in->names++] = name;
	forget(in);
}

/* Puts the batch into the queue, and tells of it. */
static void
finish_batch(struct intake *in)
{
	struct send *s = in->send;
	struct fault fault = {0};

	if (!in->failed && spool_commit(&s->spool, &fault) < 0)
		fail(in, &fault);
	if (in->failed)
		diag_say(STATUS_FAILED,
		    "the last %zu message%s not in the spool", in->names,
		    in->names == 1 ? " is" : "s are");
	for (size_t i = 0; i < in->names && !in->failed; i++) {
		int where = send_tell_named(s, in->name[i]);

		in->failed = where < 0 ||
		    (where == SPOOL_DONE && s->letter.withdrawn &&
			send_take_up(s, in->name[i]) < 0);
	}
	in->names = 0;
	arena_reset(&in->batch);
	filter_flush(&s->filter);
}

/* Takes a row. */
static void
take(struct intake *in)
{
	struct slice name = identity(in);

	if (name.n == 0) {
		finish_message(in);
		set_aside(in,
		    "message: an identity of 32 digits 0-9a-f was "
		    "expected");
		return;
	}
	if (in->n > 0 && !slice_eq(name, in->try[0].field[MESSAGE_ID]))
		finish_message(in);
	add_row(in);
}

/* Takes rows as long as one is at hand and they fit into a batch. */
static void
take_batch(struct intake *in)
{
	struct filter *f = &in->send->filter;

	do
		take(in);
	while (
	    !in->failed && in->names < MOST_MESSAGES && filter_next_ready(f));
}

int
send_queue(struct send *s)
{
	struct intake in = {.send = s};

	if (bind(&in) < 0)
		return -1;
	while (!in.failed && filter_next(&s->filter)) {
		take_batch(&in);
		finish_batch(&in);
	}
	if (!in.failed) {
		finish_message(&in);
		finish_batch(&in);
	}
	free(in.try);
	free(in.name);
	arena_release(&in.rows);
	arena_release(&in.batch);
	return in.failed || s->filter.station.failed || s->filter.rejected > 0
	    ? -1
	    : 0;
}
