#ifndef INC_PROOF_H
#define INC_PROOF_H

#include "buf.h"
#include "dict.h"
#include "fault.h"
#include "journalin.h"
#include "seal.h"

/*
 * Proves entries one after another, from the first on, as journal_reader_next()
 * gives them: that times don't run backwards, every chain is what the recipe
 * of inc-log(5) gives, and a `redacted` entry, which clears the column,
 * follows each mark.  All zero before the first.
 */
struct proof {
	uint64_t seq;
	struct stamp at;
	char chain[SEAL_DIGITS + 1];
	struct buf file;  /* the segment of the last entry */
	struct buf text;  /* scratch */
	struct dict open; /* marks without their entry: places in mark */
	struct buf *mark; /* "FILE:LINE: column 'x' of 'id'"; empty once
			     its entry came */
	size_t nmark, cap;
};

/* Proves the next entry.  Returns 0, or -1 and what is wrong, with place. */
int proof_entry(
    struct proof *c, const struct journal_entry *e, struct fault *f);

/* After the last entry: 0, or -1 where a mark has no entry. */
int proof_end(struct proof *c, struct fault *f);

void proof_release(struct proof *c);

#endif
