/*
 * Replies to messages: each counts where it comes from an address that the
 * message is for.  What it means it says, or else what it answers does; others
 * are set aside.
 */
#include <stdlib.h>

#include "bundle.h"
#include "diag.h"
#include "input.h"
#include "mem.h"
#include "replies.h"
#include "send_ack.h"
#include "site.h"

#define BLOCK_BYTES 65536
#define SHOWN 100          /* bytes of what is said wrongly */
#define INCIDENTS_SHOWN 10 /* of those that may be meant */

/* What is shown of text in a message. */
static struct slice
shown(struct slice text)
{
	return slice_cut(text, SHOWN);
}

/*
 * Keeps of those that may be meant what a reply says: an incident, or a
 * message. Returns 0, or -1 and the fault.
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
	return fault_at(&a->fault, where,
	    "no message about '%.*s' was sent there", SLICE_ARG(shown(text)));
}

/* Keeps the message that a mail answers, if it is one of them. */
static bool
keep_answered(struct ack *a)
{
	struct slice answers = a->reply.answers, identity;

	while (reply_answer(&answers, &identity)) {
		for (size_t i = 0; i < a->some.n; i++) {
			if (!slice_is(identity, a->some.sent[i].name))
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
		struct slice id = a->some.sent[i].id;

		if (reply_names(a->reply.subject, id)) {
			sent_keep_incident(&a->some, id);
			return true;
		}
	}
	return false;
}

/* The fault that it may be any of these incidents. */
static int
refuse_vague(struct ack *a, const struct dict *ids, struct place where)
{
	struct buf text = {0};
	size_t n = ids->n < INCIDENTS_SHOWN ? ids->n : INCIDENTS_SHOWN;

	for (size_t i = 0; i < n; i++) {
		buf_add_str(&text, i > 0 ? ", " : ": ");
		buf_add_slice(&text, shown(dict_key(ids, i)));
	}
	if (ids->n > n)
		buf_addf(&text, " and %zu others", ids->n - n);
	fault_at(&a->fault, where, "it does not say which incident is meant%s",
	    buf_str(&text));
	buf_release(&text);
	return -1;
}

/*
 * Keeps what a reply means that doesn't say it.  The subject of several
 * messages that came as one names the first alone.
 */
static int
keep_clear(struct ack *a, struct place where)
{
	bool together = bundle_is_subject(a->reply.subject);
	struct dict ids = {0};
	int result = 0;

	if (keep_answered(a) || (!together && keep_named(a)))
		return 0;
	sent_likely(&a->some, &ids);
	if (ids.n == 1 && !together)
		sent_keep_incident(&a->some, dict_key(&ids, 0));
	else
		result = refuse_vague(a, &ids, where);
	dict_release(&ids);
	return result;
}

/* Keeps what a reply means.  Returns 0, or -1 and the fault. */
static int
keep_meant(struct ack *a, struct place where)
{
	if (slice_trim(a->from).n == 0)
		return fault_at(
		    &a->fault, where, "it does not say whom it comes from");
	sent_keep_address(&a->some, a->from);
	if (a->some.n == 0)
		return fault_at(&a->fault, where,
		    "no message was sent to '%.*s'", SLICE_ARG(shown(a->from)));
	if (a->reply.said.n > 0)
		return keep_said(a, a->reply.said, where);
	return keep_clear(a, where);
}

/*
 * Reads a reply, and keeps what it means.  Returns 0, or -1 and the fault: why
 * it acknowledges nothing.
 */
static int
read_it(struct ack *a, const struct replies *all, struct place where)
{
	struct reply *r = &a->reply;

	if (all->cut && all->form == REPLY_JSON)
		return fault_at(&a->fault, where,
		    "more than %zu bytes for a reply; what comes after it is "
		    "not read",
		    REPLIES_BYTES);
	if (reply_read(r, all->form, all->text, a->word, a->nwords, where,
		&a->fault) < 0)
		return -1;
	a->from =
	    all->form == REPLY_TEXT ? slice_of(a->send->own.from) : r->from;
	a->words = r->words;
	return keep_meant(a, where);
}

/* A reply that was found.  What is not acknowledged now is kept in rejects. */
static void
take(struct ack *a, const struct replies *all, const char *file)
{
	struct station *s = &a->send->filter.station;

	if (ack_look(a) < 0)
		return;
	if (read_it(a, all, (struct place){file, all->line, 0}) < 0) {
		station_reject(s, &a->fault, file, all->line, all->text);
		fault_release(&a->fault);
	} else if (ack_settle(a) < 0 &&
	    rejects_add(&s->rejects, file, all->line,
		slice_of("could not be recorded"), all->text) < 0) {
		station_fail(s, &s->rejects.out.out.fault);
	}
}

/* Takes all replies of an open input.  Returns 0, or -1 and the fault. */
static int
take_all(struct ack *a, struct input *in, struct replies *all)
{
	char block[BLOCK_BYTES];
	int got;

	while (!a->send->filter.station.failed &&
	    (got = replies_next(all)) != REPLIES_END) {
		ssize_t n;

		if (got == REPLIES_ONE) {
			take(a, all, in->name);
			continue;
		}
		filter_flush(&a->send->filter);
		n = input_read(in, block, sizeof block, &a->fault);
		if (n < 0)
			return -1;
		replies_feed(all, (struct slice){block, (size_t)n});
	}
	return 0;
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
ack_replies(struct ack *a)
{
	struct replies all = {.plain = a->send->own.from != NULL};
	struct input in = {.fd = -1};

	if (load_words(a) == 0) {
		if (input_open(&in, "-", &a->fault) < 0 ||
		    take_all(a, &in, &all) < 0)
			send_fail(&a->fault);
		input_close(&in);
	}
	replies_release(&all);
	reply_release(&a->reply);
	free(a->word);
}
