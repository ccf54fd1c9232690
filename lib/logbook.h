#ifndef INC_LOGBOOK_H
#define INC_LOGBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "changes.h"
#include "compare.h"
#include "form.h"
#include "journal.h"
#include "ledger.h"
#include "lookup.h"
#include "row.h"
#include "scribe.h"
#include "zone.h"

/*
 * Rows written back: what differs becomes an entry.  inc-log(5), WRITE-BACK.
 *
 * A row that carries `rev` was read from this log: it is compared with the
 * record as it stood then, and is overtaken where one of the columns that it
 * changes was changed since.  Any other row is a source's: it is compared
 * with that source's last row, an empty field then clearing what the source
 * had said, and adds nothing where the same is in the log already.  A row
 * with `message` and `delivery` is a receipt.
 *
 * Without a directory the logbook is in memory alone: a stream of rows folded
 * into incidents, as `inc-log current -` does.
 */
struct logbook_options {
	const char *dir;        /* NULL: in memory alone */
	bool writer;            /* rows will be added */
	bool some;              /* know only incidents that are looked up */
	uint64_t segment_bytes; /* of a full segment; 0: LOOKUP_BYTES */
	bool dry;               /* nothing is written */
	bool restores;          /* a writer: to a copy, journal_restore() */
	bool absent;            /* dry: there is no log yet */
	bool strict;            /* refuse what is incomplete */
	int64_t wait_s;         /* for the lock, if others hold it */
	bool complete;          /* what the source has no row of will be
				   marked by logbook_vanish() */
	bool spoken;            /* a row read from this log that names an
				   event is one, though it changes
				   nothing */
	struct slice source;    /* of rows without rev; as on disk */
	struct slice by;        /* who adds; as on disk */
	struct slice whom;      /* for whom, or empty; as on disk */
	struct form *form;      /* what records should hold, or NULL */
	const struct columns *known; /* for the form's conditions */
	const struct zone *zone;     /* of the days in ids, or NULL: UTC */
	struct slice id_prefix;
	bool limited;          /* read only entries up to these: */
	struct stamp at;       /* updated <= at */
	struct stamp known_at; /* at <= known_at */
};

enum logbook_outcome {
	LOGBOOK_FAILED = -1, /* see fault: nothing more can be added */
	LOGBOOK_SAME = 0,    /* nothing new */
	LOGBOOK_LOGGED,      /* an entry was added */
	LOGBOOK_OVERTAKEN,   /* see fault */
	LOGBOOK_REFUSED,     /* strict, or a rev that is none: see fault */
};

struct logbook {
	/* For the caller to read. */
	struct ledger ledger; /* what the entries so far say */
	struct journal journal;
	struct lookup lookup; /* of incidents, with options.some */
	struct fault fault;
	size_t place;      /* of the last row's incident in incidents.list, or
			      DICT_NONE for a receipt */
	uint64_t untimed;  /* rows without a time, after another such row of
			      the same incident */
	uint64_t nameless; /* rows without an id, each a new incident */
	struct comparison compare; /* of the last row; dropped: in all */
	struct scribe scribe;      /* entries: those added */

	/* Private. */
	struct logbook_options options;
	bool on_disk;
	bool unindexed; /* an index could not be written */
	struct row row;
	struct changes before;   /* what the source had said there */
	bool undated;            /* the row's `updated` can't be read */
	struct buf id, vanished; /* scratch */
};

/*
 * Opens a log and reads it.  The options are copied, what they point at is
 * borrowed.  Returns 0, or -1 and b->fault.
 */
int logbook_open(struct logbook *b, const struct logbook_options *options);

/* Says which columns the rows to come have; again where others have. */
void logbook_columns(struct logbook *b, const struct columns *input);

/*
 * Takes the lock and reads what others have added; where a segment is full,
 * begins another at the time clock.  journal.notice holds what a repair did.
 * Returns 0, or -1 and b->fault.
 */
int logbook_lock(struct logbook *b, struct stamp clock);

/*
 * Has fetched what the next row's incident is looked for by: rows is what comes
 * after the row under way, as far as that is known, and is not relied on.
 */
void logbook_expect(const struct logbook *b, struct slice rows);

/*
 * Adds a row, of the columns given, at the time clock.  Where that has gone
 * back, only `at` is that of the last entry: the day of a new id and, where the
 * row says nothing, `updated` go by the clock, so that one entry of a wrong
 * time does no harm to those after it.
 */
enum logbook_outcome logbook_row(
    struct logbook *b, const struct slice *field, struct stamp clock);

/*
 * Begins the day of a time: ledger.ids knows all ids of it, then, that were
 * given.  Returns 0, or -1 and b->fault.
 */
int logbook_begin_day(struct logbook *b, struct stamp t);

/*
 * Marks an incident by its place as vanished from its source's export:
 * LOGBOOK_LOGGED or LOGBOOK_FAILED.  A later row of any source takes that
 * back.
 */
enum logbook_outcome logbook_vanish(
    struct logbook *b, size_t place, struct stamp clock);

/*
 * Writes what was added since logbook_lock() and waits until that and all that
 * was read is on disk: sync keeps the lock, commit gives it back after writing.
 * Returns 0, or -1 and b->fault.
 */
int logbook_sync(struct logbook *b);
int logbook_commit(struct logbook *b);

/* Gives back the lock without what was added since. */
void logbook_abandon(struct logbook *b);

void logbook_release(struct logbook *b);

#endif
