#ifndef INC_TORN_H
#define INC_TORN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "slice.h"

/*
 * What writers left unfinished, kept aside in SEGMENT.torn (tail.h): the
 * beginnings of entries, which are none.  They may hold what somebody said of
 * a person all the same.
 */

/* Says of a line's incident, and the number that its entry would have had
 * (0 where it can't be read), whether the line is one of those sought. */
typedef bool torn_sought(void *ctx, struct slice id, uint64_t seq);

/*
 * Asks of each line of all such files in a log's directory that goes on after
 * its incident's id, and adds those sought to *n.  With take they are taken
 * out of their files, each of which is replaced as a whole; the lock is to be
 * held then.  Returns 0, or -1 and the fault.
 */
int torn_each(const char *dir, bool take, torn_sought *sought, void *ctx,
    uint64_t *n, struct fault *f);

#endif
