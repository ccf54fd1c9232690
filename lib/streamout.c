#include "streamout.h"

#include <string.h>

#include "output.h"

int
stream_writer_header(struct stream_writer *w, const struct columns *columns)
{
	if (w->no_header)
		return 0;
	return stream_writer_row(w, columns->name, columns->n);
}

/* The bytes of a row, with what stands between the fields and its end. */
static size_t
row_bytes(const struct slice *field, size_t n)
{
	size_t bytes = n;

	for (size_t i = 0; i < n; i++)
		bytes += field[i].n;
	return bytes;
}

/*
 * The next run of fields from *i on: those that stand side by side in the
 * input go as one.
 */
static struct slice
next_run(const struct slice *field, size_t n, size_t *i)
{
	struct slice run = field[(*i)++];

	while (
	    *i < n && field[*i].p == run.p + run.n + 1 && run.p[run.n] == '\t')
		run.n += 1 + field[(*i)++].n;
	return run;
}

/* A row on its way out. */
struct parcel {
	struct output *out;
	char *to; /* in the output's buffer; NULL: it is too long for that */
};

/* Begins a row of so many bytes. */
static struct parcel
begin_row(struct stream_writer *w, size_t bytes)
{
	bool fits = bytes <= OUTPUT_BYTES;

	return (struct parcel){
	    &w->out, fits ? output_room(&w->out, bytes) : NULL};
}

/* Adds n bytes to it, which are often none. */
static inline void
put(struct parcel *row, const char *p, size_t n)
{
	if (row->to == NULL) {
		output_add(row->out, (struct slice){p, n});
	} else if (n > 0) {
		memcpy(row->to, p, n);
		row->to += n;
	}
}

static int
end_row(struct stream_writer *w, struct parcel *row)
{
	put(row, "\n", 1);
	if (w->line_buffered)
		return output_flush(&w->out);
	return w->out.failed ? -1 : 0;
}

int
stream_writer_row(struct stream_writer *w, const struct slice *field, size_t n)
{
	struct parcel row = begin_row(w, row_bytes(field, n));
	size_t i = 0;

	while (i < n) {
		struct slice run = next_run(field, n, &i);

		put(&row, run.p, run.n);
		if (i < n)
			put(&row, "\t", 1);
	}
	return end_row(w, &row);
}

/* Whether a field is the one that was read. */
static bool
is_same(struct slice new, struct slice old)
{
	return new.p == old.p &&new.n == old.n;
}

int
stream_writer_changed(struct stream_writer *w, const struct stream_reader *r,
    const struct slice *field, const size_t *column, size_t n, size_t nadded)
{
	const struct slice *added = field + r->columns.n;
	const char *from = r->row.p; /* what was not yet copied */
	size_t bytes = r->row.n + 1 + nadded, first = n;
	struct parcel row;

	for (size_t i = n; i-- > 0;) {
		struct slice old = r->field[column[i]];
		struct slice new = field[column[i]];

		if (!is_same(new, old)) {
			bytes += new.n - old.n;
			first = i;
		}
	}
	for (size_t i = 0; i < nadded; i++)
		bytes += added[i].n;
	row = begin_row(w, bytes);
	for (size_t i = first; i < n; i++) {
		struct slice old = r->field[column[i]];
		struct slice new = field[column[i]];

		if (is_same(new, old))
			continue;
		put(&row, from, (size_t)(old.p - from));
		put(&row, new.p, new.n);
		from = old.p + old.n;
	}
	put(&row, from, (size_t)(r->row.p + r->row.n - from));
	for (size_t i = 0; i < nadded; i++) {
		put(&row, "\t", 1);
		put(&row, added[i].p, added[i].n);
	}
	return end_row(w, &row);
}

/* The bytes of as many whole rows as there is room for. */
static size_t
rows_that_fit(struct slice rows, size_t room)
{
	if (rows.n <= room)
		return rows.n;
	while (room > 0 && rows.p[room - 1] != '\n')
		room--;
	return room;
}

int
stream_writer_rows(struct stream_writer *w, struct slice rows)
{
	while (rows.n > 0) {
		size_t n = rows_that_fit(rows, OUTPUT_BYTES - w->out.buf.n);
		struct slice row = {rows.p, n}, rest = rows, line;

		if (n == rows.n) {
			output_add(&w->out, row);
			break;
		}
		if (n == 0 && w->out.buf.n == 0) { /* a long one */
			slice_split(&rest, '\n', &line);
			row.n = line.n + 1;
		}
		if (output_write(&w->out, row) < 0)
			return -1;
		rows.p += row.n;
		rows.n -= row.n;
	}
	if (w->line_buffered)
		return output_flush(&w->out);
	return w->out.failed ? -1 : 0;
}
