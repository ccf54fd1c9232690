#include "journalin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "copy.h"
#include "files.h"
#include "head.h"
#include "mem.h"
#include "seal.h"
#include "segment.h"
#include "tail.h"

/* dir/name, to be freed. */
static char *
path_of(const struct journal_reader *r, const char *name)
{
	struct buf path = {0};

	buf_addf(&path, "%s/%s", r->dir, name);
	buf_str(&path);
	return path.p;
}

int
journal_reader_open(struct journal_reader *r, const char *dir)
{
	char *lock;

	*r = (struct journal_reader){.rows = {.ahead = {.in = {.fd = -1}}}};
	r->dir = mem_copy(dir, strlen(dir));
	memcpy(r->chain, chain_start, sizeof r->chain);
	segment_columns(&r->columns);
	lock = path_of(r, "lock");
	errno = ENOTDIR; /* where it is, but is no directory */
	if (!directory_exists(dir)) {
		bool absent = errno == ENOENT;

		fault_errno(&r->fault, "open", dir);
		if (absent)
			buf_add_str(&r->fault.text,
			    " (inc-log --create add makes a log)");
	} else if (!copy_is(dir) && !file_exists(lock)) {
		if (errno == EACCES)
			fault_errno(&r->fault, "open", lock);
		else
			fault_at(&r->fault, (struct place){.file = dir},
			    "is no incident log (inc-log --create add makes "
			    "one)");
	}
	free(lock);
	return r->fault.text.n > 0 ? -1 : 0;
}

static void
close_segment(struct journal_reader *r)
{
	if (r->open)
		stream_reader_release(&r->rows);
	r->open = false;
}

/*
 * Whether the header of the segment just opened stands in the file to the byte:
 * a stream may have a byte order mark, and returns before line ends.
 */
static bool
is_header_exact(const struct journal_reader *r)
{
	struct buf start = {0};
	size_t n = r->rows.header.n;
	char *p = buf_room(&start, n + 1);
	bool exact = pread(stream_reader_fd(&r->rows), p, n + 1, 0) ==
		(ssize_t)(n + 1) &&
	    memcmp(p, r->rows.header.p, n) == 0 && p[n] == '\n';

	buf_release(&start);
	return exact;
}

int
journal_reader_go(struct journal_reader *r)
{
	close_segment(r);
	free(r->path);
	r->path = path_of(r, buf_str(&r->name));
	segment_number(buf_slice(&r->name), &r->first);
	if (segment_open(&r->rows, r->path, &r->fault) < 0)
		return -1;
	r->open = true;
	r->rows.follow = true;
	columns_release(&r->columns);
	columns_add_all(&r->columns, &r->rows.columns);
	r->passed = false;
	r->fresh = true;
	r->exact = is_header_exact(r);
	r->segments++;
	return 0;
}

/* Whether the segment under way was read to its last byte. */
static bool
read_whole(struct journal_reader *r)
{
	struct stat st;

	return fstat(stream_reader_fd(&r->rows), &st) == 0 &&
	    lseek(stream_reader_fd(&r->rows), 0, SEEK_CUR) == st.st_size;
}

/* Whether the segment under way is. */
static bool
is_same_file(const struct journal_reader *r)
{
	return file_is(stream_reader_fd(&r->rows), r->path);
}

static int read_again(struct journal_reader *r);

/*
 * At the end of a segment: 1 where there is more to read, here or in the next
 * one, 0 where there is not.  A later segment ends the present one for good,
 * but what was added before it was made must be read first.
 */
static int
move_on(struct journal_reader *r)
{
	struct slice present =
	    segment_of(slice_of(r->path != NULL ? r->path : ""));
	int got;

	/* Nobody can have added anything. */
	if (r->newest)
		return 0;
	/* What is added goes to the file that took this one's place. */
	if (r->open && !is_same_file(r))
		return read_again(r) < 0 ? -1 : 1;
	got = segment_next(r->dir, present, &r->name, &r->fault);
	if (got <= 0)
		return got;
	if (r->open && !r->passed) {
		r->passed = true;
		return 1;
	}
	if (r->open && !read_whole(r))
		return fault_at(&r->fault,
		    (struct place){r->path, r->rows.line + 1, 0},
		    "the last entry has no end");
	return journal_reader_go(r) < 0 ? -1 : 1;
}

int
journal_entry_of(struct journal_entry *e, const struct columns *columns,
    const struct slice *field, struct place where, struct fault *f)
{
	size_t nonces = segment_nonces(columns);
	unsigned long long seq;

	*e = (struct journal_entry){.at = field[1],
	    .by = field[2],
	    .source = field[3],
	    .event = field[4],
	    .id = field[5],
	    .updated = field[6],
	    .nonces = field[nonces],
	    .chain = field[nonces + 1],
	    .columns = columns,
	    .field = field,
	    .text = {field[0].p, (size_t)(field[nonces].p - 1 - field[0].p)},
	    .where = where};
	if (slice_number(field[0], UINT64_MAX - 1, &seq) < 0)
		return fault_at(f, where, "'%.*s' is no entry's number",
		    SLICE_ARG(field[0]));
	e->seq = seq;
	if (stamp_parse(e->at, &e->written) < 0)
		return fault_at(
		    f, where, "'%.*s' is no time", SLICE_ARG(e->at));
	if (e->chain.n != SEAL_DIGITS)
		return fault_at(f, where, "the chain is missing");
	return 0;
}

static int
read_entry(struct journal_reader *r, struct journal_entry *e)
{
	struct place where = {r->rows.file, r->rows.line, 0};

	if (journal_entry_of(
		e, &r->rows.columns, r->rows.field, where, &r->fault) < 0)
		return -1;
	if (e->seq != r->seq + 1)
		return fault_at(&r->fault, where,
		    "entry %llu, entry %llu was expected",
		    (unsigned long long)e->seq, (unsigned long long)r->seq + 1);
	e->exact = (!r->fresh || r->exact) && e->chain.p[e->chain.n] == '\n';
	e->segment = r->first;
	e->extent = segment_extent(&r->rows);
	r->at = e->written;
	r->seq = e->seq;
	memcpy(r->chain, e->chain.p, SEAL_DIGITS);
	r->fresh = false;
	return 1;
}

/* The next entry of the segment under way: 1, 0 at its end, or -1. */
static int
read_row(struct journal_reader *r, struct journal_entry *e)
{
	int got = stream_reader_next(&r->rows);

	if (got == STREAM_ROW)
		return read_entry(r, e);
	if (got == STREAM_END)
		return 0;
	return fault_pass(&r->fault, &r->rows.fault);
}

int
journal_reader_next(struct journal_reader *r, struct journal_entry *e)
{
	while (!r->ended) {
		int got = r->open ? read_row(r, e) : 0;

		if (got != 0)
			return got;
		got = move_on(r);
		if (got <= 0)
			return got;
	}
	return 0;
}

int
journal_reader_rewind(struct journal_reader *r)
{
	close_segment(r);
	free(r->path);
	r->path = NULL;
	r->newest = r->ended = false;
	r->seq = 0;
	r->segments = 0;
	memcpy(r->chain, chain_start, sizeof r->chain);
	return 0;
}

int
journal_reader_seek(struct journal_reader *r, uint64_t seq)
{
	struct journal_entry e;
	int got = segment_with(r->dir, seq, &r->name, &r->fault);

	journal_reader_rewind(r);
	if (got == 0 && seq > 1)
		return fault_at(&r->fault, (struct place){.file = r->dir},
		    "no segment holds entry %llu", (unsigned long long)seq);
	if (got <= 0)
		return got;
	got = journal_reader_go(r) < 0 ? -1 : 1;
	r->seq = r->first - 1;
	while (got > 0 && r->seq + 1 < seq)
		got = read_row(r, &e);
	return got < 0 ? -1 : 0;
}

/*
 * Takes the last entry of the segment that is followed by the one that begins
 * with entry next.  Returns 0, or -1 and the fault.
 */
static int
take_before(struct journal_reader *r, uint64_t next)
{
	struct head head = {0};
	struct buf line = {0};
	int got = segment_with(r->dir, next - 1, &r->name, &r->fault);

	if (got > 0)
		got = journal_reader_go(r) < 0
		    ? -1
		    : tail_line(stream_reader_fd(&r->rows), INT64_MAX, r->path,
			  &line, &r->fault);
	if (got > 0 && head_take(&head, buf_slice(&line), r->columns.n) < 0)
		got = fault_at(&r->fault, (struct place){.file = r->path},
		    "the last line is no entry");
	buf_release(&line);
	if (got < 0)
		return -1;
	r->seq = head.seq;
	r->at = head.at;
	memcpy(r->chain, head.chain, sizeof r->chain);
	return 0;
}

int
journal_gap(
    const char *path, uint64_t first, uint64_t expected, struct fault *f)
{
	return fault_at(f, (struct place){path, 2, 0},
	    "entry %llu, entry %llu was expected", (unsigned long long)first,
	    (unsigned long long)expected);
}

int
journal_reader_newest(struct journal_reader *r, uint64_t *first)
{
	int got = segment_last(r->dir, &r->name, &r->fault);

	journal_reader_rewind(r);
	*first = 1;
	if (got <= 0)
		return got;
	segment_number(buf_slice(&r->name), first);
	if (*first > 1 && take_before(r, *first) < 0)
		return -1;
	buf_clear(&r->name);
	segment_name(&r->name, *first);
	if (journal_reader_go(r) < 0)
		return -1;
	return r->seq + 1 == *first
	    ? 1
	    : journal_gap(r->path, *first, r->seq + 1, &r->fault);
}

/*
 * Whether the last entry read still ends where reading stopped; before the
 * first entry of a segment it is the one before what the name says.
 */
static bool
is_last_there(const struct journal_reader *r)
{
	int fd = stream_reader_fd(&r->rows);

	if (r->fresh)
		return r->first == r->seq + 1;
	return segment_has_end(fd, lseek(fd, 0, SEEK_CUR), r->chain);
}

/* Reads the segment under way again, up to the entry that was the last. */
static int
read_again(struct journal_reader *r)
{
	char chain[SEAL_DIGITS + 1];
	uint64_t last = r->seq;
	struct journal_entry e;
	int got = 1;

	memcpy(chain, r->chain, sizeof chain);
	buf_clear(&r->name);
	buf_add_slice(&r->name, segment_of(slice_of(r->path)));
	if (journal_reader_go(r) < 0)
		return -1;
	r->seq = r->first - 1;
	while (got > 0 && r->seq < last)
		got = read_row(r, &e);
	if (got < 0 ||
	    (r->seq == last && memcmp(chain, r->chain, sizeof chain) == 0))
		return got < 0 ? -1 : 0;
	return fault_at(&r->fault, (struct place){.file = r->path},
	    "entry %llu was read, but its writer took it back",
	    (unsigned long long)last);
}

int
journal_reader_check(struct journal_reader *r)
{
	if (!r->open || (is_same_file(r) && is_last_there(r)))
		return 0;
	return read_again(r);
}

int
journal_reader_refresh(struct journal_reader *r)
{
	if (r->open && readahead_give_back(&r->rows.ahead, &r->fault) < 0)
		return -1;
	return journal_reader_check(r);
}

void
journal_reader_release(struct journal_reader *r)
{
	close_segment(r);
	columns_release(&r->columns);
	fault_release(&r->fault);
	buf_release(&r->name);
	free(r->path);
	free(r->dir);
}
