#ifndef INC_INCIDENT_H
#define INC_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "dict.h"
#include "event.h"
#include "facts.h"
#include "mem.h"
#include "sayings.h"
#include "slice.h"
#include "stamp.h"
#include "stops.h"

/*
 * Incidents: entries folded into state.  What holds for an incident is, column
 * by column, what the entry with the latest `updated` says; of two with the
 * same one, the one added later.  An empty field says nothing, \N clears.
 */

/* An entry, as far as the fold is concerned. */
struct entry {
	uint64_t seq;
	struct stamp updated;
	struct slice id, event; /* as on disk */
	bool own;               /* of the source whose rows are compared */
	/* n fields, as on disk; column[i] is the place of field[i] in
	 * incidents.columns, each once, or COLUMNS_NONE for what is no
	 * incident's. */
	const struct slice *field;
	const size_t *column;
	size_t n;
};

/*
 * Most incidents are told of in few entries, which say few things more than
 * once: what an incident takes goes by that.
 */
struct incident {
	struct slice id;         /* as on disk */
	struct facts facts;      /* of what was ever said */
	struct version *version; /* of its entries, in the order added; without
				    incidents.remember of those that still
				    count */
	uint64_t first;          /* the number of its first entry */
	uint32_t nversion;
	uint8_t room; /* for so many versions, as a power of two */
	bool closed;  /* what holds says so: it is looked for in all of them */
	struct treap_node *said; /* sayings: all of a column, where more than
				    one entry told of it and
				    incidents.remember */
	struct stop *stop;       /* the newest, or NULL */
};

struct incidents {
	bool remember;          /* keep all that was said, see incident.said */
	struct columns columns; /* every column that an entry had */
	struct column_use *use; /* by column: who has had a value in it */
	size_t nuse, use_cap;
	size_t decisive[EVENT_COLUMNS]; /* places of event_column, plus 1;
					   0: there is none */
	struct dict ids;                /* from id to place in list */
	struct incident *list; /* in the order of their first entries */
	size_t n, cap;
	uint32_t weights;    /* for sayings_add() */
	struct fact *saying; /* scratch: what an entry says */
	size_t saying_room;
	uint32_t *place; /* scratch: of versions */
	size_t place_room;
	/* Of all that incidents hold; what was replaced stays until the end. */
	struct arena arena;
};

/* The place of an id in list, or DICT_NONE. */
size_t incidents_find(const struct incidents *all, struct slice id);

/*
 * Folds an entry in; its incident is made where it is the first.  Entries
 * notified and responded are about messages: they count for the incident's
 * rev, say nothing of its columns and make no incident; redacted ones clear
 * columns and say nothing else.  An entry without id is of none, and so is
 * restored, whose id stands for those that were lost.  Returns the
 * incident's place, or DICT_NONE.
 */
size_t incidents_fold(struct incidents *all, const struct entry *entry);

/*
 * The place of a column name in all->columns for entry.column: added where
 * it is new, COLUMNS_NONE for id, updated and the columns that belong to the
 * log itself (seq rev at by source event nonces chain).
 */
size_t incidents_column(struct incidents *all, struct slice name);

/*
 * Whether messages alone have had a value in a column, so that it is none of
 * an incident's.
 */
bool incidents_of_messages(const struct incidents *all, size_t column);

/* Takes note that incidents, or messages, have had a value in a column. */
void incidents_used(
    struct incidents *all, size_t column, bool incident, bool message);

/* What holds in a column, as on disk; empty where nothing does. */
struct slice incident_value(const struct incident *in, size_t column);

/* The same in all columns from the first on, n of them, at once. */
void incident_values(const struct incident *in, struct slice *value, size_t n);

/*
 * Sets value[to[c]] to what holds in each of the first n columns c in which
 * anything was said, save where to[c] is COLUMNS_NONE; all others are left.
 */
void incident_place(
    const struct incident *in, struct slice *value, const size_t *to, size_t n);

/* What holds in a column whose changes are events: EVENT_CLOSED and so on. */
struct slice incidents_decisive(
    const struct incidents *all, const struct incident *in, size_t event);

/* The same for a column by its name; empty where there is none. */
struct slice incidents_value(
    const struct incidents *all, const struct incident *in, const char *name);

/*
 * What held in a column as the log stood at entry rev.  Needs
 * incidents.remember.
 */
struct slice incident_value_at(
    const struct incident *in, size_t column, uint64_t rev);

/*
 * What held in a column at a time, by the entries so far; *own says whether
 * an own entry said so.  Needs incidents.remember.
 */
struct slice incident_value_on(
    const struct incident *in, size_t column, struct stamp at, bool *own);

/*
 * Whether an entry that is added now with this `updated` would decide what
 * holds in a column.
 */
bool incident_yields(
    const struct incident *in, size_t column, struct stamp updated);

/* The number of its last entry. */
uint64_t incident_rev(const struct incident *in);

/* The latest `updated` of its entries, and of those up to entry rev. */
struct stamp incident_updated(const struct incident *in);
struct stamp incident_updated_at(const struct incident *in, uint64_t rev);

/* The number of the entry that said what holds in a column; 0: none did. */
uint64_t incident_said(const struct incident *in, size_t column);

/* Whether there is a column that stops the clocks while it is set. */
bool incidents_stand(const struct incidents *all);

/*
 * Adds the intervals in which the incident's clocks stood, as the column
 * `holds` has them: START/END separated by blanks, START/ for one that lasts.
 * They come from entries that set and cleared `held` and `vanished`, together
 * with given, the column's own value (intervals that an export brought), words
 * of which that are no intervals come last.
 */
void incident_holds(
    const struct incident *in, struct slice given, struct buf *out);

void incidents_release(struct incidents *all);

#endif
