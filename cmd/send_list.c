/*
 * inc-send list: the messages that are not over, a line each: what somebody has
 * to look at, what is being sent, what waits, until when and why.
 */
#include "diag.h"
#include "inert.h"
#include "options.h"
#include "send.h"

/* Widths of columns. */
enum { ID = 16, PARTY = 14, MEDIUM = 10, STATE = 16, NEXT = 16 };

struct listing {
	struct send *send;
	struct buf out, line; /* line: scratch */
};

/* How far a message is, in words for people. */
static const char *
state(const struct letter *l, enum spool_where where)
{
	if (where == SPOOL_DEAD)
		return "dead";
	if (where == SPOOL_WORK)
		return "being sent";
	if (l->last.delivery == LETTER_QUEUED)
		return "to be sent";
	return "unacknowledged";
}

static void
add_header(struct listing *t)
{
	static const struct {
		const char *title;
		size_t width;
	} column[] = {{"key", FIND_SHOWN}, {"incident", ID},
	    {"status", SEND_STATUS}, {"party", PARTY}, {"medium", MEDIUM},
	    {"state", STATE}, {"next", NEXT}};

	for (size_t i = 0; i < LEN(column); i++) {
		inert_column(
		    &t->out, slice_of(column[i].title), column[i].width);
		buf_add_char(&t->out, ' ');
	}
	buf_add_str(&t->out, "error\n");
}

/* Adds a message; at is when it is looked at next. */
static void
add_letter(struct listing *t, const struct letter *l, enum spool_where where,
    struct stamp at)
{
	struct send *s = t->send;

	inert_column(
	    &t->out, send_short(letter_field(l, MESSAGE_ID)), FIND_SHOWN);
	buf_add_char(&t->out, ' ');
	send_add_field(s, &t->out, letter_field(l, MESSAGE_RECORD), ID);
	buf_add_char(&t->out, ' ');
	send_add_status(s, &t->out, letter_field(l, MESSAGE_STATUS));
	buf_add_char(&t->out, ' ');
	send_add_field(s, &t->out, letter_field(l, MESSAGE_PARTY), PARTY);
	buf_add_char(&t->out, ' ');
	send_add_field(s, &t->out, letter_field(l, MESSAGE_MEDIUM), MEDIUM);
	buf_add_char(&t->out, ' ');
	inert_column(&t->out, slice_of(state(l, where)), STATE);
	buf_add_char(&t->out, ' ');
	buf_clear(&t->line);
	if (where == SPOOL_NEW)
		send_add_time(s, &t->line, at);
	inert_column(&t->out, buf_slice(&t->line), NEXT);
	buf_add_char(&t->out, ' ');
	send_add_field(s, &t->out, l->last.error, 0);
	buf_add_char(&t->out, '\n');
}

void
send_list(struct send *s)
{
	struct listing t = {.send = s};
	struct founds all = {0};

	if (s->n > 0)
		options_misuse("list takes no operand");
	/* Of those that are over none has a time from now on. */
	if (send_open_reading(s) == 0 &&
	    send_find_all(s, s->shared.now, &all) == 0) {
		if (!s->shared.no_header)
			add_header(&t);
		for (size_t i = 0; i < all.n; i++) {
			enum spool_where where;

			if (send_read_each(s, all.found[i].name, &where) &&
			    where != SPOOL_DONE && where != SPOOL_NOWHERE)
				add_letter(
				    &t, &s->letter, where, all.found[i].at);
		}
		send_print(s, &t.out);
	}
	founds_release(&all);
	buf_release(&t.out);
	buf_release(&t.line);
}
