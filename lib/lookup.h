#ifndef INC_LOOKUP_H
#define INC_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "journalin.h"
#include "ledger.h"
#include "recall.h"
#include "slice.h"
#include "stamp.h"

/*
 * A log of which incidents are looked up as they are wanted: the ledger then
 * has all entries of these, and none of others.  A log that is no larger than
 * a segment is read whole.
 *
 * Functions return 0, or -1 and l->fault, and may move what
 * ledger->incidents.list points at.
 */
struct lookup {
	/* Set before lookup_start(); what they point at is borrowed. */
	struct journal_reader *journal; /* opened */
	struct ledger *ledger;          /* opened */
	bool some;              /* else the log is read whole in any case, and
				   there is no recall */
	uint64_t segment_bytes; /* of a full segment; 0: LOOKUP_BYTES */
	bool limited;           /* take only entries up to these: */
	struct stamp at;        /* updated <= at */
	struct stamp known_at;  /* at <= known_at */

	/* For the caller to read. */
	bool whole; /* all incidents are known */
	struct recall recall;
	struct fault fault;
};

#define LOOKUP_BYTES ((uint64_t)16 * 1024 * 1024)

/* Reads the log, or what it takes to look up incidents. */
int lookup_start(struct lookup *l);

/*
 * Reads what others have added since, under the log's lock and before anything
 * is added: what is known of where entries stand then holds until the lock is
 * given back.
 */
int lookup_refresh(struct lookup *l);

/* Looks up an incident by its id, as on disk, if there is one. */
int lookup_incident(struct lookup *l, struct slice id);

/*
 * Looks up all incidents among which ids_find() is to look for the one that
 * people mean by shorter.
 */
int lookup_meant(struct lookup *l, struct slice shorter);

/* Looks up those that are open, and maybe others. */
int lookup_open(struct lookup *l);

/* Looks up what was said of a message. */
int lookup_receipts(struct lookup *l, struct slice message);

/*
 * Has ledger->ids see all ids of the day that begin as it says, whether or not
 * their incidents are known.
 */
int lookup_numbers(struct lookup *l);

/* How many incidents the log has, known or not. */
uint64_t lookup_count(const struct lookup *l);

/*
 * Returns 1 where what was logged since the last checkpoint fills a segment, so
 * that another is to begin; 0 where not; or -1.  Needs l->some.
 */
int lookup_is_full(struct lookup *l);

/*
 * Adds the text of a checkpoint, not escaped, after looking up what is open: a
 * line for each incident that is, of the number of its first entry, a blank,
 * and its id as on disk.
 */
int lookup_checkpoint(struct lookup *l, struct buf *text);

void lookup_release(struct lookup *l);

#endif
