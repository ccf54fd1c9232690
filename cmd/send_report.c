/*
 * inc-send drill-report: who was reached by the messages of exercises, by what
 * and in how long, and who was not, and why.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "duration.h"
#include "escape.h"
#include "inert.h"
#include "mem.h"
#include "send.h"

#define PAST_S 86400 /* where no time is given */

/* Widths of columns for people. */
enum { PARTY = 16, ID = 16, MEDIUM = 10, STATE = 12, SPAN = 9 };

/* The columns of the stream. */
enum {
	MESSAGE,
	INCIDENT,
	TO,
	BY,
	DELIVERY,
	QUEUED,
	DELIVERED_IN,
	ACKNOWLEDGED_IN,
	ERROR,
	COLUMNS
};
static const char *const columns[COLUMNS] = {"message", "id", "party", "medium",
    "delivery", "queued", "delivered_in", "acknowledged_in", "error"};

/* What became of a message: the worst stands first. */
enum reach { UNREACHED, REACHED, ACKNOWLEDGED, REACHES };

struct row {
	enum reach reach;
	struct stamp queued;
	struct slice field[COLUMNS]; /* in form on disk */
};

struct report {
	struct send *send;
	struct stamp since;
	struct row *row;
	size_t n, cap;
	size_t count[REACHES];
	struct arena arena;
	struct buf text; /* scratch */
};

static struct slice
keep(struct report *r, struct slice field)
{
	field.p = arena_copy(&r->arena, field.p, field.n);
	return field;
}

/* How long after it was queued an event was. */
static struct slice
span(struct report *r, const struct letter *l, const struct letter_event *e)
{
	if (e == NULL)
		return (struct slice){"", 0};
	buf_clear(&r->text);
	duration_add(
	    &r->text, e->at.s > l->queued.s ? e->at.s - l->queued.s : 0);
	return keep(r, buf_slice(&r->text));
}

/* The event by which one was reached, and that of the acknowledgement. */
static void
find_events(const struct letter *l, const struct letter_event **hand,
    const struct letter_event **ack)
{
	*hand = *ack = NULL;
	for (size_t i = 0; i < l->nevents && *ack == NULL; i++) {
		const struct letter_event *e = &l->event[i];

		if (e->delivery == LETTER_ACKNOWLEDGED)
			*ack = e;
		/* What is acknowledged at once has been delivered too. */
		if (e->delivery == LETTER_HANDED_OVER ||
		    e->delivery == LETTER_DELIVERED ||
		    (*ack != NULL && (*hand == NULL || (*hand)->try != e->try)))
			*hand = e;
	}
}

/* Why it was not acknowledged, as far as that is known. */
static struct slice
last_error(const struct letter *l)
{
	for (size_t i = l->nevents; i-- > 0;) {
		const struct letter_event *e = &l->event[i];

		if (e->error.n > 0 && !slice_starts(e->error, letter_drill.p))
			return e->error;
	}
	return (struct slice){"", 0};
}

static void
add_letter(struct report *r, const struct letter *l)
{
	const struct letter_event *hand, *ack, *best;
	struct row *row;

	find_events(l, &hand, &ack);
	best = ack != NULL ? ack : hand != NULL ? hand : &l->last;
	r->row = mem_grow(r->row, r->n, &r->cap, sizeof *r->row);
	row = &r->row[r->n++];
	row->reach = ack != NULL ? ACKNOWLEDGED
	    : hand != NULL       ? REACHED
				 : UNREACHED;
	row->queued = l->queued;
	row->field[MESSAGE] = keep(r, letter_field(l, MESSAGE_ID));
	row->field[INCIDENT] = keep(r, letter_field(l, MESSAGE_RECORD));
	row->field[TO] = keep(r, letter_field(l, MESSAGE_PARTY));
	row->field[BY] = keep(r, l->try[best->try].field[MESSAGE_MEDIUM]);
	row->field[DELIVERY] = slice_of(letter_words[best->delivery]);
	buf_clear(&r->text);
	stamp_add(&r->text, l->queued);
	row->field[QUEUED] = keep(r, buf_slice(&r->text));
	row->field[DELIVERED_IN] = span(r, l, hand);
	row->field[ACKNOWLEDGED_IN] = span(r, l, ack);
	row->field[ERROR] =
	    ack != NULL ? (struct slice){"", 0} : keep(r, last_error(l));
	r->count[row->reach]++;
}

static int
worst_first(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int by;

	if (x->reach != y->reach)
		return x->reach < y->reach ? -1 : 1;
	by = stamp_cmp(x->queued, y->queued);
	return by != 0 ? by : slice_cmp(x->field[MESSAGE], y->field[MESSAGE]);
}

/* Collects what there is.  Returns 0, or -1 after saying why. */
static int
collect(struct report *r)
{
	struct send *s = r->send;
	const struct letter *l = &s->letter;
	struct founds all = {0};
	enum spool_where where;

	if (send_find_all(s, r->since, &all) < 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (send_read_each(s, all.found[i].name, &where) &&
		    slice_is(letter_field(l, MESSAGE_STATUS), "exercise") &&
		    stamp_cmp(l->queued, r->since) >= 0)
			add_letter(r, l);
	}
	founds_release(&all);
	if (r->n > 1)
		qsort(r->row, r->n, sizeof *r->row, worst_first);
	return 0;
}

static void
write_stream(struct report *r)
{
	struct filter *f = &r->send->filter;

	filter_columns(f, columns, COLUMNS);
	filter_header(f);
	for (size_t i = 0; i < r->n; i++) {
		for (size_t c = 0; c < COLUMNS; c++)
			f->field[c] = r->row[i].field[c];
		filter_write(f);
	}
}

static void
add_row(struct send *s, struct buf *out, const struct slice *field)
{
	static const struct {
		int column;
		size_t width;
	} shown[] = {{TO, PARTY}, {INCIDENT, ID}, {BY, MEDIUM},
	    {DELIVERY, STATE}, {DELIVERED_IN, SPAN}, {ACKNOWLEDGED_IN, SPAN}};

	for (size_t i = 0; i < LEN(shown); i++) {
		send_add_field(s, out, field[shown[i].column], shown[i].width);
		buf_add_char(out, ' ');
	}
	send_add_field(s, out, field[ERROR], 0);
	while (out->n > 0 && out->p[out->n - 1] == ' ')
		out->n--;
	buf_add_char(out, '\n');
}

static void
print_table(struct report *r)
{
	const struct slice titles[COLUMNS] = {[TO] = SLICE("party"),
	    [INCIDENT] = SLICE("incident"),
	    [BY] = SLICE("medium"),
	    [DELIVERY] = SLICE("came to"),
	    [DELIVERED_IN] = SLICE("in"),
	    [ACKNOWLEDGED_IN] = SLICE("ack in"),
	    [ERROR] = SLICE("why not")};
	struct buf out = {0};

	if (r->n > 0 && !r->send->shared.no_header)
		add_row(r->send, &out, titles);
	for (size_t i = 0; i < r->n; i++)
		add_row(r->send, &out, r->row[i].field);
	buf_addf(&out,
	    "%s%zu message%s of exercises: %zu acknowledged, %zu else handed "
	    "over, %zu not\n",
	    r->n > 0 ? "\n" : "", r->n, r->n == 1 ? "" : "s",
	    r->count[ACKNOWLEDGED], r->count[REACHED], r->count[UNREACHED]);
	send_print(r->send, &out);
	buf_release(&out);
}

void
send_drill_report(struct send *s)
{
	struct report r = {.send = s, .since = clock_now()};
	bool stream = s->own.format != NULL;

	if (stream && !slice_is(slice_of(s->own.format), "tsv"))
		options_misuse("--format %s: tsv was expected", s->own.format);
	if (s->n > 0)
		options_misuse("drill-report takes no operand");
	r.since.s -= PAST_S;
	if (s->own.since_given)
		r.since = s->own.since;
	if (send_open_reading(s) == 0 && collect(&r) == 0) {
		if (stream)
			write_stream(&r);
		else
			print_table(&r);
		if (r.count[UNREACHED] > 0)
			diag_count(STATUS_NO);
	}
	arena_release(&r.arena);
	buf_release(&r.text);
	free(r.row);
}
