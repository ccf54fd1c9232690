#ifndef INC_RECEIPTS_H
#define INC_RECEIPTS_H

#include <stdbool.h>

#include "buf.h"
#include "content.h"
#include "dict.h"

/*
 * What was said of each message and try, so that the same receipt again counts
 * as nothing new, whatever has become of the message since.  All zero is
 * empty.
 */
struct receipts {
	struct hash_key key; /* of contents, set before the first */
	struct dict taken;   /* message, try and content */
	struct buf text;     /* scratch */
};

/* Takes note of a receipt.  Returns whether it says anything new. */
bool receipts_take(struct receipts *r, struct slice message, struct slice try,
    struct content content);

void receipts_release(struct receipts *r);

#endif
