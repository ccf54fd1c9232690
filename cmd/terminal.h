#ifndef INC_TERMINAL_H
#define INC_TERMINAL_H

#include <stddef.h>

/* The width of standard output in characters, 0 where it is no terminal. */
size_t terminal_width(void);

/*
 * Shows how far a program is, in place of what was shown before, where standard
 * error is a terminal that standard output does not go to as well; NULL: takes
 * it away.  What a program says in between begins in the same place.
 */
void terminal_progress(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
