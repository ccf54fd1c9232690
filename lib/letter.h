#ifndef INC_LETTER_H
#define INC_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "mem.h"
#include "message.h"
#include "slice.h"
#include "stamp.h"

/*
 * A message on its way, as an item of the queue keeps it: inc-spool(5).  First
 * the rows of the message, one for each medium in the order to be tried, with
 * their header; after an empty line what has happened to it, with a header
 * too.
 */

/* How far it is: the column `delivery` of receipts, inc-send(1). */
enum letter_delivery {
	LETTER_QUEUED, /* it waits for an attempt, the first or another */
	LETTER_HANDED_OVER,
	LETTER_DELIVERED,
	LETTER_ACKNOWLEDGED,
	LETTER_FAILED,  /* this try is over, the next one is on */
	LETTER_DEAD,    /* all have failed */
	LETTER_DROPPED, /* it is not to be sent, or no more: the error says why
			 */
	LETTER_DELIVERIES
};

/* Their words. */
extern const char *const letter_words[LETTER_DELIVERIES];

/* What happened. */
struct letter_event {
	struct stamp at;
	size_t try; /* which row, from 0 */
	enum letter_delivery delivery;
	uint64_t attempts;  /* of this try so far */
	struct stamp next;  /* LETTER_QUEUED: when the next attempt is due */
	struct slice error; /* as a field, or empty; LETTER_ACKNOWLEDGED:
			       what was said with it */
};

/* A row of the message. */
struct letter_try {
	struct slice field[MESSAGE_COLUMNS]; /* in form on disk */
};

struct letter {
	/* For the caller to read. */
	struct letter_try *try;
	size_t n;      /* at least 1 */
	int64_t ack_s; /* how long to wait for an acknowledgement before the
			  next medium; -1: none is waited for */
	struct stamp queued;
	struct letter_event *event; /* all that happened */
	size_t nevents;
	struct letter_event last;  /* what happened last */
	struct stamp since;        /* when the try under way began */
	struct letter_event *hand; /* each time that it was handed over */
	size_t nhands;
	struct slice drill; /* of which message it is one; empty: it is real */
	bool withdrawn;     /* the last event says so */

	/* Private. */
	bool begun; /* there was an event */
	struct arena arena;
};

/*
 * What the error of an event begins with, where a message was queued to try out
 * how one is sent; the identity of that follows.
 */
extern const struct slice letter_drill;

/* What the error of an event says that nobody need be told any more. */
extern const struct slice letter_withdrawn;

/* Begins the text of a letter with the rows of a message; an event follows. */
void letter_rows(
    struct buf *text, const struct letter_try *try, size_t n, int64_t ack_s);

/* Adds the line of an event. */
void letter_add(struct buf *text, const struct letter_event *e);

/*
 * Reads a letter, whose text must stay as long as it is used; all zero, or
 * read before.  Returns 0, or -1 and the fault, which names file.
 */
int letter_read(
    struct letter *l, struct slice text, const char *file, struct fault *f);

/* Takes note of an event, whose error must stay. */
void letter_take(struct letter *l, const struct letter_event *e);

/* The field of a column, of the try under way. */
struct slice letter_field(const struct letter *l, enum message_column column);

/*
 * What is told of an event, the i-th: the columns of receipts, with their
 * values as fields, in the order of letter_receipt[].  The texts that are made
 * stay in scratch.
 */
enum { LETTER_RECEIPT = 10 };
extern const char *const letter_receipt[LETTER_RECEIPT];
struct letter_text {
	struct buf attempts, delivered;
};
void letter_tell(const struct letter *l, size_t i, struct letter_text *scratch,
    struct slice field[LETTER_RECEIPT]);

void letter_text_release(struct letter_text *scratch);
void letter_release(struct letter *l);

#endif
