/*
 * inc-send ack: messages are acknowledged, by somebody at the desk who names
 * them, or by replies, which count where they come from an address that the
 * message is for.  What comes out is not receipts, but rows of the incidents,
 * as inc-log(1) ack would log them.
 */
#include <stdlib.h>

#include "address.h"
#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "files.h"
#include "mem.h"
#include "replies.h"
#include "reply.h"
#include "send_sent.h"
#include "site.h"

#define SINCE_S (INT64_C(31) * 86400) /* as long what is over counts */
#define BLOCK_BYTES 65536
#define SHOWN 100 /* bytes of what is said wrongly */

enum { ID, EVENT, UPDATED, ACKNOWLEDGED, NOTE, COLUMNS };
static const char *const columns[COLUMNS] = {
    "id", "event", "updated", "acknowledged", "note"};

struct ack {
	struct send *send;
	struct sent_list all;
	struct sent_some some; /* those that are meant */
	struct slice *word;    /* that acknowledge, by the procedures */
	size_t nwords, cap;
	struct reply reply;
	struct slice from;     /* whose reply it is; empty: somebody's here */
	struct slice words;    /* that came with it */
	struct buf when, note; /* of the row under way */
	struct fault fault;
};

/* What is shown of text in a message. */
static struct slice
shown(struct slice text)
{
	return slice_cut(text, SHOWN);
}

/* ---- one message ---- */

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
}

/* Records it of a claimed message, unless that was done. */
static int
record(struct ack *a, struct spool_item *item)
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

/* Acknowledges a message. */
static void
settle(struct ack *a, const char *name)
{
	struct send *s = a->send;
	struct spool_item item = {.fd = -1};
	enum spool_where where;
	int got =
	    send_claim_any(s, name, s->own.wait, &where, &item, &a->fault);

	if (got == 0)
		diag_say(STATUS_RETRY,
		    "%.*s: is being delivered: try again later",
		    SLICE_ARG(send_short(slice_of(name))));
	if (got > 0)
		got = record(a, &item);
	if (got == 0 && item.fd >= 0) {
		tell(a, &s->letter);
		got = spool_put(
		    &s->spool, &item, SPOOL_DONE, s->letter.last.at, &a->fault);
	}
	if (got < 0)
		send_fail(&a->fault);
	spool_item_release(&item);
}

static void
settle_some(struct ack *a)
{
	for (size_t i = 0; i < a->some.n; i++)
		settle(a, a->some.sent[i]->name);
}

/* ---- which are meant ---- */

/*
 * Keeps of those that may be meant what text says: an incident, or a message.
 * Returns 0, or -1 and the fault.
 */
static int
keep_said(struct ack *a, struct slice text, struct place where)
{
	struct slice id = sent_meant(&a->some, text);

	if (id.n > 0) {
		sent_keep_incident(&a->some, id);
		return 0;
	}
	sent_keep_key(&a->some, text);
	if (a->some.n == 1 && text.n >= FIND_DIGITS)
		return 0;
	if (a->some.n > 1 && text.n >= FIND_DIGITS)
		return fault_at(&a->fault, where,
		    "'%.*s' is how several messages begin: more of the "
		    "identity was expected",
		    SLICE_ARG(shown(text)));
	return fault_at(&a->fault, where, "no message about '%.*s' was sent%s",
	    SLICE_ARG(shown(text)), a->from.n > 0 ? " there" : "");
}

/* Keeps the message that a mail answers, if it is one of them. */
static bool
keep_answered(struct ack *a)
{
	struct slice answers = a->reply.answers, identity;

	while (reply_answer(&answers, &identity)) {
		for (size_t i = 0; i < a->some.n; i++) {
			if (!slice_is(identity, a->some.sent[i]->name))
				continue;
			sent_keep_key(&a->some, identity);
			return true;
		}
	}
	return false;
}

/* Keeps those of the incident that the subject names, if there is one. */
static bool
keep_named(struct ack *a)
{
	for (size_t i = 0; i < a->some.n; i++) {
		struct slice id = a->some.sent[i]->id;

		if (reply_names(a->reply.subject, id)) {
			sent_keep_incident(&a->some, id);
			return true;
		}
	}
	return false;
}

/* Keeps what a reply means.  Returns 0, or -1 and the fault. */
static int
keep_meant(struct ack *a, struct place where)
{
	struct slice only;

	sent_some(&a->some, &a->all, a->from);
	if (a->some.n == 0)
		return fault_at(&a->fault, where,
		    "no message was sent to '%.*s'", SLICE_ARG(shown(a->from)));
	if (a->reply.said.n > 0)
		return keep_said(a, a->reply.said, where);
	if (keep_answered(a) || keep_named(a))
		return 0;
	only = sent_only(&a->some);
	if (only.n == 0)
		return fault_at(&a->fault, where,
		    "it does not say which of several incidents is meant");
	sent_keep_incident(&a->some, only);
	return 0;
}

/* ---- who says it ---- */

/* Somebody names incidents and messages. */
static void
take_operands(struct ack *a)
{
	for (size_t i = 0; i < a->send->n; i++) {
		struct slice said = slice_trim(slice_of(a->send->operands[i]));

		sent_some(&a->some, &a->all, a->from);
		if (keep_said(a, said, (struct place){0}) < 0)
			send_fail(&a->fault);
		else
			settle_some(a);
	}
}

/* A reply that was found; what acknowledges nothing is set aside. */
static void
take_reply(struct ack *a, const struct replies *all, const char *file)
{
	struct place where = {file, all->line, 0};
	struct reply *r = &a->reply;
	int result;

	if (all->cut && all->form == REPLY_JSON)
		result = fault_at(&a->fault, where,
		    "more than %zu bytes for a reply; what comes after it is "
		    "not read",
		    REPLIES_BYTES);
	else
		result = reply_read(r, all->form, all->text, a->word, a->nwords,
		    where, &a->fault);
	a->from = r->from;
	if (all->form == REPLY_TEXT)
		a->from = slice_of(a->send->own.from);
	a->words = r->words;
	if (result == 0 && keep_meant(a, where) == 0) {
		settle_some(a);
		return;
	}
	station_reject(
	    &a->send->filter.station, &a->fault, file, all->line, all->text);
	fault_release(&a->fault);
}

/* Replies come by standard input. */
static void
take_replies(struct ack *a)
{
	struct replies all = {.plain = a->send->own.from != NULL};
	struct input in;
	char block[BLOCK_BYTES];
	int got;

	if (input_open(&in, "-", &a->fault) < 0) {
		send_fail(&a->fault);
		return;
	}
	while ((got = replies_next(&all)) != REPLIES_END) {
		ssize_t n;

		if (got == REPLIES_ONE) {
			take_reply(a, &all, in.name);
			continue;
		}
		filter_flush(&a->send->filter);
		n = input_read(&in, block, sizeof block, &a->fault);
		if (n < 0) {
			send_fail(&a->fault);
			break;
		}
		replies_feed(&all, (struct slice){block, (size_t)n});
	}
	input_close(&in);
	replies_release(&all);
}

/* The words by which one acknowledges: codes of the field `reply`. */
static int
load_words(struct ack *a)
{
	struct pack *p = &a->send->pack;
	struct table *t = NULL;
	int got = site_pack(p, &a->send->shared);

	if (got > 0)
		got = pack_table(p, "codes", &t, &a->fault);
	for (size_t i = 0; got > 0 && i < t->n; i++) {
		if (!slice_is(table_text(&t->row[i], "field"), "reply"))
			continue;
		a->word =
		    mem_grow(a->word, a->nwords, &a->cap, sizeof *a->word);
		a->word[a->nwords++] = table_text(&t->row[i], "code");
	}
	if (a->fault.text.n > 0)
		send_fail(&a->fault);
	return got < 0 ? -1 : 0;
}

void
send_ack(struct send *s)
{
	struct ack a = {.send = s, .from = {"", 0}, .words = {"", 0}};
	bool replies = s->n == 1 && slice_is(slice_of(*s->operands), "-");
	struct stamp since = clock_now();

	if (s->n == 0)
		options_misuse("ack needs KEY, ID or -");
	if (s->own.from != NULL && !replies)
		options_misuse("--from is for the text of a reply: ack -");
	since.s -= SINCE_S;
	station_open(&s->filter.station, &s->shared);
	if (station_open_rejects(&s->filter.station, &s->shared) == 0 &&
	    send_open_spool(s) == 0 && (!replies || load_words(&a) == 0) &&
	    sent_load(&a.all, s, since) == 0) {
		filter_columns(&s->filter, columns, COLUMNS);
		filter_header(&s->filter);
		if (replies)
			take_replies(&a);
		else
			take_operands(&a);
	}
	sent_release(&a.all);
	free(a.some.sent);
	free(a.word);
	reply_release(&a.reply);
	buf_release(&a.when);
	buf_release(&a.note);
	fault_release(&a.fault);
}
