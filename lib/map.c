#include "map.h"

#include <stdlib.h>
#include <string.h>

#include "snake.h"
#include "vocabulary.h"

static int
add_rule(struct map *m, struct table_row *row, struct fault *f)
{
	struct maprule *r = &m->rule[m->n++];
	struct maprule_reader reader = {
	    &m->arena, &m->wants, &m->zones, m->zone};

	if (maprule_read(r, row, &reader, f) < 0)
		return -1;
	r->field = columns_add(&m->fields, r->name);
	m->reads_times = m->reads_times || r->is_time;
	if (!slice_is(r->name, MAP_UNREAD))
		return 0;
	return fault_at(f, table_place(row, "field"),
	    "'%s' is for values that are no times", MAP_UNREAD);
}

/* Links the rules of each field, in order. */
static void
link_rules(struct map *m)
{
	struct maprule **last;

	m->first = arena_new(&m->arena, m->fields.n * sizeof(struct maprule *));
	last = arena_new(&m->arena, m->fields.n * sizeof(struct maprule *));
	for (size_t i = 0; i < m->n; i++) {
		struct maprule *r = &m->rule[i];

		if (last[r->field] == NULL)
			m->first[r->field] = r;
		else
			last[r->field]->next = r;
		last[r->field] = r;
	}
}

static void
need_slot(void *ctx, struct template_piece *slot)
{
	mapwants_add(ctx, slot->column, slot->where)->needed = true;
}

static void
need_for_id(void *ctx, struct template_piece *slot)
{
	mapwants_add(ctx, slot->column, slot->where)->identifies = true;
}

static void
need_name(void *ctx, struct slice name, struct place where)
{
	mapwants_add(ctx, name, where)->needed = true;
}

/* Tells the columns that are needed from those that are alternatives. */
static void
find_needed(struct map *m)
{
	for (size_t i = 0; i < m->fields.n; i++) {
		size_t always = 0;

		for (struct maprule *r = m->first[i]; r != NULL; r = r->next)
			always += r->when == NULL && r->nfrom > 0;
		if (always > 1)
			continue;
		for (struct maprule *r = m->first[i]; r != NULL; r = r->next) {
			maprule_columns(r, need_slot, &m->wants);
			if (slice_is(r->name, "id"))
				maprule_columns(r, need_for_id, &m->wants);
			if (r->when != NULL)
				when_names(r->when, need_name, &m->wants);
		}
	}
}

static int
read_rules(struct map *m, struct fault *f)
{
	static const struct slice known[] = {SLICE("field"), SLICE("when"),
	    SLICE("from"), SLICE("value"), SLICE("format"), SLICE("zone"),
	    SLICE("capture")};

	if (table_check(&m->table, known, sizeof known / sizeof *known, 2, f) <
	    0)
		return -1;
	m->rule = arena_new(&m->arena, m->table.n * sizeof *m->rule);
	for (size_t i = 0; i < m->table.n; i++) {
		struct table_row *row = &m->table.row[i];
		int got = slice_is(table_raw(row, "field"), "*")
		    ? mapwhole_read(&m->whole, row, f)
		    : add_rule(m, row, f);

		if (got < 0)
			return -1;
	}
	if (m->n == 0)
		return fault_at(f, (struct place){.file = m->table.path},
		    "no field in this map");
	link_rules(m);
	find_needed(m);
	return 0;
}

/* Makes the map of the table that was loaded with the result given. */
static struct map *
make(struct map *m, int loaded, struct fault *f)
{
	if (loaded == 0 && read_rules(m, f) == 0)
		return m;
	map_free(m);
	return NULL;
}

struct map *
map_load(const char *path, const struct zone *zone, struct fault *f)
{
	struct map *m = mem_new(1, sizeof *m);

	m->zone = zone;
	return make(m, table_load(&m->table, path, f), f);
}

struct map *
map_read(const char *path, struct slice text, const struct zone *zone,
    struct fault *f)
{
	struct map *m = mem_new(1, sizeof *m);

	m->zone = zone;
	return make(m, table_read(&m->table, path, text, false, f), f);
}

void
map_free(struct map *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n; i++)
		maprule_release(&m->rule[i]);
	zones_release(&m->zones);
	mapwhole_release(&m->whole);
	columns_release(&m->fields);
	columns_release(&m->bound);
	columns_release(&m->lacks);
	columns_release(&m->out);
	table_release(&m->table);
	mapwants_release(&m->wants);
	free(m->alias);
	free(m->kept);
	arena_release(&m->arena);
	free(m);
}

/* How many of the columns in from are numbers; *n: how many there are. */
static size_t
count_numbers(const struct map *m, size_t *n)
{
	size_t numbers = 0, number;

	*n = 0;
	for (size_t i = 0; i < m->wants.name.n; i++) {
		if (!m->wants.want[i].in_from)
			continue;
		++*n;
		numbers += mapwant_number(m->wants.name.name[i], &number);
	}
	return numbers;
}

bool
map_is_headless(const struct map *m)
{
	size_t n, numbers = count_numbers(m, &n);

	return n > 0 && numbers == n;
}

bool
map_picks_by_number(const struct map *m)
{
	size_t n;

	return count_numbers(m, &n) > 0;
}

/*
 * Makes bound: each name at its own place; one that comes again, or is empty,
 * under a name that no condition can write.  twice gets those that do.
 */
static void
bind_names(
    struct map *m, const struct slice *name, size_t n, struct columns *twice)
{
	struct buf text = {0};

	for (size_t i = 0; i < n; i++) {
		struct slice s = name[i];
		bool seen = columns_find(&m->bound, s) != COLUMNS_NONE;

		if (seen)
			columns_add(twice, s);
		if (seen || s.n == 0) {
			buf_clear(&text);
			buf_addf(&text, "\n%zu", i);
			s = buf_slice(&text);
		}
		columns_add(&m->bound, s);
	}
	m->n_in = n;
	buf_release(&text);
}

/* Without what its id is made of each row would be a new incident, again and
   again. */
static int
fail_no_id(
    struct map *m, struct slice name, struct place where, struct fault *f)
{
	fault_at(f, where,
	    "the export has no column '%.*s', of which the id is made",
	    SLICE_ARG(name));
	return fault_suggest(f, name, m->bound.name, m->n_in);
}

/* Finds the column that the map means by a name.  Returns 0, or -1. */
static int
find_wanted(
    struct map *m, size_t i, const struct columns *twice, struct fault *f)
{
	struct slice name = m->wants.name.name[i];
	struct mapwant *w = &m->wants.want[i];
	size_t number, found = columns_find(&m->bound, name);

	if (columns_find(twice, name) != COLUMNS_NONE)
		return fault_at(f, w->where,
		    "two columns are called '%.*s': pick one by its number",
		    SLICE_ARG(name));
	if (found != COLUMNS_NONE && found < m->n_in) {
		w->index = found;
	} else if (mapwant_number(name, &number)) {
		if (number > m->whole.joins.n_in)
			return fault_at(f, w->where,
			    "{%zu} is wanted, the export has %zu column%s",
			    number, m->whole.joins.n_in,
			    m->whole.joins.n_in == 1 ? "" : "s");
		w->index = m->whole.joins.to[number - 1];
	} else if (w->identifies) {
		return fail_no_id(m, name, w->where, f);
	} else if (w->needed) {
		columns_add(&m->lacks, name);
	}
	return 0;
}

/* Adds names, quoted, until there are enough of them. */
static void
add_names(struct buf *out, const struct columns *names)
{
	for (size_t i = 0; i < names->n && i < 8; i++)
		buf_addf(out, "%s'%.*s'", i > 0 ? ", " : "",
		    SLICE_ARG(names->name[i]));
	if (names->n > 8)
		buf_add_str(out, ", ...");
}

static struct slice
snake(struct arena *arena, struct slice name)
{
	struct buf text = {0};
	struct slice s;

	snake_add(&text, name, 0);
	s = (struct slice){arena_copy(arena, text.p, text.n), text.n};
	buf_release(&text);
	return s;
}

/* Adds the name that was meant, if near; case and blanks don't count. */
static void
suggest(struct map *m, const struct slice *name, size_t n, struct fault *f)
{
	struct slice *form = arena_new(&m->arena, n * sizeof *form);

	for (size_t i = 0; i < n; i++)
		form[i] = snake(&m->arena, name[i]);
	for (size_t i = 0; i < m->wants.name.n; i++) {
		struct slice want = snake(&m->arena, m->wants.name.name[i]);
		struct slice near = slice_nearest(want, form, n);

		for (size_t k = 0; k < n; k++) {
			if (!slice_eq(form[k], want) &&
			    (near.n == 0 || !slice_eq(form[k], near)))
				continue;
			buf_addf(&f->text, " (did you mean '%.*s'?)",
			    SLICE_ARG(name[k]));
			return;
		}
	}
}

static int
fail_no_column(struct map *m, const struct slice *name, size_t n,
    struct place where, struct fault *f)
{
	struct buf names = {0};

	add_names(&names, &m->wants.name);
	fault_at(f, where,
	    "none of the columns that %s names is there: %s: is it the right "
	    "map?",
	    m->table.path, buf_str(&names));
	buf_release(&names);
	suggest(m, name, n, f);
	return -1;
}

static int
find_all_wanted(struct map *m, const struct slice *name, size_t n,
    struct place where, struct fault *f)
{
	struct columns twice = {0};
	size_t found = 0;
	int result = 0;

	bind_names(m, name, n, &twice);
	for (size_t i = 0; i < m->wants.name.n && result == 0; i++) {
		result = find_wanted(m, i, &twice, f);
		found += m->wants.want[i].index != MAPWANT_NOWHERE;
	}
	columns_release(&twice);
	if (result == 0 && found == 0 && m->wants.name.n > 0)
		return fail_no_column(m, name, n, where, f);
	return result;
}

/* A condition may pick by number too: the number becomes an alias. */
static void
add_aliases(struct map *m)
{
	m->alias = mem_new(m->wants.name.n + 1, sizeof *m->alias);
	for (size_t i = 0; i < m->wants.name.n; i++) {
		struct mapwant *w = &m->wants.want[i];
		size_t at = m->bound.n;

		if (!w->in_when || w->index == MAPWANT_NOWHERE ||
		    columns_add(&m->bound, m->wants.name.name[i]) < at)
			continue;
		m->alias[at - m->n_in] = w->index;
	}
}

static void
bind_slot(void *ctx, struct template_piece *slot)
{
	slot->index = mapwants_add(ctx, slot->column, slot->where)->index;
}

static int
bind_rules(struct map *m, struct fault *f)
{
	for (size_t i = 0; i < m->n; i++) {
		struct maprule *r = &m->rule[i];

		maprule_columns(r, bind_slot, &m->wants);
		if (r->when != NULL &&
		    when_bind(r->when, &m->bound, &m->wants.name, f) < 0)
			return -1;
	}
	return 0;
}

/* Whether a name is one of inc's own, or a field of the map. */
static bool
is_taken(const struct map *m, struct slice name)
{
	return vocabulary_has(name) || slice_is(name, MAP_UNREAD) ||
	    columns_find(&m->fields, name) != COLUMNS_NONE;
}

/*
 * Adds a column of the export under a name that is free: src_... where the map
 * or inc itself has one of that name, with its number where it comes again.
 */
static void
keep_column(struct map *m, struct slice name, size_t i, struct buf *text)
{
	size_t start = 0;

	buf_clear(text);
	buf_add_str(text, "src_");
	snake_add(text, name, i + 1);
	if (!is_taken(m, (struct slice){text->p + 4, text->n - 4}))
		start = 4; /* without the src_ */
	if (columns_find(
		&m->out, (struct slice){text->p + start, text->n - start}) !=
	    COLUMNS_NONE)
		buf_addf(text, "_%zu", i + 1);
	while (columns_find(
		   &m->out, (struct slice){text->p + start, text->n - start}) !=
	    COLUMNS_NONE)
		buf_add_char(text, '_');
	columns_add(&m->out, (struct slice){text->p + start, text->n - start});
	m->kept[m->n_kept++] = i;
}

/* The columns that a rule takes. */
struct taken {
	bool *used;
	bool any; /* by this rule */
};

static void
take_slot(void *ctx, struct template_piece *slot)
{
	struct taken *taken = ctx;

	if (slot->index == MAPWANT_NOWHERE)
		return;
	taken->used[slot->index] = true;
	taken->any = true;
}

/* Notes whether a slot's column is one of those used. */
static void
see_kept(void *ctx, struct template_piece *slot)
{
	struct taken *taken = ctx;

	if (slot->index != MAPWANT_NOWHERE && taken->used[slot->index])
		taken->any = true;
}

/* Finds the captures whose columns no other rule keeps whole. */
static void
find_sole(struct map *m)
{
	struct taken kept = {.used = mem_new(m->n_in, sizeof *kept.used)};

	for (size_t i = 0; i < m->n; i++) {
		if (m->rule[i].capture == NULL && !m->rule[i].digests)
			maprule_columns(&m->rule[i], take_slot, &kept);
	}
	for (size_t i = 0; i < m->n; i++) {
		struct maprule *r = &m->rule[i];
		struct taken other = {.used = kept.used};

		maprule_columns(r, see_kept, &other);
		r->sole = r->capture != NULL && maprule_takes(r) && !other.any;
	}
	free(kept.used);
}

static bool
has_sole(const struct map *m)
{
	for (size_t i = 0; i < m->n; i++) {
		if (m->rule[i].sole)
			return true;
	}
	return false;
}

/*
 * Makes the columns of the stream.  What comes after a row that always holds
 * is but an alternative to it, so columns that it takes are kept as well.
 */
static void
make_columns(struct map *m, const struct slice *name, size_t n)
{
	struct buf text = {0};
	struct taken taken = {.used = mem_new(n, sizeof *taken.used)};

	for (size_t i = 0; i < m->fields.n; i++) {
		for (struct maprule *r = m->first[i]; r != NULL; r = r->next) {
			taken.any = false;
			if (maprule_takes(r))
				maprule_columns(r, take_slot, &taken);
			if (taken.any && r->when == NULL)
				break;
		}
	}
	columns_add_all(&m->out, &m->fields);
	m->kept = mem_new(n, sizeof *m->kept);
	for (size_t i = 0; i < n; i++) {
		if (!taken.used[i])
			keep_column(m, name[i], i, &text);
	}
	m->unread = MAPWANT_NOWHERE;
	if (m->reads_times || has_sole(m))
		m->unread =
		    columns_add(&m->out, (struct slice)SLICE(MAP_UNREAD));
	free(taken.used);
	buf_release(&text);
}

/* Notes which fields take a column as it stands, if it has a value. */
static void
find_copied(struct map *m)
{
	m->copied = arena_new(&m->arena, m->fields.n * sizeof *m->copied);
	for (size_t i = 0; i < m->fields.n; i++) {
		const struct maprule *r = m->first[i];

		m->copied[i] = r->copies && r->when == NULL
		    ? r->from->piece->index
		    : MAPWANT_NOWHERE;
	}
}

int
map_bind(struct map *m, const struct slice *name, size_t n, struct place where,
    struct fault *f)
{
	joins_bind(&m->whole.joins, name, n);
	name = m->whole.joins.name;
	n = m->whole.joins.n;
	/* An export without a record says nothing of its columns. */
	if (n > 0 && find_all_wanted(m, name, n, where, f) < 0)
		return -1;
	add_aliases(m);
	if (bind_rules(m, f) < 0)
		return -1;
	find_copied(m);
	find_sole(m);
	make_columns(m, name, n);
	return 0;
}
