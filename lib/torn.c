#include "torn.h"

#include <dirent.h>

#include "buf.h"
#include "columns.h"
#include "files.h"
#include "replacement.h"
#include "segment.h"

#define MOST_BYTES ((size_t)1 << 30) /* of one file */

/* The search, in one directory. */
struct search {
	const char *dir;
	bool take;
	torn_sought *sought;
	void *ctx;
	uint64_t n;
};

/* Whether a name is that of a segment with .torn after it. */
static bool
is_torn(struct slice name)
{
	static const struct slice end = SLICE(".torn");
	uint64_t seq;

	return slice_ends_in(name, end) &&
	    segment_number((struct slice){name.p, name.n - end.n}, &seq);
}

/* Whether a line is sought.  One that ends within its id holds no more. */
static bool
is_sought(const struct search *s, struct slice line)
{
	struct slice field[SEGMENT_FIRST];
	unsigned long long seq;

	for (size_t i = 0; i < SEGMENT_FIRST; i++) {
		if (!slice_split(&line, '\t', &field[i]))
			return false;
	}
	if (slice_number(field[0], UINT64_MAX, &seq) < 0)
		seq = 0;
	return s->sought(s->ctx, field[5], seq);
}

/* One file: counts its lines that are sought, and takes them out. */
static int
search_file(struct search *s, const char *name, struct fault *f)
{
	struct buf path = {0}, text = {0}, kept = {0};
	struct slice rest, line;
	uint64_t before = s->n;
	int result;

	buf_addf(&path, "%s/%s", s->dir, name);
	result = file_read(buf_str(&path), MOST_BYTES, &text, f);
	rest = buf_slice(&text);
	while (result == 0 && rest.n > 0 && slice_split(&rest, '\n', &line)) {
		if (is_sought(s, line)) {
			s->n++;
			continue;
		}
		buf_add_slice(&kept, line);
		buf_add_char(&kept, '\n');
	}
	if (result == 0 && s->take && s->n > before)
		result = replacement_write(s->dir, name, buf_slice(&kept), f);
	buf_release(&path);
	buf_release(&text);
	buf_release(&kept);
	return result;
}

int
torn_each(const char *dir, bool take, torn_sought *sought, void *ctx,
    uint64_t *n, struct fault *f)
{
	struct search s = {dir, take, sought, ctx, 0};
	struct columns names = {0}; /* read first: files are replaced */
	DIR *d = opendir(dir);
	struct dirent *item;
	int result = 0;

	if (d == NULL)
		return fault_errno(f, "open", dir);
	while ((item = readdir(d)) != NULL) {
		if (is_torn(slice_of(item->d_name)))
			columns_add(&names, slice_of(item->d_name));
	}
	closedir(d);
	for (size_t i = 0; i < names.n && result == 0; i++) {
		struct buf name = {0};

		buf_add_slice(&name, names.name[i]);
		result = search_file(&s, buf_str(&name), f);
		buf_release(&name);
	}
	columns_release(&names);
	*n += s.n;
	return result;
}
