#ifndef INC_TABLE_H
#define INC_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "slice.h"

/*
 * A table of procedures, held in memory: NAME.tsv, or NAME.csv as a
 * spreadsheet saves it (comma or semicolon, quotes).  The first line names
 * the columns; lines that start with '#' and lines of nothing but blanks and
 * delimiters are left out; a short row is padded with empty cells.
 *
 * What is loaded from a table by any X_load() of the modules below is to be
 * released after a fault too, unless the function says otherwise.
 */
struct table {
	const char *path; /* for messages */
	struct columns columns;
	struct table_row *row;
	size_t n;
	struct arena arena; /* owns all bytes */

	/* Private. */
	size_t cap;         /* of row */
	bool csv;           /* backslashes stand for themselves */
	size_t header_line; /* where the header stands */
	size_t *header_at;  /* the byte column of each name */
};

struct table_row {
	size_t line;        /* counts from 1 */
	struct slice *cell; /* columns.n of them, as they stand in the file */
	size_t *column;     /* the byte column where each cell starts */
	struct table *table;
	struct slice *text; /* private: what table_text() made, or NULL */
};

/* At most this many bytes in a table, and cells (short rows are padded). */
#define TABLE_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define TABLE_MAX_CELLS ((size_t)4 * 1000 * 1000)

/*
 * Loads a file.  Returns 0, or -1 and the fault.  t must be all zero and may
 * not move as long as its rows are used; it is to be released either way.
 */
int table_load(struct table *t, const char *path, struct fault *f);

/*
 * Reads a table from text, called path in messages; csv says which form.
 * Nothing of text and path is needed after the call.
 */
int table_read(struct table *t, const char *path, struct slice text, bool csv,
    struct fault *f);

/*
 * Checks the header against the names that a table of this kind may have
 * (known) of which the first `required` must be there.  A fault names the
 * place and suggests the nearest name.  Returns 0 or -1.
 */
int table_check(const struct table *t, const struct slice *known, size_t n,
    size_t required, struct fault *f);

/*
 * A cell as it stands in the file, blanks at both ends trimmed: for conditions
 * and patterns.  Empty where the table has no such column.
 */
struct slice table_raw(const struct table_row *row, const char *column);

/*
 * A cell as text: trimmed, and in a .tsv with \t \n \r \\ read.  Owned by the
 * table.  Empty where the table has no such column or the cell is \N.
 */
struct slice table_text(struct table_row *row, const char *column);

/* The same for the column at a place of table->columns. */
struct slice table_text_at(struct table_row *row, size_t index);

/*
 * Reads a cell as a date YYYY-MM-DD, in days since 1970-01-01; an empty one
 * leaves *day.  Returns 0, or -1 and the fault.
 */
int table_date(
    struct table_row *row, const char *column, int64_t *day, struct fault *f);

/*
 * Where a cell stands (its first byte that is no blank); without such a
 * column, where the row stands.
 */
struct place table_place(const struct table_row *row, const char *column);

/* The same for the column at a place of table->columns. */
struct place table_place_at(const struct table_row *row, size_t index);

/* Where the header stands, and the name of one of its columns. */
struct place table_header_line(const struct table *t);
struct place table_header_place(const struct table *t, size_t index);

void table_release(struct table *t);

#endif
