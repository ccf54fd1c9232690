#ifndef INC_ARRIVAL_H
#define INC_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "drill.h"
#include "fault.h"
#include "letter.h"
#include "mem.h"
#include "message.h"
#include "slice.h"
#include "stamp.h"

/*
 * A message as it comes in, its rows one after the other, and the letter that
 * they become.  All zero is none.
 */
struct arrival {
	/* For the caller to read. */
	struct letter_try *try; /* its rows so far */
	size_t n;
	struct slice identity; /* as it came in */
	bool drilled;          /* it was made one of an exercise */

	/* Private. */
	size_t cap, bytes;
	struct arena arena;
};

/* At most so many rows of a message. */
#define ARRIVAL_ROWS 100

/*
 * Adds a row, made one of an exercise by drill where that is not NULL.  Returns
 * 0, or -1 and the fault, without a place: the row is left out, because there
 * are more than an item of the queue may have, or it can't be made one.
 */
int arrival_add(struct arrival *a, const struct slice field[MESSAGE_COLUMNS],
    struct drill *drill, struct fault *f);

/*
 * Sets *text to the letter of a message that has a row, queued now; with
 * adopted, one that is known and not to be sent.  For ack_s see letter.h.
 */
void arrival_letter(const struct arrival *a, struct buf *text, int64_t ack_s,
    bool adopted, struct stamp now);

/* Forgets it, for the next one. */
void arrival_clear(struct arrival *a);

void arrival_release(struct arrival *a);

#endif
