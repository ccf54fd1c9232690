#ifndef INC_JSONTEXT_H
#define INC_JSONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "slice.h"

/*
 * Where the values of a JSON text (RFC 8259) stand that comes in blocks: the
 * elements of an array, values one on each line (JSON Lines), or one after the
 * other over any lines.  Which of these, the first value tells.  What stands
 * in a value is not looked at, nor are the commas between elements, so that a
 * value that is wrong costs itself, or its line, and not the rest of the text.
 * All zero is the start of a text.
 */
struct jsontext {
	/* The value found last; valid until the next feed. */
	struct slice value;
	size_t line; /* on which it starts, from 1 */

	/* Private. */
	struct buf text; /* what was fed and is not yet used up */
	bool ended;      /* nothing more will be fed */
	enum {
		JSONTEXT_UNTOLD,
		JSONTEXT_ARRAY,
		JSONTEXT_LINES,
		JSONTEXT_ROW
	} form;
	size_t at;    /* in text: the value under way, or what comes next */
	size_t ends;  /* lines before text[at] */
	size_t seen;  /* bytes of the value looked at */
	size_t depth; /* of brackets in it */
	bool quoted, escaped;
	bool started; /* a byte order mark was looked for */
	bool whole;   /* all of it was seen */
	bool broken;  /* a string in it never ends: where to go on is sought */
	size_t fresh; /* of a broken one: the newline before this line, on
			 which only blanks were seen; or 0 */
};

enum {
	JSONTEXT_END = 0,
	JSONTEXT_VALUE = 1, /* or what stands in its place */
	JSONTEXT_MORE = 2,  /* needs more bytes: jsontext_feed() */
};

/*
 * Whether a text is JSON with objects, by its first bytes: a CSV may start
 * with a brace or a bracket too, but not with these.  1 or 0, or -1 where they
 * are too few to tell.  A MiB of nothing but blanks is none, so that asking
 * again with every block comes to an end.
 */
int jsontext_is(struct slice text);

/*
 * Gives it more bytes, which are copied; none for the end.  To be called only
 * after JSONTEXT_MORE, or before the first jsontext_next().
 */
void jsontext_feed(struct jsontext *t, struct slice text);

/* Finds the next value. */
int jsontext_next(struct jsontext *t);

void jsontext_release(struct jsontext *t);

#endif
