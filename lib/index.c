#include "index.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "custody.h"
#include "hash.h"
#include "mem.h"

#define PAGE_BYTES 4096 /* of lines, at least, but for the last page */
#define CHECK_DIGITS 16
#define HEAD_MOST ((size_t)64 * 1024 * 1024) /* bytes before the pages */

static const struct slice magic = SLICE("inc-index 1");

/* A page of lines, in the order of ids. */
struct index_page {
	struct slice first; /* the id that it begins with */
	struct slice check;
	uint64_t at, n; /* where it stands, in bytes */
};

/*
 * The check of some bytes: it shows what a disk or a slip has changed.  Who
 * wants to deceive can as well write an index of another segment.
 */
static void
check_add(struct buf *out, struct slice s)
{
	static const struct hash_key key;

	buf_addf(out, "%0*" PRIx64, CHECK_DIGITS, hash_of(&key, s));
}

static bool
check_is(struct slice check, struct slice s)
{
	struct buf text = {0};
	bool is;

	check_add(&text, s);
	is = slice_eq(buf_slice(&text), check);
	buf_release(&text);
	return is;
}

/* ---- making ---- */

/* An id, and its place in the extents. */
struct index_id {
	struct slice id;
	size_t place;
};

static int
by_bytes(const void *a, const void *b)
{
	const struct index_id *x = a, *y = b;

	return slice_cmp(x->id, y->id);
}

/* Brings ids in order, which those that are numbers of the day mostly are. */
static void
sort(struct index_id *id, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (by_bytes(&id[i - 1], &id[i]) > 0) {
			qsort(id, n, sizeof *id, by_bytes);
			return;
		}
	}
}

/* ID TAB "new" or nothing TAB AT+N AT+N ... */
static void
add_line(struct buf *out, struct slice id, bool fresh,
    const struct extent_list *list)
{
	buf_add_slice(out, id);
	buf_add_str(out, fresh ? "\tnew" : "\t");
	for (size_t i = 0; i < list->n; i++) {
		buf_add_char(out, i == 0 ? '\t' : ' ');
		buf_add_number(out, list->extent[i].at);
		buf_add_char(out, '+');
		buf_add_number(out, list->extent[i].n);
	}
	buf_add_char(out, '\n');
}

/* LENGTH TAB CHECK TAB FIRST-ID */
static void
add_page(struct buf *pages, struct slice page, struct slice first)
{
	buf_add_number(pages, page.n);
	buf_add_char(pages, '\t');
	check_add(pages, page);
	buf_add_char(pages, '\t');
	buf_add_slice(pages, first);
	buf_add_char(pages, '\n');
}

/* Makes the lines of the ids in order, and those that tell of their pages. */
static void
make_lines(struct buf *lines, struct buf *pages, const struct index_id *id,
    size_t n, const struct extents *e)
{
	struct extent_list list = {0};
	size_t start = 0, first = 0;

	for (size_t i = 0; i < n; i++) {
		struct slice page;
		bool fresh;

		list.n = 0;
		fresh = extents_of(e, id[i].place, &list);
		add_line(lines, id[i].id, fresh, &list);
		page = (struct slice){lines->p + start, lines->n - start};
		if (page.n < PAGE_BYTES && i + 1 < n)
			continue;
		add_page(pages, page, id[first].id);
		start = lines->n;
		first = i + 1;
	}
	extent_list_release(&list);
}

void
index_write(
    struct buf *text, const struct index_of *of, const struct extents *e)
{
	size_t n = extents_incidents(e);
	struct index_id *id = mem_new(n, sizeof *id);
	struct buf lines = {0}, pages = {0}, head = {0};

	for (size_t i = 0; i < n; i++)
		id[i] = (struct index_id){extents_id(e, i), i};
	sort(id, n);
	make_lines(&lines, &pages, id, n, e);
	buf_addf(&head,
	    "%.*s\t%.*s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\t%.*s\t%zu",
	    SLICE_ARG(magic), SLICE_ARG(of->segment), of->entries,
	    of->incidents, of->bytes, of->chain, SLICE_ARG(of->uses), pages.n);
	buf_add_slice(text, buf_slice(&head));
	/* the head is proved with the pages' checks, and so all is */
	buf_add_slice(&head, buf_slice(&pages));
	buf_add_char(text, '\t');
	check_add(text, buf_slice(&head));
	buf_add_char(text, '\n');
	buf_add_slice(text, buf_slice(&pages));
	buf_add_slice(text, buf_slice(&lines));
	buf_release(&lines);
	buf_release(&pages);
	buf_release(&head);
	free(id);
}

/* ---- reading ---- */

#define HEAD_FIELDS 9

/* Takes the fields of the first line: their texts, or false. */
static bool
split_head(struct slice line, struct slice *field)
{
	size_t n = 0;

	while (n < HEAD_FIELDS && slice_split(&line, '\t', &field[n]))
		n++;
	return n == HEAD_FIELDS && line.p == NULL;
}

static bool
take_number(struct slice text, uint64_t *value)
{
	unsigned long long number;

	if (slice_number(text, INT64_MAX, &number) < 0)
		return false;
	*value = number;
	return true;
}

/* Takes what the first line says the index is of. */
static bool
take_of(struct index_of *of, const struct slice *field)
{
	of->segment = field[1];
	of->uses = field[6];
	if (!slice_eq(field[0], magic) || !seal_is(field[5]) ||
	    !take_number(field[2], &of->entries) ||
	    !take_number(field[3], &of->incidents) ||
	    !take_number(field[4], &of->bytes))
		return false;
	memcpy(of->chain, field[5].p, SEAL_DIGITS);
	of->chain[SEAL_DIGITS] = '\0';
	return true;
}

/* Takes the lines that tell of the pages, the first of which stands at at. */
static bool
take_pages(struct index *x, struct slice lines, uint64_t at)
{
	size_t cap = 0;
	struct slice line, length, check;

	while (lines.n > 0 && slice_split(&lines, '\n', &line)) {
		struct index_page page = {.at = at};

		if (!slice_split(&line, '\t', &length) || line.p == NULL ||
		    !slice_split(&line, '\t', &check) || line.p == NULL ||
		    !take_number(length, &page.n) || page.n == 0 ||
		    page.n > x->of.bytes) /* a line has less than its entries */
			return false;
		page.check = check;
		page.first = line;
		x->pages = mem_grow(x->pages, x->n, &cap, sizeof *x->pages);
		x->pages[x->n++] = page;
		at += page.n;
	}
	return true;
}

/*
 * Takes the head: text is the file's start, at least so much that the lines
 * before the pages are in it.  Returns 1; 0 where it is no index; or, where
 * *need, bytes that must be there first, is more than there are, also 0.
 */
static bool
take_head(struct index *x, struct slice text, uint64_t *need)
{
	struct slice rest = text, line, field[HEAD_FIELDS], pages;
	struct buf proved = {0};
	uint64_t n;
	bool right;

	*need = 0;
	if (!slice_split(&rest, '\n', &line) || rest.p == NULL ||
	    !split_head(line, field) || !take_of(&x->of, field) ||
	    !take_number(field[7], &n) || n > HEAD_MOST)
		return false;
	*need = line.n + 1 + n;
	if (*need > text.n)
		return false;
	pages = (struct slice){rest.p, (size_t)n};
	buf_add(&proved, line.p, (size_t)(field[8].p - 1 - line.p));
	buf_add_slice(&proved, pages);
	right = check_is(field[8], buf_slice(&proved)) &&
	    take_pages(x, pages, *need);
	buf_release(&proved);
	return right;
}

/* Reads n bytes of the file, from an offset on, to a buffer: false if not. */
static bool
read_part(const char *path, uint64_t at, uint64_t n, struct buf *out)
{
	int fd = open(path, O_RDONLY | CUSTODY_FLAGS);
	ssize_t got = -1;

	buf_clear(out);
	if (fd < 0)
		return false;
	got = pread(fd, buf_room(out, (size_t)n), (size_t)n, (off_t)at);
	close(fd);
	out->n = got > 0 ? (size_t)got : 0;
	return got >= 0;
}

#define FIRST_BYTES 65536 /* read at first: mostly the whole head */

bool
index_open(struct index *x, const char *path)
{
	uint64_t need;

	*x = (struct index){0};
	buf_add_str(&x->path, path);
	if (!read_part(path, 0, FIRST_BYTES, &x->head))
		return false;
	if (take_head(x, buf_slice(&x->head), &need))
		return true;
	return need > x->head.n && need <= HEAD_MOST &&
	    read_part(path, 0, need, &x->head) &&
	    take_head(x, buf_slice(&x->head), &need);
}

bool
index_take(struct index *x, struct slice text)
{
	uint64_t need;

	*x = (struct index){0};
	buf_add_slice(&x->head, text);
	return take_head(x, buf_slice(&x->head), &need);
}

/* Takes the lines of a page; 0, or -1 where they are not as they were. */
static int
read_page(struct index *x, const struct index_page *page, struct slice *lines)
{
	if (x->path.n == 0 &&
	    (page->at > x->head.n || page->n > x->head.n - page->at))
		return -1;
	if (x->path.n == 0)
		*lines = (struct slice){x->head.p + page->at, (size_t)page->n};
	else if (read_part(buf_str(&x->path), page->at, page->n, &x->page))
		*lines = buf_slice(&x->page);
	else
		return -1;
	return lines->n == page->n && check_is(page->check, *lines) ? 0 : -1;
}

/* The page in which an id stands, if any does: places from 1; 0: none. */
static size_t
page_of(const struct index *x, struct slice id)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (slice_cmp(x->pages[mid].first, id) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * Adds the extents of a line, without its id: 0, or -1 where one is none of
 * a segment with so many bytes.
 */
static int
take_extents(struct slice text, uint64_t bytes, struct extent_list *list)
{
	struct slice word, at;
	struct extent extent;

	while (slice_split(&text, ' ', &word)) {
		if (!slice_split(&word, '+', &at) || word.p == NULL ||
		    !take_number(at, &extent.at) ||
		    !take_number(word, &extent.n) || extent.n == 0 ||
		    extent.at > bytes || extent.n > bytes - extent.at)
			return -1;
		extent_list_add(list, extent);
	}
	return 0;
}

/* Cuts the next line: 1 and its parts, 0 where there is none, -1. */
static int
next_line(
    struct slice *lines, struct slice *id, bool *fresh, struct slice *extents)
{
	struct slice mark;

	if (lines->n == 0)
		return 0;
	if (!slice_split(lines, '\n', extents) ||
	    !slice_split(extents, '\t', id) || extents->p == NULL ||
	    !slice_split(extents, '\t', &mark) || extents->p == NULL)
		return -1;
	*fresh = mark.n > 0;
	return 1;
}

int
index_find(struct index *x, struct slice id, struct extent_list *list)
{
	size_t at = page_of(x, id);
	struct slice lines, is, extents;
	bool fresh;
	int got = 1;

	if (at == 0)
		return 0;
	if (read_page(x, &x->pages[at - 1], &lines) < 0)
		return -1;
	while ((got = next_line(&lines, &is, &fresh, &extents)) > 0) {
		if (slice_eq(is, id))
			return take_extents(extents, x->of.bytes, list);
	}
	return got;
}

int
index_each(struct index *x, struct slice lead,
    void (*see)(void *context, struct slice id, bool fresh), void *context)
{
	size_t at = page_of(x, lead);
	struct slice lines, id, extents;
	bool fresh;
	int got = 0;

	for (at = at > 0 ? at - 1 : 0; at < x->n && got == 0; at++) {
		if (read_page(x, &x->pages[at], &lines) < 0)
			return -1;
		while ((got = next_line(&lines, &id, &fresh, &extents)) > 0) {
			if (id.n >= lead.n && memcmp(id.p, lead.p, lead.n) == 0)
				see(context, id, fresh);
			else if (slice_cmp(id, lead) > 0)
				return 0;
		}
	}
	return got;
}

void
index_release(struct index *x)
{
	buf_release(&x->head);
	buf_release(&x->path);
	buf_release(&x->page);
	free(x->pages);
	*x = (struct index){0};
}
