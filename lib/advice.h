#ifndef INC_ADVICE_H
#define INC_ADVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "slice.h"
#include "table.h"
#include "when.h"
#include "whenset.h"

/*
 * What may be said to a contact: the table `advice` of inc-procedures(7).
 */

/* What an advice says, each the table's column of that name. */
enum {
	ADVICE_NAME,
	ADVICE_SAY,
	ADVICE_MUST_NOT_SAY,
	ADVICE_LIMIT,
	ADVICE_ROLES,
	ADVICE_REFERRAL,
	ADVICE_CLOSING,
	ADVICE_SOURCE,
	ADVICE_DATED,
	ADVICE_REVIEW_BY,
	ADVICE_COLUMNS
};

extern const char *const advice_column[ADVICE_COLUMNS];

struct advice {
	struct when *when;
	struct slice field[ADVICE_COLUMNS]; /* form on disk */
	int64_t review; /* the last day on which it is good, in days since
			   1970-01-01; INT64_MAX: not said */
};

/* All zero is none. */
struct advices {
	struct advice *one; /* n of them, in the order of the table */
	size_t n;
	struct whenset *conditions; /* of them, in the same order */
	struct arena arena;
};

/*
 * Loads the table, which must outlive them: those that a role may give, or all
 * where it is NULL.  Returns 0, or -1 and the fault: a condition or a date that
 * is none, advice without a name, a role that no row has.  To be released
 * either way.
 */
int advices_load(
    struct advices *a, struct table *t, const char *role, struct fault *f);

/* Binds all conditions, as when_bind() does.  Returns 0, or -1 and the fault */
int advices_bind(struct advices *a, const struct columns *columns,
    const struct columns *known, struct fault *f);

void advices_release(struct advices *a);

#endif
