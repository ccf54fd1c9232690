#ifndef INC_SEND_H
#define INC_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "awaits.h"
#include "delivery.h"
#include "dict.h"
#include "errand.h"
#include "filter.h"
#include "letter.h"
#include "means.h"
#include "options.h"
#include "pack.h"
#include "signals.h"
#include "spool.h"

/*
 * The parts of inc-send(1): send_queue.c takes messages in,
 * send_current.c withdraws what need not be told any more, send_pass.c delivers
 * what is due.  Each says what went wrong and counts its status.
 */

/* What the command line says. */
struct send_options {
	const char *group; /* with create, or NULL */
	const char *from;  /* of mail, or NULL */
	struct stamp since;
	bool since_given;
	bool create, drain, watch;
	bool current; /* what comes in is all that is to be told now */
	size_t jobs;  /* messages that are delivered at a time */
};

/* What one run works with. */
struct send {
	struct options shared;
	struct send_options own;
	char *const *operands;
	size_t n;

	struct signals signals;
	struct pack pack;
	struct means_list means;
	struct awaits awaits;
	struct spool spool;
	struct filter filter; /* messages in, receipts out */
	bool receives;        /* there are messages to be read */
	struct dict current;  /* with --current, those that came in */
	char *share;          /* the shipped data */

	struct mailform sender; /* of mail */
	struct buf from;        /* its text */
	struct errand errand;   /* that is made */

	/* Scratch for receipts. */
	struct letter letter;
	struct letter_text told;
	struct buf text;
};

/* Says what is wrong, counts it, and returns -1. */
int send_fail(struct fault *f);

/* Writes the receipt of a letter. */
void send_tell(struct send *s, const struct letter *l);

/*
 * Writes the receipt of a message that is in the spool.  Returns its place as
 * spool_read() does, or -1 after saying why.
 */
int send_tell_named(struct send *s, struct slice name);

/*
 * Records what has happened to a claimed message, and writes its receipts; the
 * letter, which was read from it, is read again.  Returns 0, or -1 and the
 * fault.
 */
int send_record(struct send *s, struct spool_item *item, struct letter *l,
    const struct delivery *d, struct fault *f);

/*
 * Takes all messages of the input into the spool, and tells of each.  Returns
 * 0, or -1 where not all of it was taken in.
 */
int send_queue(struct send *s);

/*
 * Takes up again a message that was withdrawn.  Returns 0, also where it was
 * not, or -1 after saying why.
 */
int send_take_up(struct send *s, struct slice name);

/* Withdraws the messages that wait and did not come in. */
void send_withdraw(struct send *s);

/*
 * Delivers what is due, and with --drain and --watch what comes to be due
 * while it does.
 */
void send_pass(struct send *s);

/* Tells again of all messages to which something has happened since. */
void send_again(struct send *s, struct stamp since);

#endif
