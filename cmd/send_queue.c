/*
 * Messages that come in.  The rows of a message come one after the other; it
 * is in the spool, synced, before its receipt is written, and where it is
 * there already only its last receipt is written again.  As many messages as
 * are at hand share a sync of the directory.
 *
 * With --drill they are made messages of an exercise first; adopt takes them in
 * as dropped, so that they are known and not sent.
 */
#include <stdlib.h>
#include <string.h>

#include "arrival.h"
#include "blank.h"
#include "clock.h"
#include "diag.h"
#include "drill.h"
#include "mem.h"
#include "occasion.h"
#include "send.h"
#include "staging.h"

#define MOST_MESSAGES 256 /* that share a sync: each has a file open */

/* A message of the batch under way. */
struct entrant {
	struct slice name;
	struct slice words; /* a letter's text, for one that has lost its own */
};

/* Messages that were read and not yet told of. */
struct intake {
	struct send *send;
	size_t column[MESSAGE_COLUMNS]; /* in the input, or COLUMNS_NONE */

	struct drill drill;
	struct arrival arrival; /* the message under way */

	/* The batch under way. */
	struct entrant *entrant;
	size_t entrants, entrants_cap;
	struct arena batch;
	struct staging staging;
	bool failed; /* no more can be taken in */
	bool faulty; /* one that is in the spool could not be told of */
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
	struct slice row[MESSAGE_COLUMNS];
	struct fault fault = {0};

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		row[i] = columns_field(field, in->column[i]);
	if (arrival_add(&in->arrival, row,
		in->send->own.drill ? &in->drill : NULL, &fault) < 0)
		set_aside(in, buf_str(&fault.text));
	fault_release(&fault);
}

static int
fail(struct intake *in, struct fault *f)
{
	in->failed = true;
	return send_fail(f);
}

/* Makes the letter of the message under way. */
static void
make_letter(struct intake *in)
{
	struct send *s = in->send;
	struct slice route = in->arrival.try[0].field[MESSAGE_ROUTE];

	arrival_letter(&in->arrival, &s->text, awaits_of(&s->awaits, route),
	    s->own.adopt, clock_now());
}

/* Whether a message, whose text was read, is over because it has no words. */
static bool
wants_words(struct intake *in, int where, const char *name)
{
	struct letter *l = &in->send->letter;
	struct fault fault = {0};
	bool wants = where == SPOOL_DONE &&
	    letter_read(l, buf_slice(&in->send->text), name, &fault) == 0 &&
	    l->withdrawn && blank_first(l) == l->n;

	fault_release(&fault); /* said once it is told of */
	return wants;
}

/* Adds a message to the batch; words are copied. */
static void
add_entrant(struct intake *in, struct slice name, struct slice words)
{
	in->entrant = mem_grow(
	    in->entrant, in->entrants, &in->entrants_cap, sizeof *in->entrant);
	name.p = arena_copy(&in->batch, name.p, name.n);
	words.p = arena_copy(&in->batch, words.p, words.n);
	in->entrant[in->entrants++] = (struct entrant){name, words};
}

/*
 * The message under way is whole: stages it, unless the spool has it; keeps it
 * where that has it without words.
 */
static void
finish_message(struct intake *in)
{
	struct send *s = in->send;
	struct slice name, words = {"", 0};
	struct fault fault = {0};
	int where;

	if (in->arrival.n == 0 || in->failed)
		return;
	name = in->arrival.try[0].field[MESSAGE_ID];
	buf_clear(&s->text);
	where = item_read(&s->spool, name, &s->text, &fault);
	if (s->own.current)
		dict_add(&s->current, name, 0, NULL);
	if (where == SPOOL_NOWHERE) {
		make_letter(in);
		where = staging_add(&in->staging, name, buf_slice(&s->text),
		    clock_now(), &fault);
	} else if (wants_words(in, where, name.p)) {
		make_letter(in);
		words = buf_slice(&s->text);
	}
	if (where < 0)
		fail(in, &fault);
	add_entrant(in, name, words);
	arrival_clear(&in->arrival);
}

/*
 * Goes on with a message that is in the spool now, where something is to be
 * done at once.  Returns 0, or -1 after saying why.
 */
static int
settle(struct intake *in, const struct entrant *e, int where)
{
	const struct letter *l = &in->send->letter;

	if (where == SPOOL_NEW && l->last.delivery == LETTER_DROPPED)
		return send_put_over(in->send, e->name);
	if (where == SPOOL_DONE && !in->send->own.adopt &&
	    send_is_withdrawn(in->send, l))
		return send_take_up(in->send, e->name, e->words);
	return where < 0 ? -1 : 0;
}

/* Puts the batch into the queue, and tells of it. */
static void
finish_batch(struct intake *in)
{
	struct send *s = in->send;
	struct fault fault = {0};

	if (!in->failed && in->entrants > 0 &&
	    staging_commit(&in->staging, &fault) < 0)
		fail(in, &fault);
	if (in->failed)
		diag_say(STATUS_FAILED,
		    "the last %zu message%s not in the spool", in->entrants,
		    in->entrants == 1 ? " is" : "s are");
	for (size_t i = 0; i < in->entrants && !in->failed; i++) {
		const struct entrant *e = &in->entrant[i];

		if (settle(in, e, send_tell_named(s, e->name)) < 0)
			in->faulty = true;
	}
	in->entrants = 0;
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
	if (in->arrival.n > 0 && !slice_eq(name, in->arrival.identity))
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
	while (!in->failed && in->entrants < MOST_MESSAGES &&
	    filter_next_ready(f));
}

int
send_queue(struct send *s)
{
	struct intake in = {.send = s, .staging = {.spool = &s->spool}};
	struct fault fault = {0};

	if (bind(&in) < 0)
		return -1;
	if (s->own.drill && drill_load(&in.drill, &s->pack, &fault) < 0)
		fail(&in, &fault);
	while (!in.failed && filter_next(&s->filter)) {
		take_batch(&in);
		finish_batch(&in);
	}
	if (!in.failed) {
		finish_message(&in);
		finish_batch(&in);
	}
	if (in.drill.cut > 0)
		diag_notice("%zu texts were cut to what their medium carries, "
			    "so that they tell of the drill",
		    in.drill.cut);
	drill_release(&in.drill);
	free(in.entrant);
	arrival_release(&in.arrival);
	arena_release(&in.batch);
	staging_release(&in.staging);
	return in.failed || in.faulty || s->filter.station.failed ||
		s->filter.rejected > 0
	    ? -1
	    : 0;
}
