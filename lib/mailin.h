#ifndef INC_MAILIN_H
#define INC_MAILIN_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/*
 * An internet mail as it is read: RFC 5322, RFC 2045 to 2047.  Of whatever the
 * bytes are something is read, in time that is proportional to their number;
 * all that is read is UTF-8 without control characters, and what was none is a
 * question mark there.  Texts in ASCII, UTF-8, ISO 8859, KOI8 and the code
 * pages of Windows are known; any other is read as UTF-8.
 */
struct mailin {
	/* For the caller to read. */
	struct buf from;    /* the address of its sender; empty where it names
			       none, or several */
	struct buf subject; /* on one line, at most MAILIN_SUBJECT bytes */
	struct buf answers; /* In-Reply-To and References, as words */
	struct buf text;    /* its first part that is plain text and no
			       attachment; empty where there is none */
	bool automatic;     /* no person has sent it (RFC 3834) */

	/* Private. */
	size_t senders; /* fields From */
};

#define MAILIN_SUBJECT 1000 /* bytes; a longer one is cut */
#define MAILIN_DEPTH 8      /* multiparts in one another; others aren't read */

/* Reads a whole mail; all zero, or read before. */
void mailin_read(struct mailin *m, struct slice mail);

void mailin_release(struct mailin *m);

#endif
