#ifndef INC_SPECIMEN_H
#define INC_SPECIMEN_H

#include <stdbool.h>
#include <stddef.h>

#include "codes.h"
#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"

/*
 * The longest values that a record may have under the procedures, to see
 * whether words have room for them.  The first of these that there is:
 *
 *   fields `longest`   so many characters
 *   fields `values`    each of them
 *   codes              each code of the column
 *   fields `pattern`   the longest text that it lets through (longest.h)
 *   other tables       the longest name that one of them gives the column: a
 *                      level, a role or a party, a boundary; the pack's own
 *                      name and version; the names of all fields; of status
 *                      its own longest word
 *   kind               a time with its nanoseconds, a number of
 *                      SPECIMEN_DIGITS digits, a code of SPECIMEN_CODE
 *                      characters, an id of ours, else SPECIMEN_TEXT
 *                      characters
 *
 * Text is made of words of four letters, about as long as those of English:
 * "summ summ summ".  So it can be seen what stands where.
 */
#define SPECIMEN_DIGITS 9
#define SPECIMEN_CODE 20
#define SPECIMEN_TEXT 160    /* a line: one SMS, a summary in most systems */
#define SPECIMEN_MOST 100000 /* of `longest` */

/* What a column may have. */
struct specimen {
	struct slice *value; /* n of them, in form on disk */
	size_t n;            /* at least one */
	bool always;         /* every record has a value: id, required `*` */
};

/* All zero is none. */
struct specimens {
	struct columns columns; /* that a record may have: the incident's, those
				   of fields and of the tree */
	struct specimen *of;    /* of each column */
	struct arena arena;
};

/*
 * Loads the tables; pack and codes must outlive s, which must be all zero.
 * The outputs of the tree must be known (pack_learn_outputs()).  Returns 0, or
 * -1 and the fault: a `longest` that is no number.
 */
int specimens_load(struct specimens *s, struct pack *pack,
    const struct codes *codes, struct fault *f);

/*
 * Adds the columns that the words of a summary may say beside a record's:
 * `count`, and as `ids` so many of the longest ids.  Call once.
 */
#define SPECIMEN_COUNT 20
void specimens_add_summary(struct specimens *s);

void specimens_release(struct specimens *s);

#endif
