#ifndef INC_CSVIN_H
#define INC_CSVIN_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "slice.h"

/*
 * Records of a CSV (RFC 4180, through libcsv in strict mode) or TSV text that
 * comes in blocks.  A byte order mark is passed over; blanks are kept; a quote
 * in a field that does not start with one is an error, save after a digit,
 * where it is a sign for seconds or inches (37.8"N, a 19" screen).
 *
 * A record that is wrongly quoted is a bad one, and reading goes on at the
 * line after the one where it starts: a quote that is never closed costs one
 * line and not the rest of the text.  (Where a text is made of such lines on
 * purpose, the lines read in vain become one bad record, so that the time
 * stays in proportion to the text.)  So is one with a NUL byte or with more
 * than 1,048,576 fields; reading goes on after it.
 */
struct csvin;

enum {
	CSVIN_END = 0,
	CSVIN_RECORD = 1,
	CSVIN_BAD = 2,  /* no record: see csvin_fault() */
	CSVIN_MORE = 3, /* needs more bytes: csvin_feed() */
};

/*
 * A reader of records separated by delimiter; quotes false is TSV, in which
 * a quote is a letter like any other.
 */
struct csvin *csvin_new(char delimiter, bool quotes);

void csvin_free(struct csvin *c);

/*
 * Gives it more bytes of text, which are copied; none for the end.  To be
 * called only after CSVIN_MORE (or before the first csvin_next()).
 */
void csvin_feed(struct csvin *c, struct slice text);

/*
 * The next record: its fields (as text, valid until the next call), their
 * number, the line on which it starts, and its bytes as they stand in the
 * file (without the line end) for CSVIN_BAD and rejects.  Lines end with LF
 * or CR LF, in CSV also with a lone CR outside quotes.  An empty line is a
 * record of one empty field.
 */
int csvin_next(struct csvin *c);

/* Of the last record, as said above. */
const struct slice *csvin_fields(const struct csvin *c, size_t *n);
size_t csvin_line(const struct csvin *c);
struct slice csvin_raw(const struct csvin *c);

/* Whether the last record is known to be of ASCII text alone. */
bool csvin_is_ascii(const struct csvin *c);

/* What was wrong with a bad record, without a place; its line is
   csvin_line(). */
const char *csvin_fault(const struct csvin *c);

#endif
