#include "stream.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"
#include "wide.h"

#define BLOCK_BYTES ((size_t)256 * 1024) /* read at once */

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

/* Forgets what was read. */
static void
forget(struct stream_reader *r)
{
	r->at = r->base = r->known = 0;
	r->mark = r->stop = r->delims.n = r->delims.nstop = 0;
	r->ended = false;
	buf_clear(&r->buf);
}

/* Reads one more block.  Returns 0, or -1 and the fault. */
static int
fill(struct stream_reader *r)
{
	ssize_t n;

	if (r->at > 0) { /* the start of a line moves to the front */
		r->buf.n -= r->at;
		memmove(r->buf.p, r->buf.p + r->at, r->buf.n);
		r->base = r->known -= r->at;
		r->at = 0;
	}
	n = input_read(
	    &r->in, buf_room(&r->buf, BLOCK_BYTES), BLOCK_BYTES, &r->fault);
	if (n < 0)
		return -1;
	r->buf.n += (size_t)n;
	r->ended = n == 0;
	return 0;
}

/* Notes whether odd bytes stand in the row, up to an offset in the stretch. */
static void
note_odd(struct stream_reader *r, size_t end)
{
	size_t start = r->at > r->base ? r->at - r->base : 0;

	r->odd = r->odd || delims_odd(&r->delims, start, end);
}

/*
 * Looks at the next stretch of what was read, all of the last one being used;
 * reads more where there is none.  Returns 1, 0 at the end of the file,
 * STREAM_WAIT, or -1 and the fault.
 */
static int
look(struct stream_reader *r)
{
	size_t n;

	note_odd(r, r->known - r->base);
	r->base = r->known;
	r->mark = r->stop = r->delims.n = r->delims.nstop = 0;
	if (r->known == r->buf.n && !r->ended) {
		if (r->hurried && !input_is_ready(&r->in))
			return STREAM_WAIT;
		if (fill(r) < 0)
			return -1;
	}
	n = r->buf.n - r->known;
	n = n < DELIMS_BYTES ? n : DELIMS_BYTES;
	if (n == 0)
		return 0;
	delims_find(&r->delims, r->buf.p + r->known, n);
	r->known += n;
	return 1;
}

/*
 * Passes over the delimiters in the stretch up to the line's end.  As far as
 * there are columns, each field's n becomes where it ends, from the row's start
 * on.  Returns whether the line's end is there.
 */
static bool
pass_fields(struct stream_reader *r)
{
	size_t shift = r->base - r->at; /* below zero it wraps, and back */
	size_t room = r->field != NULL ? r->columns.n : 0;
	bool ends = r->stop < r->delims.nstop;
	size_t to = ends ? r->delims.stop[r->stop] + 1 : r->delims.n;

	for (size_t i = r->nfields, k = r->mark; k < to && i < room; i++, k++)
		r->field[i].n = shift + r->delims.at[k];
	r->nfields += to - r->mark;
	r->mark = to;
	r->stop += ends;
	return ends;
}

/*
 * Gives back the unfinished last line of a file that grows: its writer may
 * finish it, or the next one may cut it off.
 */
static int
give_back(struct stream_reader *r)
{
	off_t left = (off_t)(r->buf.n - r->at);

	if (left > 0 && lseek(r->in.fd, -left, SEEK_CUR) < 0)
		return fault_errno(&r->fault, "seek", r->in.name);
	forget(r);
	return 0;
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

/* Has the line under way looked at from its start, once the rest is there. */
static int
put_off(struct stream_reader *r)
{
	r->base = r->known = r->at;
	return STREAM_WAIT;
}

/*
 * Takes the next line of the open file.  Returns 1, 0 at the end of the file,
 * STREAM_WAIT, or -1 and the fault.
 */
static int
next_line(struct stream_reader *r)
{
	size_t len;
	int more = 1;

	r->nfields = 0;
	r->odd = false;
	while (more == 1 && !pass_fields(r))
		more = look(r);
	if (more < 0)
		return -1;
	if (more == STREAM_WAIT)
		return put_off(r);
	if (more == 0 && r->follow)
		return give_back(r);
	len = r->buf.n - r->at;
	if (more > 0)
		len = r->base + r->delims.at[r->mark - 1] - r->at;
	else if (len == 0)
		return 0;
	else
		r->nfields++; /* the last one, which nothing ends */
	note_odd(r, r->at + len - r->base);
	r->line++;
	take_row(r, r->buf.p + r->at, len);
	r->at += len + (more > 0);
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
	const char *stretch = buf_slice(&r->buf).p + r->base;
	const uint32_t *end = r->delims.at + r->mark;
	size_t last = r->columns.n - 1, start = r->at - r->base;

	/* The first line may have a BOM. */
	if (r->field == NULL || r->line == 0 || r->at < r->base ||
	    r->stop == r->delims.nstop ||
	    r->delims.stop[r->stop] - r->mark != last)
		return false;
	r->row = without_returns(stretch + start, end[last] - start);
	pick_fields(r, stretch, start, end);
	r->nfields = last + 1;
	r->odd = delims_odd(&r->delims, start, end[last]);
	r->mark += last + 1;
	r->stop++;
	r->line++;
	r->at = r->base + end[last] + 1;
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
	if (r->hurried)
		there = input_look(*r->operands, &r->fault);
	if (there <= 0)
		return there < 0 ? -1 : STREAM_WAIT;
	r->left--;
	input_close(&r->in);
	if (input_open(&r->in, *r->operands++, &r->fault) < 0)
		return -1;
	r->file = r->in.name;
	r->line = 0;
	forget(r);
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

	*r = (struct stream_reader){.in = {.fd = -1}};
	delims_init(&r->delims, '\t', "\n");
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
	return !r->named && slice_eq(row, buf_slice(&r->header));
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

	r->hurried = true;
	got = stream_reader_next(r);
	r->hurried = false;
	return got;
}

void
stream_reader_share(struct stream_reader *own, const struct stream_reader *r)
{
	*own = (struct stream_reader){
	    .in = {.fd = -1}, .named = r->named, .ended = true};
	delims_init(&own->delims, '\t', "\n");
	columns_add_all(&own->columns, &r->columns);
	buf_add_slice(&own->header, buf_slice(&r->header));
	own->field = mem_new(own->columns.n, sizeof *own->field);
	own->picked = mem_new(own->columns.n, sizeof *own->picked);
	memcpy(own->picked, r->picked, r->npicked * sizeof *own->picked);
	own->npicked = r->npicked;
}

/* Just after the last line's end, or start where none is after it. */
static size_t
after_last_line(const struct buf *b, size_t start)
{
	size_t end = b->n;

	while (end > start && b->p[end - 1] != '\n')
		end--;
	return end;
}

/* Counts line ends, in lanes: the compiler makes vectors of them. */
static size_t
count_lines(struct slice s)
{
	enum { LANES = 64, ROUNDS = 255 /* what a lane can hold */ };
	size_t n = 0;

	while (s.n >= LANES) {
		unsigned char lane[LANES] = {0};

		for (int k = 0; k < ROUNDS && s.n >= LANES; k++) {
			for (int i = 0; i < LANES; i++)
				lane[i] =
				    (unsigned char)(lane[i] + (s.p[i] == '\n'));
			s.p += LANES;
			s.n -= LANES;
		}
		for (int i = 0; i < LANES; i++)
			n += lane[i];
	}
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/*
 * Has r read on into the memory of own, which is near its thread, and leaves
 * its own there meanwhile.  Only what was read already, mostly the start of a
 * row, has to be copied.
 */
static void
exchange(struct stream_reader *r, struct stream_reader *own)
{
	struct buf mine = r->buf;
	size_t at = r->at;
	bool ended = r->ended;

	forget(own);
	own->ended = true;
	forget(r);
	r->ended = ended;
	r->buf = own->buf;
	if (mine.n > at)
		buf_add(&r->buf, mine.p + at, mine.n - at);
	own->buf = mine;
	buf_clear(&own->buf);
}

/* Hands over what was read up to an offset, and keeps the rest. */
static void
hand_over(struct stream_reader *r, struct stream_reader *own, size_t end)
{
	struct buf all = r->buf;
	size_t at = r->at;
	bool ended = r->ended;

	forget(r);
	r->ended = ended;
	r->buf = own->buf;
	buf_add(&r->buf, all.p + end, all.n - end);
	own->buf = all;
	own->buf.n = end;
	own->at = own->base = own->known = at;
	own->file = r->file;
	own->line = r->line;
	r->line += count_lines((struct slice){all.p + at, end - at});
}

int
stream_reader_take(struct stream_reader *r, struct stream_reader *own)
{
	size_t seen = 0; /* no line ends before */

	exchange(r, own);
	for (;;) {
		size_t end =
		    r->ended ? r->buf.n : after_last_line(&r->buf, seen);
		int got;

		if (end > (r->ended ? r->at : seen)) {
			hand_over(r, own, end);
			return 1;
		}
		seen = r->buf.n - r->at;
		if (!r->ended) {
			if (fill(r) < 0)
				return -1;
			continue;
		}
		got = next_file(r);
		if (got <= 0)
			return got;
		seen = r->at;
	}
}

void
stream_reader_release(struct stream_reader *r)
{
	input_close(&r->in);
	free(r->field);
	free(r->picked);
	delims_release(&r->delims);
	columns_release(&r->columns);
	buf_release(&r->buf);
	buf_release(&r->header);
	fault_release(&r->fault);
}

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
