#include "logic.h"

#include <stdlib.h>

#include "buf.h"
#include "clause.h"
#include "fault.h"
#include "mem.h"
#include "quantity.h"

/*
 * The work of searching a text, for each byte: about what a search takes that
 * backtracks from there as far as it may (pattern.h).
 */
#define SEARCH_WORK 50

/* What is supposed of a column: that a test, or a part of one, holds or not. */
enum fact_kind {
	FACT_SET,      /* the column has a value */
	FACT_TEXT,     /* it is one of the test's literals */
	FACT_SAME,     /* it is the value of the other column */
	FACT_SIZE,     /* it, since or until, against the test's literal */
	FACT_RELATION, /* the same against the other column */
	FACT_MATCH,    /* it matches the test's pattern */
};

struct logic_fact {
	enum fact_kind kind;
	bool holds;
	const struct clause *c;
	const struct clause_test *t;
	struct slice column, other;
};

/* A question: the conditions, the first of which are to hold. */
struct question {
	struct logic *l;
	const struct when *const *holds, *const *fails;
	size_t nholds, n;
	uint64_t left;
};

/* Counts work.  Returns whether there is some left. */
static bool
work(struct question *q, uint64_t amount)
{
	uint64_t most = q->left < q->l->left ? q->left : q->l->left;

	if (amount >= most) {
		if (amount >= q->l->left)
			q->l->left = 0;
		q->left = 0;
		q->l->spent = true;
		return false;
	}
	q->left -= amount;
	q->l->left -= amount;
	return true;
}

/* ---- by size ---- */

/* A size: at a literal, or as near to it as there is no other literal. */
struct spot {
	struct quantity at;
	int lean; /* -1: just below, 1: just above */
};

static unsigned
outcome(const struct spot *spot, const struct quantity *q)
{
	int order = quantity_cmp(&spot->at, q);

	if (order == 0)
		order = spot->lean;
	return order < 0 ? CLAUSE_LESS : order > 0 ? CLAUSE_MORE : CLAUSE_SAME;
}

/*
 * What a fact compares with and which outcomes it asks for.  until(c) is
 * -since(c), so that both are told of one size.
 */
static unsigned
sized(const struct logic_fact *f, struct quantity *q)
{
	unsigned asked = f->t->outcomes;

	*q = f->t->literal;
	if (f->t->side != CLAUSE_UNTIL)
		return asked;
	q->s = -q->s;
	return (asked & CLAUSE_SAME) |
	    ((asked & CLAUSE_LESS) != 0 ? CLAUSE_MORE : 0) |
	    ((asked & CLAUSE_MORE) != 0 ? CLAUSE_LESS : 0);
}

/* Whether a fact is of the sizes of a column as a kind, or of its age. */
static bool
is_sized(const struct logic_fact *f, struct slice column,
    enum quantity_kind kind, bool age)
{
	return f->kind == FACT_SIZE && slice_eq(f->column, column) &&
	    (age ? f->t->side != CLAUSE_COLUMN
		 : f->t->side == CLAUSE_COLUMN && f->t->literal.kind == kind);
}

static bool
spot_fits(const struct logic *l, struct slice column, enum quantity_kind kind,
    bool age, const struct spot *spot)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct logic_fact *f = &l->fact[i];
		struct quantity q;
		unsigned asked;

		if (!is_sized(f, column, kind, age))
			continue;
		asked = sized(f, &q);
		if (((outcome(spot, &q) & asked) != 0) != f->holds)
			return false;
	}
	return true;
}

/*
 * Whether a size is left.  Where no fact that holds asks for one, the value
 * may be none that can be read as such.
 */
static bool
size_left(
    struct question *q, struct slice column, enum quantity_kind kind, bool age)
{
	const struct logic *l = q->l;
	bool asked = false;

	for (size_t i = 0; i < l->n; i++)
		asked = asked ||
		    (l->fact[i].holds &&
			is_sized(&l->fact[i], column, kind, age));
	if (!asked)
		return true;
	for (size_t i = 0; i < l->n; i++) {
		struct spot spot;

		if (!is_sized(&l->fact[i], column, kind, age))
			continue;
		if (!work(q, l->n))
			return true;
		sized(&l->fact[i], &spot.at);
		for (spot.lean = -1; spot.lean <= 1; spot.lean++) {
			if (spot_fits(l, column, kind, age, &spot))
				return true;
		}
	}
	return false;
}

/* ---- by text ---- */

static bool
is_literal_of(const struct logic_fact *f, struct slice text)
{
	for (size_t i = 0; i < f->t->nvalues; i++) {
		const struct clause_value *v = &f->c->value[f->t->value + i];

		if (v->name == CLAUSE_LITERAL && slice_eq(v->text, text))
			return true;
	}
	return false;
}

/* Whether a match is as a fact says, or can't be told. */
static bool
is_match(struct question *q, const struct logic_fact *f, struct slice text)
{
	int found;

	if (!work(q, SEARCH_WORK * (uint64_t)text.n))
		return true;
	found = pattern_match(f->t->pattern, text, q->l->scratch);
	return found == PATTERN_LIMIT || (found == PATTERN_YES) == f->holds;
}

/* Whether a fact is as it says for a value that its column would have. */
static bool
is_so(struct question *q, const struct logic_fact *f, struct slice text)
{
	struct spot spot = {.lean = 0};
	struct stamp then;

	switch (f->kind) {
	case FACT_TEXT:
		return is_literal_of(f, text) == f->holds;
	case FACT_SIZE:
		if (f->t->side != CLAUSE_COLUMN)
			return !f->holds || stamp_parse(text, &then) == 0;
		if (quantity_parse(text, f->t->literal.kind, &spot.at) < 0)
			return !f->holds;
		return ((outcome(&spot, &f->t->literal) & f->t->outcomes) !=
			   0) == f->holds;
	case FACT_MATCH:
		return is_match(q, f, text);
	default:
		return true;
	}
}

/* Whether one of the values that a fact names is left for its column. */
static bool
text_left(struct question *q, const struct logic_fact *one)
{
	struct logic *l = q->l;

	for (size_t k = 0; k < one->t->nvalues; k++) {
		const struct clause_value *v =
		    &one->c->value[one->t->value + k];
		size_t i = 0;

		if (v->name != CLAUSE_LITERAL || v->text.n == 0)
			continue;
		if (!work(q, l->n))
			return true;
		while (i < l->n &&
		    (!slice_eq(l->fact[i].column, one->column) ||
			is_so(q, &l->fact[i], v->text)))
			i++;
		if (i == l->n)
			return true;
	}
	return false;
}

/* ---- what can't be told by values ---- */

/* Whether two facts are of one thing, whatever it is. */
static bool
same_thing(const struct logic_fact *a, const struct logic_fact *b)
{
	if (a->kind != b->kind || !slice_eq(a->column, b->column))
		return false;
	if (a->kind == FACT_MATCH)
		return slice_eq(a->t->source, b->t->source);
	if (a->kind == FACT_SAME)
		return slice_eq(a->other, b->other);
	return a->kind == FACT_RELATION && a->t->side == b->t->side &&
	    slice_eq(a->other, b->other);
}

/* Whether a new fact agrees with those of the same thing. */
static bool
agrees(const struct logic *l, const struct logic_fact *new)
{
	const unsigned none = CLAUSE_MORE << 1; /* not to be compared */
	unsigned left = CLAUSE_LESS | CLAUSE_SAME | CLAUSE_MORE | none;

	for (size_t i = 0; i < l->n; i++) {
		const struct logic_fact *f = &l->fact[i];

		if (!same_thing(f, new))
			continue;
		if (new->kind != FACT_RELATION && f->holds != new->holds)
			return false;
		if (new->kind == FACT_RELATION)
			left &= f->holds ? f->t->outcomes : ~f->t->outcomes;
	}
	return left != 0;
}

/* ---- all together ---- */

/* Whether a column can be as all facts say. */
static bool
column_can_be(struct question *q, struct slice column)
{
	const struct logic *l = q->l;
	const struct logic_fact *named = NULL;
	bool set = false, unset = false;

	if (!work(q, l->n + 1))
		return true;
	for (size_t i = 0; i < l->n; i++) {
		const struct logic_fact *f = &l->fact[i];

		if (!slice_eq(f->column, column) && !slice_eq(f->other, column))
			continue;
		set = set || f->holds;
		unset = unset || (f->kind == FACT_SET && !f->holds);
		if (f->kind == FACT_TEXT && f->holds)
			named = f;
	}
	if (!set || unset)
		return !set;
	if (named != NULL)
		return text_left(q, named) &&
		    size_left(q, column, QUANTITY_NONE, true);
	return size_left(q, column, QUANTITY_NUMBER, false) &&
	    size_left(q, column, QUANTITY_DURATION, false) &&
	    size_left(q, column, QUANTITY_TIME, false) &&
	    size_left(q, column, QUANTITY_NONE, true);
}

/* Supposes one more thing.  Returns whether that can be. */
static bool
suppose(struct question *q, struct logic_fact fact)
{
	struct logic *l = q->l;

	l->fact = mem_grow(l->fact, l->n, &l->cap, sizeof *l->fact);
	l->fact[l->n++] = fact;
	return agrees(l, &l->fact[l->n - 1]) && column_can_be(q, fact.column) &&
	    (fact.other.n == 0 || !fact.holds || column_can_be(q, fact.other));
}

static bool go_on(struct question *q, size_t condition, size_t test);

static const struct clause *
clause_at(const struct question *q, size_t condition)
{
	return when_clause(condition < q->nholds
		? q->holds[condition]
		: q->fails[condition - q->nholds]);
}

/* The parts of a test that are supposed one by one: columns or values. */
static size_t
parts(const struct clause_test *t)
{
	return t->kind == CLAUSE_MATCH ? t->ncolumns
	    : t->kind == CLAUSE_EQUAL  ? t->nvalues + 1
				       : 1;
}

/*
 * Makes the fact for a part of a test.  Part 0 of CLAUSE_EQUAL is all of its
 * literals, the others are its columns.  Returns false where there is none.
 */
static bool
part_of(const struct clause *c, const struct clause_test *t, size_t part,
    struct logic_fact *f)
{
	static const enum fact_kind kinds[] = {[CLAUSE_MATCH] = FACT_MATCH,
	    [CLAUSE_EQUAL] = FACT_TEXT,
	    [CLAUSE_ORDER] = FACT_SIZE,
	    [CLAUSE_SET] = FACT_SET};
	size_t column = t->column + (t->kind == CLAUSE_MATCH ? part : 0);
	size_t other = CLAUSE_LITERAL;

	*f = (struct logic_fact){.kind = kinds[t->kind], .c = c, .t = t};
	f->column = c->name[c->column[column]].text;
	if (t->kind == CLAUSE_ORDER || (t->kind == CLAUSE_EQUAL && part > 0))
		other = c->value[t->value + (part > 0 ? part - 1 : 0)].name;
	if (other == CLAUSE_LITERAL)
		return t->kind != CLAUSE_EQUAL || part == 0;
	f->kind = t->kind == CLAUSE_ORDER ? FACT_RELATION : FACT_SAME;
	f->other = c->name[other].text;
	return true;
}

/* Supposes that a test holds, by each of its parts in turn, and goes on. */
static bool
by_yes(struct question *q, size_t condition, const struct clause_test *t)
{
	const struct clause *c = clause_at(q, condition);
	size_t n = q->l->n;
	bool possible = false;

	for (size_t i = 0; i < parts(t) && !possible; i++) {
		struct logic_fact f;

		if (!part_of(c, t, i, &f))
			continue;
		f.holds = true;
		possible = suppose(q, f) && go_on(q, condition, t->yes);
		q->l->n = n;
	}
	return possible;
}

/* Supposes that no part of a test holds, and goes on. */
static bool
by_no(struct question *q, size_t condition, const struct clause_test *t)
{
	const struct clause *c = clause_at(q, condition);
	size_t n = q->l->n;
	bool possible = true;

	for (size_t i = 0; i < parts(t) && possible; i++) {
		struct logic_fact f;

		if (part_of(c, t, i, &f))
			possible = suppose(q, f);
	}
	possible = possible && go_on(q, condition, t->no);
	q->l->n = n;
	return possible;
}

static size_t
first_test(const struct question *q, size_t condition)
{
	return clause_at(q, condition)->ntests > 0 ? 0 : CLAUSE_TRUE;
}

/*
 * Goes on at a test of a condition, or at its end with the next condition;
 * first in the way that more likely leads to what is asked. The depth is
 * bounded: each step supposes something, and costs as much work as was supposed
 * before.
 */
static bool
go_on(struct question *q, size_t condition, size_t test)
{
	const struct clause_test *t;

	while (test >= CLAUSE_FALSE) {
		if ((test == CLAUSE_TRUE) != (condition < q->nholds))
			return false;
		if (++condition == q->n)
			return true;
		test = first_test(q, condition);
	}
	if (q->left == 0)
		return true;
	t = &clause_at(q, condition)->test[test];
	if (condition < q->nholds)
		return by_yes(q, condition, t) || by_no(q, condition, t);
	return by_no(q, condition, t) || by_yes(q, condition, t);
}

bool
logic_possible(struct logic *l, const struct when *const *holds, size_t nholds,
    const struct when *const *fails, size_t nfails)
{
	struct question q = {.l = l,
	    .holds = holds,
	    .fails = fails,
	    .nholds = nholds,
	    .n = nholds + nfails,
	    .left = LOGIC_QUESTION};

	if (l->scratch == NULL)
		l->scratch = pattern_scratch_new();
	l->n = 0;
	return q.n == 0 || !work(&q, 1) || go_on(&q, 0, first_test(&q, 0));
}

bool
logic_possible_of(struct logic *l, const struct when *when, struct slice column,
    struct slice value)
{
	/* The value first: it ends many ways at their start. */
	const struct when *both[] = {NULL, when};
	struct buf text = {0};
	struct fault f = {0};
	struct when *of;
	char quote = '"';
	bool possible = true;

	if (value.n > 0 && memchr(value.p, quote, value.n) != NULL)
		quote = '\'';
	buf_addf(&text, "%.*s = %c%.*s%c", SLICE_ARG(column), quote,
	    SLICE_ARG(value), quote);
	both[0] = of = when_parse(buf_slice(&text), (struct place){0}, &f);
	if (of != NULL) /* NULL: with both kinds of quotes it can't be asked */
		possible = logic_possible(l, both, 2, NULL, 0);
	when_free(of);
	fault_release(&f);
	buf_release(&text);
	return possible;
}

void
logic_release(struct logic *l)
{
	pattern_scratch_free(l->scratch);
	free(l->fact);
	*l = (struct logic){0};
}
