/* A template that parses is the sum of its pieces. */
#include "template.h"

#include <stdint.h>
#include <stdlib.h>

#include "buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Adds a piece as it was written. */
static void
add_piece(struct buf *out, const struct template_piece *p)
{
	for (size_t i = 0; i < p->text.n; i++) {
		buf_add_char(out, p->text.p[i]);
		if (p->text.p[i] == '{' || p->text.p[i] == '}')
			buf_add_char(out, p->text.p[i]);
	}
	if (p->column.p == NULL)
		return;
	buf_add_char(out, '{');
	buf_add_slice(out, p->column);
	for (size_t i = 0; i < p->nfilter; i++) {
		struct slice name = p->filter[i].name;
		struct slice rest = p->filter[i].rest;

		if (name.n == 0 || rest.p + rest.n < name.p + name.n)
			abort();
		buf_add_char(out, '|');
		buf_add(out, name.p, (size_t)(rest.p + rest.n - name.p));
	}
	buf_add_char(out, '}');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};
	struct arena arena = {0};
	struct fault fault = {0};
	struct template t;
	struct buf again = {0};

	if (template_parse(
		&t, text, (struct place){"t", 1, 1}, &arena, &fault) == 0) {
		for (size_t i = 0; i < t.n; i++)
			add_piece(&again, &t.piece[i]);
		/* Blanks before a filter's name are not kept. */
		if (again.n > text.n ||
		    ((size == 0 || memchr(data, '|', size) == NULL) &&
			!slice_eq(buf_slice(&again), text)))
			abort();
	}
	buf_release(&again);
	arena_release(&arena);
	fault_release(&fault);
	return 0;
}
