#include "letter.h"

#include <stdlib.h>

#include "duration.h"
#include "escape.h"

const char *const letter_words[LETTER_DELIVERIES] = {"queued", "handed-over",
    "delivered", "acknowledged", "failed", "dead", "dropped"};

const char *const letter_receipt[LETTER_RECEIPT] = {"message", "try", "id",
    "party", "medium", "delivery", "attempts", "delivered", "error", "status"};

const struct slice letter_drill = SLICE("drill of ");
const struct slice letter_withdrawn = SLICE("no longer to be told");

/* The columns of what happened. */
enum { AT, TRY, DELIVERY, ATTEMPTS, NEXT, ERROR, EVENT_COLUMNS };
static const char event_header[] = "at\ttry\tdelivery\tattempts\tnext\terror\n";

static void
add_header(struct buf *text)
{
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		buf_addf(text, "%s\t", message_columns[i]);
	buf_add_str(text, "ack\n");
}

void
letter_rows(
    struct buf *text, const struct letter_try *try, size_t n, int64_t ack_s)
{
	add_header(text);
	for (size_t i = 0; i < n; i++) {
		for (size_t c = 0; c < MESSAGE_COLUMNS; c++) {
			buf_add_slice(text, try[i].field[c]);
			buf_add_char(text, '\t');
		}
		if (ack_s >= 0)
			duration_add(text, ack_s);
		buf_add_char(text, '\n');
	}
	buf_add_char(text, '\n');
	buf_add_str(text, event_header);
}

void
letter_add(struct buf *text, const struct letter_event *e)
{
	stamp_add(text, e->at);
	buf_addf(text, "\t%zu\t%s\t", e->try + 1, letter_words[e->delivery]);
	buf_add_number(text, e->attempts);
	buf_add_char(text, '\t');
	if (e->delivery == LETTER_QUEUED)
		stamp_add(text, e->next);
	buf_add_char(text, '\t');
	buf_add_slice(text, e->error);
	buf_add_char(text, '\n');
}

/* ---- reading ---- */

/* What is left of a letter, and where that stands. */
struct lines {
	struct slice rest;
	struct place where;
};

/* The next line that has an end. */
static bool
next_line(struct lines *l, struct slice *line)
{
	l->where.line++;
	return slice_split(&l->rest, '\n', line) && l->rest.p != NULL;
}

/* Cuts a line into n fields.  Returns 0, or -1 and the fault. */
static int
cut(struct slice line, const struct lines *l, struct slice *field, size_t n,
    struct fault *f)
{
	size_t i = 0;

	while (i < n && slice_split(&line, '\t', &field[i]))
		i++;
	if (i == n && line.p == NULL)
		return 0;
	return fault_at(f, l->where, "%zu fields were expected", n);
}

static int
read_header(
    struct lines *l, struct slice header, const char *what, struct fault *f)
{
	struct slice line;

	if (next_line(l, &line) && slice_eq(line, header))
		return 0;
	return fault_at(f, l->where, "the header of %s was expected", what);
}

static int
read_try(struct letter *l, const struct lines *at, struct slice line,
    struct fault *f)
{
	struct slice field[MESSAGE_COLUMNS + 1], ack;

	if (cut(line, at, field, MESSAGE_COLUMNS + 1, f) < 0)
		return -1;
	ack = field[MESSAGE_COLUMNS];
	l->ack_s = -1;
	if (ack.n > 0 && duration_parse(ack, &l->ack_s) < 0)
		return fault_at(
		    f, at->where, "ack '%.*s' is no duration", SLICE_ARG(ack));
	l->try = arena_grow(&l->arena, l->try, l->n, sizeof *l->try);
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		l->try[l->n].field[i] = field[i];
	l->n++;
	return 0;
}

static int
read_tries(struct letter *l, struct lines *lines, struct fault *f)
{
	struct slice line;

	while (next_line(lines, &line)) {
		if (line.n == 0 && l->n > 0)
			return 0;
		if (read_try(l, lines, line, f) < 0)
			return -1;
	}
	return fault_at(
	    f, lines->where, "an empty line after the message was expected");
}

static bool
read_delivery(struct slice word, enum letter_delivery *d)
{
	for (size_t i = 0; i < LETTER_DELIVERIES; i++) {
		if (slice_is(word, letter_words[i])) {
			*d = (enum letter_delivery)i;
			return true;
		}
	}
	return false;
}

static int
read_event(struct letter *l, const struct lines *at, struct slice line,
    struct fault *f)
{
	struct letter_event e = {{0, 0}, 0, LETTER_QUEUED, 0, {0, 0}, {"", 0}};
	struct slice field[EVENT_COLUMNS];
	unsigned long long try, attempts;

	if (cut(line, at, field, EVENT_COLUMNS, f) < 0)
		return -1;
	if (stamp_parse(field[AT], &e.at) < 0 ||
	    slice_number(field[TRY], l->n, &try) < 0 || try == 0 ||
	    !read_delivery(field[DELIVERY], &e.delivery) ||
	    slice_number(field[ATTEMPTS], UINT64_MAX, &attempts) < 0 ||
	    (e.delivery == LETTER_QUEUED &&
		stamp_parse(field[NEXT], &e.next) < 0))
		return fault_at(f, at->where, "this is no event of a message");
	e.try = try - 1;
	e.attempts = attempts;
	e.error = field[ERROR];
	letter_take(l, &e);
	return 0;
}

int
letter_read(
    struct letter *l, struct slice text, const char *file, struct fault *f)
{
	struct lines lines = {text, {file, 0, 0}};
	struct buf header = {0};
	struct slice line;
	int result;

	letter_release(l);
	add_header(&header);
	header.n--; /* the line end */
	result = read_header(&lines, buf_slice(&header), "a message", f);
	buf_release(&header);
	if (result < 0 || read_tries(l, &lines, f) < 0 ||
	    read_header(&lines,
		(struct slice){event_header, sizeof event_header - 2},
		"what happened", f) < 0)
		return -1;
	while (next_line(&lines, &line)) {
		if (read_event(l, &lines, line, f) < 0)
			return -1;
	}
	return l->begun ? 0 : fault_at(f, lines.where, "an event was expected");
}

/* Whether it says that the message was handed over. */
static bool
is_hand(const struct letter_event *e)
{
	return e->delivery == LETTER_HANDED_OVER ||
	    e->delivery == LETTER_DELIVERED;
}

void
letter_take(struct letter *l, const struct letter_event *e)
{
	/* Of one that is taken up again the try begins anew. */
	if (!l->begun || e->try != l->last.try ||
	    l->last.delivery == LETTER_DEAD ||
	    l->last.delivery == LETTER_DROPPED || l->withdrawn)
		l->since = e->at;
	if (!l->begun)
		l->queued = e->at;
	l->begun = true;
	l->event =
	    arena_grow(&l->arena, l->event, l->nevents, sizeof *l->event);
	l->event[l->nevents++] = *e;
	l->last = *e;
	l->withdrawn = e->delivery == LETTER_FAILED &&
	    slice_eq(e->error, letter_withdrawn);
	/* Before the first attempt, so that no command has said it. */
	if (e->delivery == LETTER_QUEUED && e->attempts == 0 &&
	    slice_starts(e->error, letter_drill.p))
		l->drill = (struct slice){
		    e->error.p + letter_drill.n, e->error.n - letter_drill.n};
	if (is_hand(e)) {
		l->hand =
		    arena_grow(&l->arena, l->hand, l->nhands, sizeof *l->hand);
		l->hand[l->nhands++] = *e;
	}
}

struct slice
letter_field(const struct letter *l, enum message_column column)
{
	return l->try[l->last.try].field[column];
}

/*
 * The event that the message was handed over, the last one up to the i-th;
 * NULL: it was not, or by another try.
 */
static const struct letter_event *
handed_over(const struct letter *l, size_t i)
{
	for (size_t k = i + 1; k > 0; k--) {
		const struct letter_event *hand = &l->event[k - 1];

		if (is_hand(hand))
			return hand->try == l->event[i].try ? hand : NULL;
	}
	return NULL;
}

void
letter_tell(const struct letter *l, size_t i, struct letter_text *scratch,
    struct slice field[LETTER_RECEIPT])
{
	const struct letter_event *e = &l->event[i];
	const struct letter_try *try = &l->try[e->try];
	const struct letter_event *hand = handed_over(l, i);

	buf_clear(&scratch->attempts);
	buf_add_number(&scratch->attempts, e->attempts);
	buf_clear(&scratch->delivered);
	if (hand != NULL)
		stamp_add(&scratch->delivered, hand->at);
	field[0] = try->field[MESSAGE_ID];
	field[1] = try->field[MESSAGE_TRY];
	field[2] = try->field[MESSAGE_RECORD];
	field[3] = try->field[MESSAGE_PARTY];
	field[4] = try->field[MESSAGE_MEDIUM];
	field[5] = slice_of(letter_words[e->delivery]);
	field[6] = buf_slice(&scratch->attempts);
	field[7] = buf_slice(&scratch->delivered);
	field[8] = e->error;
	if (e->delivery == LETTER_ACKNOWLEDGED)
		field[8] = (struct slice){"", 0}; /* what was said with it */
	field[9] = try->field[MESSAGE_STATUS];
}

void
letter_text_release(struct letter_text *scratch)
{
	buf_release(&scratch->attempts);
	buf_release(&scratch->delivered);
}

void
letter_release(struct letter *l)
{
	arena_release(&l->arena);
	*l = (struct letter){.ack_s = -1};
}
