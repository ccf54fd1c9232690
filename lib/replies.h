#ifndef INC_REPLIES_H
#define INC_REPLIES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "jsontext.h"
#include "reply.h"
#include "slice.h"

/*
 * Where the replies of a text stand that comes in blocks: one mail, or several
 * as an mbox (each after a line that begins with "From "); JSON, as jsontext.h
 * has it; or, where that is said, one text alone.  However long the text is, no
 * more than about REPLIES_BYTES of it is kept.
 */
struct replies {
	/* Set before the first block. */
	bool plain; /* it is one text alone */

	/* The reply found last; valid until the next feed. */
	enum reply_form form;
	struct slice text;
	size_t line; /* on which it starts, from 1 */
	bool cut;    /* it was longer than REPLIES_BYTES: of a mail or a text
			its start is there; of JSON nothing, nor is what comes
			after it read */

	/* Private. */
	bool told, ended; /* what it is; nothing more will be fed */
	bool mbox, over;
	bool given; /* the reply under way, `one`, was found */
	bool blank; /* the line before was empty, or there is none */
	bool fresh; /* a line starts */
	struct buf block, one;
	size_t at;    /* in block */
	size_t lines; /* before block[at] */
	size_t fed;   /* bytes of JSON, since the last value */
	struct jsontext json;
};

#define REPLIES_BYTES ((size_t)1024 * 1024)

enum {
	REPLIES_END = 0,
	REPLIES_ONE = 1,
	REPLIES_MORE = 2, /* needs more bytes: replies_feed() */
};

/*
 * Gives it more bytes, which are copied; none for the end.  To be called only
 * after REPLIES_MORE, or before the first replies_next().
 */
void replies_feed(struct replies *r, struct slice text);

/* Finds the next reply. */
int replies_next(struct replies *r);

void replies_release(struct replies *r);

#endif
