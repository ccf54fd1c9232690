#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "utf8.h"
#include "wide.h"

/*
 * Reads a header line into names: unique, not empty, UTF-8.  Returns 0, or
 * -1 and the fault at where.
 */
static int
read_names(struct slice line, struct columns *names, struct place where,
    struct fault *f)
{
	struct slice rest = line, name;

	if (!utf8_is_valid(line) ||
	    (line.n > 0 && memchr(line.p, '\0', line.n) != NULL))
		return fault_at(f, where, "the header is not UTF-8 text");
	for (size_t i = 1; slice_split(&rest, '\t', &name); i++) {
		if (name.n == 0)
			return fault_at(f, where, "column %zu has no name", i);
		if (!columns_append(names, name))
			return fault_at(f, where,
			    "two columns are called '%.*s'", SLICE_ARG(name));
	}
	return 0;
}

/*
 * Whether a header is that of an export and no stream's: one name, in which
 * fields are separated otherwise or JSON begins.
 */
static bool
is_foreign(struct slice line, const struct columns *names)
{
	return names->n == 1 &&
	    (slice_starts(line, "{") || slice_starts(line, "[") ||
		memchr(line.p, ',', line.n) != NULL ||
		memchr(line.p, ';', line.n) != NULL);
}

/*
 * Passes over the delimiters in the stretch up to the line's end.  As far as
 * there are columns, each field's n becomes where it ends, from the row's start
 * on.  Returns whether the line's end is there.
 */
static bool
pass_fields(struct stream_reader *r)
{
	struct readahead *a = &r->ahead;
	size_t shift = a->base - a->at; /* below zero it wraps, and back */
	size_t room = r->field != NULL ? r->columns.n : 0;
	bool ends = a->stop < a->delims.nstop;
	size_t to = ends ? a->delims.stop[a->stop] + 1 : a->delims.n;

	for (size_t i = r->nfields, k = a->mark; k < to && i < room; i++, k++)
		r->field[i].n = shift + a->delims.at[k];
	r->nfields += to - a->mark;
	a->mark = to;
	a->stop += ends;
	return ends;
}

/* A line without LF: without CR either, as lines of Windows have it. */
static struct slice
without_returns(const char *start, size_t len)
{
	/* All of them: what is written has none, however often it is read. */
	while (len > 0 && start[len - 1] == '\r')
		len--;
	return (struct slice){start, len};
}

/*
 * Takes the row of len bytes that starts in the buffer, without CR, the first
 * without a BOM, and makes its fields of their ends.
 */
static void
take_row(struct stream_reader *r, const char *start, size_t len)
{
	const char *from;

	r->row = without_returns(start, len);
	len = r->row.n;
	if (r->line == 1)
		r->row = slice_without_bom(r->row);
	if (r->field == NULL || r->nfields != r->columns.n)
		return;
	from = r->row.p;
	r->field[r->nfields - 1].n = len;
	for (size_t i = 0; i < r->nfields; i++) {
		const char *end = start + r->field[i].n;

		r->field[i] = (struct slice){from, (size_t)(end - from)};
		from = end + 1;
	}
}

/*
 * Takes the next line of the open file.  Returns 1, 0 at the end of the file,
 * STREAM_WAIT, or -1 and the fault.
 */
static int
next_line(struct stream_reader *r)
{
	struct readahead *a = &r->ahead;
	size_t len;
	int more = 1;

	a->grows = r->follow;
	r->nfields = 0;
	r->odd = false;
	while ((more == 1 || more == READAHEAD_AGAIN) && !pass_fields(r)) {
		r->odd = r->odd || readahead_odd(a, a->known - a->base);
		more = readahead_look(a, &r->fault);
		if (more != READAHEAD_AGAIN)
			continue;
		r->nfields = 0;
		r->odd = false;
	}
	if (more < 0)
		return -1;
	if (more == READAHEAD_WAIT) {
		readahead_look_again(a);
		return STREAM_WAIT;
	}
	/* Its writer may finish the last line, or the next one cut it off. */
	if (more == 0 && r->follow)
		return readahead_give_back(a, &r->fault);
	len = a->buf.n - a->at;
	if (more > 0)
		len = a->base + a->delims.at[a->mark - 1] - a->at;
	else if (len == 0)
		return 0;
	else
		r->nfields++; /* the last one, which nothing ends */
	r->odd = r->odd || readahead_odd(a, a->at + len - a->base);
	r->line++;
	take_row(r, a->buf.p + a->at, len);
	a->at += len + (more > 0);
	return 1;
}

/* Makes the fields that were picked of a row, which starts in a stretch. */
static void
pick_fields(struct stream_reader *r, const char *stretch, size_t start,
    const uint32_t *end)
{
	size_t last = r->columns.n - 1;

	for (size_t i = 0; i < r->npicked; i++) {
		size_t c = r->picked[i];
		size_t from = c > 0 ? end[c - 1] + 1 : start;
		size_t to = c < last ? end[c] : start + r->row.n;

		r->field[c] = (struct slice){stretch + from, to - from};
	}
}

/*
 * The same where the next line is a row with the right number of fields and
 * all of it stands in the stretch, as nearly all rows do.  Returns whether it
 * is.
 */
static bool
next_whole(struct stream_reader *r)
{
	struct readahead *a = &r->ahead;
	const char *stretch = buf_slice(&a->buf).p + a->base;
	const uint32_t *end = a->delims.at + a->mark;
	size_t last = r->columns.n - 1, start = a->at - a->base;

	/* The first line may have a BOM. */
	if (r->field == NULL || r->line == 0 || a->at < a->base ||
	    a->stop == a->delims.nstop ||
	    a->delims.stop[a->stop] - a->mark != last)
		return false;
	r->row = without_returns(stretch + start, end[last] - start);
	pick_fields(r, stretch, start, end);
	r->nfields = last + 1;
	r->odd = delims_odd(&a->delims, start, end[last]);
	r->line++;
	a->mark += last + 1;
	a->stop++;
	a->at = a->base + end[last] + 1;
	return true;
}

static struct place
here(const struct stream_reader *r)
{
	return (struct place){.file = r->file, .line = r->line};
}

/*
 * Takes the header line of the file just opened.  Returns 1, or -1 and the
 * fault.
 */
static int
take_header(struct stream_reader *r)
{
	int got = next_line(r);

	if (got < 0)
		return -1;
	if (got == 0)
		return fault_at(&r->fault, (struct place){.file = r->file},
		    "empty, a header line was expected");
	if (r->header.n == 0) {
		buf_add_slice(&r->header, r->row);
		if (read_names(r->row, &r->columns, here(r), &r->fault) < 0)
			return -1;
		if (is_foreign(r->row, &r->columns))
			return fault_at(&r->fault, here(r),
			    "names separated by tabs were expected; "
			    "inc-import makes a stream of CSV and JSON");
		return 1;
	}
	if (!slice_eq(r->row, buf_slice(&r->header)))
		return fault_at(
		    &r->fault, here(r), "the header differs from the first");
	return 1;
}

/*
 * Opens the next operand and takes its header.  Returns 1, 0 when there is
 * no other operand, STREAM_WAIT, or -1 and the fault.
 */
static int
next_file(struct stream_reader *r)
{
	int there = 1;

	if (r->left == 0)
		return 0;
	if (r->ahead.hurried)
		there = input_look(*r->operands, &r->fault);
	if (there <= 0)
		return there < 0 ? -1 : STREAM_WAIT;
	r->left--;
	if (readahead_open(&r->ahead, *r->operands++, &r->fault) < 0)
		return -1;
	r->file = r->ahead.in.name;
	r->line = 0;
	return r->named ? 1 : take_header(r);
}

/*
 * Looks at each regular file before the work begins: that it opens and, from
 * the second on, that its header is the first's.
 */
static int
look_ahead(struct stream_reader *r, char *const *operands, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int got = input_look(operands[i], &r->fault);

		if (got < 0)
			return -1;
		if (got == 0)
			continue;
		r->operands = &operands[i];
		r->left = 1;
		if (next_file(r) < 0)
			return -1;
	}
	return 0;
}

int
stream_reader_open(
    struct stream_reader *r, char *const *operands, size_t n, const char *names)
{
	struct slice rest, name;

	*r = (struct stream_reader){0};
	readahead_init(&r->ahead);
	operands = input_operands(operands, &n);
	if (names != NULL) {
		r->named = true;
		rest = slice_of(names);
		while (slice_split(&rest, ',', &name)) {
			if (r->header.n > 0)
				buf_add_char(&r->header, '\t');
			buf_add_slice(&r->header, name);
		}
		if (read_names(buf_slice(&r->header), &r->columns,
			(struct place){.file = "--header"}, &r->fault) < 0)
			return -1;
	}
	/* One file is opened at once anyway, and read but once. */
	if (n > 1 && look_ahead(r, operands, n) < 0)
		return -1;
	r->operands = operands;
	r->left = n;
	if (next_file(r) < 0)
		return -1;
	r->field = mem_new(r->columns.n, sizeof *r->field);
	r->picked = mem_new(r->columns.n, sizeof *r->picked);
	for (r->npicked = 0; r->npicked < r->columns.n; r->npicked++)
		r->picked[r->npicked] = r->npicked;
	return 0;
}

struct slice
stream_reader_ahead(const struct stream_reader *r)
{
	const struct readahead *a = &r->ahead;

	return (struct slice){buf_slice(&a->buf).p + a->at, a->buf.n - a->at};
}

int
stream_reader_fd(const struct stream_reader *r)
{
	return r->ahead.in.fd;
}

void
stream_reader_pick(struct stream_reader *r, const size_t *column, size_t n)
{
	if (wide_is_forbidden())
		return; /* all of them, so that tests see what misses one */
	memcpy(r->picked, column, n * sizeof *column);
	r->npicked = n;
}

static int
check_row(struct stream_reader *r)
{
	size_t n = r->nfields;

	if (n != r->columns.n) {
		fault_at(&r->fault, here(r),
		    "%zu field%s, the header names %zu", n, n == 1 ? "" : "s",
		    r->columns.n);
		if (n < r->columns.n)
			buf_addf(&r->fault.text, " ('%.*s' is missing)",
			    SLICE_ARG(r->columns.name[n]));
		return STREAM_BAD;
	}
	if (!r->odd)
		return STREAM_ROW;
	if (memchr(r->row.p, '\0', r->row.n) != NULL) {
		fault_at(&r->fault, here(r), "a NUL byte, text was expected");
		return STREAM_BAD;
	}
	if (!utf8_is_valid(r->row)) {
		fault_at(&r->fault, here(r), "not UTF-8");
		return STREAM_BAD;
	}
	return STREAM_ROW;
}

/* Whether the row is the header once more. */
static bool
is_header(const struct stream_reader *r)
{
	struct slice row = r->row;

	if (row.n > 0 && row.p[0] == '\xef')
		row = slice_without_bom(row);
	return !r->named && !r->follow && slice_eq(row, buf_slice(&r->header));
}

/* The next row, of which the line was taken, or is to be. */
static int
next_other(struct stream_reader *r, bool taken)
{
	for (;; taken = next_whole(r)) {
		int got = taken ? 1 : next_line(r);

		if (got == STREAM_ROW && is_header(r))
			continue; /* of another file: cat a b */
		if (got == STREAM_ROW)
			return check_row(r);
		if (got == STREAM_END)
			got = next_file(r);
		if (got != 1)
			return got; /* STREAM_END, _WAIT or _FAILED */
	}
}

int
stream_reader_next(struct stream_reader *r)
{
	bool taken = next_whole(r);

	if (taken && !r->odd && !is_header(r))
		return STREAM_ROW;
	return next_other(r, taken);
}

int
stream_reader_next_ready(struct stream_reader *r)
{
	int got;

	r->ahead.hurried = true;
	got = stream_reader_next(r);
	r->ahead.hurried = false;
	return got;
}

void
stream_reader_share(struct stream_reader *own, const struct stream_reader *r)
{
	*own = (struct stream_reader){.named = r->named};
	readahead_init(&own->ahead);
	columns_add_all(&own->columns, &r->columns);
	buf_add_slice(&own->header, buf_slice(&r->header));
	own->field = mem_new(own->columns.n, sizeof *own->field);
	own->picked = mem_new(own->columns.n, sizeof *own->picked);
	memcpy(own->picked, r->picked, r->npicked * sizeof *own->picked);
	own->npicked = r->npicked;
}

int
stream_reader_take(struct stream_reader *r, struct stream_reader *own)
{
	int got;

	while (
	    (got = readahead_share(&r->ahead, &own->ahead, &r->fault)) == 0) {
		got = next_file(r);
		if (got <= 0)
			break;
	}
	if (got <= 0)
		return got;
	own->file = r->file;
	own->line = r->line;
	r->line += readahead_lines(&own->ahead);
	return 1;
}

void
stream_reader_release(struct stream_reader *r)
{
	readahead_release(&r->ahead);
	free(r->field);
	free(r->picked);
	columns_release(&r->columns);
	buf_release(&r->header);
	fault_release(&r->fault);
}
