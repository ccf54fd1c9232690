#ifndef INC_SWEEP_H
#define INC_SWEEP_H

#include <stdint.h>

#include "fault.h"
#include "redactions.h"

/*
 * The files of a log without what was taken out.  The `redacted` entries come
 * first and are on disk before anything is swept: whatever interrupts it, they
 * say what is left to do, and sweeping again does that.
 *
 * A value that was sealed becomes the mark that holds its seal, and its nonce
 * goes: the chain, which was made of the seal, stays as it is.
 */
struct swept {
	uint64_t values, segments; /* marked, and rewritten for that */
	uint64_t torn;             /* lines taken out of .torn files */
};

/*
 * Sweeps all files of the log in a directory, by all `redacted` entries that it
 * has, which are added to *r; the lock is to be held.  Each file is replaced as
 * a whole, row by row, and all of it is on disk then.  What the spool holds is
 * for erasure.h.  Returns 0, or -1 and the fault.
 */
int sweep_log(const char *dir, struct redactions *r, struct swept *swept,
    struct fault *f);

#endif
