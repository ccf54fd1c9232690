/*
 * Messages that are held about a person: those of the incidents that were
 * found, and those for an address or a party that is what the person is called
 * by.  All words of a message are told, also what was said of its delivery.
 */
#include "blank.h"
#include "diag.h"
#include "escape.h"
#include "item.h"
#include "items.h"
#include "letter.h"
#include "log_access.h"

struct search {
	struct access *access;
	struct letter letter;
	struct stamp_text time;
	struct fault fault;
};

/* Whether a message is for the person. */
static bool
is_for(struct search *s)
{
	for (size_t i = 0; i < s->letter.n; i++) {
		const struct slice *field = s->letter.try[i].field;

		if (access_is_person(s->access, field[MESSAGE_ADDRESS]) ||
		    access_is_person(s->access, field[MESSAGE_PARTY]))
			return true;
	}
	return false;
}

/* Holds a field of the letter, if it has a value. */
static void
hold(struct search *s, size_t incident, struct stamp at, const char *column,
    struct slice value)
{
	if (field_is_set(value))
		access_hold(s->access, &s->access->spool,
		    (struct held){incident, 0, stamp_text(&s->time, at),
			slice_of("message"), slice_of(column), value});
}

/* Holds all words of the letter. */
static void
hold_letter(struct search *s, size_t incident)
{
	static const enum message_column words[] = {MESSAGE_PARTY,
	    MESSAGE_MEDIUM, MESSAGE_ADDRESS, MESSAGE_SUBJECT, MESSAGE_BODY};
	const struct letter *l = &s->letter;

	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < LEN(words); k++)
			hold(s, incident, l->queued, message_columns[words[k]],
			    l->try[i].field[words[k]]);
	}
	for (size_t i = 0; i < l->nevents; i++)
		hold(s, incident, l->event[i].at, "error", l->event[i].error);
	s->access->messages++;
}

/* Whether a message is of an incident that was found, and tells of it still. */
static bool
is_about(const struct search *s)
{
	const struct letter *l = &s->letter;

	return columns_find(&s->access->ids, letter_field(l, MESSAGE_RECORD)) <
	    s->access->incidents &&
	    blank_first(l) < l->n;
}

/* Looks into a message.  Returns 0, or -1 and the fault. */
static int
look(struct search *s, const char *name, struct buf *text)
{
	struct spool *spool = &s->access->w->spool;
	int where;

	buf_clear(text);
	where = item_read(spool, slice_of(name), text, &s->fault);
	if (where < 0 || where == SPOOL_NOWHERE)
		return where < 0 ? -1 : 0;
	if (letter_read(&s->letter, buf_slice(text), name, &s->fault) < 0) {
		diag_fault(STATUS_PARTIAL, &s->fault);
		fault_release(&s->fault);
		return 0;
	}
	if (is_about(s) || is_for(s))
		hold_letter(s,
		    columns_add(&s->access->ids,
			letter_field(&s->letter, MESSAGE_RECORD)));
	return 0;
}

int
access_spool(struct access *a)
{
	struct search s = {.access = a};
	struct founds all = {0};
	struct buf text = {0};
	int result = 0;

	/* What can't be looked at is set aside. */
	if (log_open_spool(a->w, false) == 0 && a->w->has_spool)
		result = items_all(
		    &a->w->spool, (struct stamp){0, 0}, &all, &s.fault);
	for (size_t i = 0; i < all.n && result == 0; i++)
		result = look(&s, all.found[i].name, &text);
	if (result < 0)
		log_say(&s.fault);
	founds_release(&all);
	letter_release(&s.letter);
	buf_release(&s.time.text);
	buf_release(&text);
	fault_release(&s.fault);
	return result;
}
