#ifndef INC_BANNED_H
#define INC_BANNED_H

/*
 * Functions that have no place here: each can overrun, guess or hide an
 * error, or hands text to a shell.  The compiler gets this header before
 * every file of the project (-include), after the system's own headers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Macros of glibc where it checks sizes (_FORTIFY_SOURCE). */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf gets
#pragma GCC poison strtok atoi atol atof system popen

#endif
