#ifndef INC_SEND_HAND_H
#define INC_SEND_HAND_H

#include <stddef.h>

#include "carrier.h"
#include "fault.h"
#include "means.h"
#include "message.h"
#include "send.h"

/* What hand_start() returns. */
enum {
	HAND_STARTED,
	HAND_NOT_NOW, /* nothing can be started now: another time */
	HAND_NEVER,   /* not by this medium */
};

/*
 * Starts the command by which a medium hands a message over, in a free slot of
 * the carrier; means may be NULL: no channel has the medium.  Where it is not
 * started, the fault says why.
 */
int hand_start(struct send *s, struct carrier *c, size_t slot,
    const struct means *means, const struct message *m, struct fault *f);

#endif
