/*
 * inc-send dead, retry and drop: the messages that have reached nobody, and
 * what somebody decides about them.
 */
#include <stdlib.h>

#include "blank.h"
#include "clock.h"
#include "delivery.h"
#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "send.h"
#include "site.h"

/* ---- dead ---- */

/* Widths of columns. */
enum { ID_LEAST = 8, ID_MOST = 32, PARTY = 14, MEDIUM = 10, SINCE = 16 };

struct listing {
	struct send *send;
	struct buf out, line; /* line: scratch */
	size_t id_width;
};

/* What a try has come to: how often it was made, and its last error. */
static void
sum_up(const struct letter *l, size_t try, unsigned long long *attempts,
    struct slice *error)
{
	*attempts = 0;
	*error = (struct slice){"", 0};
	for (size_t i = 0; i < l->nevents; i++) {
		const struct letter_event *e = &l->event[i];

		if (e->try != try)
			continue;
		if (e->attempts > *attempts)
			*attempts = e->attempts;
		if (e->error.n > 0)
			*error = e->error;
	}
}

static void
add_time_column(struct listing *t, struct stamp at)
{
	buf_clear(&t->line);
	send_add_time(t->send, &t->line, at);
	inert_column(&t->out, buf_slice(&t->line), SINCE);
}

/* A line for each medium; what is common stands in the first. */
static void
add_letter(struct listing *t, const struct letter *l)
{
	const struct slice none = {"", 0};
	struct send *s = t->send;

	for (size_t i = 0; i < l->n; i++) {
		const struct slice *field = l->try[i].field;
		unsigned long long attempts;
		struct slice error;

		sum_up(l, i, &attempts, &error);
		inert_column(&t->out,
		    i == 0 ? send_short(field[MESSAGE_ID]) : none, FIND_SHOWN);
		buf_add_char(&t->out, ' ');
		send_add_field(s, &t->out,
		    i == 0 ? field[MESSAGE_RECORD] : none, t->id_width);
		buf_add_char(&t->out, ' ');
		send_add_status(
		    s, &t->out, i == 0 ? field[MESSAGE_STATUS] : none);
		buf_add_char(&t->out, ' ');
		send_add_field(
		    s, &t->out, i == 0 ? field[MESSAGE_PARTY] : none, PARTY);
		buf_add_char(&t->out, ' ');
		if (i == 0)
			add_time_column(t, l->last.at);
		else
			inert_column(&t->out, none, SINCE);
		buf_add_char(&t->out, ' ');
		send_add_field(s, &t->out, field[MESSAGE_MEDIUM], MEDIUM);
		buf_addf(&t->out, " %5llu ", attempts);
		send_add_field(s, &t->out, error, 0);
		buf_add_char(&t->out, '\n');
	}
}

/* Reads a message into s->letter.  Returns 1, 0 where it has moved, -1. */
static int
read_dead(struct send *s, const char *name, struct fault *f)
{
	enum spool_where where;

	if (send_read(s, name, &where, f) < 0)
		return -1;
	return where == SPOOL_DEAD;
}

/* One that can't be read is in the list too. */
static void
add_unreadable(struct listing *t, const struct found *found, struct fault *f)
{
	inert_column(&t->out, send_short(slice_of(found->name)), FIND_SHOWN);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("?"), t->id_width);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("?"), SEND_STATUS);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("?"), PARTY);
	buf_add_char(&t->out, ' ');
	add_time_column(t, found->at);
	buf_add_str(&t->out, " can't be read: ");
	inert_add(&t->out, buf_slice(&f->text));
	buf_add_char(&t->out, '\n');
	fault_release(f);
}

static void
add_header(struct listing *t)
{
	inert_column(&t->out, slice_of("key"), FIND_SHOWN);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("incident"), t->id_width);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("status"), SEND_STATUS);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("party"), PARTY);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("dead since"), SINCE);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of("medium"), MEDIUM);
	buf_add_str(&t->out, " tries error\n");
}

/* As wide as the longest id, within bounds. */
static size_t
id_width(struct send *s, const struct founds *all)
{
	struct fault fault = {0};
	size_t width = ID_LEAST;

	for (size_t i = 0; i < all->n; i++) {
		size_t n = 0;

		if (read_dead(s, all->found[i].name, &fault) > 0)
			n = slice_characters(
			    unescape(letter_field(&s->letter, MESSAGE_RECORD),
				&s->value));
		if (n > width)
			width = n < ID_MOST ? n : ID_MOST;
	}
	fault_release(&fault);
	return width;
}

void
send_dead(struct send *s)
{
	struct listing t = {.send = s};
	struct founds all = {0};
	struct fault fault = {0};

	if (s->n > 1 ||
	    (s->n == 1 && !slice_is(slice_of(*s->operands), "list")))
		options_misuse("dead takes no operand but list");
	if (send_open_reading(s) == 0 && send_find_dead(s, &all) == 0) {
		t.id_width = id_width(s, &all);
		if (!s->shared.no_header)
			add_header(&t);
		for (size_t i = 0; i < all.n; i++) {
			int got = read_dead(s, all.found[i].name, &fault);

			if (got > 0)
				add_letter(&t, &s->letter);
			else if (got < 0)
				add_unreadable(&t, &all.found[i], &fault);
		}
		send_print(s, &t.out);
	}
	founds_release(&all);
	buf_release(&t.out);
	buf_release(&t.line);
}

/* ---- retry and drop ---- */

/* Says why a message is left as it is: status 2.  Returns -1. */
static int
refuse(struct send *s, const char *name, const char *why)
{
	const struct letter *l = &s->letter;
	struct slice shown = send_short(slice_of(name));
	struct buf when = {0};

	send_add_time(s, &when, l->last.at);
	diag_say(STATUS_FAILED, "%.*s: %s: it is %s since %s", SLICE_ARG(shown),
	    why, letter_words[l->last.delivery], buf_str(&when));
	buf_release(&when);
	return -1;
}

/* Sets *d to what a verb does to s->letter.  Returns where it goes, or -1. */
typedef int decide(struct send *s, const char *name, struct delivery *d);

static int
decide_retry(struct send *s, const char *name, struct delivery *d)
{
	enum letter_delivery last = s->letter.last.delivery;

	if (last != LETTER_DEAD && last != LETTER_DROPPED)
		return refuse(s, name, "only what is dead is tried again");
	if (blank_first(&s->letter) == s->letter.n)
		return refuse(s, name, "its words were taken out");
	delivery_again(d, &s->letter, clock_now());
	return SPOOL_NEW;
}

static int
decide_drop(struct send *s, const char *name, struct delivery *d)
{
	const struct letter *l = &s->letter;
	struct buf why = {0};
	struct buf user = {0};

	if (l->last.delivery != LETTER_DEAD &&
	    l->last.delivery != LETTER_QUEUED)
		return refuse(s, name, "only what is dead or waits is dropped");
	site_user(&user);
	buf_addf(&why, "dropped by %s: %s", buf_str(&user), s->own.why);
	delivery_drop(d, l, buf_slice(&why), clock_now());
	buf_release(&user);
	buf_release(&why);
	return SPOOL_DONE;
}

/* Puts a claimed message back where it was. */
static int
put_back(
    struct send *s, struct item *item, enum spool_where where, struct fault *f)
{
	const struct letter_event *last = &s->letter.last;

	return item_put(&s->spool, item, where,
	    last->delivery == LETTER_QUEUED ? last->next : last->at, f);
}

/* Does it to one message. */
static void
settle(struct send *s, const char *name, decide *what)
{
	struct item item = {.fd = -1};
	struct delivery d = {.n = 0};
	struct fault fault = {0};
	enum spool_where where;
	struct slice shown = send_short(slice_of(name));
	int got = send_claim_any(s, name, s->own.wait, &where, &item, &fault);

	if (got == 0)
		diag_say(STATUS_RETRY,
		    "%.*s: is being worked on: try again later",
		    SLICE_ARG(shown));
	if (got > 0) {
		int to = what(s, name, &d);

		got = 0;
		if (to < 0)
			got = put_back(s, &item, where, &fault);
		else if (send_record(s, &item, &s->letter, &d, &fault) < 0 ||
		    item_put(&s->spool, &item, (enum spool_where)to,
			s->letter.last.at, &fault) < 0)
			got = -1;
	}
	if (got < 0)
		send_fail(&fault);
	item_release(&item);
	delivery_release(&d);
}

/* Does it to each message that an operand means. */
static void
settle_operands(struct send *s, decide *what)
{
	char name[SPOOL_NAME + 1];

	for (size_t i = 0; i < s->n; i++) {
		int got = send_find(s, s->operands[i], name);

		if (got > 0)
			settle(s, name, what);
		else if (got == 0)
			send_unknown(s->operands[i]);
	}
}

void
send_retry(struct send *s)
{
	struct founds all = {0};

	if ((s->n == 0) != s->own.all)
		options_misuse("retry needs KEY, or --all");
	if (send_open_spool(s) < 0)
		return;
	send_open_receipts(s);
	settle_operands(s, decide_retry);
	if (s->own.all && send_find_dead(s, &all) == 0) {
		for (size_t i = 0; i < all.n; i++)
			settle(s, all.found[i].name, decide_retry);
	}
	founds_release(&all);
}

void
send_drop(struct send *s)
{
	if (s->n == 0 || s->own.why == NULL ||
	    slice_trim(slice_of(s->own.why)).n == 0)
		options_misuse("drop needs KEY and --why TEXT");
	if (send_open_spool(s) < 0)
		return;
	send_open_receipts(s);
	settle_operands(s, decide_drop);
}
