#ifndef INC_ESCALATE_REPLAY_H
#define INC_ESCALATE_REPLAY_H

#include "boundary.h"
#include "filter.h"
#include "pack.h"
#include "stamp.h"

/*
 * inc-escalate --replay: reads a history from an open filter, and writes a row
 * for each crossing up to now.  Rows are states, as an audit trail has them,
 * or entries, as inc-log history prints them.  Says what goes wrong.
 */
void replay_history(struct filter *f, struct boundaries *b,
    const struct pack *p, struct stamp now);

#endif
