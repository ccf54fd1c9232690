#define _GNU_SOURCE /* scandir */
#include "maps.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "fault.h"
#include "files.h"
#include "map.h"
#include "mem.h"
#include "output.h"
#include "site.h"
#include "streamout.h"

/* share/import/NAME, to be freed. */
static char *
map_path(const char *name, const char *suffix)
{
	struct buf path = {0};
	char *share = site_share();

	buf_addf(&path, "%s/import/%s%s", share, name, suffix);
	buf_str(&path);
	free(share);
	return path.p;
}

static int
is_map(const struct dirent *d)
{
	return slice_ends(slice_of(d->d_name), ".tsv");
}

/* In the order of their names, without the suffix. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return slice_cmp((struct slice){(*a)->d_name, strlen((*a)->d_name) - 4},
	    (struct slice){(*b)->d_name, strlen((*b)->d_name) - 4});
}

/*
 * The names of the shipped maps, sorted; scandir()'s array, to be freed.  -1
 * after saying why they can't be read.
 */
static int
shipped_maps(struct dirent ***entry)
{
	char *dir = map_path("", "");
	int n = scandir(dir, entry, is_map, by_name);
	struct fault fault = {0};

	if (n < 0) {
		fault_errno(&fault, "open", dir);
		diag_fault(STATUS_FAILED, &fault);
		fault_release(&fault);
	}
	for (int i = 0; i < n; i++)
		(*entry)[i]->d_name[strlen((*entry)[i]->d_name) - 4] = '\0';
	free(dir);
	return n;
}

static void
free_maps(struct dirent **entry, int n)
{
	for (int i = 0; i < n; i++)
		free(entry[i]);
	if (n >= 0)
		free(entry);
}

/* What a map says of itself: its first line, where that is a comment. */
static void
add_about(struct buf *out, const char *name)
{
	struct fault fault = {0};
	struct buf text = {0};
	char *path = map_path(name, ".tsv");
	struct slice rest, line;

	if (file_read(path, (size_t)1 << 20, &text, &fault) == 0 &&
	    text.n > 0 && text.p[0] == '#') {
		rest = slice_from(buf_slice(&text), 1);
		slice_split(&rest, '\n', &line);
		buf_add_slice(out, slice_trim(line));
	}
	free(path);
	buf_release(&text);
	fault_release(&fault);
}

int
maps_print(bool no_header)
{
	static const struct slice header[] = {SLICE("map"), SLICE("about")};
	struct stream_writer w = {0};
	struct dirent **entry = NULL;
	struct buf about = {0};
	int n = shipped_maps(&entry);

	output_init(&w.out, STDOUT_FILENO, "<stdout>");
	if (!no_header)
		stream_writer_row(&w, header, 2);
	for (int i = 0; i < n; i++) {
		buf_clear(&about);
		add_about(&about, entry[i]->d_name);
		stream_writer_row(&w,
		    (struct slice[]){
			slice_of(entry[i]->d_name), buf_slice(&about)},
		    2);
	}
	if (output_close(&w.out) < 0)
		diag_fault(STATUS_FAILED, &w.out.fault);
	output_release(&w.out);
	buf_release(&about);
	free_maps(entry, n);
	return (int)diag_status();
}

/* Whether a column is one of the names in an array that the export has. */
static bool
is_within(struct slice column, const struct slice *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct slice start = {column.p, name[i].n};

		if (column.n > start.n && column.p[start.n] == '.' &&
		    slice_eq(start, name[i]))
			return true;
	}
	return false;
}

/*
 * Whether a map needs columns, and an export has those.  In JSON few records
 * have every name that there can be: one in four may be lacking.
 */
static bool
fits(struct map *m, const struct slice *name, size_t n, bool json)
{
	struct fault fault = {0};
	size_t needed = 0, lacking = 0;
	bool binds;

	for (size_t i = 0; i < m->wants.name.n; i++)
		needed += m->wants.want[i].needed;
	binds = needed > 0 && !map_is_headless(m) &&
	    map_bind(m, name, n, (struct place){0}, &fault) == 0;
	for (size_t i = 0; i < m->lacks.n; i++)
		lacking += !is_within(m->lacks.name[i], name, n);
	fault_release(&fault);
	return binds && (json ? 4 * lacking <= needed : lacking == 0);
}

void
maps_add_fitting(struct buf *out, const struct slice *name, size_t n, bool json)
{
	struct dirent **entry = NULL;
	int maps = shipped_maps(&entry);
	size_t start = out->n;

	for (int i = 0; i < maps; i++) {
		struct fault fault = {0};
		char *path = map_path(entry[i]->d_name, ".tsv");
		struct map *m = map_load(path, NULL, &fault);

		if (m != NULL && fits(m, name, n, json))
			buf_addf(out, "%s%s", out->n > start ? ", " : "",
			    entry[i]->d_name);
		if (m == NULL)
			diag_fault(STATUS_FAILED, &fault);
		map_free(m);
		free(path);
		fault_release(&fault);
	}
	free_maps(entry, maps);
}

/* Says that there is no such map, and which there are. */
static void
say_unknown(const char *name)
{
	struct dirent **entry = NULL;
	struct fault fault = {0};
	int n = shipped_maps(&entry);
	struct slice *names = mem_new(n > 0 ? (size_t)n : 1, sizeof *names);

	for (int i = 0; i < n; i++)
		names[i] = slice_of(entry[i]->d_name);
	fault_at(&fault, (struct place){0},
	    "unknown map '%s': a shipped one or a path was expected", name);
	fault_suggest(&fault, slice_of(name), names, n > 0 ? (size_t)n : 0);
	diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	free(names);
	free_maps(entry, n);
}

/* Whether -m names a file rather than a shipped map. */
static bool
is_path(const char *name)
{
	struct slice s = slice_of(name);

	return strchr(name, '/') != NULL || slice_ends(s, ".tsv") ||
	    slice_ends(s, ".csv");
}

char *
maps_find(const char *name)
{
	char *path;

	if (is_path(name))
		return mem_copy(name, strlen(name));
	path = map_path(name, ".tsv");
	if (!file_exists(path)) {
		say_unknown(name);
		free(path);
		path = NULL;
	}
	return path;
}
