#include "cases.h"

#include <stdlib.h>

#include "dict.h"
#include "escape.h"
#include "moment.h"
#include "vocabulary.h"

#define MARK '>' /* before the name of what is expected */

/* What loading needs beside the cases. */
struct loading {
	struct cases *cases;
	struct columns records; /* the columns that records have */
	struct columns times;   /* of them, those that hold times */
	struct dict lines;      /* of the names so far, where they stand */
	struct fault *fault;
};

/* ---- columns ---- */

static bool
is_in_log_alone(struct slice name)
{
	size_t n;
	const struct slice *own = vocabulary(&n);

	for (size_t i = 0; i < n; i++) {
		if (slice_eq(own[i], name))
			return false;
	}
	return vocabulary_has(name);
}

/* Learns what columns records have, of all that are known. */
static int
learn_columns(struct loading *l, struct pack *p)
{
	struct table *t;
	int got = pack_table(p, "fields", &t, l->fault);

	for (size_t i = 0; i < p->known.n; i++) {
		struct slice name = p->known.name[i];

		if (is_in_log_alone(name))
			continue;
		columns_add(&l->records, name);
		if (vocabulary_kind(name) == COLUMN_TIME)
			columns_add(&l->times, name);
	}
	for (size_t i = 0; got > 0 && i < t->n; i++) {
		if (slice_is(table_text(&t->row[i], "type"), "time"))
			columns_add(&l->times, table_text(&t->row[i], "name"));
	}
	return got < 0 ? -1 : 0;
}

/* What can be expected of a message, by name. */
static const struct {
	const char *name;
	enum message_column message;
	enum cases_compare compare;
} expectable[] = {
    {"reason", MESSAGE_REASON, CASES_SAME},
    {"role", MESSAGE_ROLE, CASES_SAME},
    {"party", MESSAGE_PARTY, CASES_SAME},
    {"try", MESSAGE_TRY, CASES_SAME},
    {"medium", MESSAGE_MEDIUM, CASES_SAME},
    {"address", MESSAGE_ADDRESS, CASES_SAME},
    {"subject", MESSAGE_SUBJECT, CASES_WORDS},
    {"words", MESSAGE_BODY, CASES_WORDS},
    {"tell", MESSAGE_TELL, CASES_SAME},
    {"due", MESSAGE_DUE, CASES_TIME},
    {"wording", MESSAGE_WORDING, CASES_SAME},
    {"route", MESSAGE_ROUTE, CASES_SAME},
};

#define EXPECTABLE (sizeof expectable / sizeof *expectable)

/* The place of a message's column in expectable[], or EXPECTABLE. */
static size_t
find_expectable(struct slice name)
{
	size_t i = 0;

	while (i < EXPECTABLE && !slice_is(name, expectable[i].name))
		i++;
	return i;
}

/* Reads the name of a column that is given. */
static int
read_given(struct loading *l, struct cases_column *column, struct place where)
{
	column->kind = CASES_GIVEN;
	if (columns_find(&l->records, column->name) != COLUMNS_NONE) {
		column->given = columns_add(&l->cases->columns, column->name);
		return 0;
	}
	if (find_expectable(column->name) < EXPECTABLE)
		return fault_at(l->fault, where,
		    "a record has no column '%.*s'; what is expected of a "
		    "message is called '%c%.*s'",
		    SLICE_ARG(column->name), MARK, SLICE_ARG(column->name));
	return columns_unknown(
	    &l->records, NULL, column->name, where, l->fault);
}

/* Reads the name of a column that is expected, after its mark. */
static int
read_expected(
    struct loading *l, struct cases_column *column, struct place where)
{
	size_t i = find_expectable(column->name);
	struct columns messages = {0};

	if (i < EXPECTABLE) {
		column->kind = CASES_MESSAGE;
		column->message = expectable[i].message;
		column->compare = expectable[i].compare;
		return 0;
	}
	column->kind = CASES_RECORD;
	if (slice_is(column->name, "path"))
		column->compare = CASES_STEPS;
	if (columns_find(&l->records, column->name) != COLUMNS_NONE)
		return 0;
	for (i = 0; i < EXPECTABLE; i++)
		columns_add(&messages, slice_of(expectable[i].name));
	columns_unknown(&l->records, &messages, column->name, where, l->fault);
	columns_release(&messages);
	return -1;
}

static int
read_column(struct loading *l, size_t i)
{
	const struct table *t = l->cases->table;
	struct cases_column *column = &l->cases->column[i];
	struct place where = table_header_place(t, i);
	bool expected;

	column->name = t->columns.name[i];
	if (slice_is(column->name, "case") || slice_is(column->name, "now"))
		return 0;
	expected = slice_take(&column->name, MARK);
	where.column += expected;
	if (columns_find(&l->times, column->name) != COLUMNS_NONE)
		column->compare = CASES_TIME;
	return expected ? read_expected(l, column, where)
			: read_given(l, column, where);
}

static int
read_columns(struct loading *l)
{
	struct cases *c = l->cases;

	c->column =
	    arena_new(&c->arena, c->table->columns.n * sizeof *c->column);
	columns_add(&c->columns, slice_of("id"));
	columns_add(&c->columns, slice_of("received"));
	for (size_t i = 0; i < c->table->columns.n; i++) {
		if (read_column(l, i) < 0)
			return -1;
	}
	return 0;
}

/* ---- rows ---- */

static int
not_a_time(struct loading *l, struct slice text, struct place where)
{
	return fault_at(l->fault, where,
	    "'%.*s' is no time: 2026-03-02 09:00, 2026-03-02T09:00:00Z, now, "
	    "20m ago or in 2h was expected",
	    SLICE_ARG(text));
}

static int
read_now(struct loading *l, struct cases_case *one)
{
	const struct moment_form plain = {.format = "", .zone = l->cases->zone};
	struct table_row *row = &l->cases->table->row[one->first];
	struct slice text = table_text(row, "now");
	bool shifted;

	if (text.n == 0)
		return fault_at(l->fault, table_place(row, "now"),
		    "case '%.*s' has no now: what is decided may depend on it",
		    SLICE_ARG(one->name));
	if (moment_read(&plain, text, &one->now, &shifted) == 0)
		return 0;
	return fault_at(l->fault, table_place(row, "now"),
	    "'%.*s' is no time: 2026-03-02 09:00 or 2026-03-02T09:00:00Z was "
	    "expected",
	    SLICE_ARG(text));
}

/* Sets a field of the record that comes in. */
static void
give(struct cases *c, struct cases_case *one, size_t at, struct slice text)
{
	one->field[at] = escape_copy(text, &c->arena);
}

static void
give_time(struct cases *c, struct cases_case *one, size_t at, struct stamp t)
{
	buf_clear(&c->text);
	stamp_add(&c->text, t);
	give(c, one, at, buf_slice(&c->text));
}

/* Reads a cell of what is given. */
static int
read_given_cell(
    struct loading *l, struct cases_case *one, struct table_row *row, size_t i)
{
	struct cases *c = l->cases;
	const struct cases_column *column = &c->column[i];
	struct slice text = table_text_at(row, i);
	struct stamp t;

	if (text.n == 0)
		return 0;
	if (row != &c->table->row[one->first])
		return fault_at(l->fault, table_place_at(row, i),
		    "case '%.*s' begins on line %zu: what is given stands "
		    "there",
		    SLICE_ARG(one->name), c->table->row[one->first].line);
	if (column->compare != CASES_TIME) {
		give(c, one, column->given, text);
		return 0;
	}
	if (moment_told(text, c->zone, one->now, &t) < 0)
		return not_a_time(l, text, table_place_at(row, i));
	give_time(c, one, column->given, t);
	return 0;
}

/* Checks a cell of what is expected, and counts it. */
static int
read_expected_cell(struct loading *l, const struct cases_case *one,
    struct table_row *row, size_t i, size_t *n)
{
	const struct cases *c = l->cases;
	struct cases_expected e = cases_expected(c, row, i);
	struct stamp t;

	*n += e.is;
	if (!e.is || e.none || c->column[i].compare != CASES_TIME ||
	    moment_told(e.text, c->zone, one->now, &t) == 0)
		return 0;
	return not_a_time(l, e.text, table_place_at(row, i));
}

static int
read_row(struct loading *l, struct cases_case *one, struct table_row *row)
{
	const struct cases *c = l->cases;
	size_t expected = 0;

	for (size_t i = 0; i < c->table->columns.n; i++) {
		int result = 0;

		if (c->column[i].kind == CASES_GIVEN)
			result = read_given_cell(l, one, row, i);
		else if (c->column[i].kind != CASES_OWN)
			result = read_expected_cell(l, one, row, i, &expected);
		if (result < 0)
			return -1;
	}
	if (expected == 0)
		return fault_at(l->fault, table_place(row, "case"),
		    "case '%.*s': the row expects nothing; a column such as "
		    "%cpriority says what is expected",
		    SLICE_ARG(one->name), MARK);
	return 0;
}

/* Gives what no cell of a case did. */
static void
give_defaults(struct cases *c, struct cases_case *one)
{
	size_t id = columns_find(&c->columns, slice_of("id"));
	size_t received = columns_find(&c->columns, slice_of("received"));

	if (one->field[id].n == 0)
		give(c, one, id, one->name);
	if (one->field[received].n == 0)
		give_time(c, one, received, one->now);
}

/* Reads a case, whose rows are known. */
static int
read_case(struct loading *l, struct cases_case *one)
{
	struct cases *c = l->cases;
	struct table_row *row = &c->table->row[one->first];
	struct place where = table_place(row, "case");
	size_t line;
	bool added;

	if (one->name.n == 0)
		return fault_at(l->fault, where, "the row names no case");
	line = dict_add(&l->lines, one->name, row->line, &added);
	if (!added)
		return fault_at(l->fault, where,
		    "two cases are called '%.*s', the other on line %zu",
		    SLICE_ARG(one->name), line);
	if (read_now(l, one) < 0)
		return -1;
	one->field = arena_new(&c->arena, c->columns.n * sizeof *one->field);
	for (size_t i = 0; i < c->columns.n; i++)
		one->field[i] = (struct slice){"", 0};
	for (size_t i = 0; i < one->n; i++) {
		if (read_row(l, one, row + i) < 0)
			return -1;
	}
	give_defaults(c, one);
	return 0;
}

/* Reads all cases; one with a fault is left out, if faults are kept. */
static int
read_cases(struct loading *l)
{
	struct cases *c = l->cases;
	struct table_row *row = c->table->row;
	size_t n = c->table->n;

	if (n == 0)
		return fault_at(l->fault, table_header_line(c->table),
		    "no case follows the header: one at least was expected");
	c->one = mem_new(n, sizeof *c->one);
	for (size_t i = 0, next; i < n; i = next) {
		struct cases_case *one = &c->one[c->n];

		*one = (struct cases_case){
		    .name = table_text(&row[i], "case"), .first = i};
		for (next = i + 1; next < n; next++) {
			if (!slice_eq(
				table_text(&row[next], "case"), one->name))
				break;
		}
		one->n = next - i;
		if (read_case(l, one) == 0)
			c->n++;
		else if (fault_keep(l->fault) < 0)
			return -1;
	}
	return 0;
}

int
cases_load(struct cases *c, struct table *t, struct pack *p, struct fault *f)
{
	struct loading l = {.cases = c, .fault = f};
	int result;

	c->table = t;
	c->zone = p->zone;
	result = learn_columns(&l, p);
	if (result == 0)
		result = read_columns(&l);
	if (result == 0)
		result = read_cases(&l);
	columns_release(&l.records);
	columns_release(&l.times);
	dict_release(&l.lines);
	return result;
}

struct cases_expected
cases_expected(const struct cases *c, struct table_row *row, size_t column)
{
	struct slice raw = slice_trim(row->cell[column]);
	struct cases_expected e = {.text = table_text_at(row, column)};
	enum cases_kind kind = c->column[column].kind;

	e.is = raw.n > 0 && (kind == CASES_RECORD || kind == CASES_MESSAGE);
	e.none = slice_is(raw, "-") || slice_is(raw, "\\N");
	return e;
}

void
cases_release(struct cases *c)
{
	free(c->one);
	columns_release(&c->columns);
	buf_release(&c->text);
	arena_release(&c->arena);
	*c = (struct cases){0};
}
