#ifndef INC_JSONFORM_H
#define INC_JSONFORM_H

#include "buf.h"
#include "message.h"

/*
 * Adds a message as one line that is a JSON object (RFC 8259) of message, try
 * (a number), id, reason, role, party, medium, address, subject, body, tell,
 * due and status, in this order; what has no value is null, and an empty status
 * is "actual".  Control characters in texts, save line ends and tabs, are
 * blanks: plain.h.
 */
void jsonform_add(struct buf *out, const struct message *m);

#endif
