#include "incident.h"

#include <stdlib.h>

#include "buf.h"
#include "holds.h"

size_t
incidents_find(const struct incidents *all, struct slice id)
{
	return dict_find(&all->ids, id);
}

size_t
incidents_column(struct incidents *all, struct slice name)
{
	static const char *const not_its_own[] = {"id", "updated", "seq", "rev",
	    "at", "by", "source", "event", "nonces", "chain"};

	for (size_t i = 0; i < sizeof not_its_own / sizeof *not_its_own; i++) {
		if (slice_is(name, not_its_own[i]))
			return COLUMNS_NONE;
	}
	return columns_add(&all->columns, name);
}

/* One thing that an entry said in a column. */
struct saying {
	struct treap_node node; /* first; its number is the version's place in
				   incident.version, plus 1 */
	struct slice text;      /* as on disk; \N: cleared */
};

static struct incident *
find_or_make(struct incidents *all, struct slice id)
{
	bool added;
	size_t at = dict_add(&all->ids, id, all->n, &added);

	if (added) {
		struct incident *in;

		all->list =
		    mem_grow(all->list, all->n, &all->cap, sizeof *all->list);
		in = &all->list[all->n++];
		*in = (struct incident){0};
		in->id.p = arena_copy(&all->arena, id.p, id.n);
		in->id.n = id.n;
	}
	return &all->list[at];
}

static bool
is_clear(struct slice field)
{
	return field.n == 2 && field.p[0] == '\\' && field.p[1] == 'N';
}

static int
version_cmp(const struct version *a, const struct version *b)
{
	int d = stamp_cmp(a->updated, b->updated);

	return d != 0 ? d : (a->seq > b->seq) - (a->seq < b->seq);
}

static void
add_version(struct incident *in, const struct entry *entry)
{
	in->version =
	    mem_grow(in->version, in->nversion, &in->cap, sizeof *in->version);
	in->version[in->nversion].updated = entry->updated;
	in->version[in->nversion].seq = entry->seq;
	in->version[in->nversion].own = entry->own;
	in->version[in->nversion].latest = entry->updated;
	if (in->nversion > 0 && stamp_cmp(entry->updated, in->updated) < 0)
		in->version[in->nversion].latest = in->updated;
	if (in->nversion == 0 || stamp_cmp(entry->updated, in->updated) > 0)
		in->updated = entry->updated;
	in->nversion++;
}

/* Whether a version, by place plus 1, is later than what holds so far. */
static bool
is_later(const struct incident *in, size_t version, size_t than)
{
	return than == 0 ||
	    version_cmp(&in->version[version - 1], &in->version[than - 1]) > 0;
}

static void
make_room(struct incident *in, size_t n)
{
	if (n <= in->n)
		return;
	in->fact = mem_resize(in->fact, n, sizeof *in->fact);
	for (size_t i = in->n; i < n; i++)
		in->fact[i] = (struct fact){{"", 0}, 0, NULL};
	in->n = n;
}

/* Columns up to the last of which the entry says something. */
static size_t
width(const struct entry *entry)
{
	size_t n = 0;

	for (size_t i = 0; i < entry->n; i++) {
		if (entry->column[i] != COLUMNS_NONE && entry->field[i].n > 0 &&
		    entry->column[i] >= n)
			n = entry->column[i] + 1;
	}
	return n;
}

/* The order of the fold, of sayings by their versions. */
static bool
is_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b)
{
	const struct version *version = ctx;

	return version_cmp(&version[a->number - 1], &version[b->number - 1]) <
	    0;
}

/* Folds one field of the incident's newest entry in. */
static void
fold_field(struct incidents *all, struct incident *in, size_t column,
    struct slice text)
{
	struct fact *fact = &in->fact[column];
	size_t version = in->nversion;

	if (all->remember) {
		struct saying *s = arena_new(&all->arena, sizeof *s);

		s->text = text;
		s->node.number = (uint32_t)version;
		treap_add(&fact->said, &s->node, is_before, in->version,
		    &all->weights);
	}
	if (!is_later(in, version, fact->version))
		return;
	fact->version = version;
	fact->text = is_clear(text) ? (struct slice){"", 0} : text;
}

/* Who has said something in a column. */
struct column_use {
	bool incident, message;
};

/* Takes note of the columns in which an entry says something. */
static void
note_use(struct incidents *all, const struct entry *entry, bool message)
{
	size_t n = all->columns.n;

	if (all->nuse < n) {
		all->use = mem_resize(all->use, n, sizeof *all->use);
		for (size_t i = all->nuse; i < n; i++)
			all->use[i] = (struct column_use){false, false};
		all->nuse = n;
	}
	for (size_t i = 0; i < entry->n; i++) {
		struct column_use *use;

		if (entry->column[i] == COLUMNS_NONE || entry->field[i].n == 0)
			continue;
		use = &all->use[entry->column[i]];
		use->incident = use->incident || !message;
		use->message = use->message || message;
	}
}

bool
incidents_of_messages(const struct incidents *all, size_t column)
{
	return column < all->nuse && all->use[column].message &&
	    !all->use[column].incident;
}

/* While one of these columns is set the clocks stand. */
#define STOPS 2
static const struct slice stops[STOPS] = {SLICE("held"), SLICE("vanished")};

/* Takes note of what the newest entry says in one of them. */
static void
add_mark(const struct incidents *all, struct incident *in, size_t column,
    struct slice text)
{
	for (size_t i = 0; i < STOPS; i++) {
		if (!slice_eq(all->columns.name[column], stops[i]))
			continue;
		in->mark = mem_grow(
		    in->mark, in->nmark, &in->mark_cap, sizeof *in->mark);
		in->mark[in->nmark++] =
		    (struct mark){in->version[in->nversion - 1], i, text};
	}
}

bool
incidents_stand(const struct incidents *all)
{
	for (size_t i = 0; i < STOPS; i++) {
		if (columns_find(&all->columns, stops[i]) != COLUMNS_NONE)
			return true;
	}
	return false;
}

void
incidents_fold(struct incidents *all, const struct entry *entry)
{
	bool message = slice_is(entry->event, "notified") ||
	    slice_is(entry->event, "responded");
	struct incident *in;

	note_use(all, entry, message);
	if (entry->id.n == 0 ||
	    (message && incidents_find(all, entry->id) == DICT_NONE))
		return;
	in = find_or_make(all, entry->id);
	add_version(in, entry);
	if (message)
		return;
	make_room(in, width(entry));
	for (size_t i = 0; i < entry->n; i++) {
		struct slice text = entry->field[i];

		if (entry->column[i] == COLUMNS_NONE || text.n == 0)
			continue;
		text.p = is_clear(text)
		    ? "\\N"
		    : arena_copy(&all->arena, text.p, text.n);
		add_mark(all, in, entry->column[i], text);
		fold_field(all, in, entry->column[i], text);
	}
}

struct slice
incident_value(const struct incident *in, size_t column)
{
	return column < in->n ? in->fact[column].text : (struct slice){"", 0};
}

struct slice
incidents_value(
    const struct incidents *all, const struct incident *in, const char *name)
{
	size_t column = columns_find(&all->columns, slice_of(name));

	return column != COLUMNS_NONE ? incident_value(in, column)
				      : (struct slice){"", 0};
}

/* What a saying leaves in its column. */
static struct slice
said_text(const struct treap_node *node)
{
	const struct saying *s = (const struct saying *)node;

	if (s == NULL || is_clear(s->text))
		return (struct slice){"", 0};
	return s->text;
}

/* What is sought among sayings. */
struct when_said {
	const struct version *version;
	const struct version *limit; /* up to this one, or before it */
	struct stamp at;             /* no limit: up to this time */
};

static bool
said_before(const void *ctx, const struct treap_node *node)
{
	const struct when_said *w = ctx;

	return version_cmp(&w->version[node->number - 1], w->limit) < 0;
}

static bool
said_by(const void *ctx, const struct treap_node *node)
{
	const struct when_said *w = ctx;

	return stamp_cmp(w->version[node->number - 1].updated, w->at) <= 0;
}

struct slice
incident_value_at(const struct incident *in, size_t column, uint64_t rev)
{
	struct when_said w = {.version = in->version};
	struct treap_node *said;

	if (column >= in->n)
		return (struct slice){"", 0};
	/* from the latest back over what was not yet logged */
	w.at = in->updated;
	said = treap_last(in->fact[column].said, said_by, &w);
	while (said != NULL && in->version[said->number - 1].seq > rev) {
		w.limit = &in->version[said->number - 1];
		said = treap_last(in->fact[column].said, said_before, &w);
	}
	return said_text(said);
}

struct slice
incident_value_on(
    const struct incident *in, size_t column, struct stamp at, bool *own)
{
	struct when_said w = {.version = in->version, .at = at};
	const struct treap_node *said = NULL;

	if (column < in->n)
		said = treap_last(in->fact[column].said, said_by, &w);
	*own = said != NULL && in->version[said->number - 1].own;
	return said_text(said);
}

bool
incident_yields(const struct incident *in, size_t column, struct stamp updated)
{
	size_t version = column < in->n ? in->fact[column].version : 0;

	return version == 0 ||
	    stamp_cmp(updated, in->version[version - 1].updated) >= 0;
}

uint64_t
incident_rev(const struct incident *in)
{
	return in->version[in->nversion - 1].seq;
}

struct stamp
incident_updated(const struct incident *in)
{
	return in->updated;
}

struct stamp
incident_updated_at(const struct incident *in, uint64_t rev)
{
	size_t low = 0, high = in->nversion;

	/* how many versions there are up to rev; the first is there in any case
	 */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (in->version[mid].seq <= rev)
			low = mid + 1;
		else
			high = mid;
	}
	return in->version[low > 0 ? low - 1 : 0].latest;
}

uint64_t
incident_said(const struct incident *in, size_t column)
{
	if (column >= in->n || in->fact[column].version == 0)
		return 0;
	return in->version[in->fact[column].version - 1].seq;
}

static int
mark_cmp(const void *a, const void *b)
{
	return version_cmp(&((const struct mark *)a)->version,
	    &((const struct mark *)b)->version);
}

/*
 * Begins an interval.  Those since the given ones that it touches go on in it:
 * what is said later, or at once, may have begun before they ended.
 */
static void
begin_hold(
    struct hold *hold, struct stamp from, struct holds *all, size_t given)
{
	hold->from = from;
	while (all->n > given &&
	    stamp_cmp(hold->from, all->hold[all->n - 1].until) <= 0) {
		from = all->hold[--all->n].from;
		if (stamp_cmp(from, hold->from) < 0)
			hold->from = from;
	}
}

/*
 * Adds the intervals from each time that a column of stops[] was set until
 * none was any more.
 */
static void
fold_holds(const struct incident *in, struct holds *all)
{
	struct mark *mark = mem_new(in->nmark + 1, sizeof *mark);
	struct hold hold = {0};
	struct stamp from;
	unsigned set = 0; /* of the columns, a bit each */
	size_t given = all->n;

	if (in->nmark > 0)
		memcpy(mark, in->mark, in->nmark * sizeof *mark);
	qsort(mark, in->nmark, sizeof *mark, mark_cmp);
	for (size_t i = 0; i < in->nmark; i++) {
		unsigned bit = 1U << mark[i].column;

		if (is_clear(mark[i].text)) {
			hold.until = mark[i].version.updated;
			if (set == bit)
				holds_add(all, hold);
			set &= ~bit;
		} else if ((set & bit) == 0 &&
		    stamp_parse(mark[i].text, &from) == 0) {
			if (set == 0 || stamp_cmp(from, hold.from) < 0)
				begin_hold(&hold, from, all, given);
			set |= bit;
		}
	}
	hold.lasts = true;
	if (set != 0)
		holds_add(all, hold);
	free(mark);
}

void
incident_holds(const struct incident *in, struct slice given, struct buf *out)
{
	struct holds all = {0};
	bool readable = holds_read(&all, given) == 0;

	fold_holds(in, &all);
	holds_write(&all, out);
	if (!readable) /* whoever goes by them must see that */
		holds_unread(given, out);
	holds_release(&all);
}

void
incidents_release(struct incidents *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->list[i].fact);
		free(all->list[i].version);
		free(all->list[i].mark);
	}
	free(all->list);
	free(all->use);
	columns_release(&all->columns);
	dict_release(&all->ids);
	arena_release(&all->arena);
	*all = (struct incidents){0};
}
