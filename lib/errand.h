#ifndef INC_ERRAND_H
#define INC_ERRAND_H

#include "buf.h"
#include "fault.h"
#include "mailform.h"
#include "means.h"
#include "mem.h"
#include "message.h"
#include "stamp.h"

/*
 * What a command gets that hands a message over, for carrier_start(): its
 * arguments, the strings that it adds to the environment, and its input.
 * inc-media(7).  All zero before the first; each is valid until the next.
 */
struct errand {
	char **argv; /* the words of `deliver`, filled; NULL-ended */
	char **own;  /* INC_MESSAGE=..., a string for each of MESSAGE TRY ID
			REASON ROLE PARTY MEDIUM ADDRESS SUBJECT TELL DUE
			STATUS; NULL-ended */
	struct buf input; /* the message, in the form that the medium wants */

	/* Private. */
	struct arena arena;
};

/*
 * Makes all of it.  date goes into mail; sender must be one that mail can be
 * made with where the form is mail (mailform_has_sender()).
 *
 * Values are plain text on one line: plain.h.  INC_SUBJECT is cut to a thousand
 * bytes; the input has it whole.  Returns 0, or -1 and the fault, without a
 * place, where no command may get this message, now or ever: an address that
 * starts with '-', holds a control character or, where an argument names it, is
 * missing; any other value but the subject that holds one in an argument; any
 * at the start of an argument that starts with '-'; and any but the subject of
 * more than four thousand bytes.
 */
int errand_make(struct errand *e, const struct means *means,
    const struct message *m, const struct mailform *sender, struct stamp date,
    struct fault *f);

void errand_release(struct errand *e);

#endif
