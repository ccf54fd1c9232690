#include "journal.h"

#include <string.h>

#include "copy.h"
#include "files.h"
#include "replacement.h"
#include "segment.h"

int
journal_create(const char *dir, struct fault *f)
{
	if (directory_create(dir, CUSTODY_OWN, f) < 0)
		return -1;
	return copy_is(dir) ? copy_refuse(dir, f) : copy_make_log(dir, f);
}

/* Opens the reader of a journal.  Returns 0, or -1 and the fault. */
static int
open_reader(struct journal *j, const char *dir)
{
	*j = (struct journal){.wait_s = 0};
	return journal_reader_open(&j->in, dir);
}

int
journal_open(struct journal *j, const char *dir, bool writer)
{
	int opened = open_reader(j, dir);

	if (opened < 0 || !writer)
		return opened;
	return copy_is(dir) ? copy_refuse(dir, &j->in.fault)
			    : flight_open(&j->flight, j->in.dir, &j->in.fault);
}

int
journal_restore(struct journal *j, const char *dir)
{
	return open_reader(j, dir) < 0
	    ? -1
	    : flight_open(&j->flight, j->in.dir, &j->in.fault);
}

int
journal_lock(struct journal *j)
{
	struct journal_reader *in = &j->in;
	int got = flight_lock(
	    &j->flight, j->wait_s, &in->name, &j->notice, &in->fault);

	j->busy = got == 0;
	if (got <= 0)
		return -1;
	/* Before journal_reader_check() gives in->name another value. */
	in->newest = in->open &&
	    slice_eq(buf_slice(&in->name), segment_of(slice_of(in->path)));
	in->ended = j->flight.as_left && in->seq == j->flight.seq;
	return in->ended ? 0 : journal_reader_check(in);
}

/* Settles a segment under the lock, however long others sync it. */
static int
settle(struct journal *j, const char *name, bool whole)
{
	return flight_settle(&j->flight, name, whole, INT64_MAX, &j->notice,
		   &j->in.fault) > 0
	    ? 0
	    : -1;
}

/* Makes a segment that begins with the next entry. */
static int
make_segment(struct journal *j, const struct columns *own)
{
	struct journal_reader *in = &j->in;
	struct buf header = {0};
	int result;

	segment_header(&header, own);
	buf_clear(&in->name);
	segment_name(&in->name, in->seq + 1);
	result = replacement_write(
	    in->dir, buf_str(&in->name), buf_slice(&header), &in->fault);
	buf_release(&header);
	return result == 0 ? journal_reader_go(in) : -1;
}

/*
 * Begins a segment, after all of the one before is on disk: so what is not yet
 * synced is always in the newest.
 */
static int
begin_segment(struct journal *j, const struct columns *own)
{
	struct journal_reader *in = &j->in;
	struct buf name = {0};
	int result = 0;

	if (in->open) {
		buf_add_slice(&name, segment_of(slice_of(in->path)));
		result = settle(j, buf_str(&name), true);
	}
	if (result == 0)
		result = journal_reader_check(in);
	if (result == 0)
		result = make_segment(j, own);
	if (result == 0)
		result = settle(j, buf_str(&in->name), false);
	buf_release(&name);
	return result;
}

/* Begins one that has these columns beside those of the one before. */
static int
begin_with(struct journal *j, const struct slice *name, size_t n)
{
	struct journal_reader *in = &j->in;
	struct columns own = {0};
	int result = 0;

	segment_own(&in->columns, &own);
	for (size_t i = 0; i < n && result == 0; i++) {
		if (columns_find(&in->columns, name[i]) != COLUMNS_NONE)
			continue;
		columns_add(&own, name[i]);
		if (!segment_allows(name[i]))
			result = fault_at(&in->fault,
			    (struct place){.file = in->dir},
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
	struct journal_reader *in = &j->in;
	bool lacks = !in->open || anew;

	entries_rename(&j->batch);
	for (size_t i = 0; i < n && !lacks; i++)
		lacks = columns_find(&in->columns, name[i]) == COLUMNS_NONE;
	if (lacks)
		return begin_with(j, name, n);
	/* Who made it may have died before its name was on disk. */
	return in->fresh ? directory_sync(in->dir, &in->fault) : 0;
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
	struct journal_reader *in = &j->in;
	struct entry_values e = {.seq = in->seq + 1,
	    .head = *head,
	    .names = names,
	    .column = column,
	    .value = value,
	    .personal = personal,
	    .n = n};
	size_t start = j->batch.lines.text.n;

	if (stamp_cmp(in->at, head->at) > 0)
		e.head.at = in->at;
	if (entries_add(&j->batch, &in->columns, in->fresh, &e, in->chain,
		&in->fault) < 0)
		return -1;
	in->seq++;
	in->at = e.head.at;
	in->fresh = false;
	/* all was read, and so the batch comes after what was taken */
	j->extent.at = start +
	    readahead_offset(
		&in->rows.ahead, in->rows.ahead.buf.p + in->rows.ahead.at);
	j->extent.n = j->batch.lines.text.n - start;
	return 0;
}

void
journal_added(const struct journal *j, struct journal_entry *e)
{
	*e = (struct journal_entry){.seq = j->in.seq,
	    .at = j->batch.field[1],
	    .by = j->batch.field[2],
	    .source = j->batch.field[3],
	    .event = j->batch.field[4],
	    .id = j->batch.field[5],
	    .updated = j->batch.field[6],
	    .columns = &j->in.columns,
	    .field = j->batch.field,
	    .written = j->in.at,
	    .segment = j->in.first,
	    .extent = j->extent};
}

/* Writes the batch, and leaves all that was read and written to be synced. */
static int
write_batch(struct journal *j)
{
	struct journal_reader *in = &j->in;
	struct links *lines = &j->batch.lines;

	links_finish(lines);
	if (!in->open || in->fresh) /* no entry in the newest segment */
		return 0;
	if (lines->n > 0)
		memcpy(in->chain, lines->chain, sizeof in->chain);
	if (flight_begin(&j->flight, in->path, buf_slice(&lines->text), in->seq,
		in->chain, &in->fault) < 0)
		return -1;
	/* The reader goes on after what was added here. */
	in->rows.line += lines->n;
	return lines->n > 0 ? readahead_pass(&in->rows.ahead, &in->fault) : 0;
}

/* Waits for what write_batch() left, if it could. */
static int
sync_batch(struct journal *j, int written, bool held)
{
	entries_clear(&j->batch);
	return written < 0 ? -1 : flight_land(&j->flight, held, &j->in.fault);
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
	j->in.newest = j->in.ended = false;
	flight_unlock(&j->flight);
}

void
journal_release(struct journal *j)
{
	journal_reader_release(&j->in);
	flight_release(&j->flight);
	entries_release(&j->batch);
	buf_release(&j->notice);
}
