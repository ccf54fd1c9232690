#include "clock.h"

#include <time.h>

struct stamp
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	if (t.tv_sec > STAMP_MAX_S) /* what is later could not be read again */
		t.tv_sec = STAMP_MAX_S;
	return (struct stamp){
	    t.tv_sec, (uint32_t)(t.tv_nsec / 1000000 * 1000000)};
}

int64_t
clock_ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
