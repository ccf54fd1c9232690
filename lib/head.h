#ifndef INC_HEAD_H
#define INC_HEAD_H

#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "fault.h"
#include "seal.h"
#include "slice.h"
#include "stamp.h"

/*
 * The head of a log: its newest entry by number, chain and time.  The chain
 * stands for that entry and all before it, so a head that is kept where the
 * log can't be changed shows later whether the log was: inc-log(5).
 */
struct head {
	uint64_t seq;                /* 0: the log has no entry */
	char chain[SEAL_DIGITS + 1]; /* its digits */
	struct stamp at;
};

/*
 * Reads the head of a log from the end of its newest segment, once no writer
 * is at work: what is told is on disk and is not taken back.  What writers
 * still wait to be synced is not told.  What nobody waits for, its writer
 * having died, is synced first, where the newest entry is another than the one
 * that *head is of already (all zero: none).  Adds to columns, where not NULL,
 * those of the newest segment.  Returns 1; 0 and a fault that says so where
 * writers held a lock for wait_s seconds; or -1 and the fault.
 */
int head_read(struct head *head, const char *dir, int64_t wait_s,
    struct columns *columns, struct fault *f);

/*
 * Takes the entry that a line is, of a segment with n columns.  Returns 0, or
 * -1 where it is none.
 */
int head_take(struct head *head, struct slice line, size_t n);

/* Adds a head as a line: SEQ TAB CHAIN TAB TIME. */
void head_add(struct buf *out, const struct head *head);

/*
 * Reads such a line; blanks will do for its tabs.  Returns 1; 0 where it is
 * something else; -1 where it is nearly one: two of the three are right.
 */
int head_parse(struct slice line, struct head *head);

#endif
