#ifndef INC_HOLDS_H
#define INC_HOLDS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
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

/* Adds an interval, in any order. */
void holds_add(struct holds *h, struct hold hold);

/*
 * Adds the intervals as the column has them, by start; of two with the same
 * one the ended one alone.
 */
void holds_write(struct holds *h, struct buf *out);

/* Adds the words of a field that are no intervals, after blanks. */
void holds_unread(struct slice field, struct buf *out);

void holds_release(struct holds *h);

#endif
