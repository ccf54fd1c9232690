#ifndef INC_DELIVERY_H
#define INC_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "letter.h"
#include "means.h"
#include "slice.h"
#include "stamp.h"

/*
 * What is to be done with a message, and when: inc-send(1).  A medium is tried
 * again after 30 s, 1 m, 2 m and so on up to an hour, each a fifth more or
 * less, as long as its share of the time lasts: until `ack` where that is said
 * and another medium is left, else as much of the time until `due` (without
 * one, of a day) as falls to it among the media that are left, and 10 minutes
 * in any case.  Then the next medium has its turn.  Of one whose words were
 * taken out nobody is told: it is withdrawn once it is due, so that it is taken
 * up again where it comes in with other words.  All is a function of the letter
 * and the time.
 */
enum delivery_step {
	DELIVERY_ATTEMPT, /* hand it over now */
	DELIVERY_WAIT,    /* look again later */
	DELIVERY_RECORD,  /* record what follows from the time, and ask again */
	DELIVERY_OVER,    /* nothing is left to do */
	DELIVERY_DEAD,    /* all media have failed */
};

/* What is to be recorded. */
struct delivery {
	struct letter_event event[2];
	size_t n;
	struct buf error; /* private: their error */
};

/*
 * The next step for a letter.  means is that of the medium under way, NULL
 * where no channel has it.  Sets *until with DELIVERY_WAIT, and *d with
 * DELIVERY_RECORD.
 */
enum delivery_step delivery_next(struct delivery *d, const struct letter *l,
    const struct means *means, struct stamp now, struct stamp *until);

/* Whether a letter was handed over and waits to be acknowledged. */
bool delivery_awaits(const struct letter *l, const struct means *means);

/* What an attempt has come to. */
struct delivery_outcome {
	enum means_verdict verdict;
	bool delivered, acknowledged; /* with MEANS_DONE */
	int64_t retry_after_s;        /* with MEANS_TEMPORARY; -1: not said */
	struct slice error;           /* as text */
};

/* Sets *d to what is to be recorded of an attempt. */
void delivery_attempted(struct delivery *d, const struct letter *l,
    const struct delivery_outcome *o, struct stamp now);

/*
 * Sets *d to what takes a letter up again that is over, or dead, by the first
 * of its tries that has words: one has (blank.h).
 */
void delivery_again(
    struct delivery *d, const struct letter *l, struct stamp now);

/* Sets *d to what ends a letter that is not to be sent; why is text. */
void delivery_drop(struct delivery *d, const struct letter *l, struct slice why,
    struct stamp now);

/*
 * Sets *d to what ends a letter of which nobody need be told any more: nothing
 * where it was handed over, and its last receipt stands.
 */
void delivery_withdraw(
    struct delivery *d, const struct letter *l, struct stamp now);

/*
 * Sets *d to what says that a letter was acknowledged by a try, with some words
 * (text, or empty), however far the letter is.
 */
void delivery_acknowledge(struct delivery *d, const struct letter *l,
    size_t try, struct slice words, struct stamp now);

void delivery_release(struct delivery *d);

#endif
