#ifndef INC_MAPS_H
#define INC_MAPS_H

/*
 * The import maps that are shipped, and the one that -m means.
 */

/*
 * The path of the map of a name, which is a shipped one's or a path itself; to
 * be freed.  NULL after saying that there is none, and which was meant.
 */
char *maps_find(const char *name);

/* Prints a stream of the shipped maps.  Returns the exit status. */
int maps_print(void);

#endif
