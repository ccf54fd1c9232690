#include "joins.h"

#include <stdlib.h>

#include "mem.h"

int
joins_add(struct joins *j, struct slice name, struct slice between)
{
	size_t n = j->named.n;

	if (name.n == 0) {
		if (j->others.p != NULL)
			return -1;
		j->others = between;
		return 0;
	}
	if (columns_add(&j->named, name) < n)
		return -1;
	j->text = mem_grow(j->text, n, &j->cap, sizeof *j->text);
	j->text[n] = between;
	return 0;
}

const struct slice *
joins_find(const struct joins *j, struct slice name)
{
	size_t at = columns_find(&j->named, name);

	if (name.n == 0)
		return NULL;
	if (at != COLUMNS_NONE)
		return &j->text[at];
	return j->others.p != NULL ? &j->others : NULL;
}

void
joins_bind(struct joins *j, const struct slice *header, size_t n)
{
	struct columns joined = {0};
	size_t *place = mem_new(n, sizeof *place); /* of those in joined */

	j->n_in = n;
	j->to = mem_new(n, sizeof *j->to);
	j->name = mem_new(n, sizeof *j->name);
	j->between = mem_new(n, sizeof(const struct slice *));
	for (size_t i = 0; i < n; i++) {
		const struct slice *between = joins_find(j, header[i]);
		size_t seen = joined.n, at = seen;

		if (between != NULL)
			at = columns_add(&joined, header[i]);
		if (at < seen) {
			j->to[i] = place[at];
			j->between[place[at]] = between;
			continue;
		}
		if (between != NULL)
			place[at] = j->n;
		j->to[i] = j->n;
		j->name[j->n++] = header[i];
	}
	columns_release(&joined);
	free(place);
}

void
joins_release(struct joins *j)
{
	columns_release(&j->named);
	free(j->text);
	free(j->name);
	free(j->to);
	free(j->between);
	*j = (struct joins){0};
}
