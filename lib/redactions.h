#ifndef INC_REDACTIONS_H
#define INC_REDACTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "dict.h"
#include "fault.h"
#include "journalin.h"
#include "slice.h"
#include "stamp.h"

/*
 * Which values were taken out of the log, by the `redacted` entries that say
 * so: such an entry clears columns of its incident, and every value that an
 * entry before it had in one of them is a mark by then, inc-log(5).  A value
 * that is still there was left by a redaction that did not come to its end.
 * Memory goes by what was redacted.  All zero is none.
 */
struct redactions {
	struct dict columns; /* from "id TAB column" to the last such entry */
	struct dict ids;     /* from the id alone to a place in last */
	struct redactions_last {
		uint64_t seq;
		struct stamp at;
	} * last; /* such entry of an id */
	size_t cap;
	struct buf key; /* scratch */
};

/* Takes note of an entry where it is `redacted`. */
void redactions_read(struct redactions *r, const struct journal_entry *e);

/* The last entry that took a column of an incident out; 0: none did. */
uint64_t redactions_of(
    struct redactions *r, struct slice id, struct slice column);

/* The last entry that took anything of an incident out; 0: none did. */
uint64_t redactions_of_id(const struct redactions *r, struct slice id);

/* The same with its time, which is written to *at where there is one. */
uint64_t redactions_when(
    const struct redactions *r, struct slice id, struct stamp *at);

/*
 * Whether the i-th field of an entry (its fields by the columns of its
 * segment) holds a value although a later entry took it out.
 */
bool redactions_left(struct redactions *r, const struct columns *columns,
    const struct slice *field, size_t i);

/*
 * Checks an entry for such values.  Returns 0, or -1 and the fault, with the
 * place of the first.
 */
int redactions_check(
    struct redactions *r, const struct journal_entry *e, struct fault *f);

void redactions_release(struct redactions *r);

#endif
