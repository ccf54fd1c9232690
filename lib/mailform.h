#ifndef INC_MAILFORM_H
#define INC_MAILFORM_H

#include <stdbool.h>

#include "buf.h"
#include "message.h"
#include "slice.h"
#include "stamp.h"

/*
 * A message as mail: RFC 5322 and RFC 2045 to 2047.  Whatever the fields hold,
 * they make no other line of the header, and no line is longer than may be.
 */
struct mailform {
	struct slice from; /* ann@example.org, or Desk <ann@example.org> */
	struct slice host; /* the right side of Message-ID: whose messages
			      these are, not where they are sent from */
};

/* Whether a sender's `from` is of one of these forms: else no mail is made. */
bool mailform_has_sender(const struct mailform *sender);

/*
 * Adds the whole: header, empty line, body, with LF as the line end.  date is
 * that of the attempt; Message-ID is made of the message alone, so that who
 * gets it twice can tell.  A subject of more than a thousand bytes is cut in
 * the header, and stands whole before the body.  A body that is not short
 * lines of ASCII is in base64.  An address that can't stand in a header is
 * left out of it (undisclosed-recipients): the envelope has it.
 */
void mailform_add(struct buf *out, const struct mailform *sender,
    const struct message *m, struct stamp date);

#endif
