#ifndef INC_CSVIN_H
#define INC_CSVIN_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "slice.h"

/*
 * Records of a CSV (RFC 4180, through libcsv in strict mode) or TSV text that
 * comes in blocks.  A record that is wrongly quoted is a bad one, and reading
 * goes on at the next line.
 */
struct csvin;

enum {
	CSVIN_END = 0,
	CSVIN_RECORD = 1,
	CSVIN_BAD = 2,  /* wrongly quoted: see csvin_fault() */
	CSVIN_MORE = 3, /* needs more bytes: csvin_feed() */
};

/*
 * A reader of records separated by delimiter; quotes false is TSV, in which
 * a quote is a letter like any other.
 */
struct csvin *csvin_new(char delimiter, bool quotes);

void csvin_free(struct csvin *c);

/*
 * Gives it n more bytes of text, n == 0 for the end.  The bytes are copied
 * or used up before the next CSVIN_MORE; they must stay until then.
 */
void csvin_feed(struct csvin *c, struct slice text);

/*
 * The next record: its fields (as text, valid until the next call), their
 * number, the line on which it starts, and its bytes as they stand in the
 * file for CSVIN_BAD and rejects.  An empty line is a record of one empty
 * field.
 */
int csvin_next(struct csvin *c);

const struct slice *csvin_fields(const struct csvin *c, size_t *n);
size_t csvin_line(const struct csvin *c);
struct slice csvin_raw(const struct csvin *c);

/* What was wrong with a bad record, without a place; its line is
   csvin_line(). */
const char *csvin_fault(const struct csvin *c);

#endif
