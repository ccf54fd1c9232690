#ifndef INC_ROUTE_H
#define INC_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendars.h"
#include "columns.h"
#include "directory.h"
#include "escape.h"
#include "fault.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "when.h"
#include "whenset.h"
#include "wordings.h"

/*
 * Which record is told of, to whom, in which words: the table `routes` of
 * inc-procedures(7), columns reason when to tell wording per repeat ack due
 * wake hold_until, and the files of wording/ that it names.
 */

/* A column of the records, by its name. */
struct route_column {
	struct slice name;
	struct place where; /* where the table names it */
	size_t index;       /* in the bound stream, or COLUMNS_NONE */
	bool time;          /* whether it holds times */
};

/* One of those whom a route tells: a role or a party by its name, or a
   column whose value is such a name. */
struct route_to {
	struct slice name;
	struct place where;
	struct route_column column; /* name.n == 0: named directly */
	bool caller; /* {caller}: whoever reported it, at `callback` */
};

struct route {
	struct slice name; /* REASON.ROW, rows counted in the reason from 1 */
	size_t reason;     /* its place in routes.reasons */
	struct when *when;
	struct route_to *to;
	size_t nto;               /* at least one */
	struct slice tell;        /* how urgent; empty: as the priority says */
	size_t wording;           /* its place in routes.wordings.names */
	struct route_column *per; /* a new value is a new message */
	size_t nper;
	int64_t repeat_s; /* told again after so long; -1: as the boundary says,
			     0: never */
	int64_t due_s;    /* to be acknowledged within; -1: not said */
	bool wakes;       /* anybody at any hour */
	struct calendar *hold; /* it waits until this is open; NULL: it does
				  not.  Borrowed */
	struct table_row *row; /* where it stands */
};

/* All zero is no routes. */
struct routes {
	struct route *route; /* in the order of the table */
	size_t n;
	struct whenset *set;    /* the conditions, by route */
	struct columns reasons; /* in the order of the table */
	struct wordings wordings;
	size_t summary; /* the place in wordings of the one of that name, for
			   what stands for several messages: no route's */
	struct arena arena;
};

/*
 * Loads the table and the wordings for every channel of the directory; pack,
 * directory and calendars must outlive the routes; r must be all zero.
 * Returns 0, or -1 and the fault with file:line:column: among others, a `tell`
 * that neither a channel nor a target has, a wording that no medium has, a
 * calendar that there is not, or one to wait for where nothing waits; the
 * wording `summary`, which is no route's own.
 */
int routes_load(struct routes *r, struct pack *pack,
    const struct directory *directory, struct calendars *calendars,
    struct fault *f);

/*
 * Says where the columns are that conditions, `to`, `per` and wordings name;
 * columns and known are as in when_bind().  The wording `summary` is left to
 * routes_bind_summary(), which does the same for columns of its own.  Both
 * return 0, or -1 and the fault.
 */
int routes_bind(struct routes *r, const struct columns *columns,
    const struct columns *known, struct fault *f);
int routes_bind_summary(struct routes *r, const struct columns *columns,
    const struct columns *known, struct fault *f);

/*
 * The first route of a reason (a place in r->reasons) that holds for a row of
 * the bound stream, or NULL.  A search that hits a limit is told to report
 * and does not hold.
 */
const struct route *routes_take(const struct routes *r, size_t reason,
    const struct slice *field, struct when_state *state,
    void (*report)(void *ctx, const struct fault *f), void *ctx);

/* The field of a column, as it stands; empty where it has no value. */
static inline struct slice
route_value(const struct slice *field, size_t column)
{
	if (column == COLUMNS_NONE || !field_is_set(field[column]))
		return (struct slice){"", 0};
	return field[column];
}

void routes_release(struct routes *r);

#endif
