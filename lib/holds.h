#ifndef INC_HOLDS_H
#define INC_HOLDS_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "stamp.h"

/*
 * When the clock stood: the column `holds`, intervals START/END of RFC 3339
 * times separated by blanks; START/ is one that lasts.  All zero is none;
 * reused by each call, free at the end with holds_release().
 */
struct hold {
	struct stamp from, until;
	bool lasts; /* has no end yet; until is not set */
};

struct holds {
	struct hold *hold; /* in order of their start */
	size_t n;
	size_t cap;
};

/*
 * Reads a field.  Returns 0, or -1 where a word is no such interval, or ends
 * before it starts; the readable ones are then kept all the same.
 */
int holds_read(struct holds *h, struct slice field);

void holds_release(struct holds *h);

#endif
