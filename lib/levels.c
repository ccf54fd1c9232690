#include "levels.h"

#include <limits.h>
#include <stdlib.h>

#include "mem.h"

static int
by_number(const void *a, const void *b)
{
	const struct level *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static int
read_level(struct level *l, struct table_row *row, struct fault *f)
{
	l->text = table_text(row, "level");
	l->name = table_text(row, "name");
	l->role = table_text(row, "role");
	l->where = table_place(row, "level");
	if (slice_number(l->text, LEVEL_MAX, &l->number) == 0)
		return 0;
	return fault_at(f, l->where,
	    "level '%.*s': a whole number up to %d was expected",
	    SLICE_ARG(l->text), LEVEL_MAX);
}

int
levels_load(struct levels *l, struct table *t, struct fault *f)
{
	l->level = mem_new(t->n + 1, sizeof *l->level);
	for (size_t i = 0; i < t->n; i++) {
		if (read_level(&l->level[l->n], &t->row[i], f) == 0)
			l->n++;
		else if (fault_keep(f) < 0)
			return -1;
	}
	qsort(l->level, l->n, sizeof *l->level, by_number);
	for (size_t i = 1; i < l->n; i++) {
		if (l->level[i].number != l->level[i - 1].number)
			continue;
		fault_at(f, l->level[i].where, "level %llu is there twice",
		    l->level[i].number);
		if (fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

const struct level *
levels_find(const struct levels *l, struct slice text)
{
	struct level key = {0};

	if (slice_number(text, LEVEL_MAX, &key.number) < 0 || l->n == 0)
		return NULL;
	return bsearch(&key, l->level, l->n, sizeof *l->level, by_number);
}

const struct level *
levels_led_by(const struct levels *l, struct slice role)
{
	for (size_t i = 0; i < l->n; i++) {
		if (slice_eq(l->level[i].role, role))
			return &l->level[i];
	}
	return NULL;
}

void
levels_add_choices(const struct levels *l, struct buf *out)
{
	for (size_t i = 0; i < l->n; i++)
		buf_addf(out, "%s%llu (%.*s)", i > 0 ? ", " : "",
		    l->level[i].number, SLICE_ARG(l->level[i].name));
}

size_t
levels_with_role(const struct levels *l, size_t at)
{
	while (at < l->n && l->level[at].role.n == 0)
		at++;
	return at;
}

size_t
levels_above(const struct levels *l, struct slice role, struct slice level)
{
	const struct level *own = levels_led_by(l, role);
	unsigned long long from = 0;
	size_t at = 0;

	if (own != NULL)
		from = own->number;
	else if (slice_number(level, ULLONG_MAX, &from) < 0)
		from = 0;
	while (at < l->n && l->level[at].number < from)
		at++;
	if (role.n > 0 && at < l->n && l->level[at].number == from)
		at++;
	return levels_with_role(l, at);
}

void
levels_release(struct levels *l)
{
	free(l->level);
	*l = (struct levels){0};
}
