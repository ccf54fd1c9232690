#ifndef INC_PIECE_H
#define INC_PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "mem.h"
#include "slice.h"

/*
 * What a piece of a regular expression tells of the texts that it matches.
 *
 * A piece is either spelled out, all texts that it matches being among a few
 * spellings, or has parts: sets of spellings, of each of which one stands in
 * whatever it matches.  Pieces are put together as the expression is: one
 * after the other, or one instead of the other.
 */
#define PIECE_MAX_BYTES 48          /* of a spelling; a longer run is divided */
#define PIECE_MAX_PRODUCT 64        /* spellings of alternatives in sequence */
#define PIECE_MAX_ALTERNATIVES 1024 /* spellings of alternatives */
#define PIECE_MIN_BYTES 2           /* of a spelling that tells texts apart */
#define PIECE_PARTS 2

struct spelling {
	char text[PIECE_MAX_BYTES];
	unsigned char n; /* bytes */
	bool left;       /* it must begin at a \b */
	bool right;      /* it must end at a \b */
	bool caseless;   /* ASCII letters stand for both cases */
};

struct spellings {
	struct spelling *v;
	size_t n, cap;
};

struct piece {
	bool spelled;
	bool whole; /* it is spelled, and matches each spelling */
	struct spellings all;
	struct spellings part[PIECE_PARTS]; /* the best first */
	size_t nparts;
};

/* A piece of which nothing is known: no spellings, no parts. */
struct piece piece_unknown(void);

/* A text of at most PIECE_MAX_BYTES; all spellings live in the arena. */
struct piece piece_text(struct slice text, bool caseless, struct arena *a);

/* A \b; and a place where something else is asked for, such as ^ or (?=...). */
struct piece piece_border(struct arena *a);
struct piece piece_place(struct arena *a);

/* Adds a piece that follows p. */
void piece_append(struct piece *p, const struct piece *next, struct arena *a);

/* Makes what p spells out a part; anything may follow. */
void piece_break(struct piece *p, struct arena *a);

/* Makes of p what is either p or another piece. */
void piece_alternate(
    struct piece *p, const struct piece *other, struct arena *a);

#endif
