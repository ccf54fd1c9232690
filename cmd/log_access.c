/*
 * inc-log access: all that is held about a person.  Incidents are found by the
 * personal values of all their entries, as people write them; then all
 * personal values of these incidents are told, entry by entry.
 */
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "log.h"
#include "mem.h"
#include "person.h"
#include "seal.h"
#include "segment.h"

/* A personal value in an entry; texts as on disk. */
struct held {
	size_t incident; /* place in ids */
	size_t order;    /* in which it was read */
	struct slice updated, event, column, value;
};

struct access {
	struct log_work *w;
	struct person *person; /* those of the operands */
	size_t n;
	struct pattern_scratch *scratch;
	struct columns ids; /* of the incidents that were found */
	struct held *held;
	size_t nheld, cap;
	struct arena arena; /* of what is held */
	struct buf text, out;
};

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

/* Notes the incident of an entry that tells of the person. */
static void
find_person(struct access *a, const struct journal_entry *e)
{
	for (size_t i = SEGMENT_FIRST; i < segment_nonces(e->columns); i++) {
		struct slice value;

		if (!is_personal(a, e, i))
			continue;
		value = unescape(e->field[i], &a->text);
		for (size_t k = 0; k < a->n; k++) {
			if (!person_is(&a->person[k], value, a->scratch))
				continue;
			columns_add(&a->ids, e->id);
			return;
		}
	}
}

static struct slice
copy(struct access *a, struct slice s)
{
	return (struct slice){arena_copy(&a->arena, s.p, s.n), s.n};
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
		a->held = mem_grow(a->held, a->nheld, &a->cap, sizeof *a->held);
		a->held[a->nheld] = (struct held){incident, a->nheld,
		    copy(a, e->updated), copy(a, e->event),
		    copy(a, e->columns->name[i]), copy(a, e->field[i])};
		a->nheld++;
	}
}

/* Hands all entries to a function.  Returns 0, or -1 after saying why. */
static int
each_entry(struct access *a,
    void (*see)(struct access *a, const struct journal_entry *e))
{
	struct journal j;
	struct journal_entry e;
	int got = journal_open(&j, a->w->dir, false) < 0 ? -1 : 1;

	while (got > 0 && (got = journal_next(&j, &e)) > 0)
		see(a, &e);
	if (got < 0)
		log_say(&j.fault);
	journal_release(&j);
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
	for (size_t i = 0; i < a->nheld; i++) {
		const struct held *h = &a->held[i];
		struct slice field[] = {a->ids.name[h->incident],
		    holds(a, h->incident, "received"),
		    holds(a, h->incident, "closed"), h->updated, h->event,
		    h->column, h->value};

		stream_writer_row(&out, field, LEN(field));
	}
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
print_for_people(struct access *a)
{
	struct output out;

	buf_addf(&a->out, "What is held in %zu incident%s, as of ", a->ids.n,
	    a->ids.n == 1 ? "" : "s");
	log_add_time(
	    a->w, a->w->shared.now, (struct stamp){0, 0}, true, &a->out);
	buf_add_char(&a->out, '\n');
	for (size_t i = 0; i < a->nheld; i++) {
		const struct held *h = &a->held[i];

		if (i == 0 || h->incident != a->held[i - 1].incident)
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
	output_init(&out, STDOUT_FILENO, "<stdout>");
	output_add(&out, buf_slice(&a->out));
	if (output_close(&out) < 0)
		log_say(&out.fault);
	output_release(&out);
}

static void
run(struct access *a)
{
	if (each_entry(a, find_person) < 0 || each_entry(a, take_held) < 0)
		return;
	if (a->nheld == 0)
		diag_say(STATUS_NO, "nothing is held about %s%s%s",
		    a->n > 1 ? "any of them" : "'",
		    a->n > 1 ? "" : a->w->operands[0], a->n > 1 ? "" : "'");
	else
		qsort(a->held, a->nheld, sizeof *a->held, by_incident);
	if (a->w->own.record)
		print_records(a);
	else if (a->nheld > 0)
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
	free(a.held);
	arena_release(&a.arena);
	buf_release(&a.text);
	buf_release(&a.out);
}
