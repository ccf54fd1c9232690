#ifndef INC_GUESS_H
#define INC_GUESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile.h"
#include "slice.h"

/*
 * Which columns of the stream those of an export are, by what they are called
 * (heading.h) and what they look like (profile.h); and what of it a person has
 * to decide.
 */

/* What needs a person's word. */
enum {
	GUESS_ZONE = 1 << 0,    /* the times say no zone */
	GUESS_ORDER = 1 << 1,   /* day and month can stand either way round */
	GUESS_UNREAD = 1 << 2,  /* some values are no times of the form found */
	GUESS_FORM = 1 << 3,    /* a time by its name, but without a value */
	GUESS_DAYS = 1 << 4,    /* a spreadsheet's numbers of days */
	GUESS_WORDS = 1 << 5,   /* what its words mean: priority, state */
	GUESS_FLOATS = 1 << 6,  /* whole numbers spoiled into floats */
	GUESS_SPOILED = 1 << 7, /* values that a spreadsheet has spoiled */
	GUESS_PERSON = 1 << 8,  /* personal data */
	GUESS_TWICE = 1 << 9,   /* several columns have this name */
	GUESS_ARRAY = 1 << 10,  /* arrays of JSON */
};

#define GUESS_NONE SIZE_MAX

struct guess_column {
	struct slice name;             /* borrowed */
	const struct profile *profile; /* borrowed */
	enum profile_kind kind;
	struct slice format; /* of a time, as timeform_scan() has it; of a time
				of day; else empty */
	struct slice rival;  /* the other order that fits as well, or empty */
	const char *target;  /* the column of the stream, or NULL */
	int score;           /* of the target */
	size_t clock;        /* where its times of day stand, or GUESS_NONE */
	bool is_clock;       /* it is another column's clock */
	unsigned asks;
};

struct guess {
	struct guess_column *column;
	size_t n;
	size_t id;  /* the column of the id, or GUESS_NONE */
	bool trail; /* ids come on several rows, as in an audit trail */
	bool missing[PROFILE_MARKS]; /* marks that were found */
};

/*
 * Guesses by the profiles of an export's n columns and their names, both
 * borrowed.  g must be all zero.
 */
void guess_make(struct guess *g, const struct slice *name,
    const struct profile *profile, size_t n);

/* The column that was guessed to be one of the stream, or GUESS_NONE. */
size_t guess_find(const struct guess *g, const char *target);

void guess_release(struct guess *g);

#endif
