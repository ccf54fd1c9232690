#ifndef INC_SEND_PASS_H
#define INC_SEND_PASS_H

#include <stdbool.h>
#include <stddef.h>

#include "bundle.h"
#include "carrier.h"
#include "delivery.h"
#include "dict.h"
#include "fault.h"
#include "item.h"
#include "letter.h"
#include "send.h"
#include "send_due.h"
#include "throttle.h"

/*
 * A pass over what is due: send_pass.c chooses what goes next, send_slot.c has
 * it delivered, send_throttle.c sees to it that nobody gets too much.
 */

/* A message that was claimed. */
struct parcel {
	struct item item;
	struct letter letter;
};

/* Messages that are put together at most: each has a file open. */
#define SLOT_MOST 50

/* Where a command runs, and for which messages: several where it is a bundle.
 */
struct slot {
	struct parcel parcel[SLOT_MOST];
	size_t n;
	struct slice medium, address; /* of the first, while it is busy */
	bool busy;
	bool resort; /* the message is dead, and this is the last resort */
};

struct pass {
	struct send *send;
	struct due_list due;
	struct carrier *carrier;
	struct slot *slot;
	struct delivery delivery;
	struct bundle bundle;
	struct throttle throttle; /* what was handed over so far */
	bool counted;             /* that is known */
	struct dict slow;         /* medium and address of what timed out */
	struct buf key;           /* scratch */
	struct fault fault;
	size_t finished; /* commands that have ended, for people to see */
	bool failed;     /* what happened could not be recorded */
};

/* Claims a message that is due, and goes on with it in a free slot. */
void slot_begin(struct pass *p, struct slot *s, const struct due *d);

/* A command has ended. */
void slot_finish(struct pass *p, struct slot *s, const struct answer *a);

/*
 * Claims a message into the slot's next parcel, of which there must be one.
 * Returns whether it did; what went wrong is said, unless another has it.
 */
bool slot_claim(struct pass *p, struct slot *s, const struct due *d);

/* Gives a parcel of a slot up; what is not recorded ends the pass. */
void slot_put(struct pass *p, struct parcel *parcel, enum spool_where where,
    struct stamp at);

/* Makes n slots; frees them, and gives up what they hold. */
struct slot *slots_new(size_t n);
void slots_free(struct slot *slot, size_t n);

/* The means of the medium that a letter has under way, or NULL. */
const struct means *pass_means(const struct pass *p, const struct letter *l);

/*
 * Whether the slot's message may be handed over now as far as the throttle of
 * its medium goes; where it is the last for some time, others for the same
 * receiver that are due are added to the slot.  Returns 1; 0 and *until, when
 * it may; or -1 after saying why that is not known.
 */
int throttle_slot(
    struct pass *p, struct slot *s, struct stamp now, struct stamp *until);

#endif
