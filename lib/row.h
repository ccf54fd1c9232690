#ifndef INC_ROW_H
#define INC_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "escape.h"
#include "incident.h"
#include "slice.h"

/*
 * A row of the stream as the log reads it: which of its columns are an
 * incident's, and which say of what incident, when and how it is meant.
 */
struct row {
	const struct slice *field; /* of the row under way: the caller's */
	struct columns columns;
	size_t *column; /* by column: its place in incidents.columns, or
			   COLUMNS_NONE for what is no content */
	/* Where these are, or COLUMNS_NONE. */
	size_t id, updated, rev, event, message, try, delivery;
};

/*
 * Whether columns are those of entries of a log, as history prints them: an
 * empty field says nothing there, in a row it says that there is no value.
 */
bool row_is_entry(const struct columns *columns);

/* Says which columns the rows to come have; again where others have. */
void row_bind(
    struct row *row, const struct columns *columns, struct incidents *all);

/* From now on what rows say in a column is no content of theirs. */
void row_ignore(struct row *row, struct slice name);

/* The field of a column, empty where it has no value or there is none. */
static inline struct slice
row_value(const struct row *row, size_t at)
{
	struct slice value = columns_field(row->field, at);

	return field_is_set(value) ? value : (struct slice){"", 0};
}

void row_release(struct row *row);

#endif
