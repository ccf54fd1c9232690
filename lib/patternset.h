#ifndef INC_PATTERNSET_H
#define INC_PATTERNSET_H

#include <stddef.h>
#include <stdint.h>

#include "pattern.h"
#include "slice.h"

/*
 * Patterns that are searched for in the same texts.
 *
 * One pass over a text finds the literals that matches must contain
 * (literals.h, automaton.h).  A pattern whose literals are not there can't
 * match; one that is nothing but literals between its \b is decided by them;
 * any other is a candidate, and searched for when the answer is asked for.
 * The answers are those of pattern_match(), but for a search that would have
 * hit a limit and turns out not to be needed.
 */
struct patternset;

/*
 * Makes the set of n patterns, which must outlive it; the array need not.  A
 * NULL only takes a place.
 */
struct patternset *patternset_new(
    const struct pattern *const *pattern, size_t n);

void patternset_free(struct patternset *s);

/* 64 places to a word, the lowest bit first. */
#define PATTERNSET_WORDS(n) (((n) + 63) / 64)

/*
 * What was found in the fields of one row: each is passed over once, when it
 * is first asked for.
 */
struct sightings;

/* Sightings of a set, which must outlive them; one for each thread. */
struct sightings *sightings_new(const struct patternset *s);
void sightings_free(struct sightings *f);

/* The set that they were made for. */
const struct patternset *sightings_set(const struct sightings *f);

/* Another row follows. */
void sightings_clear(struct sightings *f);

/*
 * The candidates in a field (its form on disk), as bits by place, valid until
 * the next call with this column.  A column is any small number; a field that
 * stands in it for another one of the same row is passed over anew.
 */
const uint64_t *sightings_candidates(
    struct sightings *f, size_t column, struct slice field);

/* What pattern_match() says of the pattern at a place and the field's text. */
int sightings_match(struct sightings *f, size_t column, struct slice field,
    size_t place, struct pattern_scratch *scratch);

#endif
