#include "pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "files.h"
#include "language.h"
#include "schema.h"
#include "vocabulary.h"

/* A table and what it was asked for as. */
struct loaded {
	struct table table; /* first: pack.tables points here */
	const char *name;
	struct loaded *next;
};

/* Whether every letter is one of a name's. */
static bool
is_plain(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!slice_is_letter(c) && !slice_is_digit(c) && c != '-' &&
		    c != '_' && c != '.')
			return false;
	}
	return true;
}

/* Whether a name stays below the directory that it is joined to. */
static bool
stays_below(const char *name)
{
	struct slice rest = slice_of(name), part;

	while (slice_split(&rest, '/', &part)) {
		if (part.n == 0 || !is_plain(part) || part.p[0] == '.')
			return false;
		for (size_t i = 1; i < part.n; i++) {
			if (part.p[i] == '.' && part.p[i - 1] == '.')
				return false;
		}
	}
	return true;
}

/* "dir/name" and an ending, in the arena. */
static const char *
join(struct arena *a, const char *dir, const char *name, const char *end)
{
	struct buf path = {0};
	const char *joined;

	buf_addf(&path, "%s/%s%s", dir, name, end);
	joined = arena_copy(a, path.p, path.n);
	buf_release(&path);
	return joined;
}

bool
pack_find(const struct pack *p, const char *name, struct buf *path)
{
	for (size_t i = 0; stays_below(name) && i < p->n; i++) {
		buf_clear(path);
		buf_addf(path, "%s/%s", p->dir[i], name);
		if (file_exists(buf_str(path)))
			return true;
	}
	return false;
}

const char *
pack_file(struct pack *p, const char *name)
{
	struct buf path = {0};
	const char *kept = NULL;

	if (pack_find(p, name, &path))
		kept = arena_copy(&p->arena, path.p, path.n);
	buf_release(&path);
	return kept;
}

/*
 * Finds a directory's file for a table: *path, NULL where it has none.  Two are
 * a fault: a spreadsheet saves a table beside the one that it read, and nobody
 * would see that the old one still counts.  So is a pipe, which would be waited
 * for.
 */
static int
table_in(struct pack *p, const char *dir, const char *name, const char **path,
    struct fault *f)
{
	const char *tsv = join(&p->arena, dir, name, ".tsv");
	const char *csv = join(&p->arena, dir, name, ".csv");

	*path = file_exists(tsv) ? tsv : NULL;
	if (*path != NULL && file_exists(csv)) {
		fault_at(f, (struct place){.file = csv},
		    "stands beside %s.tsv: keep the one that counts", name);
		return fault_keep(f);
	}
	if (*path == NULL && file_exists(csv))
		*path = csv;
	return *path != NULL ? file_check_regular(*path, f) : 0;
}

/* Loads a table, which pack_table() then knows as `known`. */
static int
load_table(struct pack *p, const char *known, const char *name,
    const char *path, struct table **t, struct fault *f)
{
	struct loaded *l = mem_new(1, sizeof *l);

	if (table_load(&l->table, path, f) < 0 ||
	    schema_check(name, &l->table, &p->known, f) < 0) {
		table_release(&l->table);
		free(l);
		return -1;
	}
	l->name = arena_copy(&p->arena, known, strlen(known));
	l->next = (struct loaded *)p->tables;
	p->tables = *t = &l->table;
	return 1;
}

/* The table that was loaded as `known`, or NULL. */
static struct table *
loaded(const struct pack *p, const char *known)
{
	struct loaded *l = (struct loaded *)p->tables;

	while (l != NULL && strcmp(l->name, known) != 0)
		l = l->next;
	return l != NULL ? &l->table : NULL;
}

int
pack_table(struct pack *p, const char *name, struct table **t, struct fault *f)
{
	const char *path = NULL;

	*t = loaded(p, name);
	if (*t != NULL)
		return 1;
	for (size_t i = 0; stays_below(name) && i < p->n && path == NULL; i++) {
		if (table_in(p, p->dir[i], name, &path, f) < 0)
			return -1;
	}
	return path != NULL ? load_table(p, name, name, path, t, f) : 0;
}

int
pack_table_at(struct pack *p, const char *name, const char *path,
    struct table **t, struct fault *f)
{
	struct buf known = {0};
	int got = 0;

	buf_addf(&known, "%s=%s", name, path); /* no name of a table has a = */
	*t = loaded(p, buf_str(&known));
	if (*t == NULL)
		got = load_table(p, buf_str(&known), name, path, t, f);
	buf_release(&known);
	return got < 0 ? -1 : 0;
}

int
pack_table_needed(
    struct pack *p, const char *name, struct table **t, struct fault *f)
{
	int got = pack_table(p, name, t, f);

	if (got > 0 && (*t)->n == 0)
		return fault_at(f, table_header_line(*t),
		    "no row follows the header: one at least was expected");
	if (got != 0)
		return got < 0 ? -1 : 0;
	fault_at(f, (struct place){0}, "no table '%s' in ", name);
	for (size_t i = 0; i < p->n; i++)
		buf_addf(&f->text, "%s'%s'", i > 0 ? " or " : "", p->dir[i]);
	return -1;
}

bool
pack_is_own(const struct pack *p, const struct table *t)
{
	size_t n = strlen(p->dir[0]);

	return strncmp(t->path, p->dir[0], n) == 0 && t->path[n] == '/' &&
	    strchr(t->path + n + 1, '/') == NULL;
}

static int
by_bytes(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

/*
 * The names in a directory, those with a dot first left out, sorted; to be
 * freed, their bytes in a.  None where it can't be read: errno says why.
 */
static struct slice *
list(const char *dir, struct arena *a, size_t *n)
{
	struct slice *name = NULL;
	size_t cap = 0;
	DIR *d = opendir(dir);
	struct dirent *e;

	*n = 0;
	if (d == NULL)
		return NULL;
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		name = mem_grow(name, *n, &cap, sizeof *name);
		name[*n].n = strlen(e->d_name);
		name[*n].p = arena_copy(a, e->d_name, name[*n].n);
		(*n)++;
	}
	closedir(d);
	if (name != NULL)
		qsort(name, *n, sizeof *name, by_bytes);
	errno = 0;
	return name;
}

int
pack_names(
    struct pack *p, const char *dir, struct columns *names, struct fault *f)
{
	for (size_t i = 0; stays_below(dir) && i < p->n; i++) {
		const char *path = join(&p->arena, p->dir[i], dir, "");
		size_t n;
		struct slice *name = list(path, &p->arena, &n);

		if (name == NULL && errno != 0 && errno != ENOENT)
			return fault_errno(f, "open", path);
		for (size_t k = 0; name != NULL && k < n; k++)
			columns_add(names, name[k]);
		free(name);
	}
	return 0;
}

/* The names of the shipped packs, sorted; to be freed, their bytes in a. */
static struct slice *
shipped(const char *procedures, struct arena *a, size_t *n)
{
	size_t all, kept = 0;
	struct slice *name = list(procedures, a, &all);

	for (size_t i = 0; i < all; i++) {
		if (directory_exists(join(a, procedures, name[i].p, "")))
			name[kept++] = name[i];
	}
	*n = kept;
	return name;
}

/* The fault for a name that is neither a directory nor a shipped pack. */
static int
no_such_pack(
    struct pack *p, struct slice part, const char *procedures, struct fault *f)
{
	size_t n;
	struct slice *name = shipped(procedures, &p->arena, &n);

	fault_at(f, (struct place){0},
	    "no pack '%.*s': neither a directory nor shipped", SLICE_ARG(part));
	fault_suggest(f, part, name, n);
	for (size_t i = 0; i < n; i++)
		buf_addf(&f->text, "%s%.*s", i == 0 ? "; shipped are: " : ", ",
		    SLICE_ARG(name[i]));
	free(name);
	return -1;
}

/* Finds the directory of one part of the search path. */
static int
add_dir(
    struct pack *p, struct slice part, const char *procedures, struct fault *f)
{
	const char *dir = arena_copy(&p->arena, part.p, part.n);

	if (part.n == 0)
		return fault_at(f, (struct place){0},
		    "an empty name among the packs of procedures");
	if (!directory_exists(dir)) {
		if (memchr(part.p, '/', part.n) != NULL) {
			errno = file_exists(dir) ? ENOTDIR : ENOENT;
			return fault_errno(f, "open", dir);
		}
		dir = join(&p->arena, procedures, dir, "");
		if (part.p[0] == '.' || !directory_exists(dir))
			return no_such_pack(p, part, procedures, f);
	}
	p->dir[p->n++] = dir;
	return 0;
}

static int
resolve(struct pack *p, const char *path, const char *share, struct fault *f)
{
	struct slice rest = slice_of(path), part;
	const char *procedures = join(&p->arena, share, "procedures", "");
	size_t most = 1;

	for (const char *c = path; *c != '\0'; c++)
		most += *c == ':';
	p->dir = arena_new(&p->arena, most * sizeof *p->dir);
	while (slice_split(&rest, ':', &part)) {
		if (add_dir(p, part, procedures, f) < 0)
			return -1;
	}
	return 0;
}

/* A cell of pack that becomes part of a column's value or an id. */
static int
read_word(struct table_row *row, const char *column, struct slice *word,
    struct fault *f)
{
	*word = table_text(row, column);
	if (is_plain(*word))
		return 0;
	return fault_at(f, table_place(row, column),
	    "%s '%.*s': letters, digits, '.', '-' and '_' were expected",
	    column, SLICE_ARG(*word));
}

static int
open_zone(struct pack *p, struct table_row *row, struct fault *f)
{
	struct slice name = table_text(row, "zone");
	struct fault why = {0};

	if (name.n == 0)
		name = slice_of("UTC");
	p->zone = zone_open(name, &why);
	if (p->zone == NULL)
		fault_at(f, table_place(row, "zone"), "%.*s",
		    SLICE_ARG(fault_reason(&why)));
	fault_release(&why);
	return p->zone != NULL ? 0 : -1;
}

/* Reads what a table pack says of whose rules these are, and adds it. */
static int
add_name(struct table *t, struct buf *rules, struct fault *f)
{
	struct slice name, version;

	if (t->n != 1)
		return fault_at(f, (struct place){.file = t->path},
		    "%zu rows, one was expected", t->n);
	if (read_word(&t->row[0], "name", &name, f) < 0 ||
	    read_word(&t->row[0], "version", &version, f) < 0)
		return -1;
	if (name.n == 0)
		return fault_at(
		    f, table_place(&t->row[0], "name"), "the pack has no name");
	buf_add_slice(rules, name);
	if (version.n > 0)
		buf_addf(rules, " %.*s", SLICE_ARG(version));
	return 0;
}

/* Adds the last part of a path in letters that a name may have. */
static void
add_base(const char *dir, struct buf *rules)
{
	struct slice rest = slice_of(dir), part, base = {"", 0};

	while (slice_split(&rest, '/', &part))
		base = part.n > 0 ? part : base;
	for (size_t i = 0; i < base.n; i++)
		buf_add_char(rules,
		    is_plain((struct slice){base.p + i, 1}) ? base.p[i] : '_');
}

/*
 * Makes p->rules of every directory of the search path, because a table of
 * any may have decided: the name and version of its table pack, or its own
 * name where it has none.
 */
static int
name_rules(struct pack *p, struct fault *f)
{
	struct buf rules = {0};
	int result = 0;

	for (size_t i = 0; i < p->n && result == 0; i++) {
		const char *path;
		struct table *t;

		if (i > 0)
			buf_add_str(&rules, " + ");
		if (table_in(p, p->dir[i], "pack", &path, f) < 0 ||
		    (path != NULL &&
			load_table(p, path, "pack", path, &t, f) < 0))
			result = -1;
		else if (path == NULL)
			add_base(p->dir[i], &rules);
		else if (add_name(t, &rules, f) < 0)
			result = fault_keep(f);
	}
	p->rules.n = rules.n;
	p->rules.p = arena_copy(&p->arena, rules.p, rules.n);
	buf_release(&rules);
	return result;
}

static int
read_pack(struct pack *p, struct fault *f)
{
	struct table_row *row;
	struct table *t;

	if (pack_table_needed(p, "pack", &t, f) < 0 || name_rules(p, f) < 0)
		return -1;
	row = &t->row[0];
	if (read_word(row, "id_prefix", &p->id_prefix, f) < 0 &&
	    fault_keep(f) < 0)
		return -1;
	p->language = table_text(row, "language");
	if (p->language.n > 0 && !language_is_tag(p->language))
		return fault_at(f, table_place(row, "language"),
		    "language '%.*s': a tag such as en-GB was expected",
		    SLICE_ARG(p->language));
	return open_zone(p, row, f);
}

/* Adds the names of fields, each once, to what is known. */
static int
read_fields(struct pack *p, struct fault *f)
{
	struct columns seen = {0};
	struct table *t;
	int got = pack_table(p, "fields", &t, f), result = got < 0 ? -1 : 0;

	for (size_t i = 0; got > 0 && result == 0 && i < t->n; i++) {
		struct slice name = table_text(&t->row[i], "name");

		if (name.n == 0)
			result = fault_at(f, table_place(&t->row[i], "name"),
			    "a field without a name");
		else if (columns_find(&seen, name) != COLUMNS_NONE)
			result = fault_at(f, table_place(&t->row[i], "name"),
			    "two fields are called '%.*s'", SLICE_ARG(name));
		if (result < 0)
			result = fault_keep(f);
		columns_add(&seen, name);
		columns_add(&p->known, name);
	}
	columns_release(&seen);
	return result;
}

/* Whether a directory's file is a table of its own kind. */
static bool
has_table(struct pack *p, const char *dir, struct slice name)
{
	const char *table = arena_copy(&p->arena, name.p, name.n);

	return file_exists(join(&p->arena, dir, table, ".tsv")) ||
	    file_exists(join(&p->arena, dir, table, ".csv"));
}

/*
 * Looks through a directory, in the order of names, for files that were meant
 * as tables and count for nothing; counts in *n those that do count.
 */
static int
check_files(struct pack *p, const char *dir, size_t *n, struct fault *f)
{
	size_t files;
	struct slice *name = list(dir, &p->arena, &files);
	int result = 0;

	if (name == NULL && errno != 0)
		return fault_errno(f, "open", dir);
	for (size_t i = 0; name != NULL && i < files && result == 0; i++) {
		struct slice table;
		enum schema_file kind = schema_file(name[i], &table);

		*n += kind == SCHEMA_TABLE || slice_is(name[i], "wording");
		if (kind != SCHEMA_MEANT &&
		    (kind != SCHEMA_SOURCE || has_table(p, dir, table)))
			continue;
		fault_at(f,
		    (struct place){.file = join(&p->arena, dir, name[i].p, "")},
		    "is no table, so it counts for nothing: "
		    "'%.*s.tsv' or '%.*s.csv' was expected",
		    SLICE_ARG(table), SLICE_ARG(table));
		result = fault_keep(f);
	}
	free(name);
	return result;
}

/* Refuses directories that add nothing, or less than they seem to. */
static int
check_directories(struct pack *p, struct fault *f)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t n = 0;

		if (check_files(p, p->dir[i], &n, f) < 0)
			return -1;
		if (n > 0)
			continue;
		fault_at(f, (struct place){.file = p->dir[i]},
		    "holds no table of procedures");
		if (fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

/* Whether a fault is kept, or left out as FAULTS_MOST are: no end either. */
static bool
goes_on(struct fault *f)
{
	return fault_keep(f) == 0 || (f->kept != NULL && f->kept->more);
}

int
pack_open(struct pack *p, const char *path, const char *share, struct fault *f)
{
	vocabulary_add(&p->known);
	if (resolve(p, path, share, f) < 0 ||
	    (check_directories(p, f) < 0 && !goes_on(f)) ||
	    (read_pack(p, f) < 0 && !goes_on(f)) ||
	    (read_fields(p, f) < 0 && !goes_on(f))) {
		pack_release(p);
		return -1;
	}
	if (p->zone == NULL) /* its fault was kept */
		p->zone = zone_open((struct slice)SLICE("UTC"), f);
	return p->zone != NULL ? 0 : -1;
}

int
pack_learn_outputs(struct pack *p, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, "triage", &t, f);

	for (size_t i = 0; got > 0 && i < t->columns.n; i++) {
		if (schema_is_output(t->columns.name[i]))
			columns_add(&p->known, t->columns.name[i]);
	}
	return got < 0 ? -1 : 0;
}

void
pack_release(struct pack *p)
{
	struct loaded *l = (struct loaded *)p->tables;

	while (l != NULL) {
		struct loaded *next = l->next;

		table_release(&l->table);
		free(l);
		l = next;
	}
	zone_free(p->zone);
	columns_release(&p->known);
	arena_release(&p->arena);
	*p = (struct pack){0};
}
