/*
 * inc-send show: a message whole: its words, the media that it is tried by, and
 * what has happened.  Nothing in it acts on the terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "blank.h"
#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "occasion.h"
#include "send_sent.h"

#define LABEL 8 /* width of what stands before a value */
#define STATE 12
#define MEDIUM 10

struct page {
	struct send *send;
	const struct letter *letter;
	struct buf out, text;
	bool any; /* one was shown */
};

static void
add_line(struct page *p, const char *label, enum message_column column)
{
	struct slice field = letter_field(p->letter, column);

	if (!field_is_set(field))
		return;
	buf_add_str(&p->out, "  ");
	inert_column(&p->out, slice_of(label), LABEL);
	buf_add_char(&p->out, ' ');
	send_add_field(p->send, &p->out, field, 0);
	buf_add_char(&p->out, '\n');
}

/* The same for a time. */
static void
add_due(struct page *p)
{
	struct stamp due;

	if (stamp_parse(letter_field(p->letter, MESSAGE_DUE), &due) < 0) {
		add_line(p, "due", MESSAGE_DUE);
		return;
	}
	buf_add_str(&p->out, "  ");
	inert_column(&p->out, slice_of("due"), LABEL);
	buf_add_char(&p->out, ' ');
	send_add_time(p->send, &p->out, due);
	buf_add_char(&p->out, '\n');
}

static void
add_facts(struct page *p, const char *name, enum spool_where where)
{
	static const char *const states[] = {
	    "waits", "is being delivered", "is over", "is dead"};

	buf_addf(&p->out, "%s  ", name);
	send_add_field(
	    p->send, &p->out, letter_field(p->letter, MESSAGE_RECORD), 0);
	buf_addf(&p->out, "  %s\n\n", states[where]);
	add_line(p, "party", MESSAGE_PARTY);
	add_line(p, "role", MESSAGE_ROLE);
	add_line(p, "reason", MESSAGE_REASON);
	add_line(p, "route", MESSAGE_ROUTE);
	add_line(p, "wording", MESSAGE_WORDING);
	add_line(p, "tell", MESSAGE_TELL);
	add_due(p);
	add_line(p, "status", MESSAGE_STATUS);
}

/* Words, a line of them a line of the page. */
static void
add_words(struct page *p, struct slice field)
{
	struct slice rest = unescape(field, &p->text), line;

	if (!field_is_set(field))
		return;
	while (slice_split(&rest, '\n', &line)) {
		if (line.n > 0)
			buf_add_str(&p->out, "    ");
		inert_add(&p->out, line);
		buf_add_char(&p->out, '\n');
	}
}

/* "1  sms to +441134960000", and the words. */
static void
add_try(struct page *p, size_t i)
{
	const struct slice *field = p->letter->try[i].field;

	buf_addf(&p->out, "\n%zu  ", i + 1);
	send_add_field(p->send, &p->out, field[MESSAGE_MEDIUM], 0);
	buf_add_str(&p->out, " to ");
	send_add_field(p->send, &p->out, field[MESSAGE_ADDRESS], 0);
	buf_add_char(&p->out, '\n');
	if (blank_is(p->letter, i)) {
		buf_add_str(&p->out, "    (its words were taken out)\n");
		return;
	}
	if (field_is_set(field[MESSAGE_SUBJECT])) {
		add_words(p, field[MESSAGE_SUBJECT]);
		buf_add_char(&p->out, '\n');
	}
	add_words(p, field[MESSAGE_BODY]);
}

/* "2026-03-02 12:00:05  1 sms  queued  attempt 1: line busy; again 12:00:35" */
static void
add_event(struct page *p, const struct letter_event *e)
{
	struct send *s = p->send;
	const struct slice *field = p->letter->try[e->try].field;

	buf_add_str(&p->out, "  ");
	zone_add_time(s->zone, e->at, s->shared.now, true, &p->out);
	buf_addf(&p->out, "  %zu ", e->try + 1);
	send_add_field(s, &p->out, field[MESSAGE_MEDIUM], MEDIUM);
	buf_add_char(&p->out, ' ');
	if (e->attempts == 0 && e->error.n == 0) {
		buf_add_str(&p->out, letter_words[e->delivery]);
	} else {
		inert_column(
		    &p->out, slice_of(letter_words[e->delivery]), STATE);
		if (e->attempts > 0)
			buf_addf(&p->out, " attempt %llu",
			    (unsigned long long)e->attempts);
		if (e->error.n > 0) {
			buf_add_str(&p->out, e->attempts > 0 ? ": " : " ");
			send_add_field(s, &p->out, e->error, 0);
		}
	}
	if (e->delivery == LETTER_QUEUED && stamp_cmp(e->next, e->at) > 0) {
		buf_add_str(&p->out, "; again at ");
		zone_add_time(s->zone, e->next, s->shared.now, true, &p->out);
	}
	buf_add_char(&p->out, '\n');
}

static void
add_letter(struct page *p, const char *name, enum spool_where where)
{
	add_facts(p, name, where);
	for (size_t i = 0; i < p->letter->n; i++)
		add_try(p, i);
	buf_add_str(&p->out, "\nWhat happened\n");
	for (size_t i = 0; i < p->letter->nevents; i++)
		add_event(p, &p->letter->event[i]);
}

/* Shows one message; what can't be read is shown as it stands. */
static void
show(struct page *p, const char *name)
{
	struct send *s = p->send;
	struct fault fault = {0};
	int where;

	buf_clear(&s->text);
	where = item_read(&s->spool, slice_of(name), &s->text, &fault);
	if (where == SPOOL_NOWHERE) {
		send_unknown(name);
	} else if (where < 0) {
		send_fail(&fault);
	} else if (letter_read(&s->letter, buf_slice(&s->text), name, &fault) <
	    0) {
		struct slice rest = buf_slice(&s->text), line;

		send_fail(&fault);
		while (slice_split(&rest, '\n', &line) && rest.p != NULL) {
			inert_add(&p->out, line);
			buf_add_char(&p->out, '\n');
		}
	} else {
		add_letter(p, name, (enum spool_where)where);
	}
	send_print(s, &p->out);
}

/* Shows one more message, after those before it. */
static void
show_next(struct page *p, const char *name)
{
	if (p->any)
		buf_add_char(&p->out, '\n');
	p->any = true;
	show(p, name);
}

/* Shows those about an incident.  Returns how many; -1 after saying why. */
static int
show_incident(struct page *p, const char *operand)
{
	struct sent_list all = {.n = 0};
	struct sent_some some = {.n = 0};
	struct stamp ever = {0, 0};
	struct slice id;
	int n = 0;

	if (sent_load(&all, p->send, ever) < 0)
		n = -1;
	sent_some(&some, &all);
	id = sent_meant(&some, slice_trim(slice_of(operand)));
	for (size_t i = 0; i < some.n && id.n > 0 && n >= 0; i++) {
		if (!slice_eq(some.sent[i].id, id))
			continue;
		n++;
		show_next(p, some.sent[i].name);
	}
	free(some.sent);
	sent_release(&all);
	return n;
}

void
send_show(struct send *s)
{
	struct page p = {.send = s, .letter = &s->letter};
	char name[SPOOL_NAME + 1];

	if (s->n == 0)
		options_misuse("show needs KEY or ID");
	if (send_open_reading(s) < 0)
		return;
	for (size_t i = 0; i < s->n; i++) {
		/* As for ack, an incident goes before what begins so. */
		bool whole = strlen(s->operands[i]) == OCCASION_ID;
		int got = whole ? 0 : show_incident(&p, s->operands[i]);

		if (got == 0 && (got = send_find(s, s->operands[i], name)) > 0)
			show_next(&p, name);
		if (got == 0 && whole)
			send_unknown(s->operands[i]);
		else if (got == 0)
			diag_say(STATUS_FAILED,
			    "no message about '%s' was sent", s->operands[i]);
	}
	buf_release(&p.out);
	buf_release(&p.text);
}
