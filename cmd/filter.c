#include "filter.h"

#include <stdlib.h>

#include "diag.h"
#include "escape.h"
#include "mem.h"
#include "output.h"

int
filter_open(struct filter *f, const struct options *options,
    char *const *operands, size_t n)
{
	*f = (struct filter){.jobs = options->jobs};
	station_open(&f->station, options);
	if (stream_reader_open(&f->in, operands, n, options->header) < 0)
		return station_fail(&f->station, &f->in.fault);
	if (station_open_rejects(&f->station, options) < 0)
		return -1;
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
	if (stream_writer_header(&f->station.out, &f->columns) < 0)
		station_fail(&f->station, &f->station.out.out.fault);
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

/* Takes what the reader got, and returns it. */
static int
take(struct filter *f, int got)
{
	if (got == STREAM_FAILED)
		station_fail(&f->station, &f->in.fault);
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

	while (!f->station.failed && got == STREAM_BAD) {
		got = take(f, stream_reader_next(&f->in));
		if (got == STREAM_END && station_next(&f->station))
			got = STREAM_BAD; /* of the next block */
	}
	return got == STREAM_ROW;
}

int
filter_next_ready(struct filter *f)
{
	int got = STREAM_BAD;

	while (!f->station.failed && got == STREAM_BAD)
		got = take(f, stream_reader_next_ready(&f->in));
	return got == STREAM_ROW;
}

/* ---- several workers ---- */

struct share {
	struct filter *chief;
	struct filter *worker;
	void (*work)(struct filter *own, void *ctx);
	void *ctx;
};

static int
take_rows(void *ctx, size_t worker, const struct fault **fault)
{
	struct share *s = ctx;

	*fault = &s->chief->in.fault;
	return stream_reader_take(&s->chief->in, &s->worker[worker].in);
}

static void
serve(void *ctx, struct station *station)
{
	struct share *s = ctx;

	s->work(&s->worker[station->worker], s->ctx);
}

static void
start_worker(struct filter *f, struct filter *chief)
{
	stream_reader_share(&f->in, &chief->in);
	columns_add_all(&f->columns, &chief->columns);
	f->field = mem_new(f->columns.n, sizeof *f->field);
	f->changing = chief->changing;
	f->nchanging = chief->nchanging;
	f->picks = chief->picks;
	f->own = chief->own;
	f->passes = chief->passes;
	f->chief = chief;
}

/* Frees what a worker's filter owns too, but its station. */
static void
release(struct filter *f)
{
	stream_reader_release(&f->in);
	columns_release(&f->columns);
	for (size_t i = 0; i < FILTER_TALLIES; i++)
		buf_release(&f->tally[i].first);
	free(f->field);
}

void
filter_work(
    struct filter *f, void (*work)(struct filter *own, void *ctx), void *ctx)
{
	struct share s = {f, NULL, work, ctx};
	struct station_work all = {NULL, take_rows, serve, &s};

	if (f->jobs == 1) {
		work(f, ctx);
		return;
	}
	s.worker = mem_new(f->jobs, sizeof *s.worker);
	all.station = mem_new(f->jobs, sizeof(struct station *));
	for (size_t i = 0; i < f->jobs; i++) {
		start_worker(&s.worker[i], f);
		all.station[i] = &s.worker[i].station;
	}
	station_share(&f->station, f->jobs, &all);
	for (size_t i = 0; i < f->jobs; i++)
		release(&s.worker[i]);
	free(s.worker);
	free(all.station);
}

/* ---- said of rows ---- */

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

/* Parts: how many, the text of the first. */
static int
add_to_tally(void *tally, const struct slice *part)
{
	struct tally *t = tally;
	unsigned long long n;

	memcpy(&n, part[0].p, sizeof n);
	if (t->n == 0)
		buf_add_slice(&t->first, part[1]);
	t->n += n;
	return 1;
}

bool
filter_is_first(const struct filter *f, size_t kind)
{
	return f->tally[kind].n == 0;
}

void
filter_count(
    struct filter *f, size_t kind, unsigned long long n, struct slice more)
{
	struct filter *to = f->chief != NULL ? f->chief : f;
	struct slice part[2] = {{(const char *)&n, sizeof n}, {"", 0}};
	struct buf first = {0};

	if (f->station.failed) /* what was said last is the end */
		return;
	if (filter_is_first(f, kind)) {
		filter_where(f, &first);
		buf_add_slice(&first, more);
		part[1] = buf_slice(&first);
	}
	station_in_turn(&f->station, add_to_tally, &to->tally[kind], part, 2);
	if (f != to) /* the first of all is the first of its worker too */
		f->tally[kind].n += n;
	buf_release(&first);
}

void
filter_unreadable(struct filter *f, uint64_t n)
{
	if (n > f->unreadable)
		filter_count(f, FILTER_UNREADABLE, n - f->unreadable,
		    (struct slice){"", 0});
	f->unreadable = n;
}

void
filter_reject(struct filter *f, const struct fault *fault)
{
	f->rejected++;
	station_reject(&f->station, fault, f->in.file, f->in.line, f->in.row);
}

void
filter_write(struct filter *f)
{
	struct stream_writer *out = &f->station.out;
	int result = f->picks && !f->own
	    ? stream_writer_changed(out, &f->in, f->field, f->changing,
		  f->nchanging, f->columns.n - f->in.columns.n)
	    : stream_writer_row(out, f->field, f->columns.n);

	if (result < 0)
		station_fail(&f->station, &out->out.fault);
}

void
filter_flush(struct filter *f)
{
	if (output_flush(&f->station.out.out) < 0)
		station_fail(&f->station, &f->station.out.out.fault);
}

void
filter_hold(struct filter *f)
{
	f->station.out.line_buffered = false;
	f->station.out.out.held = true;
}

void
filter_drop(struct filter *f)
{
	buf_clear(&f->station.out.out.buf);
}

int
filter_close(struct filter *f)
{
	int status = station_close(&f->station);

	release(f);
	free(f->changing);
	return status;
}
