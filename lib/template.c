#include "template.h"

#include <stdint.h>

/* What is being parsed. */
struct parser {
	struct slice text;
	size_t at;          /* bytes of text already read */
	struct place where; /* of the byte at `at` */
	struct arena *arena;
	struct template *out;
	size_t cap; /* of out->piece */
	struct fault *fault;
};

/* A new piece at the end. */
static struct template_piece *
add_piece(struct parser *p)
{
	struct template *t = p->out;

	if (t->n == p->cap) {
		struct template_piece *old = t->piece;

		p->cap = p->cap > 0 ? 2 * p->cap : 4;
		t->piece = arena_new(p->arena, p->cap * sizeof *t->piece);
		if (t->n > 0)
			memcpy(t->piece, old, t->n * sizeof *t->piece);
	}
	return &t->piece[t->n++];
}

/* Steps over n bytes. */
static void
skip(struct parser *p, size_t n)
{
	for (; n > 0; n--) {
		if (p->text.p[p->at++] == '\n') {
			p->where.line += p->where.line > 0;
			p->where.column = p->where.column > 0;
		} else {
			p->where.column += p->where.column > 0;
		}
	}
}

static void
add_text(struct parser *p, size_t start, size_t end)
{
	if (start < end)
		add_piece(p)->text =
		    (struct slice){p->text.p + start, end - start};
}

/* Reads "name rest" into a filter.  Returns 0, or -1 where it is empty. */
static int
read_filter(struct template_filter *filter, struct slice text)
{
	const char *blank;

	while (text.n > 0 && text.p[0] == ' ')
		text.p++, text.n--;
	if (text.n == 0)
		return -1;
	blank = memchr(text.p, ' ', text.n);
	filter->name = text;
	filter->rest = (struct slice){text.p + text.n, 0};
	if (blank != NULL) {
		filter->name.n = (size_t)(blank - text.p);
		filter->rest.p = blank + 1;
		filter->rest.n = text.n - filter->name.n - 1;
	}
	return 0;
}

static size_t
count(struct slice s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Reads what stands between the braces. */
static int
read_slot(struct parser *p, struct slice inner)
{
	struct template_piece *piece = add_piece(p);
	struct slice rest = inner, part;

	piece->where = p->where;
	slice_split(&rest, '|', &piece->column);
	if (piece->column.n == 0)
		return fault_at(
		    p->fault, p->where, "a column was expected after '{'");
	piece->filter = arena_new(
	    p->arena, (count(inner, '|') + 1) * sizeof *piece->filter);
	while (slice_split(&rest, '|', &part)) {
		if (read_filter(&piece->filter[piece->nfilter++], part) < 0)
			return fault_at(p->fault, p->where,
			    "a filter was expected after '|' in {%.*s}",
			    SLICE_ARG(inner));
	}
	return 0;
}

static bool
ends_slot(char c)
{
	return c == '{' || c == '}' || c == '\n';
}

/* Reads the slot that starts here. */
static int
take_slot(struct parser *p)
{
	size_t start = p->at + 1, i = start;
	struct slice inner;

	while (i < p->text.n && !ends_slot(p->text.p[i]))
		i++;
	if (i == p->text.n || p->text.p[i] != '}')
		return fault_at(p->fault, p->where,
		    "'{' without its '}' ('{{' stands for a brace)");
	inner = (struct slice){p->text.p + start, i - start};
	if (read_slot(p, inner) < 0)
		return -1;
	skip(p, i + 1 - p->at);
	return 0;
}

int
template_parse(struct template *t, struct slice text, struct place where,
    struct arena *arena, struct fault *f)
{
	struct parser p = {
	    .text = text, .where = where, .arena = arena, .out = t, .fault = f};
	size_t start = 0;

	*t = (struct template){0};
	while (p.at < text.n) {
		char c = text.p[p.at];

		if (c != '{' && c != '}') {
			skip(&p, 1);
			continue;
		}
		if (p.at + 1 < text.n && text.p[p.at + 1] == c) {
			add_text(&p, start, p.at + 1);
			skip(&p, 2);
		} else if (c == '}') {
			return fault_at(f, p.where,
			    "'}' without its '{' ('}}' stands for a brace)");
		} else {
			add_text(&p, start, p.at);
			if (take_slot(&p) < 0)
				return -1;
		}
		start = p.at;
	}
	add_text(&p, start, p.at);
	return 0;
}

bool
template_is_cell(const struct template *t)
{
	return t->n == 1 && t->piece->column.p != NULL;
}
