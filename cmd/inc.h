#ifndef INC_INC_H
#define INC_INC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "stamp.h"

/*
 * The verbs of inc(1).  Each says what went wrong and counts its status.
 */

/*
 * Makes the home of a site from the procedures given, for its owner alone or
 * shared with a group (NULL: none).
 */
void inc_init(const struct options *o, const char *group_name,
    char *const *operands, size_t n);

/* Tells on one screen how the desk stands. */
void inc_status(const struct options *o);

/* What the options of inc heartbeat say. */
struct beat {
	int64_t every_s;    /* how often there is to be a tick */
	struct stamp began; /* this one; 0: it is not said */
	bool take_over;     /* go on where another host was at work */
	bool good;          /* it went well */
};

/* Begins or ends a tick, by the heartbeat that ticks leave in the home. */
void inc_heartbeat(const struct options *o, const struct beat *beat,
    char *const *operands, size_t n);

#endif
