#include "contents.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "escape.h"
#include "files.h"
#include "replacement.h"
#include "segment.h"
#include "stream.h"

/* ---- keys ---- */

/*
 * Receipts are found by their message too.  In extents and indexes they have a
 * key that no id has: one more backslash stands before an id that begins with
 * one.
 */
static const struct slice receipts_lead = SLICE("\\m");

struct slice
contents_receipts(struct buf *key, struct slice message)
{
	buf_clear(key);
	buf_add_slice(key, receipts_lead);
	buf_add_slice(key, message);
	return buf_slice(key);
}

struct slice
contents_incident(struct buf *key, struct slice id)
{
	if (id.n == 0 || id.p[0] != '\\')
		return id;
	buf_clear(key);
	buf_add_char(key, '\\');
	buf_add_slice(key, id);
	return buf_slice(key);
}

/* The id that a key of an incident stands for. */
static struct slice
id_of(struct slice key)
{
	if (key.n > 0 && key.p[0] == '\\')
		key = (struct slice){key.p + 1, key.n - 1};
	return key;
}

static bool
is_of_receipts(struct slice key)
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

bool
contents_fits(const struct journal_entry *e, struct slice key)
{
	if (!is_of_receipts(key))
		return slice_eq(e->id, id_of(key));
	key.p += receipts_lead.n;
	key.n -= receipts_lead.n;
	return slice_eq(message_of(e), key);
}

/* ---- entries ---- */

/* Takes note of who says something in the columns of an entry. */
static void
note_uses(struct contents *c, const struct journal_entry *e)
{
	bool message =
	    slice_is(e->event, "notified") || slice_is(e->event, "responded");
	bool clears = slice_is(e->event, "redacted");

	for (size_t i = SEGMENT_FIRST; i < segment_nonces(e->columns); i++) {
		char *use = &c->uses.p[i];

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
note_first(struct contents *c, const struct journal_entry *e)
{
	c->begun = true;
	c->checkpoint = slice_is(e->event, "segment");
	buf_clear(&c->open);
	if (c->checkpoint)
		buf_add_slice(&c->open,
		    columns_field(
			e->field, columns_find(e->columns, slice_of("why"))));
}

/* Forgets who has used the columns. */
static void
clear_uses(struct contents *c)
{
	buf_clear(&c->uses);
	for (size_t i = 0; i < c->columns.n; i++)
		buf_add_char(&c->uses, CONTENTS_USES[0]);
}

static void
take_columns(struct contents *c, const struct columns *columns)
{
	if (c->columns.n > 0)
		return;
	columns_add_all(&c->columns, columns);
	clear_uses(c);
}

void
contents_note(struct contents *c, const struct journal_entry *e)
{
	struct slice message = message_of(e);

	if (c->last == 0)
		take_columns(c, e->columns);
	if (c->last == 0 && c->file.st_ino == 0)
		stat(c->path, &c->file); /* if not: it is no file known */
	if (!c->begun)
		note_first(c, e);
	if (!slice_is(e->event, "segment"))
		note_uses(c, e);
	if (e->id.n > 0)
		extents_add(&c->extents, contents_incident(&c->key, e->id),
		    e->extent, slice_is(e->event, "received"));
	if (message.n > 0)
		extents_add(&c->extents, contents_receipts(&c->key, message),
		    e->extent, false);
	c->incidents += slice_is(e->event, "received");
	c->last = e->seq;
	c->bytes = e->extent.at + e->extent.n;
}

struct contents
contents_of(const char *dir, uint64_t first)
{
	struct buf path = {0};

	buf_addf(&path, "%s/", dir);
	segment_name(&path, first);
	buf_str(&path);
	return (struct contents){.first = first, .dir = dir, .path = path.p};
}

/* Forgets what is known of its entries. */
static void
forget(struct contents *c)
{
	if (c->indexed)
		index_release(&c->index);
	c->indexed = c->begun = false;
	extents_release(&c->extents);
	clear_uses(c);
	c->last = c->bytes = c->incidents = 0;
}

/* Opens the segment at its first row.  Returns 0, or -1 and the fault. */
static int
open_segment(struct contents *c, struct stream_reader *in, struct fault *f)
{
	if (segment_open(in, c->path, f) < 0)
		return -1;
	if (fstat(stream_reader_fd(in), &c->file) < 0) {
		stream_reader_release(in);
		return fault_errno(f, "open", c->path);
	}
	in->follow = true; /* a torn tail is no row */
	take_columns(c, &in->columns);
	return 0;
}

/* The next row as an entry: 1, 0 at the end, -1 and the fault. */
static int
next_row(struct contents *c, struct stream_reader *in, struct journal_entry *e,
    struct fault *f)
{
	struct place where;
	int got = stream_reader_next(in);

	if (got == STREAM_END)
		return 0;
	if (got != STREAM_ROW)
		return fault_pass(f, &in->fault);
	where = (struct place){in->file, in->line, 0};
	if (journal_entry_of(e, &in->columns, in->field, where, f) < 0)
		return -1;
	e->extent = segment_extent(in);
	e->segment = c->first;
	return 1;
}

/* Learns from the entries up to one.  Returns 0, or -1 and the fault. */
static int
learn_to(struct contents *c, uint64_t last, struct fault *f)
{
	struct stream_reader in;
	struct journal_entry e = {0};
	int got;

	forget(c);
	if (open_segment(c, &in, f) < 0)
		return -1;
	do {
		got = next_row(c, &in, &e, f);
		if (got > 0)
			contents_note(c, &e);
	} while (got > 0 && e.seq < last);
	stream_reader_release(&in);
	return got < 0 ? -1 : 0;
}

int
contents_learn_again(struct contents *c, struct fault *f)
{
	return learn_to(c, c->last, f);
}

bool
contents_are_of(const struct contents *c, const struct stat *file)
{
	return c->file.st_dev == file->st_dev && c->file.st_ino == file->st_ino;
}

int
contents_checkpoint(struct contents *c, struct slice *open, struct fault *f)
{
	struct stream_reader in;
	struct journal_entry e = {0};
	int got = 0;

	if (!c->begun) {
		if (open_segment(c, &in, f) < 0)
			return -1;
		got = next_row(c, &in, &e, f);
		if (got > 0)
			note_first(c, &e);
		stream_reader_release(&in);
	}
	*open = buf_slice(&c->open);
	return got < 0 ? -1 : c->begun && c->checkpoint;
}

/* ---- the index ---- */

static void
add_index_path(struct buf *path, const struct contents *c)
{
	buf_addf(path, "%s/", c->dir);
	segment_index_name(path, c->first);
}

/*
 * Reads the chain of the entry that ends an open segment at so many bytes.
 * Returns whether there is one.
 */
static bool
read_chain(int fd, uint64_t bytes, char chain[SEAL_DIGITS + 1])
{
	ssize_t n = SEAL_DIGITS + 1;
	bool ends = bytes > SEAL_DIGITS &&
	    pread(fd, chain, SEAL_DIGITS + 1, (off_t)bytes - n) == n &&
	    chain[SEAL_DIGITS] == '\n';

	chain[SEAL_DIGITS] = '\0';
	return ends && seal_is((struct slice){chain, SEAL_DIGITS});
}

/* Whether the index is that of the open segment as it is now. */
static bool
is_index_of(const struct contents *c, int fd)
{
	const struct index_of *of = &c->index.of;

	return slice_eq(of->segment, segment_of(slice_of(c->path))) &&
	    of->uses.n == c->columns.n &&
	    of->bytes == (uint64_t)c->file.st_size && of->entries > 0 &&
	    segment_has_end(fd, c->file.st_size, of->chain);
}

/* Takes an index that was opened. */
static void
take_index(struct contents *c)
{
	extents_release(&c->extents);
	c->indexed = true;
	c->last = c->first + c->index.of.entries - 1;
	c->bytes = c->index.of.bytes;
	c->incidents = c->index.of.incidents;
	buf_clear(&c->uses);
	buf_add_slice(&c->uses, c->index.of.uses);
}

int
contents_learn(struct contents *c, struct fault *f)
{
	struct stream_reader in;
	struct buf path = {0};

	if (open_segment(c, &in, f) < 0)
		return -1;
	add_index_path(&path, c);
	if (index_open(&c->index, buf_str(&path)) &&
	    is_index_of(c, stream_reader_fd(&in)))
		take_index(c);
	else
		index_release(&c->index);
	stream_reader_release(&in);
	buf_release(&path);
	return c->indexed ? 0 : learn_to(c, UINT64_MAX, f);
}

/*
 * Makes the text of the index from what the entries are known by.  Returns 0,
 * or -1 and the fault.
 */
static int
make_index(struct contents *c, struct buf *text, struct fault *f)
{
	struct index_of of = {.segment = segment_of(slice_of(c->path)),
	    .entries = c->last - c->first + 1,
	    .incidents = c->incidents,
	    .bytes = c->bytes,
	    .uses = buf_slice(&c->uses)};
	int fd = open(c->path, O_RDONLY | O_CLOEXEC), result = 0;

	if (fd < 0)
		return fault_errno(f, "open", c->path);
	if (read_chain(fd, c->bytes, of.chain))
		index_write(text, &of, &c->extents);
	else
		result = fault_at(f, (struct place){.file = c->path},
		    "does not end with entry %llu",
		    (unsigned long long)c->last);
	close(fd);
	return result;
}

int
contents_file(struct contents *c, struct fault *f)
{
	struct buf text = {0}, name = {0};
	int result = make_index(c, &text, f);

	segment_index_name(&name, c->first);
	if (result == 0)
		result = replacement_write(
		    c->dir, buf_str(&name), buf_slice(&text), f);
	buf_clear(&name);
	add_index_path(&name, c);
	if (result == 0 && index_open(&c->index, buf_str(&name)))
		take_index(c);
	else if (result == 0)
		index_release(&c->index);
	buf_release(&text);
	buf_release(&name);
	return result;
}

/* Whether there is an index that would be believed. */
static bool
has_index(struct contents *c, const char *path)
{
	struct index x;
	struct stat st;
	int fd = open(c->path, O_RDONLY | O_CLOEXEC);
	bool has;

	if (fd < 0)
		return false;
	has = index_open(&x, path) && fstat(fd, &st) == 0 &&
	    x.of.bytes == (uint64_t)st.st_size && x.of.bytes == c->bytes;
	index_release(&x);
	close(fd);
	return has;
}

int
contents_prove(struct contents *c, struct fault *f)
{
	struct buf path = {0}, text = {0}, there = {0};
	struct fault unread = {0};
	int result = 0;

	add_index_path(&path, c);
	if (has_index(c, buf_str(&path)))
		result = make_index(c, &text, f);
	if (result == 0 && text.n > 0)
		file_read(buf_str(&path), SIZE_MAX, &there, &unread);
	/* A sweep may have removed it meanwhile. */
	if (result == 0 && !slice_eq(buf_slice(&text), buf_slice(&there)) &&
	    has_index(c, buf_str(&path)))
		result = fault_at(f, (struct place){.file = buf_str(&path)},
		    "is not what the entries of its segment make: remove it, "
		    "the next writer makes it again");
	fault_release(&unread);
	buf_release(&path);
	buf_release(&text);
	buf_release(&there);
	return result;
}

int
contents_find(struct contents *c, struct slice key, struct extent_list *list,
    struct fault *f)
{
	size_t n = list->n;

	if (c->indexed) {
		if (index_find(&c->index, key, list) == 0)
			return 0;
		list->n = n;
		if (contents_learn_again(c, f) < 0)
			return -1;
	}
	extents_find(&c->extents, key, list);
	return 0;
}

/* Who is told of the ids. */
struct telling {
	void (*see)(void *context, struct slice id, bool fresh);
	void *context;
};

static void
tell(void *context, struct slice key, bool fresh)
{
	struct telling *t = context;

	if (!is_of_receipts(key))
		t->see(t->context, id_of(key), fresh);
}

int
contents_each(struct contents *c, struct slice lead,
    void (*see)(void *context, struct slice id, bool fresh), void *context,
    struct fault *f)
{
	struct telling t = {see, context};

	lead = contents_incident(&c->key, lead);
	if (c->indexed) {
		if (index_each(&c->index, lead, tell, &t) == 0)
			return 0;
		/* some may be told of twice then */
		if (contents_learn_again(c, f) < 0)
			return -1;
	}
	for (size_t i = 0; i < extents_incidents(&c->extents); i++) {
		struct slice key = extents_id(&c->extents, i);

		if (key.n >= lead.n && memcmp(key.p, lead.p, lead.n) == 0)
			tell(&t, key, extents_fresh(&c->extents, key));
	}
	return 0;
}

void
contents_release(struct contents *c)
{
	forget(c);
	columns_release(&c->columns);
	buf_release(&c->uses);
	buf_release(&c->open);
	buf_release(&c->key);
	free(c->path);
}
