#ifndef INC_TEST_CHANCE_H
#define INC_TEST_CHANCE_H

#include <stddef.h>
#include <stdint.h>

/* A number below n, the same ones in each run. */
static inline size_t
chance(size_t n)
{
	static uint32_t seed = 1;

	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

#endif
