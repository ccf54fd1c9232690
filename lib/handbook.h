#ifndef INC_HANDBOOK_H
#define INC_HANDBOOK_H

#include <stddef.h>

#include "buf.h"
#include "codes.h"
#include "fault.h"
#include "pack.h"

/*
 * The handbook of a desk: its tables as text for people.  Each has a heading,
 * and its rows a line for each cell that says something.  Codes come with their
 * words; what a terminal could act on is replaced (inert.h).
 */
struct handbook {
	struct buf out; /* for the caller to read: the text so far */

	/* Private. */
	struct pack *pack;
	size_t width;
	struct codes codes;
	struct buf text; /* scratch: of a cell */
};

/*
 * Begins a handbook of procedures, which are borrowed, in lines of so many
 * characters; a longer word has a line of its own.  Returns 0, or -1 and the
 * fault; to be released either way.
 */
int handbook_open(
    struct handbook *h, struct pack *pack, size_t width, struct fault *f);

/*
 * Adds a table by its name, or with "wording" the agreed words by each medium.
 * Returns 1; 0 where the procedures have none; -1 and the fault, also where no
 * procedures have a table of that name.
 */
int handbook_table(struct handbook *h, const char *table, struct fault *f);

/* Adds all but those that name people.  Returns 0, or -1 and the fault. */
int handbook_whole(struct handbook *h, struct fault *f);

void handbook_release(struct handbook *h);

#endif
