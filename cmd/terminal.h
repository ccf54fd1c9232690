#ifndef INC_TERMINAL_H
#define INC_TERMINAL_H

#include <stddef.h>

/* The width of standard output in characters, 0 where it is no terminal. */
size_t terminal_width(void);

#endif
