#include "finding.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"

static void
add(struct findings *all, enum catalogue_code code, struct slice file,
    struct place where, struct slice text)
{
	struct finding *f;

	if (all->of[code]++ >= FINDINGS_MOST)
		return;
	all->finding =
	    mem_grow(all->finding, all->n, &all->cap, sizeof *all->finding);
	f = &all->finding[all->n++];
	f->kind = catalogue_entry(code);
	f->where = where;
	f->where.file = arena_copy(&all->arena, file.p, file.n);
	f->text.p = arena_copy(&all->arena, text.p, text.n);
	f->text.n = text.n;
}

void
findings_add(struct findings *all, enum catalogue_code code, struct place where,
    const char *fmt, ...)
{
	struct buf text = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	add(all, code, slice_of(where.file != NULL ? where.file : ""), where,
	    buf_slice(&text));
	buf_release(&text);
}

void
findings_add_fault(struct findings *all, enum catalogue_code code,
    struct place where, const struct fault *f)
{
	struct slice file = fault_file(f);

	if (file.n == 0)
		file = slice_of(where.file != NULL ? where.file : "");
	else
		where = (struct place){NULL, f->line, f->column};
	add(all, code, file, where, fault_reason(f));
}

static int
by_number(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
by_place(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int order = strcmp(a->where.file, b->where.file);

	if (order == 0)
		order = by_number(a->where.line, b->where.line);
	if (order == 0)
		order = by_number(a->where.column, b->where.column);
	if (order == 0)
		order = (int)a->kind->code - (int)b->kind->code;
	return order != 0 ? order : slice_cmp(a->text, b->text);
}

void
findings_sort(struct findings *all)
{
	size_t n = 0;

	if (all->n > 0)
		qsort(all->finding, all->n, sizeof *all->finding, by_place);
	memset(all->count, 0, sizeof all->count);
	for (size_t i = 0; i < all->n; i++) {
		if (n > 0 &&
		    by_place(&all->finding[n - 1], &all->finding[i]) == 0)
			continue;
		all->finding[n++] = all->finding[i];
		all->count[all->finding[i].kind->level]++;
	}
	all->n = n;
}

void
findings_release(struct findings *all)
{
	free(all->finding);
	arena_release(&all->arena);
	*all = (struct findings){0};
}
