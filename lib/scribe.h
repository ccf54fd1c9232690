#ifndef INC_SCRIBE_H
#define INC_SCRIBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "changes.h"
#include "columns.h"
#include "fault.h"
#include "form.h"
#include "journal.h"
#include "lacks.h"
#include "ledger.h"
#include "recall.h"
#include "row.h"
#include "slice.h"
#include "stamp.h"

/*
 * Makes changes an entry: completes them by what the log fills in itself, and
 * adds it to the journal and to the ledger.
 *
 *	head.event = scribe_preview(s, &changes, place, updated);
 *	scribe_complete(s, &changes, updated, false);
 *	scribe_add(s, &place, &changes, head, updated);
 */
struct scribe {
	/* Set before the first entry; what they point at is borrowed. */
	struct ledger *ledger;
	struct journal *journal; /* NULL: entries are kept in the ledger alone
				  */
	struct recall *recall;   /* takes note of entries; or NULL */
	struct slice by;         /* who adds; as on disk */
	struct slice whom;       /* for whom, or empty; as on disk */
	struct form *form;       /* what records should hold, or NULL */
	struct lacks lacks;      /* with the same form */

	/* For the caller to read. */
	uint64_t entries;      /* added */
	struct buf incomplete; /* what the record lacks: words */
	bool filled;           /* `received` was filled in */
	struct fault fault;

	/* Private. */
	struct columns want; /* that the segment must have */
	bool ready;          /* it has */
	struct buf lacking;  /* by the form: words */
	size_t place;        /* of the incident, or DICT_NONE */
	bool *personal;      /* by column of incidents */
	size_t npersonal;
	struct changes signed_changes; /* scratch: with `for` */
	struct slice *record; /* as it will be, by column of incidents */
	size_t room;          /* columns that there is room for in it */
	struct stamp_text updated;
};

/* Says which columns entries may have; vanished: that one too. */
void scribe_columns(struct scribe *s, const struct row *row, bool vanished);

/* Begins a batch: the newest segment may be another. */
void scribe_begin(struct scribe *s);

/*
 * Looks what becomes of the record of an incident, by its place (DICT_NONE: a
 * new one), with the changes.  Returns the event that this is.
 */
struct slice scribe_preview(struct scribe *s, const struct changes *changes,
    size_t place, struct stamp updated);

/*
 * Adds to the changes, after scribe_preview() of them, what the log fills in:
 * marks what the record lacks in `incomplete`, undated: `updated` too, and
 * fills `received` where the incident's first entry has none.  The values are
 * valid until the next call.  Returns 0, or -1 and s->fault.
 */
int scribe_complete(struct scribe *s, struct changes *changes,
    struct stamp updated, bool undated);

/*
 * Adds changes as one entry of the incident at *place, or of a new one by
 * head.id, which then is at *place.  Returns 0, or -1 and s->fault.
 */
int scribe_add(struct scribe *s, size_t *place, const struct changes *changes,
    struct entry_head head, struct stamp updated);

/*
 * Begins a new segment of the log with a checkpoint: an entry that tells of the
 * incidents that are open, as on disk.  Under the lock, before the first entry.
 * Returns 0, or -1 and s->fault.
 */
int scribe_segment(struct scribe *s, struct stamp at, struct slice open);

void scribe_release(struct scribe *s);

#endif
