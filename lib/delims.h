#ifndef INC_DELIMS_H
#define INC_DELIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where the bytes that separate fields and records stand in a stretch of
 * text, and where text stands that needs a closer look: bytes outside ASCII,
 * and NUL.
 */

#define DELIMS_BYTES ((size_t)8 * 1024) /* at most, in one stretch */
#define DELIMS_BLOCK ((size_t)64)       /* bytes that one bit of odd is for */

struct delims {
	uint32_t *at; /* their offsets in the stretch */
	size_t n;
	uint32_t *stop; /* their places in at[]: all but the separators */
	size_t nstop;
	bool any_odd; /* whether some block holds odd bytes */
	/* A bit for each that does. */
	uint64_t odd[DELIMS_BYTES / DELIMS_BLOCK / 64];

	/* Private. */
	bool sought[256];
	char separator;
	unsigned char by_nibble[16]; /* the one with these low four bits */
	bool wide;                   /* no two have the same */
};

/*
 * Makes ready to look for ASCII characters: that which separates fields, and
 * others, at which a program has to stop and see.
 */
void delims_init(struct delims *d, char separator, const char *others);

/* Finds them in n bytes, at most DELIMS_BYTES, by the fastest way here. */
void delims_find(struct delims *d, const char *p, size_t n);

/* Whether a block with odd bytes holds any of those from start to end. */
bool delims_odd(const struct delims *d, size_t start, size_t end);

void delims_release(struct delims *d);

#endif
