#ifndef INC_SEND_DUE_H
#define INC_SEND_DUE_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "mem.h"
#include "send.h"
#include "slice.h"
#include "stamp.h"
#include "target.h"

/*
 * The messages of the spool that are due, the most urgent one first: by the
 * order of the table targets in which their `tell` first stands, then by when
 * they are to be acknowledged, then as they came to be due.
 */
struct due {
	const char *name;
	struct slice medium, party, address, status; /* under way: fields */
	size_t rank;     /* of its `tell`: 0 is the most urgent */
	struct stamp by; /* its `due`, or the end of time */
	struct stamp at; /* when it came to be due */
	bool taken;
};

struct due_list {
	struct due *due;
	size_t n;
	size_t left;       /* not yet taken */
	struct stamp next; /* when the first of those is that are not yet due */
	bool waits;        /* there is such a one */

	/* Private. */
	struct send *send;
	struct targets targets;
	struct stamp now;
	size_t cap, first; /* first: all before are taken */
	struct arena arena;
	struct fault fault;
};

/* Loads what urgency follows from.  Returns 0, or -1 after saying why. */
int due_open(struct due_list *l, struct send *s);

/*
 * Lists what is due now.  One that can't be read is said and left.  Returns 0,
 * or -1 after saying why.
 */
int due_find(struct due_list *l, struct stamp now);

/*
 * Takes the first that may be tried, or returns NULL where none may, or none is
 * left.
 */
const struct due *due_take(
    struct due_list *l, bool (*may)(void *ctx, const struct due *d), void *ctx);

void due_release(struct due_list *l);

#endif
