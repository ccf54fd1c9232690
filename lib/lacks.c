#include "lacks.h"

#include <stdint.h>
#include <stdlib.h>

#include "mem.h"
#include "stamp.h"

/* A column that holds the same kind of value everywhere. */
struct lacks_column {
	size_t place; /* in the columns */
	enum column_kind kind;
};

/* Takes in columns that were added.  Returns 0, or -1 and the fault. */
static int
know(struct lacks *l, const struct columns *columns, struct fault *f)
{
	if (l->form != NULL && form_bind(l->form, columns, l->known, f) < 0)
		return -1;
	for (; l->n < columns->n; l->n++) {
		struct lacks_column c = {
		    l->n, vocabulary_kind(columns->name[l->n])};

		if (c.kind == COLUMN_TEXT)
			continue;
		l->column = mem_grow(
		    l->column, l->ncolumns, &l->cap, sizeof *l->column);
		l->column[l->ncolumns++] = c;
	}
	return 0;
}

/* Whether a value is none of the kind that its column holds everywhere. */
static bool
is_wrong(struct lacks *l, enum column_kind kind, struct slice value)
{
	unsigned long long number;
	struct stamp t;

	if (value.n == 0)
		return false;
	switch (kind) {
	case COLUMN_TIME:
		return stamp_parse(value, &t) < 0;
	case COLUMN_NUMBER:
		return slice_number(value, UINT64_MAX, &number) < 0;
	case COLUMN_HOLDS:
		return holds_read(&l->holds, value) < 0;
	case COLUMN_TEXT:
		break;
	}
	return false;
}

int
lacks_find(struct lacks *l, const struct columns *columns,
    const struct slice *record, struct buf *words, struct fault *f)
{
	if (l->n != columns->n && know(l, columns, f) < 0)
		return -1;
	if (l->form != NULL)
		form_check(l->form, record, words);
	for (size_t i = 0; i < l->ncolumns; i++) {
		struct lacks_column c = l->column[i];

		if (is_wrong(l, c.kind, record[c.place]))
			buf_add_word(words, columns->name[c.place]);
	}
	return 0;
}

void
lacks_release(struct lacks *l)
{
	free(l->column);
	holds_release(&l->holds);
	*l = (struct lacks){0};
}
