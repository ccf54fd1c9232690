#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "copy.h"
#include "files.h"
#include "head.h"
#include "mem.h"
#include "replacement.h"
#include "seal.h"
#include "segment.h"
#include "tail.h"

/* dir/name, to be freed. */
static char *
path_of(const struct journal *j, const char *name)
{
	struct buf path = {0};

	buf_addf(&path, "%s/%s", j->dir, name);
	buf_str(&path);
	return path.p;
}

int
journal_create(const char *dir, struct fault *f)
{
	if (directory_create(dir, CUSTODY_OWN, f) < 0)
		return -1;
	return copy_is(dir) ? copy_refuse(dir, f) : copy_make_log(dir, f);
}

/* Opens a log; to write to one that is a copy is for who restores it. */
static int
open_log(struct journal *j, const char *dir, bool writer, bool restores)
{
	char *path;

	*j = (struct journal){.in = {.ahead = {.in = {.fd = -1}}}};
	j->dir = mem_copy(dir, strlen(dir));
	memcpy(j->chain, chain_start, sizeof j->chain);
	path = path_of(j, "lock");
	segment_columns(&j->columns);
	errno = ENOTDIR; /* where it is, but is no directory */
	if (!directory_exists(dir)) {
		bool absent = errno == ENOENT;

		fault_errno(&j->fault, "open", dir);
		if (absent)
			buf_add_str(&j->fault.text,
			    " (inc-log --create add makes a log)");
	} else if (!restores && copy_is(dir)) {
		if (writer)
			copy_refuse(dir, &j->fault);
	} else if (!file_exists(path) && errno == EACCES)
		fault_errno(&j->fault, "open", path);
	else if (!file_exists(path))
		fault_at(&j->fault, (struct place){.file = dir},
		    "is no incident log (inc-log --create add makes one)");
	else if (writer)
		flight_open(&j->flight, j->dir, &j->fault);
	free(path);
	return j->fault.text.n > 0 ? -1 : 0;
}

int
journal_open(struct journal *j, const char *dir, bool writer)
{
	return open_log(j, dir, writer, false);
}

int
journal_restore(struct journal *j, const char *dir)
{
	return open_log(j, dir, true, true);
}

static void
close_segment(struct journal *j)
{
	if (j->open)
		stream_reader_release(&j->in);
	j->open = false;
}

/*
 * Whether the header of the segment just opened stands in the file to the byte:
 * a stream may have a byte order mark, and returns before line ends.
 */
static bool
is_header_exact(const struct journal *j)
{
	struct buf start = {0};
	size_t n = j->in.header.n;
	char *p = buf_room(&start, n + 1);
	bool exact =
	    pread(stream_reader_fd(&j->in), p, n + 1, 0) == (ssize_t)(n + 1) &&
	    memcmp(p, j->in.header.p, n) == 0 && p[n] == '\n';

	buf_release(&start);
	return exact;
}

/* Opens the segment that j->name names.  Returns 0, or -1 and the fault. */
static int
open_segment(struct journal *j)
{
	close_segment(j);
	free(j->path);
	j->path = path_of(j, buf_str(&j->name));
	segment_number(buf_slice(&j->name), &j->first);
	if (segment_open(&j->in, j->path, &j->fault) < 0)
		return -1;
	j->open = true;
	j->in.follow = true;
	columns_release(&j->columns);
	columns_add_all(&j->columns, &j->in.columns);
	entries_rename(&j->batch);
	j->passed = false;
	j->fresh = true;
	j->exact = is_header_exact(j);
	j->segments++;
	return 0;
}

/* Whether the segment under way was read to its last byte. */
static bool
read_whole(struct journal *j)
{
	struct stat st;

	return fstat(stream_reader_fd(&j->in), &st) == 0 &&
	    lseek(stream_reader_fd(&j->in), 0, SEEK_CUR) == st.st_size;
}

static bool is_same_file(const struct journal *j);
static int read_again(struct journal *j);

/*
 * At the end of a segment: 1 where there is more to read, here or in the next
 * one, 0 where there is not.  A later segment ends the present one for good,
 * but what was added before it was made must be read first.
 */
static int
move_on(struct journal *j)
{
	struct slice present =
	    segment_of(slice_of(j->path != NULL ? j->path : ""));
	int got;

	/* Nobody can have added anything. */
	if (j->newest)
		return 0;
	/* What is added goes to the file that took this one's place. */
	if (j->open && !is_same_file(j))
		return read_again(j) < 0 ? -1 : 1;
	got = segment_next(j->dir, present, &j->name, &j->fault);
	if (got <= 0)
		return got;
	if (j->open && !j->passed) {
		j->passed = true;
		return 1;
	}
	if (j->open && !read_whole(j))
		return fault_at(&j->fault,
		    (struct place){j->path, j->in.line + 1, 0},
		    "the last entry has no end");
	return open_segment(j) < 0 ? -1 : 1;
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
read_entry(struct journal *j, struct journal_entry *e)
{
	struct place where = {j->in.file, j->in.line, 0};

	if (journal_entry_of(e, &j->in.columns, j->in.field, where, &j->fault) <
	    0)
		return -1;
	if (e->seq != j->seq + 1)
		return fault_at(&j->fault, where,
		    "entry %llu, entry %llu was expected",
		    (unsigned long long)e->seq, (unsigned long long)j->seq + 1);
	e->exact = (!j->fresh || j->exact) && e->chain.p[e->chain.n] == '\n';
	e->segment = j->first;
	e->extent = segment_extent(&j->in);
	j->at = e->written;
	j->seq = e->seq;
	memcpy(j->chain, e->chain.p, SEAL_DIGITS);
	j->fresh = false;
	return 1;
}

/* The next entry of the segment under way: 1, 0 at its end, or -1. */
static int
read_row(struct journal *j, struct journal_entry *e)
{
	int got = stream_reader_next(&j->in);

	if (got == STREAM_ROW)
		return read_entry(j, e);
	if (got == STREAM_END)
		return 0;
	return fault_pass(&j->fault, &j->in.fault);
}

int
journal_next(struct journal *j, struct journal_entry *e)
{
	while (!j->ended) {
		int got = j->open ? read_row(j, e) : 0;

		if (got != 0)
			return got;
		got = move_on(j);
		if (got <= 0)
			return got;
	}
	return 0;
}

int
journal_rewind(struct journal *j)
{
	close_segment(j);
	free(j->path);
	j->path = NULL;
	j->newest = j->ended = false;
	j->seq = 0;
	j->segments = 0;
	memcpy(j->chain, chain_start, sizeof j->chain);
	return 0;
}

int
journal_seek(struct journal *j, uint64_t seq)
{
	struct journal_entry e;
	int got = segment_with(j->dir, seq, &j->name, &j->fault);

	journal_rewind(j);
	if (got == 0 && seq > 1)
		return fault_at(&j->fault, (struct place){.file = j->dir},
		    "no segment holds entry %llu", (unsigned long long)seq);
	if (got <= 0)
		return got;
	got = open_segment(j) < 0 ? -1 : 1;
	j->seq = j->first - 1;
	while (got > 0 && j->seq + 1 < seq)
		got = read_row(j, &e);
	return got < 0 ? -1 : 0;
}

/*
 * Takes the last entry of the segment that is followed by the one that begins
 * with entry next.  Returns 0, or -1 and the fault.
 */
static int
take_before(struct journal *j, uint64_t next)
{
	struct head head = {0};
	struct buf line = {0};
	int got = segment_with(j->dir, next - 1, &j->name, &j->fault);

	if (got > 0)
		got = open_segment(j) < 0
		    ? -1
		    : tail_line(stream_reader_fd(&j->in), INT64_MAX, j->path,
			  &line, &j->fault);
	if (got > 0 && head_take(&head, buf_slice(&line), j->columns.n) < 0)
		got = fault_at(&j->fault, (struct place){.file = j->path},
		    "the last line is no entry");
	buf_release(&line);
	if (got < 0)
		return -1;
	j->seq = head.seq;
	j->at = head.at;
	memcpy(j->chain, head.chain, sizeof j->chain);
	return 0;
}

int
journal_newest(struct journal *j, uint64_t *first)
{
	int got = segment_last(j->dir, &j->name, &j->fault);

	journal_rewind(j);
	*first = 1;
	if (got <= 0)
		return got;
	segment_number(buf_slice(&j->name), first);
	if (*first > 1 && take_before(j, *first) < 0)
		return -1;
	buf_clear(&j->name);
	segment_name(&j->name, *first);
	if (open_segment(j) < 0)
		return -1;
	return j->seq + 1 == *first
	    ? 1
	    : journal_gap(j->path, *first, j->seq + 1, &j->fault);
}

int
journal_gap(
    const char *path, uint64_t first, uint64_t expected, struct fault *f)
{
	return fault_at(f, (struct place){path, 2, 0},
	    "entry %llu, entry %llu was expected", (unsigned long long)first,
	    (unsigned long long)expected);
}

/* Whether the segment under way is. */
static bool
is_same_file(const struct journal *j)
{
	return file_is(stream_reader_fd(&j->in), j->path);
}

/*
 * Whether the last entry read still ends where reading stopped; before the
 * first entry of a segment it is the one before what the name says.
 */
static bool
is_last_there(const struct journal *j)
{
	int fd = stream_reader_fd(&j->in);

	if (j->fresh)
		return j->first == j->seq + 1;
	return segment_has_end(fd, lseek(fd, 0, SEEK_CUR), j->chain);
}

/* Reads the segment under way again, up to the entry that was the last. */
static int
read_again(struct journal *j)
{
	char chain[SEAL_DIGITS + 1];
	uint64_t last = j->seq;
	struct journal_entry e;
	int got = 1;

	memcpy(chain, j->chain, sizeof chain);
	buf_clear(&j->name);
	buf_add_slice(&j->name, segment_of(slice_of(j->path)));
	if (open_segment(j) < 0)
		return -1;
	j->seq = j->first - 1;
	while (got > 0 && j->seq < last)
		got = read_row(j, &e);
	if (got < 0 ||
	    (j->seq == last && memcmp(chain, j->chain, sizeof chain) == 0))
		return got < 0 ? -1 : 0;
	return fault_at(&j->fault, (struct place){.file = j->path},
	    "entry %llu was read, but its writer took it back",
	    (unsigned long long)last);
}

/*
 * What was read without the lock may not hold: an entry that could not be
 * synced was taken back, a segment without an entry was replaced, or a value
 * was taken out.  What is added must not be chained to it.
 */
static int
check_read(struct journal *j)
{
	if (!j->open || (is_same_file(j) && is_last_there(j)))
		return 0;
	return read_again(j);
}

int
journal_refresh(struct journal *j)
{
	if (j->open && readahead_give_back(&j->in.ahead, &j->fault) < 0)
		return -1;
	return check_read(j);
}

int
journal_lock(struct journal *j)
{
	int got =
	    flight_lock(&j->flight, j->wait_s, &j->name, &j->notice, &j->fault);

	j->busy = got == 0;
	if (got <= 0)
		return -1;
	/* Before j->name is another, which check_read() may make it. */
	j->newest = j->open &&
	    slice_eq(buf_slice(&j->name), segment_of(slice_of(j->path)));
	j->ended = j->flight.as_left && j->seq == j->flight.seq;
	return j->ended ? 0 : check_read(j);
}

/* Settles a segment under the lock, however long others sync it. */
static int
settle(struct journal *j, const char *name, bool whole)
{
	return flight_settle(&j->flight, name, whole, INT64_MAX, &j->notice,
		   &j->fault) > 0
	    ? 0
	    : -1;
}

/* Makes a segment that begins with the next entry. */
static int
make_segment(struct journal *j, const struct columns *own)
{
	struct buf header = {0};
	int result;

	segment_header(&header, own);
	buf_clear(&j->name);
	segment_name(&j->name, j->seq + 1);
	result = replacement_write(
	    j->dir, buf_str(&j->name), buf_slice(&header), &j->fault);
	buf_release(&header);
	return result == 0 ? open_segment(j) : -1;
}

/*
 * Begins a segment, after all of the one before is on disk: so what is not yet
 * synced is always in the newest.
 */
static int
begin_segment(struct journal *j, const struct columns *own)
{
	struct buf name = {0};
	int result = 0;

	if (j->open) {
		buf_add_slice(&name, segment_of(slice_of(j->path)));
		result = settle(j, buf_str(&name), true);
	}
	if (result == 0)
		result = check_read(j);
	if (result == 0)
		result = make_segment(j, own);
	if (result == 0)
		result = settle(j, buf_str(&j->name), false);
	buf_release(&name);
	return result;
}

/* Begins one that has these columns beside those of the one before. */
static int
begin_with(struct journal *j, const struct slice *name, size_t n)
{
	struct columns own = {0};
	int result = 0;

	segment_own(&j->columns, &own);
	for (size_t i = 0; i < n && result == 0; i++) {
		if (columns_find(&j->columns, name[i]) != COLUMNS_NONE)
			continue;
		columns_add(&own, name[i]);
		if (!segment_allows(name[i]))
			result =
			    fault_at(&j->fault, (struct place){.file = j->dir},
				"'%.*s' can't be a column", SLICE_ARG(name[i]));
	}
	if (result == 0)
		result = begin_segment(j, &own);
	columns_release(&own);
	return result;
}

/* The same as journal_columns(); with anew a new segment begins in any case. */
static int
have_columns(struct journal *j, const struct slice *name, size_t n, bool anew)
{
	bool lacks = !j->open || anew;

	entries_rename(&j->batch);
	for (size_t i = 0; i < n && !lacks; i++)
		lacks = columns_find(&j->columns, name[i]) == COLUMNS_NONE;
	if (lacks)
		return begin_with(j, name, n);
	/* Who made it may have died before its name was on disk. */
	return j->fresh ? directory_sync(j->dir, &j->fault) : 0;
}

int
journal_columns(struct journal *j, const struct slice *name, size_t n)
{
	return have_columns(j, name, n, false);
}

int
journal_begin(struct journal *j, const struct slice *name, size_t n)
{
	return have_columns(j, name, n, true);
}

int
journal_add(struct journal *j, const struct entry_head *head,
    const struct columns *names, const size_t *column,
    const struct slice *value, const bool *personal, size_t n)
{
	struct entry_values e = {.seq = j->seq + 1,
	    .head = *head,
	    .names = names,
	    .column = column,
	    .value = value,
	    .personal = personal,
	    .n = n};
	size_t start = j->batch.lines.text.n;

	if (stamp_cmp(j->at, head->at) > 0)
		e.head.at = j->at;
	if (entries_add(
		&j->batch, &j->columns, j->fresh, &e, j->chain, &j->fault) < 0)
		return -1;
	j->seq++;
	j->at = e.head.at;
	j->fresh = false;
	/* all was read, and so the batch comes after what was taken */
	j->extent.at = start +
	    readahead_offset(&j->in.ahead, j->in.ahead.buf.p + j->in.ahead.at);
	j->extent.n = j->batch.lines.text.n - start;
	return 0;
}

void
journal_added(const struct journal *j, struct journal_entry *e)
{
	*e = (struct journal_entry){.seq = j->seq,
	    .at = j->batch.field[1],
	    .by = j->batch.field[2],
	    .source = j->batch.field[3],
	    .event = j->batch.field[4],
	    .id = j->batch.field[5],
	    .updated = j->batch.field[6],
	    .columns = &j->columns,
	    .field = j->batch.field,
	    .written = j->at,
	    .segment = j->first,
	    .extent = j->extent};
}

/* Writes the batch, and leaves all that was read and written to be synced. */
static int
write_batch(struct journal *j)
{
	struct links *lines = &j->batch.lines;

	links_finish(lines);
	if (!j->open || j->fresh) /* no entry in the newest segment */
		return 0;
	if (lines->n > 0)
		memcpy(j->chain, lines->chain, sizeof j->chain);
	if (flight_begin(&j->flight, j->path, buf_slice(&lines->text), j->seq,
		j->chain, &j->fault) < 0)
		return -1;
	/* The reader goes on after what was added here. */
	j->in.line += lines->n;
	return lines->n > 0 ? readahead_pass(&j->in.ahead, &j->fault) : 0;
}

/* Waits for what write_batch() left, if it could. */
static int
sync_batch(struct journal *j, int written, bool held)
{
	entries_clear(&j->batch);
	return written < 0 ? -1 : flight_land(&j->flight, held, &j->fault);
}

int
journal_sync(struct journal *j)
{
	return sync_batch(j, write_batch(j), true);
}

int
journal_commit(struct journal *j)
{
	int written = write_batch(j);

	journal_unlock(j);
	return sync_batch(j, written, false);
}

void
journal_unlock(struct journal *j)
{
	j->newest = j->ended = false;
	flight_unlock(&j->flight);
}

void
journal_release(struct journal *j)
{
	close_segment(j);
	flight_release(&j->flight);
	columns_release(&j->columns);
	fault_release(&j->fault);
	buf_release(&j->notice);
	buf_release(&j->name);
	entries_release(&j->batch);
	free(j->path);
	free(j->dir);
}
