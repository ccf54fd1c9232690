#ifndef INC_HOLIDAYS_H
#define INC_HOLIDAYS_H

#include <stddef.h>
#include <stdint.h>

#include "hours.h"
#include "slice.h"

/* Dates on which the day of the week does not say when it is open. */
struct holiday {
	int64_t day;        /* since 1970-01-01 */
	struct hours hours; /* its windows; n == 0: closed */
	struct slice what;  /* for people; borrowed */
};

struct holidays {
	struct slice name;   /* borrowed */
	struct holiday *day; /* n of them, in their order */
	size_t n, cap;
};

/* Adds a day; returns -1 where it is there already. */
int holidays_add(struct holidays *h, struct holiday day);

/* The holiday on a day, or NULL; h may be NULL. */
const struct holiday *holidays_on(const struct holidays *h, int64_t day);

void holidays_release(struct holidays *h);

#endif
