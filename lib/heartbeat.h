#ifndef INC_HEARTBEAT_H
#define INC_HEARTBEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"
#include "stamp.h"

/*
 * The heartbeat of a home, which each tick leaves there: a stream of one row,
 * inc-tick(1).
 */
struct heartbeat {
	struct slice host;  /* on which the last tick ran: borrowed */
	int64_t every_s;    /* how often it is to be; over 0 */
	struct stamp began; /* the last tick */
	struct stamp good;  /* the last good one */
	bool has_good;      /* whether one ever was */
};

#define HEARTBEAT_BYTES ((size_t)4096) /* no text of more is one */
#define HEARTBEAT_SILENCE 3            /* intervals */

/* Reads the text of one, which must outlive it.  Returns 0, or -1. */
int heartbeat_parse(struct heartbeat *h, struct slice text);

/* Adds its text, as it is read. */
void heartbeat_add(struct buf *out, const struct heartbeat *h);

/*
 * Whether its host has let so many intervals pass, by this time, that another
 * one may go on in its place.
 */
bool heartbeat_is_silent(const struct heartbeat *h, struct stamp now);

/*
 * How many ticks after the last good one have not been, or were not good, by
 * this time; the one that is due now may still come.  0 where none ever was.
 */
uint64_t heartbeat_missed(const struct heartbeat *h, struct stamp now);

#endif
