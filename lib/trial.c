#include "trial.h"

#include "escape.h"
#include "moment.h"

#define MORE_CHARS 40 /* of a value than are expected */

/* ---- comparing ---- */

/* Whether a word is what is wanted, or is followed by a sign. */
static bool
is_word(struct slice got, struct slice want)
{
	char next;

	if (got.n <= want.n)
		return slice_eq(got, want);
	next = got.p[want.n];
	return memcmp(got.p, want.p, want.n) == 0 &&
	    (unsigned char)next < 0x80 && !slice_is_letter(next) &&
	    !slice_is_digit(next);
}

static bool
starts_with_words(struct slice text, struct slice words)
{
	struct slice got, want;
	bool more = slice_word(&words, &want);

	while (more) {
		struct slice last = want;

		if (!slice_word(&text, &got))
			return false;
		more = slice_word(&words, &want);
		if (more ? !slice_eq(got, last) : !is_word(got, last))
			return false;
	}
	return true;
}

static bool
ends_with_steps(struct slice path, struct slice steps)
{
	return slice_ends_in(path, steps) &&
	    (path.n == steps.n || path.p[path.n - steps.n - 1] == '>');
}

bool
trial_meets(const struct cases *c, const struct cases_case *one,
    const struct cases_column *column, struct cases_expected expected,
    struct slice got)
{
	struct stamp is, want;

	if (expected.none)
		return got.n == 0;
	switch (column->compare) {
	case CASES_SAME:
		break;
	case CASES_TIME:
		return stamp_parse(got, &is) == 0 &&
		    moment_told(expected.text, c->zone, one->now, &want) == 0 &&
		    stamp_cmp(is, want) == 0;
	case CASES_WORDS:
		return starts_with_words(got, expected.text);
	case CASES_STEPS:
		return ends_with_steps(got, expected.text);
	}
	return slice_eq(got, expected.text);
}

/* ---- telling ---- */

/* A row of a case under way. */
struct hearing {
	struct trial *t;
	const struct cases_case *one;
	struct table_row *row;
	size_t failed;
};

static const struct cases_column *
column_at(const struct hearing *h, size_t i)
{
	return &h->t->cases->column[i];
}

/* What the row expects in a column of a kind. */
static struct cases_expected
expected_at(const struct hearing *h, enum cases_kind kind, size_t i)
{
	if (column_at(h, i)->kind != kind)
		return (struct cases_expected){0};
	return cases_expected(h->t->cases, h->row, i);
}

/* Says that a cell was not met: t->text has the words. */
static void
fail(struct hearing *h, size_t column)
{
	struct trial *t = h->t;

	h->failed++;
	fault_at(&t->fault, table_place_at(h->row, column), "case '%.*s': %.*s",
	    SLICE_ARG(h->one->name), SLICE_ARG(buf_slice(&t->text)));
	t->failed(t->ctx, &t->fault);
}

/* Adds text on one line. */
static void
add_line(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.n; i++)
		buf_add_char(out, text.p[i] == '\n' ? ' ' : text.p[i]);
}

/* Adds "name value", words in quotes, and no more of them than tell. */
static void
add_value(struct hearing *h, size_t column, struct slice value)
{
	const struct cases_column *c = column_at(h, column);
	size_t expected = slice_characters(table_text_at(h->row, column));
	struct slice start = slice_first(value, expected + MORE_CHARS);
	const char *quote = c->compare == CASES_WORDS ? "'" : "";
	struct buf *out = &h->t->text;

	buf_addf(out, "%.*s ", SLICE_ARG(c->name));
	if (value.n == 0) {
		buf_add_str(out, "empty");
		return;
	}
	buf_add_str(out, quote);
	add_line(out, start);
	buf_addf(out, "%s%s", start.n < value.n ? "..." : "", quote);
}

/* ---- the record ---- */

static struct slice
record_value(struct hearing *h, struct slice name)
{
	const struct rehearsal *r = h->t->rehearsal;
	size_t at = columns_find(&r->columns, name);

	return unescape(columns_field(r->field, at), &h->t->value);
}

static void
check_record_cell(struct hearing *h, size_t i)
{
	struct cases_expected e = expected_at(h, CASES_RECORD, i);
	const struct cases_column *column = column_at(h, i);
	struct buf *text = &h->t->text;
	struct slice got;

	if (!e.is)
		return;
	got = record_value(h, column->name);
	if (trial_meets(h->t->cases, h->one, column, e, got))
		return;
	buf_clear(text);
	add_value(h, i, got);
	buf_addf(text, ", expected %.*s",
	    SLICE_ARG(e.none ? slice_of("none") : e.text));
	if (column->compare != CASES_STEPS) {
		got = record_value(h, slice_of("path"));
		if (got.n > 0)
			buf_addf(text, " (path %.*s)", SLICE_ARG(got));
	}
	fail(h, i);
}

/* ---- messages ---- */

/* How a message stands with what the row expects of one. */
struct match {
	size_t met;
	size_t unmet;   /* without cells of '-' */
	size_t differs; /* the first column that is unmet */
};

static struct match
match(const struct hearing *h, const struct rehearsal_message *m)
{
	struct match is = {0};

	for (size_t i = 0; i < h->row->table->columns.n; i++) {
		struct cases_expected e = expected_at(h, CASES_MESSAGE, i);
		const struct cases_column *column = column_at(h, i);

		if (!e.is || e.none)
			continue;
		if (trial_meets(h->t->cases, h->one, column, e,
			m->text[column->message]))
			is.met++;
		else if (is.unmet++ == 0)
			is.differs = i;
	}
	return is;
}

/* Adds what the row expects of a message, or (m) what one has there. */
static void
add_message(struct hearing *h, const struct rehearsal_message *m)
{
	const char *comma = "";

	for (size_t i = 0; i < h->row->table->columns.n; i++) {
		struct cases_expected e = expected_at(h, CASES_MESSAGE, i);

		if (!e.is || (e.none && m == NULL))
			continue;
		buf_add_str(&h->t->text, comma);
		comma = ", ";
		add_value(h, i,
		    m != NULL ? m->text[column_at(h, i)->message] : e.text);
	}
}

/* That one message has all that is expected; first is a cell of that. */
static void
check_message(struct hearing *h, size_t first)
{
	const struct rehearsal *r = h->t->rehearsal;
	struct match nearest = {.differs = first};
	size_t best = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct match is = match(h, &r->message[i]);

		if (is.unmet == 0)
			return;
		if (i > 0 && is.met <= nearest.met)
			continue;
		nearest = is;
		best = i;
	}
	buf_clear(&h->t->text);
	buf_add_str(&h->t->text, "no message with ");
	add_message(h, NULL);
	if (r->n == 0) {
		buf_add_str(&h->t->text, ": none came");
	} else {
		buf_addf(&h->t->text, "; the nearest of %zu: ", r->n);
		add_message(h, &r->message[best]);
	}
	fail(h, nearest.differs);
}

/* That none has; none is the cell that says so. */
static void
check_no_message(struct hearing *h, size_t none)
{
	const struct rehearsal *r = h->t->rehearsal;
	size_t i = 0;

	while (i < r->n && match(h, &r->message[i]).unmet > 0)
		i++;
	if (i == r->n)
		return;
	buf_clear(&h->t->text);
	buf_add_str(&h->t->text, "a message that none expects: ");
	add_message(h, &r->message[i]);
	fail(h, none);
}

static void
check_messages(struct hearing *h)
{
	size_t first = COLUMNS_NONE, none = COLUMNS_NONE;

	for (size_t i = h->row->table->columns.n; i-- > 0;) {
		struct cases_expected e = expected_at(h, CASES_MESSAGE, i);

		if (e.is)
			first = i;
		if (e.is && e.none)
			none = i;
	}
	if (none != COLUMNS_NONE)
		check_no_message(h, none);
	else if (first != COLUMNS_NONE)
		check_message(h, first);
}

size_t
trial_case(struct trial *t, const struct cases_case *one)
{
	struct hearing h = {.t = t, .one = one};

	for (size_t i = 0; i < one->n; i++) {
		h.row = &t->cases->table->row[one->first + i];
		for (size_t k = 0; k < t->cases->table->columns.n; k++)
			check_record_cell(&h, k);
		check_messages(&h);
	}
	return h.failed;
}

void
trial_release(struct trial *t)
{
	buf_release(&t->text);
	buf_release(&t->value);
	fault_release(&t->fault);
}
