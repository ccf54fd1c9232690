#ifndef INC_SEAL_H
#define INC_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "digest.h"
#include "fault.h"
#include "slice.h"

/*
 * The chain of the log and the seals of personal values in it: the recipe of
 * inc-log(5), used where entries are added and where they are proved.
 * Digests are SHA-256 in lower-case hex; values are taken as on disk.
 */
#define SEAL_DIGITS DIGEST_HEX
#define NONCE_DIGITS ((size_t)32)

/* The chain before the first entry: 64 zeros. */
extern const char chain_start[SEAL_DIGITS + 1];

/* Whether a text is the digits of a seal or a chain. */
bool seal_is(struct slice text);

/*
 * Begins the digest of an entry with the chain of the one before; header is
 * that of the segment for its first entry, else NULL.  Then add the fields.
 */
void chain_begin(
    struct digest *d, const char *before, const struct columns *header);

/* The seal of a value: SHA-256(nonce TAB value). */
void seal_value(
    struct slice nonce, struct slice value, char seal[SEAL_DIGITS + 1]);

/*
 * Whether values of a column can be sealed: nonces are listed between blanks,
 * so a name that has one can be neither sealed nor redacted.
 */
bool seal_allows(struct slice column);

/*
 * Random bytes for nonces, drawn many at once: 256 bytes, the most that a
 * signal never cuts short.  All zero is none yet.
 */
struct nonce_pool {
	unsigned char random[16][NONCE_DIGITS / 2];
	size_t left; /* nonces */
};

/*
 * Adds `column:nonce` with a new random nonce to the list nonces, and sets
 * *nonce to a view of it.  Returns 0, or -1 and the fault.
 */
int nonce_add(struct nonce_pool *pool, struct buf *nonces, struct slice column,
    struct slice *nonce, struct fault *f);

/* The nonce of a column in such a list; empty: it has none. */
struct slice nonce_of(struct slice nonces, struct slice column);

/* Adds such a list without the nonce of a column. */
void nonces_without(struct buf *out, struct slice nonces, struct slice column);

/* Adds the mark that the redaction of a sealed value leaves: redacted:SEAL. */
void mark_add(struct buf *out, struct slice nonce, struct slice value);

/* Whether a value is such a mark. */
bool mark_is(struct slice value);

/*
 * Whether a value of a column is the mark of one that was taken out of an entry
 * with these nonces.  What looks like a mark is a value where it has a nonce,
 * or can have none.
 */
static inline bool
mark_stands(struct slice value, struct slice nonces, struct slice column)
{
	return mark_is(value) && seal_allows(column) &&
	    nonce_of(nonces, column).n == 0;
}

/* The seal in a mark. */
struct slice mark_seal(struct slice mark);

#endif
