#ifndef INC_READAHEAD_H
#define INC_READAHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "delims.h"
#include "fault.h"
#include "input.h"

/*
 * What was read of a file and is not yet taken, block by block, and where tabs
 * and line ends stand in it.  They are looked for in stretches of at most
 * DELIMS_BYTES, which the next step still finds in the cache.
 *
 * Who takes the bytes does so by moving at, mark and stop forward.
 */
struct readahead {
	struct input in;
	struct buf buf;       /* bytes, of which some may be taken */
	size_t at;            /* start in buf of those that are not */
	struct delims delims; /* of the stretch of buf that was looked at */
	size_t base, known;   /* where it starts and ends in buf */
	size_t mark;          /* the delimiter in it that comes next */
	size_t stop;          /* the line's end in it that comes next */
	uint64_t read;        /* bytes of the file, up to the end of buf */
	bool ended;           /* the file has no more bytes */
	bool hurried;         /* for the caller to set: nothing is waited for */
	bool grows;           /* for the caller to set: the file's end may be
				 cut off, and other bytes added there */
};

#define READAHEAD_WAIT 2  /* hurried, and more has yet to come */
#define READAHEAD_AGAIN 3 /* the line under way was read anew */

/* Makes one of no file: it has ended. */
void readahead_init(struct readahead *a);

/*
 * Opens an operand (input_open()) in place of the file before, of which nothing
 * stays.  Returns 0, or -1 and the fault.
 */
int readahead_open(
    struct readahead *a, const char *operand, struct fault *fault);

/*
 * Looks at the next stretch, all delimiters of the last one being passed over;
 * reads more where there is none.  Returns 1, 0 at the end of the file,
 * READAHEAD_WAIT, or -1 and the fault.  Of a file that grows a line that is not
 * ended comes from its start again with what was read after it, so that it is
 * never put together of what one writer left and the next has cut off:
 * READAHEAD_AGAIN then.
 */
int readahead_look(struct readahead *a, struct fault *fault);

/* Has what is not yet taken looked at from its start again. */
void readahead_look_again(struct readahead *a);

/*
 * Whether bytes outside ASCII, or NUL, may stand in what is not yet taken, from
 * the stretch's start to an offset in it.
 */
bool readahead_odd(const struct readahead *a, size_t end);

/*
 * Gives what is not yet taken back to the file, so that it is read again.
 * Returns 0, or -1 and the fault.
 */
int readahead_give_back(struct readahead *a, struct fault *fault);

/* Where in the file a byte of buf stands. */
static inline uint64_t
readahead_offset(const struct readahead *a, const char *p)
{
	return a->read - (uint64_t)(a->buf.p + a->buf.n - p);
}

/*
 * Passes over all that the file has, of which nothing is read ahead.  Returns
 * 0, or -1 and the fault.
 */
int readahead_pass(struct readahead *a, struct fault *fault);

/*
 * Gives own, of which all is taken, what comes next in the file: the lines that
 * one read brought, to the last whole one, or a longer one.  They are all that
 * it has.  Returns 1, 0 at the end of the file, or -1 and the fault.
 */
int readahead_share(
    struct readahead *a, struct readahead *own, struct fault *fault);

/* The line ends in what is not yet taken. */
size_t readahead_lines(const struct readahead *a);

void readahead_release(struct readahead *a);

#endif
