#include "segment.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "custody.h"
#include "files.h"
#include "seal.h"

#define DIGITS 14 /* of a name: 00000000000001.tsv */
#define NAME_BYTES (DIGITS + sizeof name_end - 1)

static const char name_end[] = ".tsv";

static const struct slice first_columns[SEGMENT_FIRST] = {SLICE("seq"),
    SLICE("at"), SLICE("by"), SLICE("source"), SLICE("event"), SLICE("id"),
    SLICE("updated")};
static const struct slice last_columns[SEGMENT_LAST] = {
    SLICE("why"), SLICE("rules"), SLICE("nonces"), SLICE("chain")};

void
segment_name(struct buf *name, uint64_t seq)
{
	buf_add_digits(name, seq, DIGITS);
	buf_add_str(name, name_end);
}

void
segment_index_name(struct buf *name, uint64_t seq)
{
	buf_add_digits(name, seq, DIGITS);
	buf_add_str(name, ".index");
}

bool
segment_number(struct slice name, uint64_t *seq)
{
	unsigned long long number;

	if (name.n != NAME_BYTES ||
	    !slice_is(
		(struct slice){name.p + DIGITS, name.n - DIGITS}, name_end) ||
	    slice_number((struct slice){name.p, DIGITS}, UINT64_MAX, &number) <
		0)
		return false;
	*seq = number;
	return true;
}

struct slice
segment_of(struct slice path)
{
	if (path.n < NAME_BYTES)
		return (struct slice){"", 0};
	return (struct slice){path.p + path.n - NAME_BYTES, NAME_BYTES};
}

/* Whether a name comes after another one, or before it. */
static bool
is_beyond(struct slice other, struct slice name, bool before)
{
	int order = slice_cmp(name, other);

	return before ? order < 0 : order > 0;
}

/* The next item of a directory; NULL at its end, or where errno is set. */
static struct dirent *
next_item(DIR *dir)
{
	errno = 0;
	return readdir(dir);
}

/* After the last: closes it, and returns 0, or -1 where not all was read. */
static int
end_directory(DIR *dir, const char *path, struct fault *f)
{
	int result = errno == 0 ? 0 : fault_errno(f, "read", path);

	closedir(dir);
	return result;
}

/*
 * The first segment after a name, or with last the last before one; an empty
 * name is no limit.
 */
static int
find(const char *path, struct slice limit, bool last, struct buf *name,
    struct fault *f)
{
	DIR *dir = opendir(path);
	struct dirent *item;
	uint64_t seq;

	buf_clear(name);
	if (dir == NULL)
		return fault_errno(f, "open", path);
	while ((item = next_item(dir)) != NULL) {
		struct slice is = slice_of(item->d_name);
		struct slice best = buf_slice(name);

		if (!segment_number(is, &seq) ||
		    (limit.n > 0 && !is_beyond(limit, is, last)))
			continue;
		if (best.n == 0 || is_beyond(best, is, !last)) {
			buf_clear(name);
			buf_add_slice(name, is);
		}
	}
	return end_directory(dir, path, f) < 0 ? -1 : name->n > 0;
}

int
segment_next(
    const char *dir, struct slice after, struct buf *name, struct fault *f)
{
	return find(dir, after, false, name, f);
}

int
segment_last(const char *dir, struct buf *name, struct fault *f)
{
	return find(dir, (struct slice){"", 0}, true, name, f);
}

int
segment_with(const char *dir, uint64_t seq, struct buf *name, struct fault *f)
{
	struct buf next = {0};
	int got;

	segment_name(&next, seq + 1);
	got = find(dir, buf_slice(&next), true, name, f);
	buf_release(&next);
	return got;
}

int
segment_each(const char *path, uint64_t end,
    void (*see)(void *context, uint64_t first), void *context, struct fault *f)
{
	DIR *dir = opendir(path);
	struct dirent *item;
	uint64_t seq;

	if (dir == NULL)
		return fault_errno(f, "open", path);
	while ((item = next_item(dir)) != NULL) {
		if (segment_number(slice_of(item->d_name), &seq) && seq < end)
			see(context, seq);
	}
	return end_directory(dir, path, f);
}

/* The size of the segments seen so far. */
struct sizes {
	const char *dir;
	uint64_t bytes;
	struct buf path; /* scratch */
};

static void
add_size(void *context, uint64_t first)
{
	struct sizes *s = context;
	struct stat st;

	buf_clear(&s->path);
	buf_addf(&s->path, "%s/", s->dir);
	segment_name(&s->path, first);
	/* one that can't be looked at can't be read either: said then */
	if (stat(buf_str(&s->path), &st) == 0)
		s->bytes += (uint64_t)st.st_size;
}

int
segment_sizes(const char *dir, uint64_t *bytes, struct fault *f)
{
	struct sizes s = {.dir = dir};
	int result = segment_each(dir, UINT64_MAX, add_size, &s, f);

	*bytes = s.bytes;
	buf_release(&s.path);
	return result;
}

void
segment_columns(struct columns *c)
{
	for (size_t i = 0; i < SEGMENT_FIRST; i++)
		columns_add(c, first_columns[i]);
	for (size_t i = 0; i < SEGMENT_LAST; i++)
		columns_add(c, last_columns[i]);
}

bool
segment_has(const struct columns *c)
{
	if (c->n < SEGMENT_FIRST + SEGMENT_LAST)
		return false;
	for (size_t i = 0; i < SEGMENT_FIRST; i++) {
		if (!slice_eq(c->name[i], first_columns[i]))
			return false;
	}
	for (size_t i = 0; i < SEGMENT_LAST; i++) {
		if (!slice_eq(
			c->name[c->n - SEGMENT_LAST + i], last_columns[i]))
			return false;
	}
	return true;
}

void
segment_own(const struct columns *c, struct columns *own)
{
	for (size_t i = SEGMENT_FIRST; i < c->n - SEGMENT_LAST; i++)
		columns_add(own, c->name[i]);
}

size_t
segment_nonces(const struct columns *c)
{
	return c->n - SEGMENT_LAST + 2;
}

bool
segment_allows(struct slice column)
{
	for (size_t i = 0; i < column.n; i++) {
		if (strchr("\t\n\r", column.p[i]) != NULL)
			return false;
	}
	return true;
}

void
segment_header(struct buf *out, const struct columns *own)
{
	for (size_t i = 0; i < SEGMENT_FIRST; i++) {
		buf_add_slice(out, first_columns[i]);
		buf_add_char(out, '\t');
	}
	for (size_t i = 0; i < own->n; i++) {
		buf_add_slice(out, own->name[i]);
		buf_add_char(out, '\t');
	}
	for (size_t i = 0; i < SEGMENT_LAST; i++) {
		buf_add_slice(out, last_columns[i]);
		buf_add_char(out, i + 1 < SEGMENT_LAST ? '\t' : '\n');
	}
}

int
segment_open(struct stream_reader *in, char *path, struct fault *f)
{
	if (file_check_regular(path, f) < 0)
		return -1;
	if (stream_reader_open(in, &path, 1, NULL) < 0)
		fault_pass(f, &in->fault);
	else if (!segment_has(&in->columns))
		fault_at(f, (struct place){path, 1, 0},
		    "is no segment of an incident log");
	else
		return 0;
	stream_reader_release(in);
	return -1;
}

struct extent
segment_extent(const struct stream_reader *in)
{
	bool returns = in->row.p[in->row.n] == '\r'; /* that is passed over */

	return (struct extent){
	    readahead_offset(&in->ahead, in->row.p), in->row.n + 1 + returns};
}

bool
segment_has_end(int fd, off_t end, const char *chain)
{
	char text[SEAL_DIGITS + 1]; /* the chain and the line end */
	off_t at = end - (off_t)sizeof text;

	return at >= 0 &&
	    pread(fd, text, sizeof text, at) == (ssize_t)sizeof text &&
	    memcmp(text, chain, SEAL_DIGITS) == 0 && text[SEAL_DIGITS] == '\n';
}

int
segment_lock(
    int fd, const char *dir, bool shared, int64_t wait_s, struct fault *f)
{
	int got = shared ? file_lock_shared(fd, dir, wait_s, f)
			 : file_lock(fd, dir, wait_s, f);

	if (got == 0)
		fault_at(f, (struct place){.file = dir},
		    "another writer has held the log for %llds: try again "
		    "later",
		    (long long)wait_s);
	return got;
}

int
segment_settle(const char *dir, int64_t wait_s, int *fd, struct fault *f)
{
	struct buf path = {0};
	int got;

	buf_addf(&path, "%s/lock", dir);
	*fd = open(buf_str(&path), O_RDONLY | CUSTODY_FLAGS);
	if (*fd < 0 && errno == ENOENT) /* a copy: nobody writes to it */
		*fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0)
		got = fault_errno(f, "open", buf_str(&path));
	else
		got = segment_lock(*fd, dir, true, wait_s, f);
	if (*fd >= 0 && got <= 0)
		close(*fd);
	buf_release(&path);
	return got;
}
