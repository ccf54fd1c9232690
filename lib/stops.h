#ifndef INC_STOPS_H
#define INC_STOPS_H

#include <stdbool.h>

#include "buf.h"
#include "columns.h"
#include "mem.h"
#include "sayings.h"
#include "slice.h"

/*
 * When the clocks of an incident stood: while one of the columns `held` and
 * `vanished` was set.
 */
struct stop; /* what one entry said in one of them */

/* Which of the columns a name is, counted from 1; 0: none of them. */
unsigned stops_kind(struct slice name);

/* Whether one of them is among columns. */
bool stops_among(const struct columns *columns);

/*
 * Takes note, after what was newest so far (NULL: nothing), that an entry of
 * this version says text (a time as on disk; empty: cleared, borrowed) in a
 * column of this kind.  Returns what is newest then, in the arena.
 */
struct stop *stops_add(struct arena *arena, struct stop *newest, unsigned kind,
    const struct version *version, struct slice text);

/*
 * Adds the intervals from each time that one of the columns was set until none
 * was any more, in the order of the fold, and those of given, as the column
 * `holds` has them: START/END separated by blanks, START/ for one that lasts.
 * Words of given that are no intervals come last.
 */
void stops_write(
    const struct stop *newest, struct slice given, struct buf *out);

#endif
