#include "digest.h"

#include <stdint.h>

void
digest_init(struct digest *d)
{
	sha256_init(&d->state);
}

void
digest_add(struct digest *d, struct slice s)
{
	sha256_update(&d->state, s.n, (const uint8_t *)s.p);
}

void
digest_bytes(struct digest *d, unsigned char out[DIGEST_BYTES])
{
	sha256_digest(&d->state, DIGEST_BYTES, out);
}

void
digest_hex(struct digest *d, char out[DIGEST_HEX + 1])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[DIGEST_BYTES];

	digest_bytes(d, bytes);
	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		out[2 * i] = hex[bytes[i] >> 4];
		out[2 * i + 1] = hex[bytes[i] & 15];
	}
	out[DIGEST_HEX] = '\0';
}
