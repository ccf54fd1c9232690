#ifndef INC_CLOCK_H
#define INC_CLOCK_H

#include <stdint.h>

#include "stamp.h"

/* The clocks of this host, for programs that change the world. */

/* What time it is, in milliseconds: enough to order by, and short to read. */
struct stamp clock_now(void);

/* Milliseconds that never run back, from some time in the past on. */
int64_t clock_ticks(void);

#endif
