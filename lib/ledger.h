#ifndef INC_LEDGER_H
#define INC_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "changes.h"
#include "dict.h"
#include "entries.h"
#include "fault.h"
#include "feed.h"
#include "ids.h"
#include "incident.h"
#include "journalin.h"
#include "receipts.h"
#include "slice.h"
#include "zone.h"

/*
 * What the entries so far say: the incidents, what one source has said of
 * them, the receipts, the ids that were given, and which values were taken
 * out.  Entries come from the journal, or are added as changes.
 */
struct ledger {
	/* Set before the first entry. */
	bool writer;         /* rows will be compared with it */
	struct slice source; /* the one that is listened to; as on disk */

	struct incidents incidents;
	struct feed feed; /* of that source */
	struct receipts receipts;
	struct ids ids;        /* of the day on which one was last issued */
	struct lost_ids *lost; /* ids that were given and lost */
	size_t nlost, lost_cap;
	uint64_t seq; /* of the newest entry */

	/* Private. */
	struct dict redacted; /* the places of incident and column, as bytes,
				 of values taken out */
	size_t *entry_column; /* of the segment under way, to incidents */
	size_t entry_columns;
	size_t message, try, vanished, received, incomplete, whom; /* of it */
	uint64_t mapped; /* the segment that it is of; 0: none */
	struct buf key;
};

/* Makes ready for the first entry; source is borrowed. */
void ledger_open(struct ledger *l, bool writer, struct slice source);

/*
 * Takes an entry as read from the journal; updated is the entry's own, parsed.
 * Those of an incident come in the order of their numbers.
 */
void ledger_read(
    struct ledger *l, const struct journal_entry *e, struct stamp updated);

/* Takes a receipt alone, of an incident that need not be known. */
void ledger_receipt(struct ledger *l, const struct journal_entry *e);

/* Takes note of an entry whose incident is not to be known. */
void ledger_pass(struct ledger *l, const struct journal_entry *e);

/*
 * Takes changes as a new entry: head says of what incident it is, when it was
 * so and whose it is.  place is the incident's, or DICT_NONE where there is
 * none or it is only of a message.  Returns the place that it has then, or
 * DICT_NONE.
 */
size_t ledger_add(struct ledger *l, size_t place, const struct changes *changes,
    const struct entry_head *head, struct stamp updated);

/*
 * Takes note of the id of a `restored` entry (ids_add_lost()), which stands for
 * ids that were given and lost.
 */
void ledger_lose(struct ledger *l, struct slice id);

/*
 * Begins the day of a time in a zone (NULL: UTC) in l->ids, if it is not under
 * way: then these know the ids of it that are lost, and no others.  Returns
 * whether it was not.
 */
bool ledger_begin_day(struct ledger *l, struct slice prefix,
    const struct zone *zone, struct stamp t);

/* Adds the columns that the log itself fills in: feed.received, incomplete. */
void ledger_own_columns(struct ledger *l);

/*
 * Whether the source has told of an open incident that was not yet said to
 * have vanished; *told says whether it did so since feed_begin().
 */
bool ledger_feeds(struct ledger *l, size_t place, bool *told);

/* Whether the value of an incident, by its place, was taken out of a column. */
bool ledger_redacted(struct ledger *l, size_t place, size_t column);

/* The place of a column in incidents, as incidents_column() has it. */
size_t ledger_column(struct ledger *l, const char *name);

void ledger_release(struct ledger *l);

#endif
