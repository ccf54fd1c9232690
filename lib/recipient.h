#ifndef INC_RECIPIENT_H
#define INC_RECIPIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "calendars.h"
#include "columns.h"
#include "dict.h"
#include "directory.h"
#include "fault.h"
#include "levels.h"
#include "mem.h"
#include "occasion.h"
#include "pack.h"
#include "reach.h"
#include "roster.h"
#include "route.h"
#include "slice.h"

/*
 * Who is told: roles by the roster, parties by the directory, the caller at
 * `callback`; and by which media in which order.  Where nobody answers to a
 * name, the next higher level is asked, then the next, at last the lowest:
 * never silence, and every such step is reported.
 */
struct recipient {
	struct slice role;         /* that led here; empty: named directly */
	struct slice name;         /* of the party, as text */
	const struct party *party; /* NULL: the caller */
	struct reach by;           /* at least one address to be tried */
};

/* All zero before it is loaded. */
struct recipients {
	struct roster roster;
	struct directory directory;
	struct levels levels;

	/* Found by the last recipients_find(), valid until the next. */
	struct recipient *found;
	size_t n;
	struct buf once; /* under this key is reported once what is just
			    reported; empty: each time */

	/* Private. */
	size_t cap;
	struct columns names; /* of all roles and parties, to suggest from */
	struct dict said;     /* media without a wording that were reported */
	size_t level, callback, language; /* columns bound */
	struct calendar *always;          /* the hours of a caller */
	struct slice pack_language;
	struct roster_team team;
	struct arena arena; /* of what was found */
};

/*
 * Loads the tables channels and directory, and roster and levels where they
 * are.  pack and calendars must outlive r.  Returns 0, or -1 and the fault.
 */
int recipients_load(struct recipients *r, struct pack *pack,
    struct calendars *calendars, struct fault *f);

/*
 * That every role or party that a route names by itself is known.  Returns 0,
 * or -1 and the fault, which suggests the nearest name.
 */
int recipients_check(
    const struct recipients *r, const struct routes *routes, struct fault *f);

/* Says where the columns are. */
void recipients_bind(struct recipients *r, const struct columns *columns);

/*
 * Finds in r->found whom a route tells for a row of the bound stream, each
 * party once, and returns their number: 0 only where the last resort could
 * not be reached either.  What stood in the way is told to report, without a
 * place.
 *
 * Of a role's parties on call those of the smallest `order` are told; those
 * of the next only where none of them can be reached: where no address has
 * words for the route.  reach.h has how addresses are chosen.  Words are in
 * the language of the address, else of its party, else of the pack; for the
 * caller in that of the row's column `language`.
 */
size_t recipients_find(struct recipients *r, const struct routes *routes,
    const struct route *route, const struct occasion *occasion,
    const struct slice *field, void (*report)(void *ctx, const struct fault *f),
    void *ctx);

/*
 * Judges by which addresses a party is told something in another wording (a
 * place in routes->wordings), waking whom it must.  Returns 1 with what it
 * found in *by, which lives in the arena, or 0 where no medium has the words.
 */
int recipients_reach(const struct recipients *r, const struct routes *routes,
    const struct party *party, const struct occasion *occasion, size_t wording,
    struct reach *by, struct arena *arena);

void recipients_release(struct recipients *r);

#endif
