#ifndef INC_REPLY_H
#define INC_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "jsontree.h"
#include "mailin.h"
#include "slice.h"

/*
 * A reply to a message: from whom it came, and what it acknowledges.
 *
 * It acknowledges by a word, `ack` or another that is agreed, at the start of
 * its first line, or of a mail's subject.  Empty and quoted lines (>) are
 * passed over, and what stands before a quote and ends in a colon, as in "On
 * Monday Ann wrote:".  After the word may stand what is acknowledged, which has
 * a digit in it, and whatever else the sender wants to say:
 *
 *	ack 42 on my way
 *
 * A number of minutes or hours is said, and names nothing: ack 5 min
 */
enum reply_form {
	REPLY_TEXT, /* a text alone, as of a short message */
	REPLY_MAIL, /* an internet mail */
	REPLY_JSON, /* an object with the members `from` and `text` */
};

struct reply {
	/* For the caller to read; valid until the next reply_read(). */
	struct slice from;    /* the address that it came from; empty: of
				 REPLY_TEXT it is not known */
	struct slice said;    /* the incident or message that it names, or
				 empty */
	struct slice words;   /* what else its line says, or empty; at most
				 REPLY_WORDS bytes */
	struct slice subject; /* of a mail, or empty */
	struct slice answers; /* of a mail: the Message-IDs that it answers */

	/* Private. */
	struct mailin mail;
	struct jsontree json;
	struct buf text;
};

#define REPLY_WORDS 1000

/*
 * Reads a reply, which stands at where; word are the n words by which one
 * acknowledges besides `ack`.  r is all zero, or was read before.  Returns 0,
 * or -1 and the fault: why it acknowledges nothing.
 */
int reply_read(struct reply *r, enum reply_form form, struct slice text,
    const struct slice *word, size_t n, struct place where, struct fault *f);

/*
 * Takes the next identity of a message, the left side of a Message-ID, from
 * what a mail answers.  Returns whether there was one.
 */
bool reply_answer(struct slice *answers, struct slice *identity);

/* Whether an id stands in a subject, and not within a longer one. */
bool reply_names(struct slice subject, struct slice id);

void reply_release(struct reply *r);

#endif
