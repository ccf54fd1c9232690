#ifndef INC_TEMPLATE_H
#define INC_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "mem.h"
#include "slice.h"

/*
 * Text with slots, parsed: `{column}` and `{column|filter|filter}`.  Import
 * maps and wording share this form; what a column holds and what a filter
 * does is theirs.  `{{` and `}}` stand for braces.
 */
struct template_filter {
	struct slice name; /* the word after '|' */
	struct slice rest; /* what follows the word and one blank */
};

struct template_piece {
	struct slice text;   /* literal text; empty for a slot */
	struct slice column; /* p != NULL: a slot for this column */
	struct template_filter *filter;
	size_t nfilter;
	struct place where; /* of the slot */
	size_t index;       /* for the caller: the column's place */
};

struct template
{
	struct template_piece *piece;
	size_t n;
};

/*
 * Parses text; the pieces live in the arena and point into text, which must
 * outlive them.  where is the place of the first byte; line ends in text count
 * on.  A brace without its other, an empty slot or filter is a fault.
 * Returns 0, or -1 and the fault.
 */
int template_parse(struct template *t, struct slice text, struct place where,
    struct arena *arena, struct fault *f);

/* Whether it is one slot and nothing else. */
bool template_is_cell(const struct template *t);

#endif
