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

/* Ends a digest: its first n letters, with a NUL. */
static void
end(struct digest *d, size_t n, char *out)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[DIGEST_BYTES];

	digest_bytes(d, bytes);
	for (size_t i = 0; i < n; i += 2) {
		out[i] = hex[bytes[i / 2] >> 4];
		out[i + 1] = hex[bytes[i / 2] & 15];
	}
	out[n] = '\0'; /* in place of one too many where n is odd */
}

void
digest_hex(struct digest *d, char out[DIGEST_HEX + 1])
{
	end(d, DIGEST_HEX, out);
}

void
digest_letters(struct slice text, size_t n, char *out)
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, text);
	end(&d, n, out);
}
