#include "coverage.h"

#include <stdlib.h>

#include "mem.h"

static struct coverage_part *
open_part(struct coverage *c, enum coverage_kind kind, size_t most)
{
	struct coverage_part *part = &c->part[kind];

	part->where = mem_new(most, sizeof *part->where);
	part->reached = mem_new(most, sizeof *part->reached);
	return part;
}

static void
add(struct coverage_part *part, struct slice name, const struct table_row *row)
{
	part->where[columns_add(&part->names, name)] = table_place(row, "when");
}

void
coverage_open(struct coverage *c, const struct rehearsal *r)
{
	size_t rows = r->decides ? r->decision.table->n : 0;
	const struct boundaries *b = &r->boundaries;
	const struct routes *routes = &r->messenger.routes;
	struct coverage_part *part[COVERAGE_KINDS] = {
	    open_part(c, COVERAGE_BRANCHES, rows),
	    open_part(c, COVERAGE_LEAVES, rows),
	    open_part(c, COVERAGE_BOUNDARIES, b->n),
	    open_part(c, COVERAGE_ROUTES, routes->n)};

	for (size_t i = 0; i < rows; i++)
		add(part[tree_row_is_leaf(r->decision.tree, i)
			    ? COVERAGE_LEAVES
			    : COVERAGE_BRANCHES],
		    tree_row_name(r->decision.tree, i),
		    &r->decision.table->row[i]);
	for (size_t i = 0; i < b->n; i++)
		add(part[COVERAGE_BOUNDARIES], b->row[i].name, b->row[i].row);
	for (size_t i = 0; i < routes->n; i++)
		add(part[COVERAGE_ROUTES], routes->route[i].name,
		    routes->route[i].row);
}

/* Marks a name as reached, if it is one of the part's. */
static void
reach(struct coverage *c, enum coverage_kind kind, struct slice name)
{
	struct coverage_part *part = &c->part[kind];
	size_t i = columns_find(&part->names, name);

	if (i == COLUMNS_NONE || part->reached[i])
		return;
	part->reached[i] = true;
	part->n++;
}

void
coverage_add(struct coverage *c, const struct rehearsal *r)
{
	struct slice path = buf_slice(&r->decision.walk.path), step;

	while (slice_split(&path, '>', &step)) {
		reach(c, COVERAGE_BRANCHES, step);
		reach(c, COVERAGE_LEAVES, step);
	}
	if (r->crossed != NULL)
		reach(c, COVERAGE_BOUNDARIES, r->crossed->name);
	for (size_t i = 0; i < r->n; i++)
		reach(c, COVERAGE_ROUTES, r->message[i].text[MESSAGE_ROUTE]);
}

void
coverage_release(struct coverage *c)
{
	for (size_t i = 0; i < COVERAGE_KINDS; i++) {
		columns_release(&c->part[i].names);
		free(c->part[i].where);
		free(c->part[i].reached);
	}
}
