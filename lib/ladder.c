#include "ladder.h"

#include <limits.h>
#include <stdlib.h>

#include "mem.h"

static int
by_level(const void *pa, const void *pb)
{
	const struct ladder_step *a = pa, *b = pb;

	return (a->level > b->level) - (a->level < b->level);
}

static int
add_step(struct ladder *l, struct table_row *row, struct fault *f)
{
	struct ladder_step *s = &l->step[l->n];
	struct slice level = table_text(row, "level");

	if (slice_number(level, ULLONG_MAX, &s->level) < 0)
		return fault_at(f, table_place(row, "level"),
		    "level '%.*s': a whole number was expected",
		    SLICE_ARG(level));
	s->role = table_text(row, "role");
	s->where = table_place(row, "role");
	l->n += s->role.n > 0;
	return 0;
}

int
ladder_load(struct ladder *l, struct table *t, struct fault *f)
{
	l->step = mem_new(t->n + 1, sizeof *l->step);
	for (size_t i = 0; i < t->n; i++) {
		if (add_step(l, &t->row[i], f) < 0)
			return -1;
	}
	if (l->n == 0)
		return fault_at(f, (struct place){t->path, 0, 0},
		    "no level has a role: nobody is the last resort");
	qsort(l->step, l->n, sizeof *l->step, by_level);
	for (size_t i = 1; i < l->n; i++) {
		if (l->step[i].level == l->step[i - 1].level)
			return fault_at(f, l->step[i].where,
			    "level %llu is there twice", l->step[i].level);
	}
	return 0;
}

const struct ladder_step *
ladder_find(const struct ladder *l, struct slice role)
{
	for (size_t i = 0; i < l->n; i++) {
		if (slice_eq(l->step[i].role, role))
			return &l->step[i];
	}
	return NULL;
}

size_t
ladder_above(const struct ladder *l, struct slice role, struct slice level)
{
	const struct ladder_step *own = ladder_find(l, role);
	unsigned long long from = 0;
	size_t at = 0;

	if (own != NULL)
		from = own->level;
	else if (slice_number(level, ULLONG_MAX, &from) < 0)
		from = 0;
	while (at < l->n && l->step[at].level <= from)
		at++;
	return at;
}

void
ladder_release(struct ladder *l)
{
	free(l->step);
	*l = (struct ladder){0};
}
