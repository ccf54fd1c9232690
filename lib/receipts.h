#ifndef INC_RECEIPTS_H
#define INC_RECEIPTS_H

#include <stdbool.h>

#include "dict.h"
#include "feed.h"

/*
 * What was last said of each message and try, so that the same receipt twice
 * counts as nothing new.  All zero is empty.
 */
struct receipts {
	struct dict place;       /* "message TAB try" to a place in content */
	struct content *content; /* of the last receipt */
	size_t n, cap;
	struct buf key; /* scratch */
};

/* Takes note of a receipt.  Returns whether it says anything new. */
bool receipts_take(struct receipts *r, struct slice message, struct slice try,
    struct content content);

void receipts_release(struct receipts *r);

#endif
