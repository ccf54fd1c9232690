#include "fields.h"

#include <stdlib.h>

#include "escape.h"

struct slice
fields_get(const struct fields *f, const char *name)
{
	return columns_field(
	    f->value, columns_find(&f->columns, slice_of(name)));
}

bool
fields_have(const struct fields *f, const char *name)
{
	return columns_find(&f->columns, slice_of(name)) != COLUMNS_NONE;
}

void
fields_put(struct fields *f, struct slice name, struct slice value)
{
	size_t n = f->columns.n, at = columns_add(&f->columns, name);

	if (at == n)
		f->value = mem_grow(f->value, n, &f->cap, sizeof *f->value);
	f->value[at].p = arena_copy(&f->arena, value.p, value.n);
	f->value[at].n = value.n;
}

void
fields_put_text(struct fields *f, struct slice name, struct slice text)
{
	struct buf disk = {0};

	fields_put(f, name, escape(text, &disk));
	buf_release(&disk);
}

void
fields_put_time(struct fields *f, struct slice name, struct stamp t)
{
	struct buf text = {0};

	stamp_add(&text, t);
	fields_put(f, name, buf_slice(&text));
	buf_release(&text);
}

void
fields_release(struct fields *f)
{
	columns_release(&f->columns);
	arena_release(&f->arena);
	free(f->value);
	*f = (struct fields){0};
}
