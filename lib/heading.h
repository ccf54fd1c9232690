#ifndef INC_HEADING_H
#define INC_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "profile.h"
#include "slice.h"

/*
 * What the columns of exports are called: for each column of the stream the
 * names that other systems give it.
 */

/* What the values of a column of the stream must look like. */
enum heading_form {
	HEADING_TIME,
	HEADING_ID,    /* short, and of no other kind */
	HEADING_LABEL, /* neither a time nor a yes or no */
	HEADING_NUMBER,
	HEADING_TEXT, /* a label with letters */
};

struct heading {
	const char *target; /* the column of the stream */
	enum heading_form form;
	/*
	 * The names, likeliest first, separated by commas: the words of their
	 * snake_case form, but for those that say nothing (heading_words()).
	 */
	const char *names;
};

/* All of them; *n is how many. */
const struct heading *headings(size_t *n);

/*
 * Adds the words of a column's name that say something, separated by blanks:
 * "Received DtTm" and "sys_received_at" are "received", "Call No" is "call
 * number".  Where none does, as in "timestamp", they stay.
 */
void heading_words(struct buf *out, struct slice name);

/*
 * How well words (heading_words()) fit a heading: 0 not at all, to 100 for its
 * first name.
 */
int heading_fits(const struct heading *h, struct slice words);

/* Whether values of a kind can be what the heading stands for. */
bool heading_takes(
    const struct heading *h, const struct profile *p, enum profile_kind kind);

/* Whether words say that a person, or where one is reached, stands there. */
bool heading_is_person(struct slice words);

/* Whether words say that it is a time, and not of what. */
bool heading_is_bare_time(struct slice words);

/* Whether a name speaks of a time: received_at, Open Time. */
bool heading_is_time(struct slice name);

#endif
