#ifndef INC_BUNDLE_H
#define INC_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "letter.h"
#include "means.h"
#include "message.h"
#include "slice.h"

/*
 * Messages to one receiver by one medium put together, because each by itself
 * would be more than a party may have: inc-send(1).  All zero is none.
 */
struct bundle {
	/* Private. */
	struct buf subject, body; /* of all, as text */
	struct buf names;         /* the identities */
	size_t n;
	struct message message;
};

/* Begins with the message that a letter has under way. */
void bundle_begin(struct bundle *b, const struct letter *l);

/*
 * Adds another's, whole, where all together still keep the medium's limit.
 * Returns whether they do; else b is as it was.
 */
bool bundle_add(
    struct bundle *b, const struct means *means, const struct letter *l);

/*
 * The message of all: that of a single one as it is.  Else its identity is made
 * of theirs, its subject is that of the first with the number of the others,
 * and its body has the subjects and bodies of all; the rest is the first's.
 * Valid as long as b and the first letter are.
 */
const struct message *bundle_message(struct bundle *b, const struct letter *l);

/*
 * Whether a subject, or that of an answer, may be one of several messages put
 * together: it ends as those do.
 */
bool bundle_is_subject(struct slice subject);

void bundle_release(struct bundle *b);

#endif
