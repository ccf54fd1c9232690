#ifndef INC_LITERALS_H
#define INC_LITERALS_H

#include <stdbool.h>
#include <stddef.h>

#include "mem.h"
#include "piece.h"
#include "slice.h"

/*
 * What every match of a regular expression must contain.
 *
 * A text can match /\b(pump|drain) is (down|off)\b/ only if one of four
 * literals stands in it, "pump is down" being the first; and
 * /\b(pump|drain)\b.*\b(down|off)\b/ only if one of two literals and one of
 * two others do.  So a pattern has up to two parts, each a set of literals,
 * and a text in which any part has none can't match.
 *
 * The reading is cautious.  Whatever may match different texts (a class, a
 * dot, a repetition, a look around) ends a literal; a construct that is not
 * known here, such as a recursion, leaves the pattern without parts.
 */
#define LITERALS_PARTS PIECE_PARTS

struct literal {
	char text[PIECE_MAX_BYTES];
	unsigned char n; /* bytes, at least PIECE_MIN_BYTES */
	bool left;       /* it must begin at a \b */
	bool right;      /* it must end at a \b */
	bool caseless;   /* ASCII letters stand for both cases */
	bool whole;      /* where it stands, with its \b, the pattern matches */
};

struct literals_part {
	struct literal *literal;
	size_t n;
};

struct literals {
	struct literals_part part[LITERALS_PARTS];
	size_t n; /* parts; 0: any text may match */
};

/*
 * Finds the literals of a pattern, which is one that pattern_new() took:
 * body and flags are as there.  They live as long as the arena.
 *
 * Without regard to case, Unicode knows one more k (U+212A) and s (U+017F)
 * than ASCII: each is then a literal too.  Other characters beyond ASCII end
 * a literal there.
 */
struct literals literals_find(
    struct slice body, struct slice flags, struct arena *arena);

#endif
