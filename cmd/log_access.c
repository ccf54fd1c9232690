/*
 * inc-log access: all that is held about a person.  Incidents are found by the
 * personal values of all their entries, as people write them; then all
 * personal values of these incidents are told, entry by entry, and the messages
 * of the spool that are of them, or for that person (log_access_spool.c).
 */
#include <stdlib.h>

#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "log_access.h"
#include "mem.h"
#include "person.h"
#include "print.h"
#include "seal.h"
#include "segment.h"

/* Whether a field of an entry is personal: by its seal, or what a redaction
 * left of it, or what the procedures say now. */
static bool
is_personal(const struct access *a, const struct journal_entry *e, size_t i)
{
	struct slice column = e->columns->name[i];

	return field_is_set(e->field[i]) &&
	    (mark_is(e->field[i]) || nonce_of(e->nonces, column).n > 0 ||
		(a->w->has_form && form_is_personal(&a->w->form, column)));
}

bool
access_is_person(struct access *a, struct slice field)
{
	struct slice value = unescape(field, &a->text);

	for (size_t i = 0; i < a->n; i++) {
		if (person_is(&a->person[i], value, a->scratch))
			return true;
	}
	return false;
}

/* Notes the incident of an entry that tells of the person. */
static void
find_person(struct access *a, const struct journal_entry *e)
{
	for (size_t i = SEGMENT_FIRST; i < segment_nonces(e->columns); i++) {
		if (!is_personal(a, e, i))
			continue;
		if (!access_is_person(a, e->field[i]))
			continue;
		columns_add(&a->ids, e->id);
		return;
	}
}

static struct slice
copy(struct access *a, struct slice s)
{
	return (struct slice){arena_copy(&a->arena, s.p, s.n), s.n};
}

void
access_hold(struct access *a, struct held_list *to, struct held held)
{
	held.order = to->n;
	held.updated = copy(a, held.updated);
	held.event = copy(a, held.event);
	held.column = copy(a, held.column);
	held.value = copy(a, held.value);
	to->held = mem_grow(to->held, to->n, &to->cap, sizeof *to->held);
	to->held[to->n++] = held;
}

/* Notes the personal values of an entry of such an incident. */
static void
take_held(struct access *a, const struct journal_entry *e)
{
	size_t incident = columns_find(&a->ids, e->id);

	if (incident == COLUMNS_NONE)
		return;
	for (size_t i = SEGMENT_FIRST; i < segment_nonces(e->columns); i++) {
		if (!is_personal(a, e, i))
			continue;
		access_hold(a, &a->log,
		    (struct held){incident, 0, e->updated, e->event,
			e->columns->name[i], e->field[i]});
	}
}

/* Hands all entries to a function.  Returns 0, or -1 after saying why. */
static int
each_entry(struct access *a,
    void (*see)(struct access *a, const struct journal_entry *e))
{
	struct journal_reader r;
	struct journal_entry e;
	int got = journal_reader_open(&r, a->w->dir) < 0 ? -1 : 1;

	while (got > 0 && (got = journal_reader_next(&r, &e)) > 0)
		see(a, &e);
	if (got < 0)
		log_say(&r.fault);
	journal_reader_release(&r);
	return got;
}

static int
by_incident(const void *x, const void *y)
{
	const struct held *a = x, *b = y;

	if (a->incident != b->incident)
		return a->incident < b->incident ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
sort(struct held_list *h)
{
	if (h->n > 1)
		qsort(h->held, h->n, sizeof *h->held, by_incident);
}

/* What holds for an incident, by its place in ids. */
static struct slice
holds(const struct access *a, size_t incident, const char *name)
{
	const struct incidents *all = &a->w->book.ledger.incidents;
	size_t place = incidents_find(all, a->ids.name[incident]);

	return place != DICT_NONE
	    ? incidents_value(all, &all->list[place], name)
	    : (struct slice){"", 0};
}

static void
write_records(
    struct access *a, struct stream_writer *out, const struct held_list *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct held *h = &from->held[i];
		struct slice field[] = {a->ids.name[h->incident],
		    holds(a, h->incident, "received"),
		    holds(a, h->incident, "closed"), h->updated, h->event,
		    h->column, h->value};

		stream_writer_row(out, field, LEN(field));
	}
}

static void
print_records(struct access *a)
{
	static const char *const name[] = {
	    "id", "received", "closed", "updated", "event", "column", "value"};
	struct stream_writer out;
	struct columns names = {0};

	for (size_t i = 0; i < LEN(name); i++)
		columns_add(&names, slice_of(name[i]));
	log_open_output(a->w, &out);
	stream_writer_header(&out, &names);
	write_records(a, &out, &a->log);
	write_records(a, &out, &a->spool);
	log_close_output(&out);
	columns_release(&names);
}

/* A time with its date, by the procedures' zone. */
static void
add_time(struct access *a, struct slice time)
{
	static const struct stamp never = {0, 0}; /* today is not left out */
	struct stamp t;

	if (stamp_parse(time, &t) == 0)
		log_add_time(a->w, t, never, true, &a->out);
	else
		inert_add(&a->out, unescape(time, &a->text));
}

static void
add_incident(struct access *a, size_t incident)
{
	struct slice received = holds(a, incident, "received");
	struct slice closed = holds(a, incident, "closed");

	buf_add_char(&a->out, '\n');
	inert_add(&a->out, unescape(a->ids.name[incident], &a->text));
	if (received.n > 0) {
		buf_add_str(&a->out, "  received ");
		add_time(a, received);
	}
	if (closed.n > 0) {
		buf_add_str(&a->out, ", closed ");
		add_time(a, closed);
	}
	buf_add_char(&a->out, '\n');
}

/* A value; its later lines are put under the first. */
static void
add_value(struct access *a, struct slice value)
{
	struct slice rest = unescape(value, &a->text), line;
	bool first = true;

	if (mark_is(value)) {
		buf_add_str(&a->out, "(redacted)\n");
		return;
	}
	while (slice_split(&rest, '\n', &line)) {
		if (!first)
			buf_addf(&a->out, "%50s", "");
		first = false;
		inert_add(&a->out, line);
		buf_add_char(&a->out, '\n');
	}
}

static void
add_held(struct access *a, const struct held_list *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct held *h = &from->held[i];

		if (i == 0 || h->incident != from->held[i - 1].incident)
			add_incident(a, h->incident);
		buf_add_str(&a->out, "  ");
		add_time(a, h->updated);
		buf_add_str(&a->out, "  ");
		inert_column(&a->out, h->event, 12);
		buf_add_char(&a->out, ' ');
		inert_column(&a->out, h->column, 14);
		buf_add_char(&a->out, ' ');
		add_value(a, h->value);
	}
}

/* "What is held in 2 incidents, as of 2026-03-02 12:00:00" */
static void
add_title(struct access *a, const char *where, size_t n)
{
	buf_addf(&a->out, "What is held in %zu %s%s, as of ", n, where,
	    n == 1 ? "" : "s");
	log_add_time(
	    a->w, a->w->shared.now, (struct stamp){0, 0}, true, &a->out);
	buf_add_char(&a->out, '\n');
}

static void
print_for_people(struct access *a)
{
	if (a->log.n > 0)
		add_title(a, "incident", a->incidents);
	add_held(a, &a->log);
	if (a->log.n > 0 && a->spool.n > 0)
		buf_add_char(&a->out, '\n');
	if (a->spool.n > 0)
		add_title(a, "message", a->messages);
	add_held(a, &a->spool);
	print_text(&a->out);
}

static void
run(struct access *a)
{
	bool any;

	if (each_entry(a, find_person) < 0 || each_entry(a, take_held) < 0)
		return;
	a->incidents = a->ids.n;
	if (access_spool(a) < 0)
		return;
	any = a->log.n + a->spool.n > 0;
	if (!any)
		diag_say(STATUS_NO, "nothing is held about %s%s%s",
		    a->n > 1 ? "any of them" : "'",
		    a->n > 1 ? "" : a->w->operands[0], a->n > 1 ? "" : "'");
	sort(&a->log);
	sort(&a->spool);
	if (a->w->own.record)
		print_records(a);
	else if (any)
		print_for_people(a);
}

void
log_access(struct log_work *w)
{
	struct access a = {.w = w, .scratch = pattern_scratch_new()};
	struct fault fault = {0};

	if (w->n == 0)
		options_misuse("access needs PERSON");
	a.person = mem_new(w->n, sizeof *a.person);
	for (; a.n < w->n; a.n++) {
		if (person_read(
			&a.person[a.n], slice_of(w->operands[a.n]), &fault) < 0)
			options_misuse("%s", buf_str(&fault.text));
	}
	w->whole = true;
	if (log_open_reading(w) == 0)
		run(&a);
	for (size_t i = 0; i < a.n; i++)
		person_release(&a.person[i]);
	free(a.person);
	pattern_scratch_free(a.scratch);
	columns_release(&a.ids);
	free(a.log.held);
	free(a.spool.held);
	arena_release(&a.arena);
	buf_release(&a.text);
	buf_release(&a.out);
}
