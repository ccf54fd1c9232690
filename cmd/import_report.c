/*
 * What was guessed of an export, on standard output: a row for each column, as
 * a stream, or as a table where that is a terminal.
 */
#include "import_report.h"

#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "output.h"
#include "portrait.h"
#include "streamout.h"
#include "terminal.h"

/* Prints the rows as a stream. */
static void
print_stream(const struct guess *g, struct stream_writer *out)
{
	struct buf cell[PORTRAIT_CELLS] = {0}, text[PORTRAIT_CELLS] = {0};
	struct slice field[PORTRAIT_CELLS];

	for (size_t k = 0; k < PORTRAIT_CELLS; k++)
		field[k] = portrait_title(k);
	if (!out->no_header)
		stream_writer_row(out, field, PORTRAIT_CELLS);
	for (size_t i = 0; i < g->n; i++) {
		for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
			buf_clear(&cell[k]);
			portrait_add(&cell[k], g, i, k);
			field[k] = escape(buf_slice(&cell[k]), &text[k]);
		}
		stream_writer_row(out, field, PORTRAIT_CELLS);
	}
	for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
		buf_release(&cell[k]);
		buf_release(&text[k]);
	}
}

/* A cell of a row, or its title in row 0; text is scratch. */
static struct slice
cell_of(const struct guess *g, size_t row, size_t cell, struct buf *text)
{
	if (row == 0)
		return portrait_title(cell);
	buf_clear(text);
	portrait_add(text, g, row - 1, cell);
	return buf_slice(text);
}

/*
 * Finds the widths of columns: what each needs but, where that is more than a
 * line holds, the widest cut first.
 */
static void
find_widths(const struct guess *g, size_t *width, size_t line)
{
	struct buf text = {0};
	size_t all = PORTRAIT_CELLS; /* blanks between */

	for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
		for (size_t i = 0; i <= g->n; i++) {
			size_t n = slice_characters(cell_of(g, i, k, &text));

			width[k] = n > width[k] ? n : width[k];
		}
		all += width[k];
	}
	for (; all > line; all--) {
		size_t widest = 0;

		for (size_t k = 1; k < PORTRAIT_CELLS; k++)
			widest = width[k] > width[widest] ? k : widest;
		if (width[widest] <= 1)
			break;
		width[widest]--;
	}
	buf_release(&text);
}

/* Prints the rows as a table that fits a terminal. */
static void
print_table(const struct guess *g, struct output *out, bool titles, size_t line)
{
	size_t width[PORTRAIT_CELLS] = {0};
	struct buf text = {0}, cell = {0};

	find_widths(g, width, line);
	for (size_t i = titles ? 0 : 1; i <= g->n; i++) {
		buf_clear(&text);
		for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
			inert_column(&text, cell_of(g, i, k, &cell), width[k]);
			buf_add_char(&text, ' ');
		}
		while (text.n > 0 && text.p[text.n - 1] == ' ')
			text.n--;
		buf_add_char(&text, '\n');
		output_add(out, buf_slice(&text));
	}
	buf_release(&text);
	buf_release(&cell);
}

int
import_report(const struct guess *g, const struct options *options)
{
	struct stream_writer out = {.no_header = options->no_header};
	size_t line = terminal_width();
	int result = 0;

	output_init(&out.out, STDOUT_FILENO, "<stdout>");
	if (line > 0)
		print_table(g, &out.out, !options->no_header, line);
	else
		print_stream(g, &out);
	if (output_close(&out.out) < 0) {
		diag_fault(STATUS_FAILED, &out.out.fault);
		result = -1;
	}
	output_release(&out.out);
	return result;
}
