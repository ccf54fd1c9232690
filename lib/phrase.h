#ifndef INC_PHRASE_H
#define INC_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "codes.h"
#include "columns.h"
#include "fault.h"
#include "medium.h"
#include "mem.h"
#include "slice.h"
#include "zone.h"

/*
 * The parsed form of words with slots (template.h): what wording.c works on,
 * and no other module.
 *
 * Filters, applied in the order in which they stand:
 *   digits       each character by itself: "20260325-0042" is said as
 *                "2 0 2 6 0 3 2 5 0 0 4 2"; blanks, control characters and
 *                hyphens only separate
 *   phonetic     spelled (spelling.h): "a-42" is "Alfa hyphen 4 2"; of a
 *                longer value the first SPELLING_MOST characters and an
 *                ellipsis
 *   spoken       the code's `spoken` for this column's value, else its word,
 *                else the value (codes.h); word: the same without `spoken`
 *   local        a time in the pack's zone: 2026-03-25 09:08
 *   short N      at most N characters, the last of them an ellipsis where
 *                something was left out (medium_shorten())
 *   else WORDS   these words where there is no value, which no other filter
 *                changes but json and xml; "else" alone: nothing
 *   json, xml    escaped, to stand in a string or in character data; only
 *                each other and `else` can follow them
 * A slot without a value and without `else` is left empty and counted.
 *
 * A value is said first and escaped last, so that it can be cut in between.
 */
struct phrase_step; /* a filter; defined in phrase.c */

/* Words, or a slot and what its value goes through. */
struct phrase_piece {
	struct slice text;   /* words */
	struct slice column; /* p != NULL: a slot */
	struct place where;
	size_t index; /* of the column, or COLUMNS_NONE: never a value */
	struct phrase_step *step; /* those that say it, then the escapes */
	size_t nwords, nsteps;    /* of those that say it, of all */
	bool has_else;
	struct slice otherwise; /* the words of `else` */
};

/* All zero is empty. */
struct phrase {
	struct phrase_piece *piece;
	size_t n;
};

/*
 * Parses text into p; the pieces live in the arena and point into text, which
 * must outlive them, as must the file's name.  where is the place of the first
 * byte.  Returns 0, or -1 and the fault with its place: a broken slot, an
 * unknown filter, one that can't stand where it does.
 */
int phrase_parse(struct phrase *p, struct slice text, struct place where,
    struct arena *arena, struct fault *f);

/* Whether there is a slot for a column. */
bool phrase_has_slot(const struct phrase *p, const char *column);

/*
 * Says where the columns are that the slots name, as when_bind() does: a name
 * that is not in columns but in known (may be NULL) never has a value; one in
 * neither is a fault that suggests the nearest.  May be called again.
 * Returns 0, or -1 and the fault.
 */
int phrase_bind(struct phrase *p, const struct columns *columns,
    const struct columns *known, struct fault *f);

/* What values are said with. */
struct phrase_means {
	const struct medium *medium;
	const struct codes *codes; /* all zero: none */
	const struct zone *zone;   /* of `local` */
};

/* What saying met with.  All zero is nothing yet; it only adds up. */
struct phrase_said {
	size_t missing; /* slots without a value and without `else` */
	struct slice missing_column; /* the first of them; borrowed */
	size_t unreadable;     /* values of `local` that are no time: kept */
	size_t shortened;      /* characters left out by short, phonetic */
	struct buf scratch[2]; /* private */
};

/*
 * What a slot of a bound phrase says of a row whose fields are in their form
 * on disk, before escapes.  The result is borrowed, from the phrase or from
 * said, where it is valid until the next call of this or of phrase_escape().
 */
struct slice phrase_say(const struct phrase_piece *slot,
    const struct slice *field, const struct phrase_means *means,
    struct phrase_said *said);

/*
 * A value of the slot after its escapes: value itself where it has none, else
 * borrowed from said as above.  value must be a copy of what phrase_say()
 * returned, whole or cut.
 */
struct slice phrase_escape(const struct phrase_piece *slot, struct slice value,
    struct phrase_said *said);

/* Counts from nothing again, and keeps the memory. */
void phrase_said_clear(struct phrase_said *said);

void phrase_said_release(struct phrase_said *said);

#endif
