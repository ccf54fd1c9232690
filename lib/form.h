#ifndef INC_FORM_H
#define INC_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "pattern.h"
#include "table.h"
#include "when.h"

/*
 * What a record should hold: the table fields of the procedures (clause 1.3).
 * Nothing here refuses a record; it says what is missing or not as it should
 * be, so that the record can be marked and chased.
 */
struct form {
	struct form_field *field;
	size_t n;
	struct when_state state;
};

/*
 * Loads the table, which must outlive the form: types are text, time, number
 * or code; `required` is a condition, `pattern` a regular expression that all
 * of a value must match, `values` a list of words.  Returns 0, or -1 and the
 * fault.  form must be all zero.
 */
int form_load(struct form *form, struct table *t, struct fault *f);

/*
 * Says where the columns of the records are; known as in when_bind().
 * Returns 0, or -1 and the fault.
 */
int form_bind(struct form *form, const struct columns *columns,
    const struct columns *known, struct fault *f);

/*
 * Adds the names of the fields that a record (fields as on disk, in the
 * order of the bound columns) lacks or that hold what they should not,
 * separated by blanks, in the table's order.
 */
void form_check(
    struct form *form, const struct slice *field, struct buf *incomplete);

/* Whether a column is personal, so that the log seals it. */
bool form_is_personal(const struct form *form, struct slice column);

void form_release(struct form *form);

#endif
