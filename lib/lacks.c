#include "lacks.h"

#include <stdint.h>
#include <stdlib.h>

#include "mem.h"
#include "stamp.h"

/* Takes in columns that were added.  Returns 0, or -1 and the fault. */
static int
know(struct lacks *l, const struct columns *columns, struct fault *f)
{
	if (l->form != NULL && form_bind(l->form, columns, l->known, f) < 0)
		return -1;
	l->kind = mem_resize(l->kind, columns->n, sizeof *l->kind);
	for (; l->n < columns->n; l->n++)
		l->kind[l->n] = vocabulary_kind(columns->name[l->n]);
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
	for (size_t i = 0; i < columns->n; i++) {
		if (is_wrong(l, l->kind[i], record[i]))
			buf_add_word(words, columns->name[i]);
	}
	return 0;
}

void
lacks_release(struct lacks *l)
{
	free(l->kind);
	holds_release(&l->holds);
	*l = (struct lacks){0};
}
