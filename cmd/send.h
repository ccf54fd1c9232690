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
#include "item.h"
#include "items.h"
#include "letter.h"
#include "means.h"
#include "options.h"
#include "pack.h"
#include "signals.h"
#include "spool.h"

/*
 * The parts of inc-send(1): send_queue.c takes messages in,
 * send_current.c withdraws what need not be told any more, send_pass.c delivers
 * what is due; a file send_VERB.c has each verb, send_open.c what they are
 * given to work with, send_find.c how they find a message.  Each says what went
 * wrong and counts its status.
 */

/* What the command line says. */
struct send_options {
	const char *group;  /* with create, or NULL */
	const char *from;   /* of mail, or of a reply, or NULL */
	const char *why;    /* drop, or NULL */
	const char *format; /* of status, or NULL */
	int64_t wait;       /* for a message that another works on; seconds */
	struct stamp since;
	bool since_given;
	bool create, drain, watch;
	bool current; /* what comes in is all that is to be told now */
	bool all;     /* retry */
	bool drill;   /* make what comes in messages of an exercise */
	bool adopt;   /* take it in as what is not to be sent */
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
	const struct zone *zone; /* of times for people; NULL: UTC */
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
	struct buf text, value;
};

/*
 * Opens the spool, made first where that is asked for; loads the procedures,
 * which must be there; sets who mail comes from: an option, a variable, else
 * this program and host.  Each returns 0, or -1 after saying why.
 */
int send_open_spool(struct send *s);
int send_load(struct send *s);
int send_set_sender(struct send *s);

/*
 * Opens messages in, where there are any (s->receives), and receipts out.
 * Returns 0, or -1 after saying why.
 */
int send_open_streams(struct send *s);

/* Opens receipts out alone. */
void send_open_receipts(struct send *s);

/*
 * Opens the spool for people to look at, and the procedures, if any, for their
 * zone.  Returns 0, or -1 after saying why.
 */
int send_open_reading(struct send *s);

/* Adds the value of a field for people, as a column where width is not 0. */
void send_add_field(
    struct send *s, struct buf *out, struct slice field, size_t width);

/*
 * Adds the field of a status for people, as a column: what is of an exercise or
 * a test is marked, the real thing is not.
 */
#define SEND_STATUS 8 /* characters */
void send_add_status(struct send *s, struct buf *out, struct slice field);

/* Adds a time for people, in the procedures' zone. */
void send_add_time(struct send *s, struct buf *out, struct stamp t);

/* Writes text for people, and empties it. */
void send_print(struct send *s, struct buf *text);

/* The verbs: each does all, and counts its status. */
void send_list(struct send *s);
void send_dead(struct send *s);
void send_show(struct send *s);
void send_retry(struct send *s);
void send_drop(struct send *s);
void send_status(struct send *s);
void send_adopt(struct send *s);
void send_drill_report(struct send *s);
void send_ack(struct send *s);

/* Says what is wrong, counts it, and returns -1. */
int send_fail(struct fault *f);

/* Writes the receipt of what has last happened to a letter. */
void send_tell(struct send *s, const struct letter *l);

/*
 * Writes the receipt of a message that is in the spool.  Returns its place as
 * item_read() does, or -1 after saying why.
 */
int send_tell_named(struct send *s, struct slice name);

/*
 * Finds the message that a key means: its identity, or a start of it of at
 * least FIND_DIGITS digits that no other's has.  Returns 1 with its name; 0
 * where there is none, or nothing such as this can be; -1 after saying why.
 */
#define FIND_DIGITS 4
int send_find(struct send *s, const char *key, char name[SPOOL_NAME + 1]);

/*
 * Finds all, of those that are over what has a time since then; or the dead
 * ones.  Each returns 0, or -1 after saying why.
 */
int send_find_all(struct send *s, struct stamp since, struct founds *all);
int send_find_dead(struct send *s, struct founds *all);

/*
 * Reads a message into s->letter, without claiming it; *where is where it is,
 * perhaps SPOOL_NOWHERE.  Returns 0, or -1 and the fault: it can't be read.
 */
int send_read(
    struct send *s, const char *name, enum spool_where *where, struct fault *f);

/*
 * The same for who goes through all.  Returns whether it is there and can be
 * read; what is wrong is said, save of what is dead, which somebody looks at
 * already.
 */
bool send_read_each(struct send *s, const char *name, enum spool_where *where);

/* Says that no message is meant by a key: status 2. */
void send_unknown(const char *key);

/*
 * Claims a message that is in a place, and reads it.  Returns 1; 0 where it is
 * not there, or another works on it; -1 and the fault: one that can't be read
 * is dead then.
 */
int send_claim(struct send *s, const char *name, enum spool_where where,
    struct item *item, struct letter *l, struct fault *f);

/*
 * The same wherever it is, *where then says, into s->letter.  Where another
 * works on it, waits so many seconds; one that can't be read is left there.
 */
int send_claim_any(struct send *s, const char *name, int64_t wait_s,
    enum spool_where *where, struct item *item, struct fault *f);

/* The digits that people are shown of an identity: enough to tell it by. */
#define FIND_SHOWN 8
struct slice send_short(struct slice name);

/*
 * Records what has happened to a claimed message, and writes its receipts; the
 * letter, which was read from it, is read again.  Returns 0, or -1 and the
 * fault.
 */
int send_record(struct send *s, struct item *item, struct letter *l,
    const struct delivery *d, struct fault *f);

/* The same without receipts, which the next --since writes. */
int send_note(struct item *item, struct letter *l, const struct delivery *d,
    struct fault *f);

/*
 * Takes all messages of the input into the spool, and tells of each.  Returns
 * 0, or -1 where not all of it was taken in.
 */
int send_queue(struct send *s);

/*
 * Whether a message that is over was withdrawn: then its words say so, or it
 * still waits for an acknowledgement.
 */
bool send_is_withdrawn(const struct send *s, const struct letter *l);

/*
 * Takes up again a message that was withdrawn; one that has lost its words gets
 * those of a letter's text, if there are any.  Returns 0, also where it is not
 * to be taken up, or -1 after saying why.
 */
int send_take_up(struct send *s, struct slice name, struct slice words);

/*
 * Moves a message that waits to those that are over, unless another has it
 * meanwhile and does so.  Returns 0, or -1 after saying why.
 */
int send_put_over(struct send *s, struct slice name);

/* Withdraws the messages that wait and did not come in. */
void send_withdraw(struct send *s);

/*
 * Delivers what is due, and with --drain and --watch what comes to be due
 * while it does.
 */
void send_pass(struct send *s);

/* Tells again of all that has happened to messages since. */
void send_again(struct send *s, struct stamp since);

#endif
