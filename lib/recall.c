#include "recall.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "escape.h"
#include "files.h"
#include "mem.h"
#include "segment.h"
#include "stream.h"
#include "utf8.h"

/* An incident that is wanted. */
struct recall_wanted {
	struct slice id;
	uint64_t from; /* it has no entry before */
};

/* An entry of one, in the segment under way. */
struct recall_found {
	struct slice id;
	struct extent extent;
};

/* ---- what is known of a segment ---- */

/*
 * Receipts are found by their message too.  In extents and indexes they have a
 * key that is no id: on disk no letter m comes after a backslash.
 */
static const struct slice receipts_lead = SLICE("\\m");

static struct slice
receipts_key(struct buf *key, struct slice message)
{
	buf_clear(key);
	buf_add_slice(key, receipts_lead);
	buf_add_slice(key, message);
	return buf_slice(key);
}

static bool
is_receipts_key(struct slice key)
{
	return key.n >= receipts_lead.n &&
	    memcmp(key.p, receipts_lead.p, receipts_lead.n) == 0;
}

/* The message that an entry is a receipt of; empty where it is none. */
static struct slice
message_of(const struct journal_entry *e)
{
	if (!slice_is(e->event, "notified"))
		return (struct slice){"", 0};
	return columns_field(
	    e->field, columns_find(e->columns, slice_of("message")));
}

/* Whether an entry is one of those that a key stands for. */
static bool
is_of_key(const struct journal_entry *e, struct slice key)
{
	struct slice message = {
	    key.p + receipts_lead.n, key.n - receipts_lead.n};

	return is_receipts_key(key) ? slice_eq(message_of(e), message)
				    : slice_eq(e->id, key);
}

/* Takes note of who says something in the columns of an entry. */
static void
note_uses(struct recall_segment *s, const struct journal_entry *e)
{
	bool message =
	    slice_is(e->event, "notified") || slice_is(e->event, "responded");
	bool clears = slice_is(e->event, "redacted");

	for (size_t i = SEGMENT_FIRST; i < segment_nonces(e->columns); i++) {
		char *use = &s->uses.p[i];

		if (e->field[i].n == 0 || (clears && field_is_set(e->field[i])))
			continue;
		if (*use == '-')
			*use = message ? 'm' : 'i';
		else if (*use != (message ? 'm' : 'i'))
			*use = 'b';
	}
}

/* Takes note of whether the first entry of a segment is a checkpoint. */
static void
note_first(struct recall_segment *s, const struct journal_entry *e)
{
	s->begun = true;
	s->checkpoint = slice_is(e->event, "segment");
	buf_clear(&s->open);
	if (s->checkpoint)
		buf_add_slice(&s->open,
		    columns_field(
			e->field, columns_find(e->columns, slice_of("why"))));
}

/* Takes note of the next entry of a segment. */
static void
note_entry(
    struct recall *r, struct recall_segment *s, const struct journal_entry *e)
{
	struct slice message = message_of(e);

	if (!s->begun)
		note_first(s, e);
	if (!slice_is(e->event, "segment"))
		note_uses(s, e);
	if (e->id.n > 0)
		extents_add(&s->extents, e->id, e->extent,
		    slice_is(e->event, "received"));
	if (message.n > 0)
		extents_add(&s->extents, receipts_key(&r->key, message),
		    e->extent, false);
	s->last = e->seq;
	s->bytes = e->extent.at + e->extent.n;
	memcpy(s->chain, e->chain.p, SEAL_DIGITS);
}

/* Forgets what was noted of a segment's entries. */
static void
forget(struct recall_segment *s)
{
	if (s->indexed)
		index_release(&s->index);
	s->indexed = false;
	extents_release(&s->extents);
	buf_clear(&s->uses);
	for (size_t i = 0; i < s->columns.n; i++)
		buf_add_char(&s->uses, '-');
	s->begun = false;
	s->last = 0;
	s->bytes = 0;
}

static void
release(struct recall_segment *s)
{
	forget(s);
	columns_release(&s->columns);
	buf_release(&s->uses);
	buf_release(&s->open);
	free(s->path);
}

/* Adds a segment at the end, by the number of its first entry. */
static struct recall_segment *
add_segment(struct recall *r, uint64_t first)
{
	struct recall_segment *s;
	struct buf path = {0};

	buf_addf(&path, "%s/", r->dir);
	segment_name(&path, first);
	buf_str(&path);
	r->segment = mem_grow(r->segment, r->n, &r->cap, sizeof *r->segment);
	s = &r->segment[r->n++];
	*s = (struct recall_segment){.first = first, .path = path.p};
	return s;
}

/* Remembers which file is read. */
static void
note_file(struct recall_segment *s, const struct stat *st)
{
	s->device = st->st_dev;
	s->inode = st->st_ino;
}

/* ---- reading a segment ---- */

static int
failed(struct recall *r, struct stream_reader *in)
{
	return fault_at(
	    &r->fault, (struct place){0}, "%s", buf_str(&in->fault.text));
}

/* Opens a segment at its first row.  Returns 0, or -1 and r->fault. */
static int
open_segment(
    struct recall *r, struct recall_segment *s, struct stream_reader *in)
{
	struct stat st;
	int result = 0;

	if (stream_reader_open(in, &s->path, 1, NULL) < 0)
		result = failed(r, in);
	else if (!segment_has(&in->columns))
		result = fault_at(&r->fault, (struct place){s->path, 1, 0},
		    "is no segment of an incident log");
	else if (fstat(stream_reader_fd(in), &st) < 0)
		result = fault_errno(&r->fault, "open", s->path);
	if (result < 0) {
		stream_reader_release(in);
		return -1;
	}
	in->follow = true; /* a torn tail is no row */
	note_file(s, &st);
	if (s->columns.n == 0)
		columns_add_all(&s->columns, &in->columns);
	return 0;
}

/* The next row of a segment as an entry: 1, 0 at the end, -1 and r->fault. */
static int
next_row(struct recall *r, struct recall_segment *s, struct stream_reader *in,
    struct journal_entry *e)
{
	int got = stream_reader_next(in);

	if (got == STREAM_END)
		return 0;
	if (got != STREAM_ROW)
		return failed(r, in);
	if (journal_entry_of(e, &in->columns, in->field,
		(struct place){in->file, in->line, 0}, &r->fault) < 0)
		return -1;
	e->extent.at = readahead_offset(&in->ahead, in->row.p);
	e->extent.n = in->row.n + 1 + (in->row.p[in->row.n] == '\r');
	e->segment = s->first;
	return 1;
}

/*
 * Reads all entries of a segment up to one, to know where they stand.  Returns
 * 0, or -1 and r->fault.
 */
static int
learn(struct recall *r, struct recall_segment *s, uint64_t last)
{
	struct stream_reader in;
	struct journal_entry e;
	int got;

	if (open_segment(r, s, &in) < 0)
		return -1;
	forget(s);
	do {
		got = next_row(r, s, &in, &e);
		if (got > 0)
			note_entry(r, s, &e);
	} while (got > 0 && e.seq < last);
	stream_reader_release(&in);
	return got;
}

/* Reads the first entry of a segment.  Returns 0, or -1 and r->fault. */
static int
learn_first(struct recall *r, struct recall_segment *s)
{
	struct stream_reader in;
	struct journal_entry e;
	int got;

	if (open_segment(r, s, &in) < 0)
		return -1;
	got = next_row(r, s, &in, &e);
	if (got > 0)
		note_first(s, &e);
	stream_reader_release(&in);
	return got < 0 ? -1 : 0;
}

/* ---- the indexes ---- */

static void
add_index_path(struct buf *path, const struct recall *r, uint64_t first)
{
	buf_addf(path, "%s/", r->dir);
	segment_index_name(path, first);
}

/* Whether an open segment ends with a chain. */
static bool
ends_with(int fd, off_t size, const char *chain)
{
	char end[SEAL_DIGITS + 1];
	off_t at = size - (off_t)sizeof end;

	return at >= 0 &&
	    pread(fd, end, sizeof end, at) == (ssize_t)sizeof end &&
	    memcmp(end, chain, SEAL_DIGITS) == 0 && end[SEAL_DIGITS] == '\n';
}

/* Whether the index is that of the open segment as it is now. */
static bool
fits(const struct recall_segment *s, int fd)
{
	const struct index_of *of = &s->index.of;
	struct stat st;

	return slice_eq(of->segment, segment_of(slice_of(s->path))) &&
	    of->uses.n == s->columns.n && fstat(fd, &st) == 0 &&
	    of->bytes == (uint64_t)st.st_size && of->entries > 0 &&
	    ends_with(fd, st.st_size, of->chain);
}

/* Takes an index that was opened. */
static void
take_index(struct recall_segment *s)
{
	extents_release(&s->extents);
	s->indexed = true;
	s->last = s->first + s->index.of.entries - 1;
	s->bytes = s->index.of.bytes;
	buf_clear(&s->uses);
	buf_add_slice(&s->uses, s->index.of.uses);
	memcpy(s->chain, s->index.of.chain, sizeof s->chain);
}

/*
 * Learns what is in a segment that is full, by its index, or by its entries
 * where it has none that fits.
 */
static int
learn_full(struct recall *r, struct recall_segment *s)
{
	struct stream_reader in;
	struct buf path = {0};
	bool fit;

	if (open_segment(r, s, &in) < 0)
		return -1;
	add_index_path(&path, r, s->first);
	fit = index_open(&s->index, buf_str(&path)) &&
	    fits(s, stream_reader_fd(&in));
	if (fit)
		take_index(s);
	else
		index_release(&s->index);
	stream_reader_release(&in);
	buf_release(&path);
	return fit ? 0 : learn(r, s, UINT64_MAX);
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = ((const struct recall_segment *)a)->first;
	uint64_t y = ((const struct recall_segment *)b)->first;

	return (x > y) - (x < y);
}

/* Takes note that there is a segment. */
static void
see_segment(void *context, uint64_t first)
{
	add_segment(context, first);
}

int
recall_open(struct recall *r, const char *dir, uint64_t end)
{
	uint64_t expected = 1;

	*r = (struct recall){.fd = -1, .dir = mem_copy(dir, strlen(dir))};
	if (segment_each(dir, end, see_segment, r, &r->fault) < 0)
		return -1;
	qsort(r->segment, r->n, sizeof *r->segment, by_number);
	for (size_t i = 0; i < r->n; i++) {
		struct recall_segment *s = &r->segment[i];

		if (s->first != expected)
			return journal_gap(
			    s->path, s->first, expected, &r->fault);
		if (learn_full(r, s) < 0)
			return -1;
		expected = s->last > 0 ? s->last + 1 : s->first;
	}
	return 0;
}

void
recall_note(struct recall *r, const struct journal_entry *e)
{
	struct recall_segment *s = r->n > 0 ? &r->segment[r->n - 1] : NULL;
	struct stat st;

	if (s == NULL || s->first != e->segment) {
		s = add_segment(r, e->segment);
		columns_add_all(&s->columns, e->columns);
		forget(s);
		if (stat(s->path, &st) == 0)
			note_file(s, &st);
	}
	note_entry(r, s, e);
}

/* Writes the index of a segment whose entries are known.  0, or -1. */
static int
file_index(struct recall *r, struct recall_segment *s)
{
	struct index_of of = {.segment = segment_of(slice_of(s->path)),
	    .entries = s->last - s->first + 1,
	    .bytes = s->bytes,
	    .uses = buf_slice(&s->uses)};
	struct buf text = {0}, name = {0};
	int result;

	memcpy(of.chain, s->chain, SEAL_DIGITS);
	index_write(&text, &of, &s->extents);
	segment_index_name(&name, s->first);
	result =
	    file_replace(r->dir, buf_str(&name), buf_slice(&text), &r->fault);
	buf_clear(&name);
	add_index_path(&name, r, s->first);
	if (result == 0 && index_open(&s->index, buf_str(&name)))
		take_index(s);
	else if (result == 0)
		index_release(&s->index);
	buf_release(&text);
	buf_release(&name);
	return result;
}

int
recall_file(struct recall *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct recall_segment *s = &r->segment[i];

		if (!s->indexed && s->last > 0 && file_index(r, s) < 0)
			return -1;
	}
	return 0;
}

/* ---- entries that are wanted ---- */

void
recall_want(struct recall *r, struct slice id, uint64_t from)
{
	if (r->reading)
		r->nwanted = 0;
	if (r->nwanted == 0)
		arena_reset(&r->ids);
	r->reading = false;
	r->wanted =
	    mem_grow(r->wanted, r->nwanted, &r->wanted_cap, sizeof *r->wanted);
	id.p = arena_copy(&r->ids, id.p, id.n);
	r->wanted[r->nwanted++] = (struct recall_wanted){id, from};
}

/*
 * Leaves in r->list where the entries of an incident stand in a segment.
 * Returns 0, or -1 and r->fault.
 */
static int
look_up(struct recall *r, struct recall_segment *s, struct slice id)
{
	r->lookups++;
	r->list.n = 0;
	if (s->indexed) {
		if (index_find(&s->index, id, &r->list) == 0)
			return 0;
		if (learn(r, s, s->last) < 0)
			return -1;
		r->list.n = 0;
	}
	extents_find(&s->extents, id, &r->list);
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct recall_found *x = a, *y = b;

	return (x->extent.at > y->extent.at) - (x->extent.at < y->extent.at);
}

void
recall_want_receipts(struct recall *r, struct slice message)
{
	recall_want(r, receipts_key(&r->key, message), 0);
}

/* Finds what is wanted in the segment under way.  0, or -1 and r->fault. */
static int
find(struct recall *r)
{
	struct recall_segment *s = &r->segment[r->under_way];

	r->nfound = r->next = 0;
	for (size_t i = 0; i < r->nwanted; i++) {
		if (s->last < r->wanted[i].from)
			continue;
		if (look_up(r, s, r->wanted[i].id) < 0)
			return -1;
		for (size_t k = 0; k < r->list.n; k++) {
			r->found = mem_grow(r->found, r->nfound, &r->found_cap,
			    sizeof *r->found);
			r->found[r->nfound++] = (struct recall_found){
			    r->wanted[i].id, r->list.extent[k]};
		}
	}
	if (r->nfound > 1)
		qsort(r->found, r->nfound, sizeof *r->found, by_place);
	return 0;
}

static void
close_file(struct recall *r)
{
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

/* Opens the file of the segment under way.  Returns 0, or -1 and r->fault. */
static int
open_file(struct recall *r)
{
	struct recall_segment *s = &r->segment[r->under_way];
	struct stat st;

	if (r->fd >= 0)
		return 0;
	r->fd = open(s->path, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0 || fstat(r->fd, &st) < 0)
		return fault_errno(&r->fault, "open", s->path);
	if (st.st_dev == s->device && st.st_ino == s->inode)
		return 0;
	/* It was written anew since. */
	return learn(r, s, s->last) < 0 || find(r) < 0 ? -1 : 0;
}

/*
 * Reads the line at an extent of a segment, with the line end before it.
 * Returns whether one is there.
 */
static bool
read_line(struct recall *r, struct extent extent)
{
	size_t n = (size_t)extent.n + 1;

	buf_clear(&r->line);
	if (extent.at == 0 ||
	    pread(r->fd, buf_room(&r->line, n), n, (off_t)extent.at - 1) !=
		(ssize_t)n)
		return false;
	r->line.n = n;
	return r->line.p[0] == '\n' && r->line.p[n - 1] == '\n' &&
	    memchr(r->line.p + 1, '\n', n - 2) == NULL;
}

/* Cuts the line that was read into so many fields.  Returns whether it has
 * them. */
static bool
cut_fields(struct recall *r, size_t n)
{
	struct slice rest = {r->line.p + 1, r->line.n - 2};
	size_t i = 0;

	if (rest.n > 0 && rest.p[rest.n - 1] == '\r')
		rest.n--;
	r->field = mem_resize(r->field, n, sizeof *r->field);
	if (!utf8_is_valid(rest))
		return false;
	while (i < n && slice_split(&rest, '\t', &r->field[i]))
		i++;
	return i == n && rest.p == NULL;
}

/*
 * Reads an entry that was found: 1; 0 where it does not stand there; -1 and
 * r->fault.
 */
static int
read_found(
    struct recall *r, const struct recall_found *at, struct journal_entry *e)
{
	struct recall_segment *s = &r->segment[r->under_way];

	if (!read_line(r, at->extent) || !cut_fields(r, s->columns.n))
		return 0;
	if (journal_entry_of(e, &s->columns, r->field,
		(struct place){.file = s->path}, &r->fault) < 0)
		return -1;
	e->extent = at->extent;
	e->segment = s->first;
	return is_of_key(e, at->id);
}

/*
 * The entries are not where they were thought to be: finds them again in the
 * segment under way, once.  Returns 0, or -1 and r->fault.
 */
static int
find_again(struct recall *r)
{
	struct recall_segment *s = &r->segment[r->under_way];

	if (r->again)
		return fault_at(&r->fault, (struct place){.file = s->path},
		    "was changed while it was read");
	r->again = true;
	return learn(r, s, s->last) < 0 || find(r) < 0 ? -1 : 0;
}

/* Goes to the next segment.  Returns 1, 0 after the last, -1 and r->fault. */
static int
next_segment(struct recall *r)
{
	close_file(r);
	r->under_way = r->reading ? r->under_way + 1 : 0;
	r->reading = true;
	r->again = false;
	if (r->under_way >= r->n)
		return 0;
	return find(r) < 0 || (r->nfound > 0 && open_file(r) < 0) ? -1 : 1;
}

int
recall_next(struct recall *r, struct journal_entry *e)
{
	int got = 1;

	if (!r->reading)
		r->nfound = r->next = r->last = 0;
	while (got > 0) {
		if (r->next == r->nfound) {
			got = next_segment(r);
			continue;
		}
		got = read_found(r, &r->found[r->next], e);
		if (got == 0) {
			got = find_again(r) < 0 ? -1 : 1;
			continue;
		}
		r->next++;
		/* what was found again may have been read already */
		if (got > 0 && e->seq > r->last) {
			r->last = e->seq;
			return 1;
		}
	}
	return got;
}

/* ---- ids ---- */

/* Who is told of the ids of a segment. */
struct telling {
	uint64_t first; /* of the segment */
	void (*see)(void *context, struct slice id, uint64_t from);
	void *context;
};

static void
tell(void *context, struct slice id, bool fresh)
{
	struct telling *t = context;

	if (!is_receipts_key(id))
		t->see(t->context, id, fresh ? t->first : 0);
}

/* Tells of those in a segment.  Returns 0, or -1 and r->fault. */
static int
tell_segment(struct recall *r, struct recall_segment *s, struct slice lead,
    struct telling *t)
{
	t->first = s->first;
	if (s->indexed) {
		if (index_each(&s->index, lead, tell, t) == 0)
			return 0;
		if (learn(r, s, s->last) < 0)
			return -1;
	}
	for (size_t i = 0; i < extents_incidents(&s->extents); i++) {
		struct slice id = extents_id(&s->extents, i);

		if (id.n >= lead.n && memcmp(id.p, lead.p, lead.n) == 0)
			tell(t, id, extents_fresh(&s->extents, id));
	}
	return 0;
}

int
recall_ids(struct recall *r, size_t i, struct slice lead,
    void (*see)(void *context, struct slice id, uint64_t from), void *context)
{
	struct telling t = {.see = see, .context = context};
	int result = 0;

	for (; i < r->n && result == 0; i++)
		result = tell_segment(r, &r->segment[i], lead, &t);
	return result;
}

int
recall_checkpoint(struct recall *r, size_t *i, struct slice *open)
{
	for (*i = r->n; *i > 0; --*i) {
		struct recall_segment *s = &r->segment[*i - 1];

		if (!s->begun && learn_first(r, s) < 0)
			return -1;
		if (!s->checkpoint)
			continue;
		*open = buf_slice(&s->open);
		--*i;
		return 0;
	}
	*i = r->n;
	return 0;
}

void
recall_release(struct recall *r)
{
	close_file(r);
	for (size_t i = 0; i < r->n; i++)
		release(&r->segment[i]);
	free(r->segment);
	free(r->wanted);
	free(r->found);
	free(r->field);
	free(r->dir);
	arena_release(&r->ids);
	extent_list_release(&r->list);
	buf_release(&r->line);
	buf_release(&r->key);
	fault_release(&r->fault);
}
