#ifndef INC_INC_H
#define INC_INC_H

#include <stddef.h>

#include "options.h"

/*
 * The verbs of inc(1).  Each says what went wrong and counts its status.
 */

/* Makes the home of a site from the procedures given. */
void inc_init(const struct options *o, char *const *operands, size_t n);

/* Tells on one screen how the desk stands. */
void inc_status(const struct options *o);

#endif
