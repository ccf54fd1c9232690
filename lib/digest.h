#ifndef INC_DIGEST_H
#define INC_DIGEST_H

#include <nettle/sha2.h>

#include "slice.h"

/*
 * SHA-256, by nettle, which uses the processor's instructions where it has
 * them.  For the log's chain, the identity of messages and ids of imports.
 */
#define DIGEST_BYTES 32
#define DIGEST_HEX 64 /* lower-case letters */

struct digest {
	struct sha256_ctx state;
};

/* Starts a digest of no bytes. */
void digest_init(struct digest *d);

/* Adds bytes. */
void digest_add(struct digest *d, struct slice s);

/* Ends it: the digest of all bytes added; d then is as after digest_init(). */
void digest_bytes(struct digest *d, unsigned char out[DIGEST_BYTES]);

/* The same in lower-case hex, with a NUL after it. */
void digest_hex(struct digest *d, char out[DIGEST_HEX + 1]);

/* The first n letters of the digest of a text, with a NUL after them. */
void digest_letters(struct slice text, size_t n, char *out);

#endif
