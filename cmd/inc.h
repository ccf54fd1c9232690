#ifndef INC_INC_H
#define INC_INC_H

#include <stddef.h>

#include "options.h"

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

#endif
