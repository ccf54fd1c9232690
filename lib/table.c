#include "table.h"

#include <stdlib.h>

#include "civil.h"
#include "csvin.h"
#include "escape.h"
#include "files.h"
#include "utf8.h"

static struct place
line_place(const struct table *t, size_t line)
{
	return (struct place){.file = t->path, .line = line};
}

/* Whether a record says nothing: a comment, or blanks and delimiters. */
static bool
says_nothing(const struct slice *cell, size_t n)
{
	if (slice_starts(cell[0], "#"))
		return true;
	for (size_t i = 0; i < n; i++) {
		if (slice_trim(cell[i]).n > 0)
			return false;
	}
	return true;
}

/* Where the quoted field that starts at raw[at] ends. */
static size_t
skip_quoted(struct slice raw, size_t at)
{
	for (at++; at < raw.n; at++) {
		if (raw.p[at] != '"')
			continue;
		if (at + 1 >= raw.n || raw.p[at + 1] != '"')
			break;
		at++;
	}
	return at;
}

/*
 * Finds the byte columns, from 1, where n cells start in a record; a quoted
 * one starts after its quote.
 */
static void
find_columns(
    struct slice raw, char delimiter, bool csv, size_t *column, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		bool quoted = csv && at < raw.n && raw.p[at] == '"';

		column[i] = at + (quoted ? 2 : 1);
		if (quoted)
			at = skip_quoted(raw, at);
		while (at < raw.n && raw.p[at] != delimiter)
			at++;
		at++;
	}
}

static int
add_header(struct table *t, const struct slice *cell, size_t n, struct fault *f)
{
	if (n > TABLE_MAX_CELLS)
		return fault_at(f, line_place(t, t->header_line),
		    "more than %zu columns", TABLE_MAX_CELLS);
	for (size_t i = 0; i < n; i++) {
		struct slice name = slice_trim(cell[i]);
		struct place where = table_header_place(t, i);

		if (name.n == 0)
			return fault_at(
			    f, where, "column %zu has no name", i + 1);
		if (columns_find(&t->columns, name) != COLUMNS_NONE)
			return fault_at(f, where,
			    "two columns are called '%.*s'", SLICE_ARG(name));
		columns_add(&t->columns, name);
	}
	return 0;
}

static int
add_row(struct table *t, struct csvin *c, const struct slice *cell, size_t n,
    char delimiter, struct fault *f)
{
	size_t columns = t->columns.n;
	struct table_row *row;

	if (t->n >= TABLE_MAX_CELLS / columns)
		return fault_at(f, line_place(t, csvin_line(c)),
		    "more than %zu cells in a table", TABLE_MAX_CELLS);
	t->row = mem_grow(t->row, t->n, &t->cap, sizeof *t->row);
	row = &t->row[t->n++];
	*row = (struct table_row){.line = csvin_line(c), .table = t};
	row->cell = arena_new(&t->arena, columns * sizeof *row->cell);
	row->column = arena_new(&t->arena, columns * sizeof *row->column);
	find_columns(csvin_raw(c), delimiter, t->csv, row->column, columns);
	for (size_t i = 0; i < columns; i++) {
		row->cell[i] = (struct slice){"", 0};
		if (i >= n || cell[i].n == 0)
			continue;
		row->cell[i].p = arena_copy(&t->arena, cell[i].p, cell[i].n);
		row->cell[i].n = cell[i].n;
	}
	if (n <= columns)
		return 0;
	return fault_at(f, line_place(t, csvin_line(c)),
	    "%zu cells, the header names %zu", n, columns);
}

/* Takes in a record.  Returns 0, or -1 and the fault. */
static int
take(struct table *t, struct csvin *c, int got, char delimiter, struct fault *f)
{
	struct slice raw = csvin_raw(c);
	const struct slice *cell;
	size_t n;

	if (!utf8_is_valid(raw))
		return fault_at(
		    f, line_place(t, csvin_line(c)), "not UTF-8 text");
	if (got == CSVIN_BAD && slice_starts(raw, "#"))
		return 0;
	if (got == CSVIN_BAD)
		return fault_at(
		    f, line_place(t, csvin_line(c)), "%s", csvin_fault(c));
	cell = csvin_fields(c, &n);
	if (says_nothing(cell, n))
		return 0;
	if (t->header_line > 0)
		return add_row(t, c, cell, n, delimiter, f);
	t->header_line = csvin_line(c);
	t->header_at = arena_new(&t->arena, n * sizeof *t->header_at);
	find_columns(raw, delimiter, t->csv, t->header_at, n);
	return add_header(t, cell, n, f);
}

/* Comma or semicolon: whichever comes first in the header. */
static char
guess_delimiter(struct slice text)
{
	struct slice rest = slice_without_bom(text), line;

	while (slice_split(&rest, '\n', &line)) {
		if (slice_starts(line, "#") || slice_starts(line, "\"#"))
			continue;
		for (size_t i = 0; i < line.n; i++) {
			if (line.p[i] == ',' || line.p[i] == ';')
				return line.p[i];
		}
		if (slice_trim(line).n > 0)
			break;
	}
	return ',';
}

int
table_read(struct table *t, const char *path, struct slice text, bool csv,
    struct fault *f)
{
	char delimiter = csv ? guess_delimiter(text) : '\t';
	struct csvin *c = csvin_new(delimiter, csv);
	int got, result = 0;
	bool lost = false; /* rows, of which nothing can be told */

	t->path = arena_copy(&t->arena, path, strlen(path));
	t->csv = csv;
	if (text.n > 0)
		csvin_feed(c, text);
	while (result == 0 && (got = csvin_next(c)) != CSVIN_END) {
		size_t rows = t->n;
		bool header = t->header_line == 0;

		if (got == CSVIN_MORE) {
			csvin_feed(c, (struct slice){"", 0});
		} else if (take(t, c, got, delimiter, f) < 0) {
			lost = lost || t->n == rows;
			result = header ? -1 : fault_keep(f);
		}
	}
	csvin_free(c);
	if (lost)
		return -1;
	if (result == 0 && t->header_line == 0)
		result = fault_at(
		    f, line_place(t, 0), "empty, a header line was expected");
	return result;
}

int
table_load(struct table *t, const char *path, struct fault *f)
{
	struct buf text = {0};
	int result = file_read(path, TABLE_MAX_BYTES, &text, f);

	if (result == 0)
		result = table_read(t, path, buf_slice(&text),
		    slice_ends(slice_of(path), ".csv"), f);
	buf_release(&text);
	return result;
}

int
table_check(const struct table *t, const struct slice *known, size_t n,
    size_t required, struct fault *f)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		struct slice name = t->columns.name[i];
		size_t k = 0;

		while (k < n && !slice_eq(name, known[k]))
			k++;
		if (k < n)
			continue;
		fault_at(f, table_header_place(t, i), "unknown column '%.*s'",
		    SLICE_ARG(name));
		fault_suggest(f, name, known, n);
		if (fault_keep(f) < 0)
			return -1;
	}
	for (size_t k = 0; k < required; k++) {
		if (columns_find(&t->columns, known[k]) == COLUMNS_NONE)
			return fault_at(f, line_place(t, t->header_line),
			    "the column '%.*s' is missing",
			    SLICE_ARG(known[k]));
	}
	return 0;
}

struct slice
table_raw(const struct table_row *row, const char *column)
{
	size_t i = columns_find(&row->table->columns, slice_of(column));

	return i == COLUMNS_NONE ? (struct slice){"", 0}
				 : slice_trim(row->cell[i]);
}

struct slice
table_text(struct table_row *row, const char *column)
{
	size_t i = columns_find(&row->table->columns, slice_of(column));

	return i == COLUMNS_NONE ? (struct slice){"", 0}
				 : table_text_at(row, i);
}

struct slice
table_text_at(struct table_row *row, size_t i)
{
	struct slice raw = slice_trim(row->cell[i]);
	struct table *t = row->table;
	struct buf text = {0};

	if (!field_is_set(raw))
		return (struct slice){"", 0};
	if (t->csv || memchr(raw.p, '\\', raw.n) == NULL)
		return raw;
	if (row->text == NULL)
		row->text =
		    arena_new(&t->arena, t->columns.n * sizeof *row->text);
	if (row->text[i].p == NULL) {
		unescape_add(&text, raw);
		row->text[i].p = arena_copy(&t->arena, text.p, text.n);
		row->text[i].n = text.n;
		buf_release(&text);
	}
	return row->text[i];
}

int
table_date(
    struct table_row *row, const char *column, int64_t *day, struct fault *f)
{
	struct slice cell = table_text(row, column);
	struct civil date;

	if (cell.n == 0)
		return 0;
	if (civil_parse_date(cell, &date) < 0)
		return fault_at(f, table_place(row, column),
		    "'%.*s' is no date: YYYY-MM-DD was expected",
		    SLICE_ARG(cell));
	*day = civil_seconds(&date) / DAY_S;
	return 0;
}

struct place
table_place(const struct table_row *row, const char *column)
{
	size_t i = columns_find(&row->table->columns, slice_of(column));

	return i == COLUMNS_NONE ? line_place(row->table, row->line)
				 : table_place_at(row, i);
}

struct place
table_place_at(const struct table_row *row, size_t i)
{
	struct place where = line_place(row->table, row->line);
	struct slice raw = slice_trim(row->cell[i]);

	where.column = row->column[i];
	if (raw.n > 0)
		where.column += (size_t)(raw.p - row->cell[i].p);
	return where;
}

struct place
table_header_line(const struct table *t)
{
	return line_place(t, t->header_line);
}

struct place
table_header_place(const struct table *t, size_t index)
{
	struct place where = line_place(t, t->header_line);

	where.column = t->header_at[index];
	return where;
}

void
table_release(struct table *t)
{
	columns_release(&t->columns);
	free(t->row);
	arena_release(&t->arena);
	*t = (struct table){0};
}
