#ifndef INC_WIDE_H
#define INC_WIDE_H

#include <stdbool.h>

/*
 * Whether wide instructions are used: AVX2 and what comes with it, where the
 * processor has them.  Whoever has a quick way by them has a plain one too.
 */
#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2,bmi,popcnt")))
#endif

/* Whether this machine has them, and they are not forbidden. */
bool wide_is_used(void);

/* Go the plain way from now on, as other machines do: for tests. */
void wide_forbid(void);
bool wide_is_forbidden(void);

#endif
