#ifndef INC_SEND_ACK_H
#define INC_SEND_ACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "reply.h"
#include "send.h"
#include "send_sent.h"
#include "slice.h"

/*
 * Acknowledgements: send_ack.c makes and tells of them, send_reply.c reads them
 * out of replies.
 */
struct ack {
	struct send *send;
	struct sent_list all;  /* what ack_look() saw */
	struct sent_some some; /* those that are meant */
	struct slice from;     /* whose reply it is; empty: somebody's here */
	struct slice words;    /* that came with it */
	struct fault fault;

	/* Private to send_ack.c. */
	bool looked;
	bool told;             /* there was a row */
	int64_t until;         /* ticks: as long it need not look again */
	struct buf when, note; /* of the row under way */

	/* Private to send_reply.c. */
	struct slice *word; /* that acknowledge, by the procedures */
	size_t nwords, cap;
	struct reply reply;
};

/*
 * Looks what was sent, and begins with all of it; at most once a second.
 * Returns 0, or -1 after saying why.
 */
int ack_look(struct ack *a);

/*
 * Acknowledges those that are meant.  Returns 0, or -1 after saying that
 * another works on one, status 75, or what went wrong.
 */
int ack_settle(struct ack *a);

/* Reads replies from standard input. */
void ack_replies(struct ack *a);

#endif
