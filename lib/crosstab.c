#include "crosstab.h"

#include <stdint.h>
#include <stdlib.h>

#include "escape.h"
#include "mem.h"

/* Records of a group of which both say the same; later all by rank. */
struct crosstab_cell {
	size_t group, truth, test;
	unsigned long long n;
};

static size_t
number_of(struct dict *seen, struct slice value)
{
	return dict_add(seen, value, seen->n, NULL);
}

void
crosstab_class(struct crosstab *t, struct slice value)
{
	number_of(&t->classes, value);
	t->known = t->classes.n;
}

static size_t
group_of(struct crosstab *t, struct slice value)
{
	size_t had = t->groups.n, i = number_of(&t->groups, value);

	if (i == had) {
		t->uncompared = mem_grow(t->uncompared, had, &t->uncompared_cap,
		    sizeof *t->uncompared);
		t->uncompared[i] = 0;
	}
	return i;
}

static void
count(struct crosstab *t, size_t group, struct slice truth, struct slice test)
{
	size_t number[3] = {
	    group, number_of(&t->classes, truth), number_of(&t->classes, test)};
	struct slice key = {(const char *)number, sizeof number};
	bool added;
	size_t i = dict_add(&t->index, key, t->n, &added);

	if (added) {
		t->cell = mem_grow(t->cell, t->n, &t->cap, sizeof *t->cell);
		t->cell[t->n++] =
		    (struct crosstab_cell){number[0], number[1], number[2], 0};
	}
	t->cell[i].n++;
}

size_t
crosstab_add(struct crosstab *t, struct slice group, struct slice truth,
    struct slice test)
{
	size_t at =
	    group_of(t, field_is_set(group) ? group : (struct slice){"", 0});

	if (field_is_set(truth) && field_is_set(test))
		count(t, at, truth, test);
	else
		t->uncompared[at]++;
	return t->classes.n;
}

/* ---- ranking ---- */

struct value {
	struct slice text;
	size_t number; /* as it was seen */
};

static int
compare_values(const void *a, const void *b)
{
	struct slice s = ((const struct value *)a)->text;
	struct slice t = ((const struct value *)b)->text;
	unsigned long long m, n;
	bool number = slice_number(s, UINT32_MAX, &m) == 0;

	if (number != (slice_number(t, UINT32_MAX, &n) == 0))
		return number ? -1 : 1;
	if (number && m != n)
		return m < n ? -1 : 1;
	return slice_cmp(s, t);
}

/*
 * Puts what was seen in order, all but the first `known`: the values, to be
 * freed, and in rank[], to be freed too, the place of each number.
 */
static struct slice *
order(const struct dict *seen, size_t known, size_t **rank)
{
	struct value *v = mem_new(seen->n + 1, sizeof *v);
	struct slice *text = mem_new(seen->n + 1, sizeof *text);

	*rank = mem_new(seen->n + 1, sizeof **rank);
	for (size_t i = 0; i < seen->n; i++)
		v[i] = (struct value){dict_key(seen, i), i};
	qsort(v + known, seen->n - known, sizeof *v, compare_values);
	for (size_t i = 0; i < seen->n; i++) {
		text[i] = v[i].text;
		(*rank)[v[i].number] = i;
	}
	free(v);
	return text;
}

static int
compare_cells(const void *a, const void *b)
{
	size_t m = ((const struct crosstab_cell *)a)->group;
	size_t n = ((const struct crosstab_cell *)b)->group;

	return m < n ? -1 : m > n;
}

/* Has all by rank, and the cells of a group together. */
static void
arrange(struct crosstab *t, const size_t *class, const size_t *group)
{
	unsigned long long *uncompared =
	    mem_new(t->groups.n + 1, sizeof *uncompared);

	for (size_t i = 0; i < t->groups.n; i++)
		uncompared[group[i]] = t->uncompared[i];
	free(t->uncompared);
	t->uncompared = uncompared;
	for (size_t i = 0; i < t->n; i++) {
		struct crosstab_cell *c = &t->cell[i];

		*c = (struct crosstab_cell){
		    group[c->group], class[c->truth], class[c->test], c -> n};
	}
	if (t->n > 0)
		qsort(t->cell, t->n, sizeof *t->cell, compare_cells);
	t->first = mem_new(t->groups.n + 1, sizeof *t->first);
	for (size_t i = 0, at = 0; i <= t->groups.n; i++) {
		while (at < t->n && t->cell[at].group < i)
			at++;
		t->first[i] = at;
	}
}

void
crosstab_rank(struct crosstab *t)
{
	size_t *class, *group;

	t->nclasses = t->classes.n;
	t->class = order(&t->classes, t->known, &class);
	t->ngroups = t->groups.n;
	t->group = order(&t->groups, 0, &group);
	arrange(t, class, group);
	free(class);
	free(group);
}

/* ---- counts ---- */

void
crosstab_matrix(
    const struct crosstab *t, size_t group, unsigned long long *count)
{
	size_t from = group == SIZE_MAX ? 0 : t->first[group];
	size_t until = group == SIZE_MAX ? t->n : t->first[group + 1];

	for (size_t i = 0; i < t->nclasses * t->nclasses; i++)
		count[i] = 0;
	for (size_t i = from; i < until; i++) {
		const struct crosstab_cell *c = &t->cell[i];

		count[c->truth * t->nclasses + c->test] += c->n;
	}
}

bool
crosstab_differs(const struct crosstab *t)
{
	for (size_t i = 0; i < t->groups.n; i++) {
		if (t->uncompared[i] > 0)
			return true;
	}
	for (size_t i = 0; i < t->n; i++) {
		if (t->cell[i].truth != t->cell[i].test)
			return true;
	}
	return false;
}

void
crosstab_release(struct crosstab *t)
{
	dict_release(&t->classes);
	dict_release(&t->groups);
	dict_release(&t->index);
	free(t->class);
	free(t->group);
	free(t->uncompared);
	free(t->cell);
	free(t->first);
	*t = (struct crosstab){0};
}
