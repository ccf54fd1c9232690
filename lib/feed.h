#ifndef INC_FEED_H
#define INC_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "content.h"
#include "dict.h"
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
 */
/* What one row said. */
struct said {
	struct slice *value; /* by column; a column past n: nothing */
	size_t n;
	struct content content;
	bool any;              /* the source has said something */
	struct stamp latest;   /* the latest `updated` of its rows */
	bool untimed;          /* a row of this run had no time of its own */
	bool silent;           /* the row at latest said nothing new and is not
				  logged */
	bool told;             /* since feed_begin() a row was there */
	bool gone;             /* its absence was logged, and no row was there
				  since */
	struct treap_node *at; /* contents in order of updated, then as noted */
	uint32_t nat;
};

struct feed {
	struct said *said; /* by incident */
	size_t n, cap;
	struct dict logged; /* incident, updated and content of rows */
	struct buf key;     /* scratch */
	uint32_t weights;   /* for treap_add() */
	struct arena arena; /* of what is in said.at */
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
struct slice said_value(const struct said *said, size_t column);

/* Takes note that the source says value (empty: nothing) in a column. */
void said_set(
    struct said *said, size_t column, struct slice name, struct slice value);

/* Takes note that a row with this `updated` and what said holds is logged. */
void feed_note(struct feed *feed, size_t incident, struct stamp updated);

/*
 * Whether a row with this `updated` and content adds nothing to what the
 * source's rows said: the same is logged, or it was so at that time.
 */
bool feed_has(struct feed *feed, size_t incident, struct stamp updated,
    struct content content);

void feed_release(struct feed *feed);

#endif
