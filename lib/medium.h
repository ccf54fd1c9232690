#ifndef INC_MEDIUM_H
#define INC_MEDIUM_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"
#include "table.h"

/*
 * What a medium carries: the columns medium, limit and charset of the table
 * `channels` of inc-procedures(7), and how a text is cut to it.
 */

/* Which characters: the column `charset`. */
enum medium_charset {
	MEDIUM_UTF8,   /* utf-8, also where the cell is empty */
	MEDIUM_GSM7,   /* gsm7 */
	MEDIUM_SPEECH, /* speech */
};

/* How much: the column `limit`.  How long reading takes is in speech.h. */
enum medium_limit_kind {
	MEDIUM_NO_LIMIT,   /* an empty cell */
	MEDIUM_PARTS,      /* "3 parts": of an SMS */
	MEDIUM_CHARACTERS, /* "500" */
	MEDIUM_BYTES,      /* "64 KiB", "1 MiB", "900 B": with the subject */
	MEDIUM_SECONDS,    /* "60s", "2m": read aloud */
};

struct medium_limit {
	enum medium_limit_kind kind;
	size_t most; /* parts, characters, bytes or seconds; at least 1 */
};

struct medium {
	struct slice name; /* sms; borrowed from the table */
	enum medium_charset charset;
	struct medium_limit limit;
};

/* Reads the cell `limit`.  Returns 0, or -1 where it is no such form. */
int medium_limit_read(struct slice cell, struct medium_limit *limit);

/*
 * Reads the columns medium, limit and charset of a row of channels.  Returns
 * 0, or -1 and the fault with its place.
 */
int medium_read(struct medium *m, struct table_row *row, struct fault *f);

/* What stands where something was left out: U+2026 in UTF-8, else "...". */
struct slice medium_ellipsis(const struct medium *m);

/*
 * Adds at most n characters of s to out, the last of them an ellipsis where
 * some are left out and n has room for it.  Returns the number of those.
 */
size_t medium_shorten(
    const struct medium *m, struct slice s, size_t n, struct buf *out);

/*
 * The bytes of the longest start of s, in whole characters, that keeps a limit
 * with tail after it (read aloud, a tail counts as one word); 0 where tail
 * alone does not.
 */
size_t medium_cut(struct slice s, struct medium_limit limit, struct slice tail);

/* Whether all of s keeps a limit. */
bool medium_fits(struct slice s, struct medium_limit limit);

/*
 * No text of more characters can keep the limit, though one of fewer may not;
 * SIZE_MAX where there is none.
 */
size_t medium_most_characters(struct medium_limit limit);

/*
 * How much a text is, in the unit of a kind of limit, characters where there
 * is none; units are finer: septets or units of UCS-2 for parts, words for
 * seconds.
 */
size_t medium_size(struct slice s, enum medium_limit_kind kind);
size_t medium_units(struct slice s, enum medium_limit_kind kind);

/* Adds a size as a cell `limit` has it, though never in KiB: "2 parts". */
void medium_size_add(struct buf *out, struct medium_limit size);

#endif
