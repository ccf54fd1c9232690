#ifndef INC_MAPS_H
#define INC_MAPS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "slice.h"

/*
 * The import maps that are shipped, and the one that -m means.
 */

/*
 * The path of the map of a name, which is a shipped one's or a path itself; to
 * be freed.  NULL after saying that there is none, and which was meant.
 */
char *maps_find(const char *name);

/*
 * Adds the names of the shipped maps that fit an export of n columns: those
 * that name columns which must be there, of which all are, or in JSON most;
 * ", " between.
 */
void maps_add_fitting(
    struct buf *out, const struct slice *name, size_t n, bool json);

/* Prints a stream of the shipped maps.  Returns the exit status. */
int maps_print(bool no_header);

#endif
