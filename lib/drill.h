#ifndef INC_DRILL_H
#define INC_DRILL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "codes.h"
#include "fault.h"
#include "medium.h"
#include "mem.h"
#include "message.h"
#include "pack.h"
#include "slice.h"

/*
 * Messages sent to try out how they are sent: inc-send(1).  Each is made one of
 * an exercise, with an identity of its own, so that the real one can still be
 * sent.  All zero is none.
 */
struct drill {
	size_t cut; /* rows that lost words to keep their medium's limit */

	/* Private. */
	struct codes codes;
	struct medium *medium; /* of the table channels */
	size_t n;
	struct buf mark, text, scratch;
	struct arena arena;
};

/*
 * Loads what marks an exercise, and the limits of media; the pack must outlive
 * it.  Returns 0, or -1 and the fault with its place.
 */
int drill_load(struct drill *d, struct pack *p, struct fault *f);

/*
 * Makes a row of a message one of an exercise: its status; the word for that
 * before subject and body, which are cut to what their medium carries; its
 * identity, the first 32 digits of the SHA-256 of "exercise", a tab and the one
 * that it had.  What is made stays in the arena.  Returns 1; 0 for one that is
 * an exercise already, and left as it is; or -1 and the fault, without a place,
 * where the body is data, before which no word can stand.
 */
int drill_make(struct drill *d, struct slice field[MESSAGE_COLUMNS],
    struct arena *arena, struct fault *f);

void drill_release(struct drill *d);

#endif
