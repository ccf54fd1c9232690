#ifndef INC_LINKS_H
#define INC_LINKS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "seal.h"
#include "slice.h"

/*
 * The lines of a batch, each linked to the one before it by its chain (seal.h).
 *
 * A chain can't be made before that of the entry before it, but it need not be
 * known to add the next line: its place is left open.  Where there are many
 * lines, a second thread fills them in behind whoever adds; where there are
 * few, or no thread can be started, that is done at the end.
 *
 *	links_line(l, room); links_end(l, ...);	for each entry
 *	links_finish(l);			then the lines stand in l->text
 */
struct links {
	/* Valid from links_finish() on. */
	struct buf text;             /* the lines */
	char chain[SEAL_DIGITS + 1]; /* of the last of them; to be set before
					the first */
	size_t n;                    /* lines */

	/* Private. */
	struct buf sealed; /* what is hashed in place of lines' fields */
	struct link *link; /* by line */
	size_t cap;
	size_t done; /* lines whose chain is filled in */
	bool runs;   /* the thread is there, and so are all of these */
	bool alone;  /* none can be started */
	pthread_t thread;
	pthread_mutex_t mutex; /* guards done, told and ends */
	pthread_cond_t turn;   /* they have changed */
	size_t told;           /* lines that the thread may go on to */
	bool ends;
};

/* Room for the fields of a line, the last thing in l->text; as buf_room(). */
char *links_line(struct links *l, size_t n);

/*
 * Ends a line of n bytes of fields: adds nonces and the chain.  What is hashed
 * is the fields, or instead of them, where there are nonces, sealed.  header:
 * of the segment whose first entry it is, or NULL; it must last until
 * links_finish().
 */
void links_end(struct links *l, size_t n, struct slice nonces,
    struct slice sealed, const struct columns *header);

/* Waits until all chains are filled in. */
void links_finish(struct links *l);

/* Forgets the lines; l->chain stays. */
void links_clear(struct links *l);

void links_release(struct links *l);

#endif
