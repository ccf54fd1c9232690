#include "when.h"

#include <stdlib.h>

#include "clause.h"
#include "escape.h"
#include "literals.h"
#include "mem.h"
#include "quantity.h"

#define FACT_CHARS 40 /* of a value in when_facts() */

struct when {
	struct clause clause;
};

struct when *
when_parse(struct slice text, struct place where, struct fault *f)
{
	struct when *w = mem_new(1, sizeof *w);

	if (clause_parse(&w->clause, text, where, f) == 0)
		return w;
	when_free(w);
	return NULL;
}

void
when_free(struct when *w)
{
	if (w == NULL)
		return;
	clause_release(&w->clause);
	free(w);
}

const struct clause *
when_clause(const struct when *w)
{
	return &w->clause;
}

bool
when_is_always(const struct when *w)
{
	return w->clause.ntests == 0;
}

int
when_bind(struct when *w, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < w->clause.nnames; i++) {
		struct clause_name *name = &w->clause.name[i];

		name->index = columns_find(columns, name->text);
		if (name->index != COLUMNS_NONE ||
		    (known != NULL &&
			columns_find(known, name->text) != COLUMNS_NONE))
			continue;
		columns_unknown(columns, known, name->text,
		    clause_place(&w->clause, name->offset), f);
		if (fault_keep(f) < 0)
			return -1;
	}
	for (size_t i = 0; i < w->clause.ntests; i++) {
		struct clause_test *t = &w->clause.test[i];

		t->first = w->clause.name[w->clause.column[t->column]].index;
	}
	return 0;
}

/* The field of a column; one that the stream lacks has no value. */
static struct slice
field_of(const struct clause *c, size_t name, const struct slice *field)
{
	return columns_field(field, c->name[name].index);
}

/*
 * Whether a set field stands for a literal text.  A text is never longer than
 * a field that stands for it, nor under half as long, so most fields are told
 * apart by their length.
 */
static bool
field_is_text(
    struct slice field, const struct clause_value *v, struct buf *scratch)
{
	if (field.n < v->text.n || field.n / 2 > v->text.n)
		return false;
	if (v->plain && field.n == v->text.n)
		return slice_eq(field, v->text);
	return slice_eq(unescape(field, scratch), v->text);
}

static bool
test_equal(const struct clause *c, const struct clause_test *t,
    const struct slice *field, struct when_state *state)
{
	struct slice left = columns_field(field, t->first);

	if (!field_is_set(left))
		return false;
	for (size_t i = 0; i < t->nvalues; i++) {
		const struct clause_value *v = &c->value[t->value + i];
		struct slice right;

		if (v->name == CLAUSE_LITERAL) {
			if (field_is_text(left, v, &state->text[0]))
				return true;
			continue;
		}
		right = field_of(c, v->name, field);
		if (field_is_set(right) &&
		    slice_eq(unescape(left, &state->text[0]),
			unescape(right, &state->text[1])))
			return true;
	}
	return false;
}

/* Where a test's pattern stands. */
static struct place
pattern_place(const struct clause *c, const struct clause_test *t)
{
	return clause_place(c, (size_t)(t->source.p - c->text));
}

static int
fault_limit(const struct clause *c, const struct clause_test *t, size_t column,
    struct when_state *state)
{
	return fault_at(&state->fault, pattern_place(c, t),
	    "the search of '%.*s' hit a limit, the condition counts as not met",
	    SLICE_ARG(c->name[c->column[column]].text));
}

/* 1, 0, or -1 where the search hit a limit. */
static int
test_match(const struct clause *c, const struct clause_test *t,
    const struct slice *field, struct when_state *state,
    struct sightings *found)
{
	if (state->scratch == NULL)
		state->scratch = pattern_scratch_new();
	for (size_t i = t->column; i < t->column + t->ncolumns; i++) {
		struct slice f = field_of(c, c->column[i], field);
		int got;

		if (!field_is_set(f))
			continue;
		if (found != NULL)
			got = sightings_match(found, c->name[c->column[i]].slot,
			    f, t->place, state->scratch);
		else
			got = pattern_match(t->pattern,
			    unescape(f, &state->text[0]), state->scratch);
		if (got == PATTERN_LIMIT)
			return fault_limit(c, t, i, state);
		if (got == PATTERN_YES)
			return 1;
	}
	return 0;
}

/*
 * Reads a field as a quantity; one that is none is counted.  No number, time
 * or duration has an escape in it, so the field is its own text.
 */
static bool
read_field(struct slice field, enum quantity_kind kind, struct quantity *q,
    struct when_state *state)
{
	if (quantity_parse(field, kind, q) == 0)
		return true;
	state->unreadable++;
	return false;
}

/* Reads the left side, of the kind that the right one has. */
static bool
read_left(const struct clause_test *t, struct slice field,
    enum quantity_kind kind, struct quantity *q, struct when_state *state)
{
	struct stamp then;

	if (t->side == CLAUSE_COLUMN)
		return read_field(field, kind, q, state);
	if (!read_field(field, QUANTITY_TIME, q, state))
		return false;
	then = (struct stamp){q->s, q->ns};
	*q = t->side == CLAUSE_SINCE ? quantity_between(then, state->now)
				     : quantity_between(state->now, then);
	return true;
}

/* Whether a test holds where the left side is less (<0), the same or more. */
static bool
holds_for(const struct clause_test *t, int order)
{
	return (t->outcomes &
		   (order < 0          ? CLAUSE_LESS
			   : order > 0 ? CLAUSE_MORE
				       : CLAUSE_SAME)) != 0;
}

/* Compares a set field as a quantity. */
static bool
test_quantity(const struct clause *c, const struct clause_test *t,
    const struct slice *field, struct when_state *state)
{
	struct quantity left, other;
	const struct quantity *right = &t->literal;
	enum quantity_kind kind = right->kind;
	struct slice f = columns_field(field, t->first), g;
	bool readable;

	if (kind != QUANTITY_NONE) {
		if (!read_left(t, f, kind, &left, state))
			return false;
	} else {
		g = field_of(c, c->value[t->value].name, field);
		if (!field_is_set(g))
			return false;
		readable = read_left(t, f, kind, &left, state);
		if (!read_field(g, kind, &other, state) || !readable)
			return false;
		if (left.kind != other.kind) {
			state->unreadable++;
			return false;
		}
		right = &other;
	}
	return holds_for(t, quantity_cmp(&left, right));
}

static bool
test_order(const struct clause *c, const struct clause_test *t,
    const struct slice *field, struct when_state *state)
{
	const struct quantity *right = &t->literal;
	struct slice f = columns_field(field, t->first);
	int64_t whole;

	if (!field_is_set(f))
		return false;
	/* Most numbers are whole ones, and need no quantity to be made. */
	if (right->whole && t->side == CLAUSE_COLUMN &&
	    quantity_whole(f, &whole))
		return holds_for(t, (whole > right->s) - (whole < right->s));
	return test_quantity(c, t, field, state);
}

int
when_test_found(const struct when *w, const struct slice *field,
    struct when_state *state, struct sightings *found)
{
	const struct clause *c = &w->clause;
	size_t next = c->ntests > 0 ? 0 : CLAUSE_TRUE;

	while (next < CLAUSE_FALSE) {
		const struct clause_test *t = &c->test[next];
		int holds = 0;

		switch (t->kind) {
		case CLAUSE_MATCH:
			holds = test_match(c, t, field, state, found);
			break;
		case CLAUSE_EQUAL:
			holds = test_equal(c, t, field, state);
			break;
		case CLAUSE_ORDER:
			holds = test_order(c, t, field, state);
			break;
		case CLAUSE_SET:
			holds = field_is_set(columns_field(field, t->first));
			break;
		}
		if (holds < 0)
			return -1;
		next = holds ? t->yes : t->no;
	}
	return next == CLAUSE_TRUE;
}

int
when_test(
    const struct when *w, const struct slice *field, struct when_state *state)
{
	return when_test_found(w, field, state, NULL);
}

struct clause *
when_clause_mutable(struct when *w)
{
	return &w->clause;
}

void
when_slow_patterns(
    const struct when *w, void (*see)(void *ctx, struct place where), void *ctx)
{
	const struct clause *c = &w->clause;
	struct arena arena = {0};

	for (size_t i = 0; i < c->ntests; i++) {
		const struct pattern *p = c->test[i].pattern;

		if (p == NULL)
			continue;
		if (literals_find(pattern_body(p), pattern_flags(p), &arena)
			.n == 0)
			see(ctx, pattern_place(c, &c->test[i]));
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* Adds a field, cut at FACT_CHARS characters. */
static void
add_cut(struct buf *out, struct slice field)
{
	struct slice start = slice_first(field, FACT_CHARS);

	buf_add_slice(out, start);
	if (start.n < field.n)
		buf_add_str(out, "…");
}

void
when_facts(const struct when *w, const struct slice *field, struct buf *out)
{
	const struct clause *c = &w->clause;

	for (size_t i = 0; i < c->nnames; i++) {
		struct slice name = c->name[i].text;
		struct slice value = field_of(c, i, field);
		bool plain = columns_plain_name(name);

		if (i > 0)
			buf_add_char(out, ' ');
		if (!plain)
			buf_add_char(out, '{');
		escape_add(out, name);
		buf_add_str(out, plain ? "=" : "}=");
		if (field_is_set(value))
			add_cut(out, value);
	}
}

void
when_names(const struct when *w,
    void (*see)(void *ctx, struct slice name, struct place where), void *ctx)
{
	const struct clause *c = &w->clause;

	for (size_t i = 0; i < c->nnames; i++)
		see(ctx, c->name[i].text, clause_place(c, c->name[i].offset));
}

static bool
is_name(const struct clause *c, size_t name, struct slice column)
{
	return name != CLAUSE_LITERAL && slice_eq(c->name[name].text, column);
}

/* Whether a test can hold only where a column has a value. */
static bool
test_needs(
    const struct clause *c, const struct clause_test *t, struct slice column)
{
	if (t->ncolumns == 1 && is_name(c, c->column[t->column], column))
		return true;
	return t->nvalues == 1 && is_name(c, c->value[t->value].name, column);
}

/*
 * Follows all ways from the first test but those that need the column, and
 * looks whether one arrives.  Every test leads on to later ones.
 */
bool
when_needs(const struct when *w, struct slice column)
{
	const struct clause *c = &w->clause;
	bool *reached, arrives = c->ntests == 0;

	reached = mem_new(c->ntests + 1, sizeof *reached);
	reached[0] = true;
	for (size_t i = 0; i < c->ntests; i++) {
		const struct clause_test *t = &c->test[i];
		size_t next[] = {t->no, t->yes};
		size_t ways = test_needs(c, t, column) ? 1 : 2;

		for (size_t way = 0; reached[i] && way < ways; way++) {
			if (next[way] < c->ntests)
				reached[next[way]] = true;
			arrives |= next[way] == CLAUSE_TRUE;
		}
	}
	free(reached);
	return !arrives;
}

void
when_state_release(struct when_state *state)
{
	pattern_scratch_free(state->scratch);
	sightings_free(state->sightings);
	for (size_t i = 0; i < 3; i++)
		buf_release(&state->text[i]);
	fault_release(&state->fault);
	*state = (struct when_state){0};
}
