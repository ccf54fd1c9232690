#include "route.h"

#include <stdlib.h>

#include "duration.h"
#include "vocabulary.h"

/* What reading the table needs beside it. */
struct reading {
	struct routes *routes;
	struct pack *pack;
	const struct directory *directory;
	struct calendars *calendars;
	struct columns tells; /* of channels */
	struct columns times; /* columns that fields says hold times */
	size_t *rows;         /* of each reason so far */
	size_t cap;
	struct fault *fault;
};

static void
see_times(struct reading *r, struct table *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		if (slice_is(table_text(&fields->row[i], "type"), "time"))
			columns_add(
			    &r->times, table_text(&fields->row[i], "name"));
	}
}

static void
see_tells(struct reading *r, struct slice tells)
{
	struct slice word;

	while (slice_word(&tells, &word))
		columns_add(&r->tells, word);
}

/* Refuses a `tell` that no channel serves. */
static int
check_tell(struct reading *r, struct table_row *row)
{
	struct slice tell = table_text(row, "tell");

	if (tell.n == 0 || columns_find(&r->tells, tell) != COLUMNS_NONE)
		return 0;
	fault_at(r->fault, table_place(row, "tell"),
	    "no channel has tell '%.*s'", SLICE_ARG(tell));
	return fault_suggest(r->fault, tell, r->tells.name, r->tells.n);
}

/* Collects what the cells of routes may name; checks `tell` of targets. */
static int
read_others(struct reading *r)
{
	struct table *t;
	int got = pack_table(r->pack, "fields", &t, r->fault);

	if (got > 0)
		see_times(r, t);
	if (got < 0 || (got = pack_table(r->pack, "targets", &t, r->fault)) < 0)
		return -1;
	for (size_t i = 0; i < r->directory->nchannels; i++)
		see_tells(r, r->directory->channel[i].tell);
	columns_add(&r->tells, (struct slice)SLICE("urgent"));
	for (size_t i = 0; got > 0 && i < t->n; i++) {
		if (check_tell(r, &t->row[i]) < 0 && fault_keep(r->fault) < 0)
			return -1;
	}
	return 0;
}

static bool
holds_time(const struct reading *r, struct slice name)
{
	return vocabulary_kind(name) == COLUMN_TIME ||
	    columns_find(&r->times, name) != COLUMNS_NONE;
}

/*
 * Takes the next name of a cell, blank-separated; one that holds blanks
 * stands in braces.  Returns 1 and *name without braces, 0 at the end, -1.
 */
static int
next_name(struct slice *rest, struct slice *name, bool *braces)
{
	const char *end;

	*rest = slice_trim(*rest);
	*braces = rest->n > 0 && rest->p[0] == '{';
	if (!*braces)
		return slice_word(rest, name);
	end = memchr(rest->p, '}', rest->n);
	if (end == NULL || end == rest->p + 1)
		return -1;
	*name = (struct slice){rest->p + 1, (size_t)(end - rest->p) - 1};
	*rest = slice_from(*rest, name->n + 2);
	return 1;
}

/* Each word and each brace starts a name, so there are at most so many. */
static size_t
most_names(struct slice cell)
{
	size_t n = 1;

	for (size_t i = 0; i < cell.n; i++)
		n += (unsigned char)cell.p[i] <= ' ' || cell.p[i] == '{' ||
		    cell.p[i] == '}';
	return n;
}

static int
read_to(struct reading *r, struct table_row *row, struct route *route)
{
	struct slice cell = table_text(row, "to"), rest = cell, name;
	struct place where = table_place(row, "to");
	bool braces;
	int got;

	route->to =
	    arena_new(&r->routes->arena, most_names(cell) * sizeof *route->to);
	while ((got = next_name(&rest, &name, &braces)) > 0) {
		struct route_to *to = &route->to[route->nto++];

		to->where = place_in(where, cell, name.p);
		to->name = name;
		if (!braces)
			continue;
		to->caller = slice_is(name, "caller");
		to->column.name = name;
		to->column.where = to->where;
	}
	if (got < 0)
		return fault_at(r->fault, place_in(where, cell, rest.p),
		    "{column} was expected");
	if (route->nto == 0)
		return fault_at(r->fault, where,
		    "a route that tells nobody: a role or a party was "
		    "expected");
	return 0;
}

static int
read_per(struct reading *r, struct table_row *row, struct route *route)
{
	struct slice cell = table_text(row, "per"), rest = cell, name;
	struct place where = table_place(row, "per");
	bool braces;
	int got;

	route->per =
	    arena_new(&r->routes->arena, most_names(cell) * sizeof *route->per);
	while ((got = next_name(&rest, &name, &braces)) > 0) {
		struct route_column *c = &route->per[route->nper++];

		c->name = name;
		c->where = place_in(where, cell, name.p);
		c->time = holds_time(r, name);
	}
	if (got < 0)
		return fault_at(r->fault, place_in(where, cell, rest.p),
		    "{column} was expected");
	return 0;
}

static int
read_tell(struct reading *r, struct table_row *row, struct route *route)
{
	route->tell = table_text(row, "tell");
	return check_tell(r, row);
}

/* A duration, -1 where the cell is empty. */
static int
read_span(struct reading *r, struct table_row *row, const char *column,
    int64_t *seconds)
{
	struct slice cell = table_text(row, column);

	*seconds = -1;
	if (cell.n > 0 && duration_parse(cell, seconds) < 0)
		return fault_at(r->fault, table_place(row, column),
		    "%s '%.*s': a duration such as 15m was expected", column,
		    SLICE_ARG(cell));
	return 0;
}

static int
read_when(struct reading *r, struct table_row *row, struct route *route)
{
	route->when = when_parse(
	    table_raw(row, "when"), table_place(row, "when"), r->fault);
	return route->when != NULL ? 0 : -1;
}

/* Gives the route its reason and its name, such as new.2. */
static int
read_reason(struct reading *r, struct table_row *row, struct route *route)
{
	struct routes *all = r->routes;
	struct slice reason = table_text(row, "reason");
	struct buf name = {0};
	size_t known = all->reasons.n;

	if (reason.n == 0)
		return fault_at(r->fault, table_place(row, "reason"),
		    "a route without a reason");
	route->reason = columns_add(&all->reasons, reason);
	if (route->reason == known) {
		r->rows = mem_grow(r->rows, known, &r->cap, sizeof *r->rows);
		r->rows[known] = 0;
	}
	buf_addf(
	    &name, "%.*s.%zu", SLICE_ARG(reason), ++r->rows[route->reason]);
	route->name.n = name.n;
	route->name.p = arena_copy(&all->arena, name.p, name.n);
	buf_release(&name);
	return 0;
}

static int
no_wording(struct reading *r, struct table_row *row, struct slice name)
{
	const struct columns *names = &r->routes->wordings.names;

	fault_at(r->fault, table_place(row, "wording"),
	    "no medium has a wording '%.*s'", SLICE_ARG(name));
	return fault_suggest(r->fault, name, names->name, names->n - 1);
}

static int
read_wording(struct reading *r, struct table_row *row, struct route *route)
{
	struct slice name = table_text(row, "wording");
	int got;

	if (name.n == 0)
		return fault_at(r->fault, table_place(row, "wording"),
		    "a route without a wording");
	if (slice_is(name, "summary"))
		return fault_at(r->fault, table_place(row, "wording"),
		    "the wording 'summary' is for what stands for several "
		    "messages");
	got = wordings_find(
	    &r->routes->wordings, name, &route->wording, r->fault);
	return got == 0 ? no_wording(r, row, name) : got < 0 ? -1 : 0;
}

/* Whether it may wake, and if not, what it waits for. */
static int
read_wake(struct reading *r, struct table_row *row, struct route *route)
{
	static const struct slice words[] = {SLICE("yes"), SLICE("no")};
	struct slice wake = table_text(row, "wake");

	route->wakes = !slice_eq(wake, words[1]);
	if (wake.n > 0 && route->wakes && !slice_eq(wake, words[0])) {
		fault_at(r->fault, table_place(row, "wake"),
		    "wake '%.*s': yes or no was expected", SLICE_ARG(wake));
		return fault_suggest(r->fault, wake, words, 2);
	}
	if (table_text(row, "hold_until").n == 0)
		return 0;
	if (route->wakes)
		return fault_at(r->fault, table_place(row, "hold_until"),
		    "hold_until without a wake of no: what may wake never "
		    "waits");
	return calendars_cell(
	    r->calendars, row, "hold_until", &route->hold, r->fault);
}

static int
add_route(struct reading *r, struct table_row *row)
{
	struct routes *all = r->routes;
	struct route *route = &all->route[all->n];
	int64_t ack_s;

	route->row = row;
	if (read_when(r, row, route) < 0)
		return -1;
	all->n++;
	if (read_to(r, row, route) < 0 || read_per(r, row, route) < 0 ||
	    read_tell(r, row, route) < 0 ||
	    read_span(r, row, "repeat", &route->repeat_s) < 0 ||
	    read_span(r, row, "ack", &ack_s) < 0 ||
	    read_span(r, row, "due", &route->due_s) < 0 ||
	    read_wake(r, row, route) < 0)
		return -1;
	return read_wording(r, row, route);
}

static int
read_table(struct reading *r)
{
	struct routes *all = r->routes;
	struct table *t;

	if (read_others(r) < 0 ||
	    wordings_open(&all->wordings, r->pack, r->directory, r->fault) <
		0 ||
	    pack_table_needed(r->pack, "routes", &t, r->fault) < 0)
		return -1;
	all->route = mem_new(t->n + 1, sizeof *all->route);
	for (size_t i = 0; i < t->n; i++) {
		if ((read_reason(r, &t->row[i], &all->route[all->n]) < 0 ||
			add_route(r, &t->row[i]) < 0) &&
		    fault_keep(r->fault) < 0)
			return -1;
	}
	return wordings_find(&all->wordings, slice_of("summary"), &all->summary,
		   r->fault) < 0
	    ? -1
	    : 0;
}

int
routes_load(struct routes *routes, struct pack *pack,
    const struct directory *directory, struct calendars *calendars,
    struct fault *f)
{
	struct reading r = {.routes = routes,
	    .pack = pack,
	    .directory = directory,
	    .calendars = calendars,
	    .fault = f};
	int result = read_table(&r);

	if (result == 0)
		routes->set = whenset_new(
		    &routes->route->when, routes->n, sizeof *routes->route);
	columns_release(&r.tells);
	columns_release(&r.times);
	free(r.rows);
	return result;
}

static int
bind_column(struct route_column *c, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	c->index = columns_find(columns, c->name);
	if (c->index == COLUMNS_NONE &&
	    (known == NULL || columns_find(known, c->name) == COLUMNS_NONE))
		return columns_unknown(columns, known, c->name, c->where, f);
	return 0;
}

static int
bind_route(struct route *route, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	if (when_bind(route->when, columns, known, f) < 0)
		return -1;
	for (size_t i = 0; i < route->nto; i++) {
		if (route->to[i].column.name.n > 0 &&
		    bind_column(&route->to[i].column, columns, known, f) < 0)
			return -1;
	}
	for (size_t i = 0; i < route->nper; i++) {
		if (bind_column(&route->per[i], columns, known, f) < 0)
			return -1;
	}
	return 0;
}

int
routes_bind(struct routes *r, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < r->n; i++) {
		if (bind_route(&r->route[i], columns, known, f) < 0 &&
		    fault_keep(f) < 0)
			return -1;
	}
	for (size_t i = 0; i < r->wordings.names.n; i++) {
		if (i != r->summary &&
		    wordings_bind(&r->wordings, i, columns, known, f) < 0)
			return -1;
	}
	return 0;
}

int
routes_bind_summary(struct routes *r, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	return wordings_bind(&r->wordings, r->summary, columns, known, f);
}

const struct route *
routes_take(const struct routes *r, size_t reason, const struct slice *field,
    struct when_state *state, void (*report)(void *ctx, const struct fault *f),
    void *ctx)
{
	whenset_row(r->set, state);
	for (size_t i = 0; i < r->n; i++) {
		int holds;

		if (r->route[i].reason != reason)
			continue;
		holds = whenset_test(r->set, i, field, state);
		if (holds < 0)
			report(ctx, &state->fault);
		if (holds > 0)
			return &r->route[i];
	}
	return NULL;
}

void
routes_release(struct routes *r)
{
	whenset_free(r->set);
	for (size_t i = 0; i < r->n; i++)
		when_free(r->route[i].when);
	free(r->route);
	columns_release(&r->reasons);
	wordings_release(&r->wordings);
	arena_release(&r->arena);
	*r = (struct routes){0};
}
