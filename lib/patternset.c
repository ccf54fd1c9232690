#include "patternset.h"

#include <stdlib.h>

#include "automaton.h"
#include "buf.h"
#include "escape.h"
#include "literals.h"
#include "mem.h"

#define FEW 2 /* literals, which PCRE2 finds as fast by itself */

/* Which part of which pattern a literal belongs to. */
struct owner {
	uint32_t place;
	uint8_t part;
	bool whole;
};

struct patternset {
	const struct pattern **pattern;
	size_t n;
	size_t words;                    /* of bits for n patterns */
	uint64_t *lacks[LITERALS_PARTS]; /* bits: it has no such part */
	struct literals *literals;       /* of each pattern */
	struct owner *owner;             /* of each literal of the automaton */
	struct automaton *automaton;
	struct arena arena;
};

/* What was found in a field. */
struct sighting {
	bool known;
	struct slice field;
	uint64_t *bits; /* words of candidates, then as many of matches */
};

struct sightings {
	const struct patternset *set;
	struct sighting *column;
	size_t n;
	uint64_t *part[LITERALS_PARTS]; /* bits: it stands in the text */
	uint64_t *match;                /* bits: of the sighting under way */
	struct buf text;
};

static void
set_bit(uint64_t *bits, size_t i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

static bool
has_bit(const uint64_t *bits, size_t i)
{
	return (bits[i / 64] >> i % 64 & 1) != 0;
}

static size_t
count_literals(const struct patternset *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		for (size_t part = 0; part < s->literals[i].n; part++)
			n += s->literals[i].part[part].n;
	}
	return n;
}

static size_t
count_bytes(const struct literals *l)
{
	size_t n = 0;

	for (size_t part = 0; part < l->n; part++) {
		for (size_t i = 0; i < l->part[part].n; i++)
			n += l->part[part].literal[i].n;
	}
	return n;
}

/* Adds the literals of a pattern to the list, each with its owner. */
static void
list(struct patternset *s, size_t place, const struct literal **literal,
    size_t *n)
{
	const struct literals *l = &s->literals[place];

	for (uint8_t part = 0; part < l->n; part++) {
		for (size_t i = 0; i < l->part[part].n; i++) {
			literal[*n] = &l->part[part].literal[i];
			s->owner[*n] = (struct owner){
			    (uint32_t)place, part, literal[*n]->whole};
			++*n;
		}
	}
}

/*
 * Makes the automaton of the patterns whose literals have at most so many
 * bytes; the others are searched for in every text.  Returns whether it is
 * small enough.
 */
static bool
make_automaton(struct patternset *s, size_t most)
{
	const struct literal **literal;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (count_bytes(&s->literals[i]) > most)
			s->literals[i].n = 0;
	}
	literal = mem_new(count_literals(s), sizeof(struct literal *));
	for (size_t i = 0; i < s->n; i++)
		list(s, i, literal, &n);
	s->automaton = automaton_new(literal, n);
	free(literal);
	return s->automaton != NULL;
}

static void
find_literals(struct patternset *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->pattern[i] != NULL)
			s->literals[i] =
			    literals_find(pattern_body(s->pattern[i]),
				pattern_flags(s->pattern[i]), &s->arena);
	}
}

struct patternset *
patternset_new(const struct pattern *const *pattern, size_t n)
{
	struct patternset *s = mem_new(1, sizeof *s);
	size_t most, nliterals;

	s->n = n;
	s->words = PATTERNSET_WORDS(n);
	s->pattern = mem_new(n, sizeof(struct pattern *));
	s->literals = mem_new(n, sizeof *s->literals);
	for (size_t i = 0; i < n; i++)
		s->pattern[i] = pattern[i];
	find_literals(s);
	nliterals = count_literals(s);
	s->owner = mem_new(nliterals, sizeof *s->owner);
	most = nliterals > FEW ? SIZE_MAX : 0;
	while (!make_automaton(s, most))
		most = most == SIZE_MAX ? PATTERN_MAX_BODY : most / 2;
	for (size_t part = 0; part < LITERALS_PARTS; part++) {
		s->lacks[part] = mem_new(s->words, sizeof(uint64_t));
		for (size_t i = 0; i < n; i++) {
			if (s->literals[i].n <= part)
				set_bit(s->lacks[part], i);
		}
	}
	return s;
}

void
patternset_free(struct patternset *s)
{
	if (s == NULL)
		return;
	for (size_t part = 0; part < LITERALS_PARTS; part++)
		free(s->lacks[part]);
	automaton_free(s->automaton);
	arena_release(&s->arena);
	free(s->pattern);
	free(s->literals);
	free(s->owner);
	free(s);
}

struct sightings *
sightings_new(const struct patternset *s)
{
	struct sightings *f = mem_new(1, sizeof *f);

	f->set = s;
	for (size_t part = 0; part < LITERALS_PARTS; part++)
		f->part[part] = mem_new(s->words, sizeof(uint64_t));
	return f;
}

void
sightings_free(struct sightings *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		free(f->column[i].bits);
	for (size_t part = 0; part < LITERALS_PARTS; part++)
		free(f->part[part]);
	free(f->column);
	buf_release(&f->text);
	free(f);
}

const struct patternset *
sightings_set(const struct sightings *f)
{
	return f->set;
}

void
sightings_clear(struct sightings *f)
{
	for (size_t i = 0; i < f->n; i++)
		f->column[i].known = false;
}

static void
note(void *ctx, size_t literal, bool sure)
{
	struct sightings *f = ctx;
	const struct owner *o = &f->set->owner[literal];

	set_bit(f->part[o->part], o->place);
	if (sure && o->whole)
		set_bit(f->match, o->place);
}

/* Passes over a text. */
static void
search(struct sightings *f, struct sighting *column, struct slice text)
{
	const struct patternset *s = f->set;
	size_t bytes = s->words * sizeof(uint64_t);

	f->match = column->bits + s->words;
	memset(f->match, 0, bytes);
	if (text.n > PATTERN_MAX_TEXT) { /* which no search takes */
		memset(column->bits, 0xff, bytes);
		return;
	}
	for (size_t part = 0; part < LITERALS_PARTS; part++)
		memcpy(f->part[part], s->lacks[part], bytes);
	automaton_scan(s->automaton, text, note, f);
	memcpy(column->bits, f->part[0], bytes);
	for (size_t part = 1; part < LITERALS_PARTS; part++) {
		for (size_t i = 0; i < s->words; i++)
			column->bits[i] &= f->part[part][i];
	}
}

/* What is found in a field, which may be known already. */
static struct sighting *
look(struct sightings *f, size_t column, struct slice field)
{
	struct sighting *c;
	size_t words = f->set->words;

	while (f->n <= column) {
		f->column = mem_resize(f->column, f->n + 1, sizeof *f->column);
		f->column[f->n++] = (struct sighting){
		    .bits = mem_new(2 * words, sizeof(uint64_t))};
	}
	c = &f->column[column];
	if (c->known && c->field.p == field.p && c->field.n == field.n)
		return c;
	c->known = true;
	c->field = field;
	search(f, c, unescape(field, &f->text));
	return c;
}

const uint64_t *
sightings_candidates(struct sightings *f, size_t column, struct slice field)
{
	return look(f, column, field)->bits;
}

int
sightings_match(struct sightings *f, size_t column, struct slice field,
    size_t place, struct pattern_scratch *scratch)
{
	const struct patternset *s = f->set;

	if (s->literals[place].n > 0) {
		const struct sighting *c = look(f, column, field);

		if (!has_bit(c->bits, place))
			return PATTERN_NO;
		if (has_bit(c->bits + s->words, place))
			return PATTERN_YES;
	}
	return pattern_match(
	    s->pattern[place], unescape(field, &f->text), scratch);
}
