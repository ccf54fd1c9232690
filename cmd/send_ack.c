/*
 * inc-send ack: messages are acknowledged, by somebody at the desk who names
 * them, or by replies (send_reply.c).  What comes out is not receipts, but rows
 * of the incidents, as inc-log(1) ack would log them.
 */
#include "send_ack.h"

#include <stdlib.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "diag.h"
#include "escape.h"

#define SINCE_S (INT64_C(31) * 86400) /* as long what is over counts */
#define LOOK_MS 1000                  /* as long what was seen is current */

enum { ID, EVENT, UPDATED, ACKNOWLEDGED, NOTE, COLUMNS };
static const char *const columns[COLUMNS] = {
    "id", "event", "updated", "acknowledged", "note"};

int
ack_look(struct ack *a)
{
	struct stamp since = clock_now();

	if (!a->looked || clock_ticks() >= a->until) {
		since.s -= SINCE_S;
		sent_release(&a->all);
		if (sent_load(&a->all, a->send, since) < 0)
			return -1;
		a->looked = true;
		a->until = clock_ticks() + LOOK_MS;
	}
	sent_some(&a->some, &a->all);
	return 0;
}

/* Whether a try is for an address; an empty one is any. */
static bool
is_for(const struct letter *l, size_t try, struct slice address)
{
	struct buf scratch = {0};
	struct slice own =
	    unescape(l->try[try].field[MESSAGE_ADDRESS], &scratch);
	bool same = address.n == 0 || address_same(own, address);

	buf_release(&scratch);
	return same;
}

/*
 * The try that is acknowledged: of those for the address that which was handed
 * over last, else any.
 */
static size_t
answered(const struct letter *l, struct slice address)
{
	for (size_t i = l->nhands; i > 0; i--) {
		if (is_for(l, l->hand[i - 1].try, address))
			return l->hand[i - 1].try;
	}
	for (size_t i = 0; i < l->n && address.n > 0; i++) {
		if (is_for(l, i, address))
			return i;
	}
	return l->last.try;
}

/* Writes the row of the incident, which a drill leaves as it is. */
static void
tell(struct ack *a, const struct letter *l)
{
	struct slice *field = a->send->filter.field;

	if (l->drill.n > 0)
		return;
	buf_clear(&a->when);
	stamp_add(&a->when, l->last.at);
	buf_clear(&a->note);
	buf_addf(&a->note, "message to %.*s by %.*s",
	    SLICE_ARG(letter_field(l, MESSAGE_PARTY)),
	    SLICE_ARG(letter_field(l, MESSAGE_MEDIUM)));
	if (l->last.error.n > 0)
		buf_addf(&a->note, ": %.*s", SLICE_ARG(l->last.error));
	field[ID] = letter_field(l, MESSAGE_RECORD);
	field[EVENT] = slice_of("acknowledged");
	field[UPDATED] = field[ACKNOWLEDGED] = buf_slice(&a->when);
	field[NOTE] = buf_slice(&a->note);
	filter_write(&a->send->filter);
	a->told = true;
}

/* Records it of a claimed message, unless that was done. */
static int
record(struct ack *a, struct item *item)
{
	struct letter *l = &a->send->letter;
	struct delivery d = {.n = 0};
	int result;

	if (l->last.delivery == LETTER_ACKNOWLEDGED)
		return 0;
	delivery_acknowledge(
	    &d, l, answered(l, a->from), a->words, clock_now());
	result = send_note(item, l, &d, &a->fault);
	delivery_release(&d);
	return result;
}

/*
 * Acknowledges a message.  Returns 0, or -1 after saying that another works on
 * it, or what went wrong.
 */
static int
settle(struct ack *a, const char *name)
{
	struct send *s = a->send;
	struct item item = {.fd = -1};
	enum spool_where where;
	int got =
	    send_claim_any(s, name, s->own.wait, &where, &item, &a->fault);

	if (got == 0) {
		diag_say(STATUS_RETRY,
		    "%.*s: is being delivered: try again later",
		    SLICE_ARG(send_short(slice_of(name))));
		return -1;
	}
	if (got > 0)
		got = record(a, &item);
	if (got == 0) {
		tell(a, &s->letter);
		sent_settle(&a->all, name);
		got = item_put(
		    &s->spool, &item, SPOOL_DONE, s->letter.last.at, &a->fault);
	}
	if (got < 0)
		send_fail(&a->fault);
	item_release(&item);
	return got;
}

int
ack_settle(struct ack *a)
{
	int result = 0;

	for (size_t i = 0; i < a->some.n; i++) {
		if (settle(a, a->some.sent[i].name) < 0)
			result = -1;
	}
	return result;
}

/* Somebody names an incident, or a message. */
static void
take_operand(struct ack *a, const char *operand)
{
	struct slice id;
	char name[SPOOL_NAME + 1];
	int got;

	if (ack_look(a) < 0)
		return;
	id = sent_meant(&a->some, slice_trim(slice_of(operand)));
	if (id.n > 0) {
		sent_keep_incident(&a->some, id);
		ack_settle(a);
		return;
	}
	got = send_find(a->send, operand, name);
	if (got > 0)
		settle(a, name);
	else if (got == 0)
		diag_say(
		    STATUS_FAILED, "no message about '%s' was sent", operand);
}

void
send_ack(struct send *s)
{
	struct ack a = {.send = s, .from = {"", 0}, .words = {"", 0}};
	struct station *station = &s->filter.station;
	bool replies = s->n == 1 && slice_is(slice_of(*s->operands), "-");

	if (s->n == 0)
		options_misuse("ack needs KEY, ID or -");
	if (s->own.from != NULL && !replies)
		options_misuse("--from is for the text of a reply: ack -");
	station_open(station, &s->shared);
	if (station_open_rejects(station, &s->shared) == 0 &&
	    send_open_spool(s) == 0) {
		filter_columns(&s->filter, columns, COLUMNS);
		filter_header(&s->filter);
		if (replies)
			ack_replies(&a);
		for (size_t i = 0; i < s->n && !replies && !station->failed;
		     i++)
			take_operand(&a, s->operands[i]);
	}
	if (a.told && isatty(STDOUT_FILENO))
		diag_notice(
		    "an incident is acknowledged when the log has it: "
		    "inc-send ack ... | inc-log append --source inc-send");
	sent_release(&a.all);
	free(a.some.sent);
	buf_release(&a.when);
	buf_release(&a.note);
	fault_release(&a.fault);
}
