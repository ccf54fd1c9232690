#ifndef INC_FEED_H
#define INC_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "content.h"
#include "dict.h"
#include "incident.h"
#include "mem.h"
#include "slice.h"
#include "stamp.h"
#include "treap.h"

/*
 * What one source has said of each incident: the last row of a feed, to which
 * the next one is compared, and which rows are in the log already.  A source
 * often sends all it has again; what was said before must add nothing.
 *
 * Incidents go by their place in incidents.list, columns by their place in
 * incidents.columns; values are in their form on disk and are borrowed: they
 * must outlive the feed (those folded into incidents do).
 *
 * Of most incidents a source tells once, or the same each time.  Then what it
 * said is what holds by the incident's only entry, and nothing is kept of it
 * here: feed_alone().  Before another entry is folded into the incident, or
 * another row is compared with what was said, feed_spread() takes it over.
 */

/* What the rows of a source said of one incident. */
struct said {
	struct word *word;   /* NULL: what the only entry says, see above */
	struct stamp latest; /* the latest `updated` of its rows */
	bool any;            /* the source has said something */
	bool filled;         /* alone: the log has filled in `received` */
	bool untimed;        /* a row of this run had no time of its own */
	bool silent;         /* the row at latest said nothing new and is not
				logged */
	bool told;           /* since feed_begin() a row was there */
	bool gone;           /* its absence was logged, and no row was there
				since */
};

struct feed {
	/* Set before the first row. */
	const struct incidents *all;
	size_t received, incomplete, whom; /* columns, or COLUMNS_NONE */
	struct hash_key key;               /* of contents */

	/* Private. */
	struct said *said; /* by incident */
	size_t n, cap;
	struct dict logged; /* incident, updated and content of rows that
			       another of the same time came after */
	struct buf text;    /* scratch */
	uint32_t weights;   /* for treap_add() */
	struct arena arena; /* of words and what is in them */
};

/*
 * Whether a column latches: `acknowledged`.  A source tells of it in the row
 * in which it happened; that a later row is silent or later takes nothing
 * back, and it is no part of a row's content.
 */
bool feed_latches(struct slice name);

/* Begins a run: no row of it was there yet. */
void feed_begin(struct feed *feed);

/* Takes note that the source has a row of an incident. */
void feed_tell(struct feed *feed, size_t incident);

/* What was said of an incident; valid until the next feed_said(). */
struct said *feed_said(struct feed *feed, size_t incident);

/* What was said in a column; empty: nothing. */
struct slice feed_value(
    const struct feed *feed, size_t incident, size_t column);

/*
 * Takes note that the incident's only entry is the source's first row, all of
 * whose values it holds, none of them taken out.  filled says that `received`
 * is the log's own word.
 */
void feed_alone(struct feed *feed, size_t incident, bool filled);

/* Takes over what the incident's only entry says, where that is all. */
void feed_spread(struct feed *feed, size_t incident);

/*
 * Takes note that the source says value (empty: nothing) in a column; then
 * feed_note() that a row with this `updated` and all that was said is logged.
 */
void feed_set(
    struct feed *feed, size_t incident, size_t column, struct slice value);
void feed_note(struct feed *feed, size_t incident, struct stamp updated);

/* The content of what was said of an incident. */
struct content feed_content(struct feed *feed, size_t incident);

/*
 * Whether a row with this `updated` and content adds nothing to what the
 * source's rows said: the same is logged, or it was so at that time.
 */
bool feed_has(struct feed *feed, size_t incident, struct stamp updated,
    struct content content);

void feed_release(struct feed *feed);

#endif
