#ifndef INC_WHEN_H
#define INC_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "fault.h"
#include "pattern.h"
#include "patternset.h"
#include "slice.h"
#include "stamp.h"

/*
 * Conditions: the grammar and the rules of inc-when(5).
 */
struct when;

/* What a test needs beside the condition; one for each thread. */
struct when_state {
	struct pattern_scratch *scratch; /* made at the first search */
	struct buf text[3];              /* unescaped values */
	struct sightings *sightings; /* of a whenset, in the row under way */
	struct stamp now;            /* what since() and until() go by */
	uint64_t unreadable; /* values that were no number, time, duration */
	struct fault fault;  /* of the last search that hit a limit */
};

/*
 * Parses a condition.  where is the place of its first byte, and its file's
 * name must outlive the condition; the text need not.  A fault names the
 * column of what was wrong.  What a condition may hold at most is in clause.h.
 * Returns NULL and the fault.
 */
struct when *when_parse(struct slice text, struct place where, struct fault *f);

void when_free(struct when *w);

/* Its parsed form, for those who reason about it: clause.h. */
const struct clause *when_clause(const struct when *w);

/* Whether it is "*" (always true). */
bool when_is_always(const struct when *w);

/*
 * Says where the columns are that the condition names: their places in
 * columns.  A name that is not there but in known is a column that never has
 * a value; one in neither is a fault that suggests the nearest name of both.
 * known may be NULL: nothing else is known.  May be called again for another
 * stream.  Returns 0, or -1 and the fault.
 */
int when_bind(struct when *w, const struct columns *columns,
    const struct columns *known, struct fault *f);

/*
 * Tests a bound condition on a row whose fields are in their form on disk.
 * Returns 1 or 0; or -1 where a search hit a limit: the condition is then
 * not met, and state->fault says so with the rule's place.
 */
int when_test(
    const struct when *w, const struct slice *field, struct when_state *state);

/*
 * For whenset.h: the same, and the form to note places in.  What patterns find
 * is looked up among the sightings, where these are not NULL; then the
 * condition has to be one of the set that they belong to.
 */
int when_test_found(const struct when *w, const struct slice *field,
    struct when_state *state, struct sightings *found);
struct clause *when_clause_mutable(struct when *w);

/*
 * Calls see with the place of each pattern of the condition that has no
 * literal to be found by: every text has to be searched for it, which in a
 * table of many rows takes most of the time.
 */
void when_slow_patterns(const struct when *w,
    void (*see)(void *ctx, struct place where), void *ctx);

/*
 * Adds the facts that a row has for the columns of the condition, for people:
 * "impact=1 urgency=2", values in their form on disk and cut at 40 characters,
 * a missing one as "impact=".  Each column once, in the order of the
 * condition; nothing for "*".
 */
void when_facts(
    const struct when *w, const struct slice *field, struct buf *out);

/*
 * The columns that the condition names, in order, each once: calls see for
 * each with the name and its place.
 */
void when_names(const struct when *w,
    void (*see)(void *ctx, struct slice name, struct place where), void *ctx);

/*
 * Whether the condition can hold only where a column has a value, as far as
 * the form of the condition tells: "priority = P1", "level > 0 and closed is
 * empty" need their priority and level, "*" needs nothing.
 */
bool when_needs(const struct when *w, struct slice column);

void when_state_release(struct when_state *state);

#endif
