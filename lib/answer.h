#ifndef INC_ANSWER_H
#define INC_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"

/*
 * What a command answers that hands a message over, inc-media(7): what it says,
 * and how it ends.  On standard output count, line by line,
 *
 *	code 429		what the peer answered: 100 to 999
 *	retry-after 120		seconds that it asks us to wait
 *	delivered		it is with the receiver, not only handed over
 *	acknowledged		the receiver took it (a key was pressed)
 *	error TEXT		why not, for the receipt
 *
 * The last of a kind counts; other lines, and what is past the first 1000
 * bytes of one, are passed over.
 */
struct answer {
	/* How it ended: for the caller to set before answer_end(). */
	int status; /* exit status; -1: it did not end by itself; 127 or 126,
		       as from a shell: it is not there, or can't be run */
	int signal; /* that ended it; 0: none */
	bool late;  /* it was ended because its time was up */

	/* What it said. */
	int code;              /* 0: none */
	int64_t retry_after_s; /* -1: none */
	bool delivered, acknowledged;
	/*
	 * What `error` said; else, where the status is not 0 or the code is 300
	 * or more, the last line of standard error, else that code, or how it
	 * ended.  Plain, one line, at most 500 bytes.
	 */
	struct buf error;

	/* Private: the start of a line that is not whole; what was said. */
	struct buf line, error_line;
	struct buf said, error_said;
};

/* Begins one; a is all zero, or was used before. */
void answer_begin(struct answer *a);

/* Takes bytes in as they come from standard output, and from standard error. */
void answer_add(struct answer *a, struct slice bytes);
void answer_add_error(struct answer *a, struct slice bytes);

/* Ends it: no more comes.  limit_s is how long it had, in seconds. */
void answer_end(struct answer *a, int64_t limit_s);

/* Ends that of a command that could not be run, with an errno. */
void answer_fail(struct answer *a, const char *name, int error);

void answer_release(struct answer *a);

#endif
