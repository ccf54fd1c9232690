#ifndef INC_REACH_H
#define INC_REACH_H

#include <stdbool.h>
#include <stddef.h>

#include "directory.h"
#include "mem.h"
#include "occasion.h"
#include "route.h"
#include "slice.h"
#include "stamp.h"
#include "wording.h"

/*
 * By which of its addresses a party is reached, in which order and from when
 * on: what serves for the occasion's `tell`, has words in the party's
 * language, and answers at the hour.
 */

/* Why an address is not tried. */
enum reach_left {
	REACH_TRIED,
	REACH_CLOSED, /* it is out of hours, and the route may not wake */
	REACH_OTHER,  /* its medium serves for another `tell` */
	REACH_NO_WORDS,
};

struct reach_medium {
	const struct address *address;
	const struct wording *words; /* NULL: there are none */
	bool serves;                 /* its medium, for the `tell` */
	bool open;                   /* it answers now */
	enum reach_left left;
};

struct reach {
	struct reach_medium *medium; /* those to be tried, the first one first,
					then the others */
	size_t n;                    /* to be tried */
	size_t all;
	bool any;   /* none serves for the `tell`, so all count as serving */
	bool wakes; /* the route may wake, and a try rings, or is out of
		       hours */
	bool held;  /* the route may not wake, and nothing answers now */
	struct stamp until; /* when something does */
	struct stamp at;    /* the occasion's `at`, or where the route may not
			       wake, when something answers from then on */
};

/* What addresses are judged by. */
struct reach_means {
	const struct directory *directory;
	const struct routes *routes;
	const struct occasion *occasion;
	size_t wording;        /* its place in routes->wordings */
	bool may_wake;         /* as the route says */
	bool serve_all;        /* whatever the `tell` */
	struct slice language; /* of an address that has none of its own */
};

/*
 * Judges n addresses, the best first.  Those that answer now come before
 * those that are out of hours; where nobody may be woken, these are left out,
 * or all wait until the first of them opens.  What never opens again is tried
 * nevertheless: rather told than never.  The addresses are borrowed, the
 * media live in the arena.
 */
void reach_judge(struct reach *r, const struct reach_means *means,
    const struct address *address, size_t n, struct arena *arena);

#endif
