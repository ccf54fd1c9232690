#include "whenset.h"

#include <stdint.h>
#include <stdlib.h>

#include "clause.h"
#include "columns.h"
#include "escape.h"
#include "mem.h"
#include "patternset.h"

#define NO_GUARD SIZE_MAX

/*
 * The patterns take places in this order: those that guard a condition, each
 * at the condition's own place, then all others.  So the candidates among the
 * first n places are the conditions that may hold.
 */
struct whenset {
	struct when **when;
	size_t n;
	struct patternset *patterns;
	uint64_t *open;         /* bits: a condition without a guard */
	struct columns columns; /* that patterns look at */
	const struct clause_name **guarding; /* those that guards look at */
	size_t nguarding;
};

/*
 * The test that a condition can't hold without, a pattern with nothing before
 * it that counts values or can hit a limit.
 */
static size_t
find_guard(const struct clause *c)
{
	size_t i = c->ntests > 0 ? 0 : CLAUSE_TRUE;

	while (i < CLAUSE_FALSE) {
		const struct clause_test *t = &c->test[i];

		if (t->kind == CLAUSE_MATCH)
			return t->no == CLAUSE_FALSE ? i : NO_GUARD;
		if (t->kind == CLAUSE_ORDER)
			return NO_GUARD;
		if (t->no == CLAUSE_FALSE)
			i = t->yes;
		else if (t->yes == CLAUSE_FALSE)
			i = t->no;
		else
			return NO_GUARD;
	}
	return NO_GUARD;
}

/* Notes a column that a guard looks at. */
static void
note_guarding(struct whenset *s, const struct clause_name *name)
{
	for (size_t i = 0; i < s->nguarding; i++) {
		if (s->guarding[i]->slot == name->slot)
			return;
	}
	s->guarding = mem_resize(
	    s->guarding, s->nguarding + 1, sizeof(struct clause_name *));
	s->guarding[s->nguarding++] = name;
}

/* Gives a test of a pattern its place, and slots to its columns. */
static void
place_test(struct whenset *s, struct clause *c, struct clause_test *t,
    size_t place, bool guards)
{
	t->place = place;
	for (size_t i = t->column; i < t->column + t->ncolumns; i++) {
		struct clause_name *name = &c->name[c->column[i]];

		name->slot = columns_add(&s->columns, name->text);
		if (guards)
			note_guarding(s, name);
	}
}

/* Gives all patterns their places.  Returns them; *n is their number. */
static const struct pattern **
place_all(struct whenset *s, size_t *n)
{
	const struct pattern **pattern =
	    mem_new(s->n, sizeof(struct pattern *));
	size_t cap = s->n;

	*n = s->n;
	for (size_t i = 0; i < s->n; i++) {
		struct clause *c = when_clause_mutable(s->when[i]);
		size_t guard = find_guard(c);

		if (guard == NO_GUARD)
			s->open[i / 64] |= UINT64_C(1) << i % 64;
		for (size_t k = 0; k < c->ntests; k++) {
			struct clause_test *t = &c->test[k];

			if (t->kind != CLAUSE_MATCH)
				continue;
			if (k == guard) {
				place_test(s, c, t, i, true);
				pattern[i] = t->pattern;
				continue;
			}
			pattern = mem_grow(
			    pattern, *n, &cap, sizeof(struct pattern *));
			place_test(s, c, t, *n, false);
			pattern[(*n)++] = t->pattern;
		}
	}
	return pattern;
}

struct whenset *
whenset_new(struct when *const *when, size_t n, size_t row)
{
	struct whenset *s = mem_new(1, sizeof *s);
	const char *at = (const char *)when;
	const struct pattern **pattern;
	size_t npatterns;

	s->n = n;
	s->when = mem_new(n, sizeof(struct when *));
	for (size_t i = 0; i < n; i++, at += row)
		s->when[i] = *(struct when *const *)(const void *)at;
	s->open = mem_new(PATTERNSET_WORDS(n), sizeof *s->open);
	pattern = place_all(s, &npatterns);
	s->patterns = patternset_new(pattern, npatterns);
	free(pattern);
	return s;
}

void
whenset_free(struct whenset *s)
{
	if (s == NULL)
		return;
	patternset_free(s->patterns);
	columns_release(&s->columns);
	free(s->guarding);
	free(s->open);
	free(s->when);
	free(s);
}

void
whenset_row(const struct whenset *s, struct when_state *state)
{
	if (state->sightings != NULL &&
	    sightings_set(state->sightings) == s->patterns) {
		sightings_clear(state->sightings);
		return;
	}
	sightings_free(state->sightings);
	state->sightings = sightings_new(s->patterns);
}

/* The conditions of one word that may hold. */
static uint64_t
may_hold(const struct whenset *s, size_t word, const struct slice *field,
    struct sightings *found)
{
	uint64_t bits = s->open[word];

	for (size_t i = 0; i < s->nguarding; i++) {
		const struct clause_name *name = s->guarding[i];
		struct slice f = columns_field(field, name->index);

		if (field_is_set(f))
			bits |=
			    sightings_candidates(found, name->slot, f)[word];
	}
	return bits;
}

/* The next condition that may hold. */
static size_t
find_next(const struct whenset *s, size_t i, size_t to,
    const struct slice *field, struct sightings *found)
{
	while (i < to) {
		uint64_t bits = s->open[i / 64] >> i % 64;

		if ((bits & 1) != 0)
			return i;
		bits = may_hold(s, i / 64, field, found) >> i % 64;
		if (bits != 0) {
			i += (size_t)__builtin_ctzll(bits);
			return i < to ? i : to;
		}
		i += 64 - i % 64;
	}
	return to;
}

size_t
whenset_find(const struct whenset *s, size_t from, size_t to,
    const struct slice *field, struct when_state *state, int *holds)
{
	*holds = 0;
	while ((from = find_next(s, from, to, field, state->sightings)) < to) {
		*holds = when_test_found(
		    s->when[from], field, state, state->sightings);
		if (*holds != 0)
			return from;
		from++;
	}
	return to;
}

int
whenset_test(const struct whenset *s, size_t place, const struct slice *field,
    struct when_state *state)
{
	return when_test_found(s->when[place], field, state, state->sightings);
}
