/*
 * inc-log show: the story of an incident: what holds, how its priority came
 * about, and who did what and when, in the procedures' zone.
 */
#include <stdlib.h>

#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "log.h"
#include "mem.h"
#include "print.h"
#include "seal.h"

struct show {
	struct log_work *w;
	const struct incident *in;
	struct stamp now;
	struct buf out, text;
};

static struct slice
holds(const struct show *s, const char *name)
{
	return incidents_value(&s->w->book.ledger.incidents, s->in, name);
}

/* Adds a value for people: text inert, a time by the zone. */
static void
add_value(struct show *s, struct slice value)
{
	struct stamp t;

	if (stamp_parse(value, &t) == 0)
		log_add_time(s->w, t, s->now, true, &s->out);
	else if (mark_is(value))
		buf_add_str(&s->out, "(redacted)");
	else
		inert_add(&s->out, unescape(value, &s->text));
}

static void
add_line(struct show *s, struct slice name, struct slice value)
{
	buf_add_str(&s->out, "  ");
	inert_column(&s->out, name, 14);
	buf_add_char(&s->out, ' ');
	add_value(s, value);
	buf_add_char(&s->out, '\n');
}

/* What is told by itself, above or below. */
static bool
is_told(struct slice name)
{
	static const char *const told[] = {"summary", "priority", "priority_by",
	    "suggested", "path", "rules", "because", "considered", "note",
	    "for"};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		if (slice_is(name, told[i]))
			return true;
	}
	return false;
}

static void
add_facts(struct show *s)
{
	const struct incidents *all = &s->w->book.ledger.incidents;

	inert_add(&s->out, s->in->id);
	buf_add_str(&s->out, "  ");
	inert_add(&s->out, unescape(holds(s, "summary"), &s->text));
	buf_add_str(&s->out, "\n\n");
	for (size_t i = 0; i < all->columns.n; i++) {
		struct slice value = incident_value(s->in, i);

		if (value.n > 0 && !is_told(all->columns.name[i]) &&
		    !incidents_of_messages(all, i))
			add_line(s, all->columns.name[i], value);
	}
}

/* The priority, whose it is, and the way through the tree. */
static void
add_priority(struct show *s)
{
	struct slice path = holds(s, "path"), step, by;

	if (holds(s, "priority").n == 0)
		return;
	by = holds(s, "priority_by");
	buf_add_str(&s->out, "\nPriority ");
	inert_add(&s->out, holds(s, "priority"));
	buf_add_str(&s->out, " by ");
	if (slice_is(by, "rules"))
		by = holds(s, "rules");
	inert_add(&s->out,
	    by.n > 0 ? unescape(by, &s->text)
		     : slice_of("whoever reported it"));
	if (holds(s, "suggested").n > 0) {
		buf_add_str(&s->out, "; the rules suggest ");
		inert_add(&s->out, holds(s, "suggested"));
	}
	buf_add_char(&s->out, '\n');
	while (path.n > 0 && slice_split(&path, '>', &step))
		add_line(s, (struct slice){"", 0}, step);
}

/* Columns of an entry that say what is told before, or nothing to people. */
static bool
is_of_log(struct slice name)
{
	static const char *const names[] = {"seq", "at", "by", "source",
	    "event", "id", "updated", "nonces", "chain", "rules", "path",
	    "because", "considered", "for", "incomplete"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (slice_is(name, names[i]))
			return true;
	}
	return false;
}

/* "2026-03-25 09:10:03  acknowledged  ann from crm: state=active" */
static void
add_entry(struct show *s, const struct journal_entry *e)
{
	size_t whom = columns_find(e->columns, slice_of("for"));
	struct stamp t;
	bool any = false;

	buf_add_str(&s->out, "  ");
	if (stamp_parse(e->updated, &t) == 0)
		log_add_time(s->w, t, s->now, true, &s->out);
	buf_add_str(&s->out, "  ");
	inert_column(&s->out, e->event, 12);
	buf_add_char(&s->out, ' ');
	inert_add(&s->out, unescape(e->by, &s->text));
	if (columns_field(e->field, whom).n > 0) {
		buf_add_str(&s->out, " for ");
		inert_add(
		    &s->out, unescape(columns_field(e->field, whom), &s->text));
	}
	if (e->source.n > 0) {
		buf_add_str(&s->out, " from ");
		inert_add(&s->out, unescape(e->source, &s->text));
	}
	for (size_t i = 0; i < e->columns->n; i++) {
		if (is_of_log(e->columns->name[i]) || e->field[i].n == 0)
			continue;
		buf_add_str(&s->out, any ? ", " : ": ");
		any = true;
		inert_add(&s->out, e->columns->name[i]);
		buf_add_char(&s->out, '=');
		if (field_is_set(e->field[i]))
			add_value(s, e->field[i]);
	}
	buf_add_char(&s->out, '\n');
}

static int
add_timeline(struct show *s)
{
	struct recall *r = &s->w->book.lookup.recall;
	struct journal_entry e;
	int got;

	buf_add_str(&s->out, "\nWhat was done\n");
	recall_want(r, s->in->id, 0);
	while ((got = recall_next(r, &e)) > 0)
		add_entry(s, &e);
	return got < 0 ? log_say(&r->fault) : 0;
}

static void
print_story(struct show *s)
{
	add_facts(s);
	add_priority(s);
	if (add_timeline(s) < 0)
		return;
	print_text(&s->out);
}

void
log_show(struct log_work *w)
{
	struct show s = {.w = w, .now = w->shared.now};
	struct buf disk = {0};
	size_t place;

	if (w->n != 1)
		options_misuse("show needs an ID");
	if (log_open_reading(w) == 0) {
		int found = log_find(
		    w, escape(slice_of(w->operands[0]), &disk), &place);

		if (found == 0 && place == DICT_NONE) {
			diag_say(STATUS_NO, "no incident '%s'", w->operands[0]);
		} else if (found == 0) {
			s.in = &w->book.ledger.incidents.list[place];
			print_story(&s);
		}
	}
	buf_release(&disk);
	buf_release(&s.out);
	buf_release(&s.text);
}
