#include "incident.h"

#include <stdlib.h>

#include "escape.h"

/* So many versions of an incident are kept in any case. */
#define VERSIONS_FEW 4

static const struct slice nothing = {"", 0};

/* How a column is used. */
struct column_use {
	bool incident, message; /* who has said something in it */
	unsigned stop;          /* stops_kind() */
};

size_t
incidents_find(const struct incidents *all, struct slice id)
{
	return dict_find(&all->ids, id);
}

/* Takes in a column that was added at the end. */
static void
know_column(struct incidents *all, struct slice name)
{
	struct column_use use = {.stop = stops_kind(name)};

	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		if (slice_eq(name, event_column[i]))
			all->decisive[i] = all->columns.n;
	}
	all->use =
	    mem_grow(all->use, all->nuse, &all->use_cap, sizeof *all->use);
	all->use[all->nuse++] = use;
}

size_t
incidents_column(struct incidents *all, struct slice name)
{
	static const char *const not_its_own[] = {"id", "updated", "seq", "rev",
	    "at", "by", "source", "event", "nonces", "chain"};
	size_t before = all->columns.n, at;

	for (size_t i = 0; i < LEN(not_its_own); i++) {
		if (slice_is(name, not_its_own[i]))
			return COLUMNS_NONE;
	}
	at = columns_add(&all->columns, name);
	if (at == before)
		know_column(all, name);
	return at;
}

static struct incident *
find_or_make(struct incidents *all, struct slice id, uint64_t seq)
{
	bool added;
	size_t at = dict_add(&all->ids, id, all->n, &added);

	if (added) {
		all->list =
		    mem_grow(all->list, all->n, &all->cap, sizeof *all->list);
		all->list[all->n++] = (struct incident){
		    .id = dict_newest(&all->ids), .first = seq};
	}
	return &all->list[at];
}

/* Sets which version has the latest updated, up to the i-th. */
static void
set_latest(struct incident *in, size_t i)
{
	struct version *v = &in->version[i];

	v->latest = i > 0 ? v[-1].latest : 0;
	if (stamp_cmp(v->updated, in->version[v->latest].updated) > 0)
		v->latest = (uint32_t)i;
}

/*
 * Where nobody asks what was said before: forgets the versions that count no
 * more, so that an incident takes no more memory for its being told of often.
 */
static void
drop_versions(struct incidents *all, struct incident *in)
{
	const uint32_t none = UINT32_MAX;
	size_t n = in->nversion, kept = 0;

	if (all->place_room < n) {
		all->place_room = n;
		all->place = mem_resize(all->place, n, sizeof *all->place);
	}
	for (size_t i = 0; i < n; i++)
		all->place[i] = none;
	for (size_t i = 0; i < in->facts.n; i++)
		all->place[facts_at(&in->facts, i).version] = 0;
	all->place[n - 1] = all->place[in->version[n - 1].latest] = 0;
	for (size_t i = 0; i < n; i++) {
		if (all->place[i] == none)
			continue;
		in->version[kept] = in->version[i];
		set_latest(in, kept);
		all->place[i] = (uint32_t)kept++;
	}
	facts_renumber(&in->facts, all->place);
	in->nversion = (uint32_t)kept;
}

/* Makes room for one more version. */
static void
make_room(struct incidents *all, struct incident *in)
{
	size_t room = in->nversion > 0 ? (size_t)1 << in->room : 0;
	struct version *more;

	if (in->nversion < room)
		return;
	if (!all->remember && room >= VERSIONS_FEW) {
		drop_versions(all, in);
		if (in->nversion <= room / 2)
			return;
	}
	more = arena_raw(&all->arena, (room > 0 ? room * 2 : 1) * sizeof *more);
	if (room > 0) {
		memcpy(more, in->version, in->nversion * sizeof *more);
		in->room++;
	}
	in->version = more;
}

static void
add_version(
    struct incidents *all, struct incident *in, const struct entry *entry)
{
	make_room(all, in);
	in->version[in->nversion] = (struct version){
	    .updated = entry->updated, .seq = entry->seq, .own = entry->own};
	set_latest(in, in->nversion++);
}

/* Remembers that a version said something in a column. */
static void
remember(struct incidents *all, struct incident *in, size_t column,
    uint32_t version, struct slice text)
{
	struct saying *s = arena_new(&all->arena, sizeof *s);

	*s = (struct saying){{.number = version}, column, text};
	sayings_add(&in->said, s, in->version, &all->weights);
}

/* The last of what is sought where more was said than the fact, or NULL. */
static const struct saying *
last_said(const struct incident *in, struct sought want)
{
	return sayings_last(in->said, in->version, &want);
}

/* Folds what the newest entry says in a column that has a fact. */
static void
fold_fact(struct incidents *all, struct incident *in, struct fact *fact,
    struct slice text)
{
	uint32_t newest = (uint32_t)in->nversion - 1;
	bool later =
	    version_cmp(&in->version[newest], &in->version[fact->version]) >= 0;

	if (all->remember) {
		text.p = arena_copy(&all->arena, text.p, text.n);
		if (last_said(in, (struct sought){.column = fact->column}) ==
		    NULL)
			remember(
			    all, in, fact->column, fact->version, fact->text);
		remember(all, in, fact->column, newest, text);
		if (later)
			fact->text = text;
	} else if (later) {
		fact_put(fact, text, &all->arena);
	}
	if (later)
		fact->version = newest;
}

/*
 * Collects in all->saying what an entry says, and takes note of the columns in
 * which it does.  One that is `redacted` clears and does nothing else: why that
 * was done is not said of the incident.  Returns how much it says.
 */
static size_t
collect(struct incidents *all, const struct entry *entry, bool message)
{
	bool clears = slice_is(entry->event, "redacted");
	size_t n = 0;

	if (all->saying_room < entry->n) {
		all->saying_room = entry->n;
		all->saying =
		    mem_resize(all->saying, entry->n, sizeof *all->saying);
	}
	for (size_t i = 0; i < entry->n; i++) {
		struct slice text = entry->field[i];
		size_t column = entry->column[i];
		bool set = field_is_set(text);

		if (text.n == 0 || column == COLUMNS_NONE || (clears && set))
			continue;
		if (message)
			all->use[column].message = true;
		else
			all->use[column].incident = true;
		all->saying[n++] =
		    (struct fact){set ? text : nothing, (uint32_t)column, 0, 0};
	}
	return n;
}

/* Folds n things that the newest entry says in columns that may have facts. */
static void
fold_later(struct incidents *all, struct incident *in, size_t n)
{
	struct fact *more = facts_room(&in->facts, n, &all->arena);
	size_t added = 0;

	for (size_t i = 0; i < n; i++) {
		struct fact said = all->saying[i], *fact;

		fact = facts_edit(&in->facts, said.column);
		if (fact != NULL) {
			fold_fact(all, in, fact, said.text);
			continue;
		}
		said.text.p = arena_copy(&all->arena, said.text.p, said.text.n);
		said.version = (uint32_t)in->nversion - 1;
		more[added++] = said;
	}
	facts_added(&in->facts, added);
}

/* Takes note of what the newest entry says of clocks that stand. */
static void
note_stops(struct incidents *all, struct incident *in, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct fact *said = &all->saying[i];
		unsigned stop = all->use[said->column].stop;
		struct slice text = said->text;

		if (stop == 0)
			continue;
		text.p = arena_copy(&all->arena, text.p, text.n);
		in->stop = stops_add(&all->arena, in->stop, stop,
		    &in->version[in->nversion - 1], text);
	}
}

bool
incidents_of_messages(const struct incidents *all, size_t column)
{
	return all->use[column].message && !all->use[column].incident;
}

void
incidents_used(
    struct incidents *all, size_t column, bool incident, bool message)
{
	all->use[column].incident = all->use[column].incident || incident;
	all->use[column].message = all->use[column].message || message;
}

bool
incidents_stand(const struct incidents *all)
{
	return stops_among(&all->columns);
}

size_t
incidents_fold(struct incidents *all, const struct entry *entry)
{
	bool message = slice_is(entry->event, "notified") ||
	    slice_is(entry->event, "responded");
	struct incident *in;
	size_t n;

	if (slice_is(entry->event, "restored"))
		return DICT_NONE;
	n = collect(all, entry, message);
	if (entry->id.n == 0 ||
	    (message && incidents_find(all, entry->id) == DICT_NONE))
		return DICT_NONE;
	in = find_or_make(all, entry->id, entry->seq);
	add_version(all, in, entry);
	if (message)
		return (size_t)(in - all->list);
	note_stops(all, in, n);
	if (in->nversion == 1)
		facts_first(&in->facts, all->saying, n, &all->arena);
	else if (n > 0)
		fold_later(all, in, n);
	in->closed = incidents_decisive(all, in, EVENT_CLOSED).n > 0;
	return (size_t)(in - all->list);
}

struct slice
incident_value(const struct incident *in, size_t column)
{
	struct fact fact;

	return facts_find(&in->facts, column, &fact) ? fact.text : nothing;
}

void
incident_values(const struct incident *in, struct slice *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		value[i] = nothing;
	for (size_t i = 0; i < in->facts.n; i++) {
		struct fact fact = facts_at(&in->facts, i);

		if (fact.column >= n)
			break;
		value[fact.column] = fact.text;
	}
}

void
incident_place(
    const struct incident *in, struct slice *value, const size_t *to, size_t n)
{
	facts_values(&in->facts, value, to, n);
}

struct slice
incidents_decisive(
    const struct incidents *all, const struct incident *in, size_t event)
{
	size_t at = all->decisive[event];

	return at > 0 ? incident_value(in, at - 1) : nothing;
}

struct slice
incidents_value(
    const struct incidents *all, const struct incident *in, const char *name)
{
	size_t column = columns_find(&all->columns, slice_of(name));

	return column != COLUMNS_NONE ? incident_value(in, column) : nothing;
}

struct slice
incident_value_at(const struct incident *in, size_t column, uint64_t rev)
{
	struct sought want = {.column = column};
	const struct saying *said = last_said(in, want);
	struct fact fact;

	if (said == NULL && facts_find(&in->facts, column, &fact))
		return in->version[fact.version].seq <= rev ? fact.text
							    : nothing;
	/* from the latest back over what was not yet logged */
	while (said != NULL && in->version[said->node.number].seq > rev) {
		want.before = &in->version[said->node.number];
		said = last_said(in, want);
	}
	return said != NULL ? said->text : nothing;
}

struct slice
incident_value_on(
    const struct incident *in, size_t column, struct stamp at, bool *own)
{
	const struct saying *said;
	const struct version *v;
	struct fact fact;

	*own = false;
	if (!facts_find(&in->facts, column, &fact))
		return nothing;
	v = &in->version[fact.version];
	said = last_said(in, (struct sought){.column = column, .at = &at});
	if (said == NULL &&
	    (stamp_cmp(v->updated, at) > 0 ||
		last_said(in, (struct sought){.column = column}) != NULL))
		return nothing;
	if (said != NULL)
		v = &in->version[said->node.number];
	*own = v->own;
	return said != NULL ? said->text : fact.text;
}

bool
incident_yields(const struct incident *in, size_t column, struct stamp updated)
{
	struct fact fact;

	return !facts_find(&in->facts, column, &fact) ||
	    stamp_cmp(updated, in->version[fact.version].updated) >= 0;
}

uint64_t
incident_rev(const struct incident *in)
{
	return in->version[in->nversion - 1].seq;
}

struct stamp
incident_updated(const struct incident *in)
{
	return in->version[in->version[in->nversion - 1].latest].updated;
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
	return in->version[in->version[low > 0 ? low - 1 : 0].latest].updated;
}

uint64_t
incident_said(const struct incident *in, size_t column)
{
	struct fact fact;

	return facts_find(&in->facts, column, &fact)
	    ? in->version[fact.version].seq
	    : 0;
}

void
incident_holds(const struct incident *in, struct slice given, struct buf *out)
{
	stops_write(in->stop, given, out);
}

void
incidents_release(struct incidents *all)
{
	free(all->list);
	free(all->use);
	free(all->saying);
	free(all->place);
	columns_release(&all->columns);
	dict_release(&all->ids);
	arena_release(&all->arena);
	*all = (struct incidents){0};
}
