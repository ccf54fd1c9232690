#include "codes.h"

#include <stdlib.h>

static const struct slice known[] = {SLICE("field"), SLICE("code"),
    SLICE("word"), SLICE("spoken"), SLICE("map")};

/* "field TAB code": a field's name has no tab in it. */
static struct slice
key_of(struct buf *key, struct slice field, struct slice code)
{
	buf_clear(key);
	buf_add_slice(key, field);
	buf_add_char(key, '\t');
	buf_add_slice(key, code);
	return buf_slice(key);
}

static int
load_row(
    struct codes *c, struct table_row *row, struct buf *key, struct fault *f)
{
	struct code *code = &c->code[c->n];
	bool added;

	code->field = table_text(row, "field");
	code->code = table_text(row, "code");
	code->word = table_text(row, "word");
	code->spoken = table_text(row, "spoken");
	if (code->field.n == 0)
		return fault_at(f, table_place(row, "field"),
		    "a field was expected, the name of a column");
	if (code->code.n == 0)
		return fault_at(
		    f, table_place(row, "code"), "a code was expected");
	dict_add(&c->index, key_of(key, code->field, code->code), c->n, &added);
	if (!added)
		return fault_at(f, table_place(row, "code"),
		    "code '%.*s' of '%.*s' is there twice",
		    SLICE_ARG(code->code), SLICE_ARG(code->field));
	c->n++;
	return 0;
}

int
codes_load(struct codes *c, struct table *t, struct fault *f)
{
	struct buf key = {0};
	int result = table_check(t, known, sizeof known / sizeof *known, 2, f);

	c->code = mem_new(t->n, sizeof *c->code);
	for (size_t i = 0; i < t->n && result == 0; i++) {
		if (load_row(c, &t->row[i], &key, f) < 0)
			result = fault_keep(f);
	}
	buf_release(&key);
	return result;
}

const struct code *
codes_find(const struct codes *c, struct slice field, struct slice value)
{
	struct buf key = {0};
	size_t at = dict_find(&c->index, key_of(&key, field, value));

	buf_release(&key);
	return at != DICT_NONE ? &c->code[at] : NULL;
}

struct slice
codes_word(const struct codes *c, struct slice field, struct slice value)
{
	const struct code *code = codes_find(c, field, value);

	return code != NULL && code->word.n > 0 ? code->word : value;
}

struct slice
codes_spoken(const struct codes *c, struct slice field, struct slice value)
{
	const struct code *code = codes_find(c, field, value);

	if (code != NULL && code->spoken.n > 0)
		return code->spoken;
	return code != NULL && code->word.n > 0 ? code->word : value;
}

void
codes_release(struct codes *c)
{
	free(c->code);
	dict_release(&c->index);
	*c = (struct codes){0};
}
