#ifndef INC_FACTS_H
#define INC_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "slice.h"

/*
 * What holds in the columns of an incident.
 *
 * Of most incidents one entry tells.  What it said is kept in one piece: where
 * each text ends, then the texts.  When another entry comes it is spread out,
 * so that each fact can change.  All zero is no fact.
 */

/* What holds in one column. */
struct fact {
	struct slice text; /* as on disk, owned by the arena; empty: no value */
	uint32_t column;
	uint32_t version; /* place of the entry that said so */
	size_t room;      /* bytes at text that are the fact's alone */
};

struct facts {
	union {
		struct fact_part *part; /* of the only entry: room is 0 */
		struct fact *fact;      /* else, with room for so many */
	} as;
	uint32_t n, room;
};

/*
 * Takes in what the first entry says: n facts, each of a column of its own,
 * whose texts are copied; they are brought into the order of columns.
 */
void facts_first(
    struct facts *facts, struct fact *said, size_t n, struct arena *arena);

/* The i-th fact in the order of columns. */
struct fact facts_at(const struct facts *facts, size_t i);

/* What holds in a column; false: nothing was said, and *fact is not set. */
bool facts_find(const struct facts *facts, size_t column, struct fact *fact);

/*
 * Sets value[to[c]] to what holds in each of the first n columns c that has a
 * fact, save where to[c] is SIZE_MAX; all others are left.
 */
void facts_values(
    const struct facts *facts, struct slice *value, const size_t *to, size_t n);

/*
 * For a later entry: makes room for n more facts and returns where they go, in
 * any order; facts_added() takes them in, each of a column that had none.
 */
struct fact *facts_room(struct facts *facts, size_t n, struct arena *arena);
void facts_added(struct facts *facts, size_t n);

/* After facts_room(): the fact of a column, to be changed, or NULL. */
struct fact *facts_edit(struct facts *facts, size_t column);

/*
 * Puts a copy of a text in the place of a fact's, which nobody else may look at
 * any more: where it fits its memory is taken.
 */
void fact_put(struct fact *fact, struct slice text, struct arena *arena);

/* Gives each entry's place another number: to[version]. */
void facts_renumber(struct facts *facts, const uint32_t *to);

#endif
