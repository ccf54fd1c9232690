#include "recall.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "segment.h"
#include "utf8.h"

/* An incident that is wanted, or the receipts of a message. */
struct recall_wanted {
	struct slice key;
	uint64_t from; /* it has no entry before */
};

/* An entry of one, in the segment under way. */
struct recall_found {
	struct slice key;
	struct extent extent;
};

static int
by_number(const void *a, const void *b)
{
	uint64_t x = ((const struct contents *)a)->first;
	uint64_t y = ((const struct contents *)b)->first;

	return (x > y) - (x < y);
}

static struct contents *
add_segment(struct recall *r, uint64_t first)
{
	r->segment = mem_grow(r->segment, r->n, &r->cap, sizeof *r->segment);
	r->segment[r->n] = contents_of(r->dir, first);
	return &r->segment[r->n++];
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
	if (r->n > 1)
		qsort(r->segment, r->n, sizeof *r->segment, by_number);
	for (size_t i = 0; i < r->n; i++) {
		struct contents *s = &r->segment[i];

		if (s->first != expected)
			return journal_gap(
			    s->path, s->first, expected, &r->fault);
		if (contents_learn(s, &r->fault) < 0)
			return -1;
		expected = s->last > 0 ? s->last + 1 : s->first;
	}
	return 0;
}

void
recall_note(struct recall *r, const struct journal_entry *e)
{
	struct contents *s = r->n > 0 ? &r->segment[r->n - 1] : NULL;

	if (s == NULL || s->first != e->segment)
		s = add_segment(r, e->segment);
	contents_note(s, e);
}

/* Learns again what is in a segment without an index, if need be. */
static int
refresh(struct recall *r, struct contents *s)
{
	struct stat st;

	if (s->indexed || (stat(s->path, &st) == 0 && contents_are_of(s, &st)))
		return 0;
	return contents_learn_again(s, &r->fault);
}

int
recall_refresh(struct recall *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (refresh(r, &r->segment[i]) < 0)
			return -1;
	}
	return 0;
}

int
recall_file(struct recall *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct contents *s = &r->segment[i];

		if (!s->indexed && s->last > 0 &&
		    (refresh(r, s) < 0 || contents_file(s, &r->fault) < 0))
			return -1;
	}
	return 0;
}

/* ---- entries that are wanted ---- */

/* Wants the entries of a key: contents.h. */
static void
want(struct recall *r, struct slice key, uint64_t from)
{
	if (r->reading)
		r->nwanted = 0;
	if (r->nwanted == 0)
		arena_reset(&r->keys);
	r->reading = false;
	r->wanted =
	    mem_grow(r->wanted, r->nwanted, &r->wanted_cap, sizeof *r->wanted);
	key.p = arena_copy(&r->keys, key.p, key.n);
	r->wanted[r->nwanted++] = (struct recall_wanted){key, from};
}

void
recall_want(struct recall *r, struct slice id, uint64_t from)
{
	want(r, contents_incident(&r->key, id), from);
}

void
recall_want_receipts(struct recall *r, struct slice message)
{
	want(r, contents_receipts(&r->key, message), 0);
}

static int
by_place(const void *a, const void *b)
{
	const struct recall_found *x = a, *y = b;

	return (x->extent.at > y->extent.at) - (x->extent.at < y->extent.at);
}

/* Finds what is wanted in the segment under way.  0, or -1 and r->fault. */
static int
find(struct recall *r)
{
	struct contents *s = &r->segment[r->under_way];

	r->nfound = r->next = 0;
	for (size_t i = 0; i < r->nwanted; i++) {
		if (s->last < r->wanted[i].from)
			continue;
		r->lookups++;
		r->list.n = 0;
		if (contents_find(s, r->wanted[i].key, &r->list, &r->fault) < 0)
			return -1;
		for (size_t k = 0; k < r->list.n; k++) {
			r->found = mem_grow(r->found, r->nfound, &r->found_cap,
			    sizeof *r->found);
			r->found[r->nfound++] = (struct recall_found){
			    r->wanted[i].key, r->list.extent[k]};
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
	struct contents *s = &r->segment[r->under_way];
	struct stat st;

	if (r->fd >= 0)
		return 0;
	r->fd = open(s->path, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0 || fstat(r->fd, &st) < 0)
		return fault_errno(&r->fault, "open", s->path);
	r->bytes = (uint64_t)st.st_size;
	if (contents_are_of(s, &st))
		return 0;
	/* It was written anew since. */
	return contents_learn_again(s, &r->fault) < 0 || find(r) < 0 ? -1 : 0;
}

/*
 * Whether an entry that was found is yet to be written: then its writer, who
 * alone knows of it, has added it here and needs not be told.
 */
static bool
is_unwritten(const struct recall *r, const struct recall_found *at)
{
	return !r->segment[r->under_way].indexed && at->extent.at >= r->bytes;
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
	struct contents *s = &r->segment[r->under_way];

	if (!read_line(r, at->extent) || !cut_fields(r, s->columns.n))
		return 0;
	if (journal_entry_of(e, &s->columns, r->field,
		(struct place){.file = s->path}, &r->fault) < 0)
		return -1;
	e->extent = at->extent;
	e->segment = s->first;
	return contents_fits(e, at->key);
}

/*
 * The entries are not where they were thought to be: finds them again in the
 * segment under way, once.  Returns 0, or -1 and r->fault.
 */
static int
find_again(struct recall *r)
{
	struct contents *s = &r->segment[r->under_way];

	if (r->again)
		return fault_at(&r->fault, (struct place){.file = s->path},
		    "was changed while it was read");
	r->again = true;
	return contents_learn_again(s, &r->fault) < 0 || find(r) < 0 ? -1 : 0;
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
		if (is_unwritten(r, &r->found[r->next])) {
			r->next++;
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

	t->see(t->context, id, fresh ? t->first : 0);
}

int
recall_ids(struct recall *r, size_t i, struct slice lead,
    void (*see)(void *context, struct slice id, uint64_t from), void *context)
{
	struct telling t = {.see = see, .context = context};
	int result = 0;

	for (; i < r->n && result == 0; i++) {
		t.first = r->segment[i].first;
		result =
		    contents_each(&r->segment[i], lead, tell, &t, &r->fault);
	}
	return result;
}

int
recall_checkpoint(struct recall *r, size_t *i, struct slice *open)
{
	int got = 0;

	for (*i = r->n; *i > 0 && got == 0; --*i)
		got = contents_checkpoint(&r->segment[*i - 1], open, &r->fault);
	if (got == 0)
		*i = r->n;
	return got < 0 ? -1 : 0;
}

void
recall_release(struct recall *r)
{
	close_file(r);
	for (size_t i = 0; i < r->n; i++)
		contents_release(&r->segment[i]);
	free(r->segment);
	free(r->wanted);
	free(r->found);
	free(r->field);
	free(r->dir);
	arena_release(&r->keys);
	extent_list_release(&r->list);
	buf_release(&r->line);
	buf_release(&r->key);
	fault_release(&r->fault);
}
