#include "roster.h"

#include <limits.h>
#include <stdlib.h>

static const struct slice known[] = {SLICE("role"), SLICE("party"),
    SLICE("from"), SLICE("until"), SLICE("days"), SLICE("windows"),
    SLICE("zone"), SLICE("order")};

static int
read_dates(struct roster_row *r, struct table_row *row, struct fault *f)
{
	r->first = INT64_MIN;
	r->last = INT64_MAX;
	if (table_date(row, "from", &r->first, f) < 0 ||
	    table_date(row, "until", &r->last, f) < 0)
		return -1;
	if (r->last < r->first)
		return fault_at(f, table_place(row, "until"),
		    "until is before from: nobody would be on call");
	return 0;
}

/* The zone of a row: its own, else the pack's. */
static int
read_zone(struct roster *r, struct roster_row *out, struct table_row *row,
    const struct zone *pack_zone, struct fault *f)
{
	struct slice name = table_text(row, "zone");

	out->zone = name.n == 0
	    ? pack_zone
	    : zones_open(&r->zones, name, table_place(row, "zone"), f);
	return out->zone != NULL ? 0 : -1;
}

static int
read_order(struct roster_row *r, struct table_row *row, struct fault *f)
{
	struct slice cell = table_text(row, "order");

	r->order = ULLONG_MAX;
	if (cell.n > 0 && slice_number(cell, 1000000000, &r->order) < 0)
		return fault_at(f, table_place(row, "order"),
		    "'%.*s' is no number", SLICE_ARG(cell));
	return 0;
}

static int
read_row(struct roster *r, struct roster_row *out, struct table_row *row,
    struct fault *f)
{
	out->role = table_text(row, "role");
	out->party = table_text(row, "party");
	out->where = table_place(row, "party");
	if (out->role.n == 0)
		return fault_at(
		    f, table_place(row, "role"), "a role was expected");
	if (out->party.n == 0)
		return fault_at(
		    f, out->where, "a party was expected, who is on call");
	if (read_dates(out, row, f) < 0 || read_order(out, row, f) < 0)
		return -1;
	return hours_read(&out->hours, table_text(row, "days"),
	    table_place(row, "days"), table_text(row, "windows"),
	    table_place(row, "windows"), &r->arena, f);
}

/* By role, order, line. */
static int
compare(const void *a, const void *b)
{
	const struct roster_row *x = a, *y = b;
	int d = slice_cmp(x->role, y->role);

	if (d != 0)
		return d;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return (x->where.line > y->where.line) -
	    (x->where.line < y->where.line);
}

int
roster_load(struct roster *r, struct table *t, const struct zone *pack_zone,
    struct fault *f)
{
	int result = table_check(t, known, sizeof known / sizeof *known, 2, f);

	r->row = mem_new(t->n, sizeof *r->row);
	for (; r->n < t->n && result == 0; r->n++) {
		struct roster_row *row = &r->row[r->n];

		if (read_row(r, row, &t->row[r->n], f) < 0 ||
		    read_zone(r, row, &t->row[r->n], pack_zone, f) < 0)
			result = fault_keep(f);
	}
	if (result == 0)
		qsort(r->row, r->n, sizeof *r->row, compare);
	return result;
}

/* The first row of a role, or r->n. */
static size_t
first_row(const struct roster *r, struct slice role)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (slice_cmp(r->row[middle].role, role) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n && slice_eq(r->row[low].role, role) ? low : r->n;
}

bool
roster_has(const struct roster *r, struct slice role)
{
	return first_row(r, role) < r->n;
}

static void
add_party(struct roster_team *team, const struct roster_row *row)
{
	for (size_t i = 0; i < team->n; i++) {
		if (slice_eq(team->party[i], row->party))
			return;
	}
	team->party =
	    mem_grow(team->party, team->n, &team->cap, sizeof *team->party);
	team->order = mem_resize(team->order, team->cap, sizeof *team->order);
	team->order[team->n] = row->order;
	team->party[team->n++] = row->party;
}

size_t
roster_on_call(const struct roster *r, struct slice role, struct stamp at,
    struct roster_team *team)
{
	team->n = 0;
	for (size_t i = first_row(r, role); i < r->n; i++) {
		const struct roster_row *row = &r->row[i];

		if (!slice_eq(row->role, role))
			break;
		if (hours_hold(
			&row->hours, row->zone, row->first, row->last, at))
			add_party(team, row);
	}
	return team->n;
}

void
roster_team_release(struct roster_team *team)
{
	free(team->party);
	free(team->order);
	*team = (struct roster_team){0};
}

void
roster_release(struct roster *r)
{
	zones_release(&r->zones);
	free(r->row);
	arena_release(&r->arena);
	*r = (struct roster){0};
}
