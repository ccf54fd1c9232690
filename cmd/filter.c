#include "filter.h"

#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "mem.h"

static int
fail(struct filter *f, const struct fault *fault)
{
	if (!f->failed)
		diag_fault(STATUS_FAILED, fault);
	f->failed = true;
	return -1;
}

int
filter_open(struct filter *f, const struct options *options,
    char *const *operands, size_t n)
{
	*f = (struct filter){0};
	output_init(&f->out.out, STDOUT_FILENO, "<stdout>");
	f->out.no_header = options->no_header;
	f->out.line_buffered = options->line_buffered;
	if (stream_reader_open(&f->in, operands, n, options->header) < 0)
		return fail(f, &f->in.fault);
	if (options->rejects != NULL &&
	    rejects_open(&f->rejects, options->rejects) < 0)
		return fail(f, &f->rejects.out.out.fault);
	columns_add_all(&f->columns, &f->in.columns);
	return 0;
}

size_t
filter_column(struct filter *f, const char *name)
{
	return columns_add(&f->columns, slice_of(name));
}

void
filter_columns(struct filter *f, const char *const *name, size_t n)
{
	columns_release(&f->columns);
	for (size_t i = 0; i < n; i++)
		filter_column(f, name[i]);
	f->own = true;
}

void
filter_pick(struct filter *f)
{
	f->picks = true;
}

/* Picks the input's columns that were sought, as input or as output. */
static void
pick(struct filter *f)
{
	size_t *picked = mem_new(f->in.columns.n, sizeof *picked), n = 0;

	if (!f->own)
		columns_seek(&f->in.columns, &f->columns);
	f->changing = mem_new(f->in.columns.n, sizeof *f->changing);
	for (size_t i = 0; i < f->in.columns.n; i++) {
		if (f->in.columns.sought[i])
			picked[n++] = i;
		if (!f->own && f->columns.sought[i])
			f->changing[f->nchanging++] = i;
	}
	f->passes = f->nchanging == 0 && f->columns.n == f->in.columns.n;
	stream_reader_pick(&f->in, picked, n);
	free(picked);
}

void
filter_header(struct filter *f)
{
	if (f->picks)
		pick(f);
	f->field = mem_new(f->columns.n, sizeof *f->field);
	if (stream_writer_header(&f->out, &f->columns) < 0)
		fail(f, &f->out.out.fault);
}

static void
set_aside(struct filter *f, const struct fault *fault)
{
	if (rejects_add(&f->rejects, f->in.file, f->in.line,
		fault_reason(fault), f->in.row) < 0)
		fail(f, &f->rejects.out.out.fault);
}

/* Makes the outgoing row that which was read, with what was added empty. */
static void
start_row(struct filter *f)
{
	const struct stream_reader *in = &f->in;

	if (f->passes)
		return;
	for (size_t i = 0; i < in->npicked; i++)
		f->field[in->picked[i]] = in->field[in->picked[i]];
	for (size_t i = in->columns.n; i < f->columns.n; i++)
		f->field[i] = (struct slice){"", 0};
}

/* Takes a line: what stream_reader_next() returns. */
static int
take(struct filter *f)
{
	int got = stream_reader_next(&f->in);

	if (got == STREAM_FAILED)
		fail(f, &f->in.fault);
	if (got == STREAM_BAD)
		filter_reject(f, &f->in.fault);
	if (got == STREAM_ROW && !f->own)
		start_row(f);
	return got;
}

int
filter_next(struct filter *f)
{
	int got = STREAM_BAD;

	while (!f->failed && got == STREAM_BAD)
		got = take(f);
	return got == STREAM_ROW;
}

int
filter_next_ready(struct filter *f)
{
	int got = STREAM_BAD;

	while (!f->failed && got == STREAM_BAD && stream_reader_ready(&f->in))
		got = take(f);
	return got == STREAM_ROW;
}

void
filter_where(const struct filter *f, struct buf *out)
{
	struct slice rest = f->in.row, field;

	buf_addf(out, "%s:%zu", f->in.file, f->in.line);
	/* Looked for in the row, so that it need not be cut out of each. */
	for (size_t i = 0; slice_split(&rest, '\t', &field); i++) {
		if (slice_is(f->in.columns.name[i], "id") &&
		    field_is_set(field))
			buf_addf(out, " (%.*s)", SLICE_ARG(field));
	}
}

void
filter_reject(struct filter *f, const struct fault *fault)
{
	diag_fault(STATUS_PARTIAL, fault);
	f->rejected++;
	set_aside(f, fault);
}

void
filter_write(struct filter *f)
{
	int result = f->picks && !f->own
	    ? stream_writer_changed(&f->out, &f->in, f->field, f->changing,
		  f->nchanging, f->columns.n - f->in.columns.n)
	    : stream_writer_row(&f->out, f->field, f->columns.n);

	if (result < 0)
		fail(f, &f->out.out.fault);
}

void
filter_flush(struct filter *f)
{
	if (output_flush(&f->out.out) < 0)
		fail(f, &f->out.out.fault);
}

void
filter_hold(struct filter *f)
{
	f->out.line_buffered = false;
	f->out.out.held = true;
}

void
filter_drop(struct filter *f)
{
	buf_clear(&f->out.out.buf);
}

int
filter_close(struct filter *f)
{
	if (output_close(&f->out.out) < 0)
		fail(f, &f->out.out.fault);
	if (rejects_close(&f->rejects) < 0)
		fail(f, &f->rejects.out.out.fault);
	output_release(&f->out.out);
	rejects_release(&f->rejects);
	stream_reader_release(&f->in);
	columns_release(&f->columns);
	free(f->field);
	free(f->changing);
	return (int)diag_status();
}
