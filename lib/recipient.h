#ifndef INC_RECIPIENT_H
#define INC_RECIPIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "dict.h"
#include "directory.h"
#include "fault.h"
#include "levels.h"
#include "mem.h"
#include "occasion.h"
#include "pack.h"
#include "roster.h"
#include "route.h"
#include "slice.h"

/*
 * Who is told: roles by the roster, parties by the directory, the caller at
 * `callback`; and by which media in which order.  Where nobody answers to a
 * name, the next higher level is asked, then the next, at last the lowest:
 * never silence, and every such step is reported.
 */
struct recipient_medium {
	size_t channel;       /* its place in the directory */
	struct slice address; /* as text */
};

struct recipient {
	struct slice role;  /* that led here; empty: named directly */
	struct slice party; /* as text */
	struct recipient_medium *medium; /* the first to be tried first */
	size_t n;                        /* at least one */
};

/* All zero before it is loaded. */
struct recipients {
	struct roster roster;
	struct directory directory;
	struct levels levels;

	/* Found by the last recipients_find(), valid until the next. */
	struct recipient *found;
	size_t n;

	/* Private. */
	size_t cap;
	struct columns names; /* of all roles and parties, to suggest from */
	struct dict said;     /* media without a wording that were reported */
	size_t level, caller, callback; /* columns bound */
	struct roster_team team;
	struct arena arena; /* of what was found */
};

/*
 * Loads the tables channels and directory, and roster and levels where they
 * are.  pack must outlive r.  Returns 0, or -1 and the fault.
 */
int recipients_load(struct recipients *r, struct pack *pack, struct fault *f);

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
 * of the next only where none of them can be reached.  The media of a party
 * are those that serve for the occasion's `tell`, for which the party has an
 * address and the route a wording; where none is left, all for which both
 * are there.
 */
size_t recipients_find(struct recipients *r, const struct routes *routes,
    const struct route *route, const struct occasion *occasion,
    const struct slice *field, void (*report)(void *ctx, const struct fault *f),
    void *ctx);

void recipients_release(struct recipients *r);

#endif
