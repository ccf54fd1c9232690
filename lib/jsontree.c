#include "jsontree.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

#include "jsonmem.h"

static int
stop(struct jsontree *t, const char *wrong)
{
	t->wrong = wrong;
	return 0;
}

/* Keeps a text; returns where. */
static size_t
keep(struct jsontree *t, const void *p, size_t n)
{
	size_t at = t->text.n;

	buf_add(&t->text, p, n);
	return at;
}

static int
add_node(struct jsontree *t, enum jsontree_kind kind, const void *p, size_t n)
{
	struct jsontree_node *node;

	if (n > 0 && memchr(p, '\0', n) != NULL)
		return stop(t, "a NUL in a text");
	if (t->n == 0 && kind != JSONTREE_OBJECT)
		return stop(t, "an object was expected");
	t->node = mem_grow(t->node, t->n, &t->cap, sizeof *t->node);
	node = &t->node[t->n++];
	*node = (struct jsontree_node){.kind = kind,
	    .key = t->key,
	    .nkey = t->nkey,
	    .text = keep(t, p, n),
	    .ntext = n,
	    .end = t->n};
	return 1;
}

static int
add_nothing(void *ctx)
{
	return add_node(ctx, JSONTREE_NULL, NULL, 0);
}

static int
add_boolean(void *ctx, int value)
{
	return value ? add_node(ctx, JSONTREE_WORD, "true", 4)
		     : add_node(ctx, JSONTREE_WORD, "false", 5);
}

static int
add_number(void *ctx, const char *p, size_t n)
{
	return add_node(ctx, JSONTREE_WORD, p, n);
}

static int
add_string(void *ctx, const unsigned char *p, size_t n)
{
	return add_node(ctx, JSONTREE_STRING, p, n);
}

static int
open_node(struct jsontree *t, enum jsontree_kind kind)
{
	if (t->nopen == JSONTREE_DEPTH_MAX)
		return stop(t, "arrays and objects too deep in one another");
	t->open = mem_grow(t->open, t->nopen, &t->open_cap, sizeof *t->open);
	t->open[t->nopen++] = t->n;
	return add_node(t, kind, NULL, 0);
}

static int
open_object(void *ctx)
{
	return open_node(ctx, JSONTREE_OBJECT);
}

static int
open_array(void *ctx)
{
	return open_node(ctx, JSONTREE_ARRAY);
}

static int
close_node(void *ctx)
{
	struct jsontree *t = ctx;

	t->node[t->open[--t->nopen]].end = t->n;
	return 1;
}

static int
take_key(void *ctx, const unsigned char *p, size_t n)
{
	struct jsontree *t = ctx;

	if (n > 0 && memchr(p, '\0', n) != NULL)
		return stop(t, "a NUL in a name");
	t->key = keep(t, p, n);
	t->nkey = n;
	return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = add_nothing,
    .yajl_boolean = add_boolean,
    .yajl_number = add_number,
    .yajl_string = add_string,
    .yajl_start_map = open_object,
    .yajl_map_key = take_key,
    .yajl_end_map = close_node,
    .yajl_start_array = open_array,
    .yajl_end_array = close_node,
};

/* The fault at an offset in the value. */
static int
fail_at(struct jsontree *t, size_t offset, const char *wrong, struct fault *f)
{
	struct place where = t->where;
	size_t start = 0;

	if (offset > t->value.n)
		offset = t->value.n;
	for (size_t i = 0; i < offset; i++) {
		if (t->value.p[i] != '\n')
			continue;
		where.line++;
		start = i + 1;
		where.column = 0;
	}
	where.column += offset - start + 1;
	return fault_at(f, where, "%s", wrong);
}

/* What yajl says of its error at an offset. */
static int
fail_parse(
    struct jsontree *t, yajl_handle parser, size_t offset, struct fault *f)
{
	unsigned char *text = yajl_get_error(parser, 0, NULL, 0);
	struct slice said = slice_trim(slice_of((const char *)text));
	char *wrong = mem_copy(said.p, said.n);

	fail_at(t, offset, wrong, f);
	free(wrong);
	yajl_free_error(parser, text);
	return -1;
}

/* Four hexadecimal digits after "\u", or -1. */
static long
read_unit(struct slice s)
{
	char digits[5] = {0};

	if (s.n < 6 || s.p[0] != '\\' || s.p[1] != 'u')
		return -1;
	memcpy(digits, s.p + 2, 4);
	return strspn(digits, "0123456789abcdefABCDEF") == 4
	    ? strtol(digits, NULL, 16)
	    : -1;
}

/*
 * yajl turns half of a surrogate pair into a question mark, which would hide
 * what was lost.  Returns 0, or -1 and the fault.
 */
static int
check_surrogates(struct jsontree *t, struct fault *f)
{
	struct slice s = t->value;
	const char *sign;

	while (s.n > 0 && (sign = memchr(s.p, '\\', s.n)) != NULL) {
		size_t skip = 2;
		long unit;

		s.n -= (size_t)(sign - s.p);
		s.p = sign;
		unit = read_unit(s);
		if (unit >= 0xd800 && unit < 0xdc00 && s.n >= 12) {
			long low = read_unit((struct slice){s.p + 6, 6});

			if (low >= 0xdc00 && low < 0xe000) {
				skip = 12;
				unit = 0;
			}
		}
		if (unit >= 0xd800 && unit < 0xe000)
			return fail_at(t, (size_t)(s.p - t->value.p),
			    "half of a pair of surrogates", f);
		skip = skip < s.n ? skip : s.n;
		s = slice_from(s, skip);
	}
	return 0;
}

static int
parse(struct jsontree *t, struct fault *f)
{
	yajl_handle parser = yajl_alloc(&callbacks, &jsonmem, t);
	yajl_status got =
	    yajl_parse(parser, (const unsigned char *)t->value.p, t->value.n);
	size_t offset = yajl_get_bytes_consumed(parser);
	int result = 0;

	if (got == yajl_status_ok) {
		got = yajl_complete_parse(parser);
		offset = t->value.n;
	}
	if (t->wrong != NULL)
		result = fail_at(t, offset, t->wrong, f);
	else if (got != yajl_status_ok)
		result = fail_parse(t, parser, offset, f);
	yajl_free(parser);
	return result;
}

/* A part of the texts. */
static struct slice
part(const struct jsontree *t, size_t at, size_t n)
{
	return (struct slice){buf_slice(&t->text).p + at, n};
}

struct slice
jsontree_text(const struct jsontree *t, size_t node)
{
	return part(t, t->node[node].text, t->node[node].ntext);
}

struct slice
jsontree_key(const struct jsontree *t, size_t node)
{
	return part(t, t->node[node].key, t->node[node].nkey);
}

static void
write_string(yajl_gen gen, struct slice s)
{
	yajl_gen_string(gen, (const unsigned char *)s.p, s.n);
}

static void
write_node(const struct jsontree *t, yajl_gen gen, size_t at)
{
	const struct jsontree_node *node = &t->node[at];
	struct slice text = jsontree_text(t, at);

	switch (node->kind) {
	case JSONTREE_ARRAY:
		yajl_gen_array_open(gen);
		break;
	case JSONTREE_OBJECT:
		yajl_gen_map_open(gen);
		break;
	case JSONTREE_STRING:
		write_string(gen, text);
		return;
	case JSONTREE_WORD:
		yajl_gen_number(gen, text.p, text.n);
		return;
	case JSONTREE_NULL:
		yajl_gen_null(gen);
		return;
	}
	for (size_t i = at + 1; i < node->end; i = t->node[i].end) {
		if (node->kind == JSONTREE_OBJECT)
			write_string(gen, jsontree_key(t, i));
		write_node(t, gen, i);
	}
	if (node->kind == JSONTREE_ARRAY)
		yajl_gen_array_close(gen);
	else
		yajl_gen_map_close(gen);
}

struct slice
jsontree_json(const struct jsontree *t, size_t node, struct arena *arena)
{
	yajl_gen gen = yajl_gen_alloc(&jsonmem);
	const unsigned char *p = NULL;
	struct slice s = {"", 0};

	write_node(t, gen, node);
	if (yajl_gen_get_buf(gen, &p, &s.n) == yajl_gen_status_ok)
		s.p = arena_copy(arena, p, s.n);
	yajl_gen_free(gen);
	return s;
}

int
jsontree_read(
    struct jsontree *t, struct slice value, struct place where, struct fault *f)
{
	t->value = value;
	t->where = where;
	t->n = t->nopen = t->nkey = 0;
	t->wrong = NULL;
	buf_clear(&t->text);
	return parse(t, f) < 0 ? -1 : check_surrogates(t, f);
}

void
jsontree_release(struct jsontree *t)
{
	free(t->node);
	free(t->open);
	buf_release(&t->text);
	*t = (struct jsontree){0};
}
