#ifndef INC_DELIMS_H
#define INC_DELIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where tabs and line ends stand in a stretch of a stream, and where text
 * stands that needs a closer look: bytes outside ASCII, and NUL.
 */

#define DELIMS_BYTES ((size_t)32 * 1024) /* at most, in one stretch */
#define DELIMS_BLOCK ((size_t)64)        /* bytes that one bit of odd is for */

struct delims {
	uint32_t *at; /* their offsets in the stretch */
	size_t n;
	/* A bit for each block that holds odd bytes. */
	uint64_t odd[DELIMS_BYTES / DELIMS_BLOCK / 64];
};

/* Makes room for a stretch; free with delims_release(). */
void delims_init(struct delims *d);

/* Finds them in n bytes, at most DELIMS_BYTES, by the fastest way here. */
void delims_find(struct delims *d, const char *p, size_t n);

/* Whether a block with odd bytes holds any of those from start to end. */
bool delims_odd(const struct delims *d, size_t start, size_t end);

void delims_release(struct delims *d);

/* Go byte by byte from now on, as machines without AVX2 do: for tests. */
void delims_use_plain_way(void);

#endif
