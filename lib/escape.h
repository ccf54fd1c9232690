#ifndef INC_ESCAPE_H
#define INC_ESCAPE_H

#include <stdbool.h>

#include "buf.h"
#include "mem.h"
#include "slice.h"

/*
 * The field codec of inc-stream(5).  In a field \t \n \r \\ stand for tab,
 * newline, return and backslash; nothing else is escaped, as in COPY of
 * PostgreSQL.  A field that is empty or exactly \N has no value.
 */

/* Whether the field (as in the stream) holds a value. */
static inline bool
field_is_set(struct slice field)
{
	return field.n > 0 &&
	    !(field.n == 2 && field.p[0] == '\\' && field.p[1] == 'N');
}

/* Whether text holds a byte that is escaped in a field. */
bool escape_needed(struct slice text);

/* Adds text as a field of the stream. */
void escape_add(struct buf *out, struct slice text);

/*
 * Adds the text that a field stands for; a field without a value adds
 * nothing.  A backslash before any other letter stands for itself, so every
 * field can be read.
 */
void unescape_add(struct buf *out, struct slice field);

/*
 * The text of a field as a view: of the field itself where it has no escape,
 * else of *scratch, which is overwritten.
 */
struct slice unescape(struct slice field, struct buf *scratch);

/*
 * Text as a field, as a view: of the text itself where nothing needs an
 * escape, else of *scratch, which is overwritten.
 */
struct slice escape(struct slice text, struct buf *scratch);

/* Text as a field that lives as long as the arena. */
struct slice escape_copy(struct slice text, struct arena *arena);

#endif
