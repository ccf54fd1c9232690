#ifndef INC_AUTOMATON_H
#define INC_AUTOMATON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "literals.h"
#include "slice.h"

/*
 * Many literals found in one pass over a text, by the automaton of Aho and
 * Corasick (1975).
 *
 * A state stands for the longest end of what was read that some literal
 * starts with.  Each has a row in one table, with the next state for each
 * class of bytes: those that no literal has are one class, and both cases of
 * a letter are another.  Where the state stands for less than two bytes, a
 * look at the next three tells whether any literal starts with them, after
 * what stands before: most places are passed by so, without the table.
 */
struct automaton;

/* What the table takes at most while it is made: some 50,000 states. */
#define AUTOMATON_MAX_BYTES ((size_t)12 * 1024 * 1024)

/*
 * Makes the automaton of n literals, which are borrowed (the array is not).
 * Returns NULL where its table would be too large.
 */
struct automaton *automaton_new(const struct literal *const *literal, size_t n);

void automaton_free(struct automaton *a);

/*
 * Calls hit for each place of the text where a literal stands, letter for
 * letter unless it is caseless, between its borders.  sure says that these are
 * what they seem: what stands before and after a \b is ASCII.
 */
void automaton_scan(const struct automaton *a, struct slice text,
    void (*hit)(void *ctx, size_t literal, bool sure), void *ctx);

#endif
