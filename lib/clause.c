#include "clause.h"

#include <stdint.h>
#include <stdlib.h>

#include "columns.h"
#include "mem.h"
#include "token.h"
#include "utf8.h"

struct parser {
	struct clause *c;
	struct lexer lexer;
	struct token token; /* the one under way */
	unsigned depth;     /* of parentheses */
	struct fault *fault;
};

/*
 * A part of the condition.  The places where its tests go on when the part
 * holds, or does not, are not known before what follows is read: until then
 * they are linked through the very numbers that will say so.  A link is twice
 * a test's number, and one more for its "no".
 */
struct links {
	size_t head, tail; /* NO_LINK: none */
};

struct part {
	struct links yes, no;
};

#define NO_LINK SIZE_MAX

static const struct slice reserved[] = {SLICE("and"), SLICE("or"), SLICE("not"),
    SLICE("in"), SLICE("is"), SLICE("empty"), SLICE("set"), SLICE("since"),
    SLICE("until")};

static bool
is_reserved(struct slice word)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
		if (slice_eq(word, reserved[i]))
			return true;
	}
	return false;
}

struct place
clause_place(const struct clause *c, size_t offset)
{
	struct place where = c->where;

	where.column += where.column > 0 ? offset : 0;
	return where;
}

/* "what was expected, not 'token'", at the token. */
static int
unexpected(struct parser *p, const char *expected)
{
	const struct token *t = &p->token;
	struct place where = clause_place(p->c, t->offset);

	if (t->kind == TOKEN_END)
		return fault_at(
		    p->fault, where, "%s was expected at the end", expected);
	return fault_at(p->fault, where, "%s was expected, not '%.*s'",
	    expected, SLICE_ARG(t->whole));
}

/* The next token, in p->token.  Returns 0, or -1 and the fault. */
static int
advance(struct parser *p)
{
	return lexer_next(&p->lexer, &p->token, p->fault);
}

static bool
at_word(const struct parser *p, const char *word)
{
	return token_is(&p->token, TOKEN_WORD, word);
}

static bool
at_sign(const struct parser *p, const char *sign)
{
	return token_is(&p->token, TOKEN_SIGN, sign);
}

/* The place in name[] of the column that the token names. */
static int
add_name(struct parser *p, size_t *place)
{
	struct clause *c = p->c;

	for (*place = 0; *place < c->nnames; ++*place) {
		if (slice_eq(c->name[*place].text, p->token.text))
			return 0;
	}
	if (c->nnames == CLAUSE_MAX_COLUMNS)
		return fault_at(p->fault, clause_place(c, p->token.offset),
		    "more than %d columns in one condition",
		    CLAUSE_MAX_COLUMNS);
	c->name = mem_grow(c->name, c->nnames, &c->names_cap, sizeof *c->name);
	c->name[c->nnames].text = p->token.text;
	c->name[c->nnames].offset = p->token.offset;
	c->name[c->nnames++].index = COLUMNS_NONE;
	return 0;
}

/* Checks that the token names a column. */
static int
check_column(struct parser *p)
{
	struct slice name = p->token.text;
	struct place where = clause_place(p->c, p->token.offset);

	if (p->token.kind == TOKEN_BRACED && name.n == 0)
		return fault_at(p->fault, where, "{} names no column");
	if (p->token.kind == TOKEN_BRACED)
		return 0;
	if (p->token.kind != TOKEN_WORD)
		return unexpected(p, "a column");
	if (slice_is(name, "*"))
		return fault_at(
		    p->fault, where, "'*' holds always and stands alone");
	if (is_reserved(name))
		return fault_at(p->fault, where,
		    "a column was expected, and '%.*s' is a reserved word (as "
		    "a column it is written {%.*s})",
		    SLICE_ARG(name), SLICE_ARG(name));
	if (!columns_plain_name(name))
		return fault_at(p->fault, where,
		    "'%.*s' is no plain column name (it is written {%.*s})",
		    SLICE_ARG(p->token.whole), SLICE_ARG(p->token.whole));
	return 0;
}

/* Takes a column of the test. */
static int
parse_column(struct parser *p, struct clause_test *t)
{
	struct clause *c = p->c;
	size_t place;

	if (check_column(p) < 0 || add_name(p, &place) < 0)
		return -1;
	c->column = mem_grow(
	    c->column, c->ncolumns, &c->columns_cap, sizeof *c->column);
	c->column[c->ncolumns++] = place;
	t->ncolumns++;
	return advance(p);
}

/* Takes a value of the test: a word, a quoted text or a column in braces. */
static int
parse_value(struct parser *p, struct clause_test *t)
{
	struct clause_value v = {.text = p->token.text, .name = CLAUSE_LITERAL};
	struct clause *c = p->c;

	if (p->token.kind == TOKEN_BRACED) {
		if (check_column(p) < 0 || add_name(p, &v.name) < 0)
			return -1;
	} else if (p->token.kind == TOKEN_WORD) {
		if (is_reserved(v.text))
			return fault_at(p->fault,
			    clause_place(c, p->token.offset),
			    "a value was expected, and '%.*s' is a reserved "
			    "word: quote it",
			    SLICE_ARG(v.text));
	} else if (p->token.kind != TOKEN_QUOTED) {
		return unexpected(p, "a value");
	}
	v.plain = v.text.n == 0 || memchr(v.text.p, '\\', v.text.n) == NULL;
	c->value =
	    mem_grow(c->value, c->nvalues, &c->values_cap, sizeof *c->value);
	c->value[c->nvalues++] = v;
	t->nvalues++;
	return advance(p);
}

/* Takes /body/flags, which starts where the next token would. */
static int
parse_pattern(struct parser *p, struct clause_test *t)
{
	struct slice body, flags;
	int got = lexer_pattern(&p->lexer, &body, &flags, p->fault);

	if (got < 0)
		return -1;
	if (got == 0)
		return advance(p) < 0 ? -1 : unexpected(p, "a /pattern/");
	t->source = (struct slice){body.p, body.n + 1 + flags.n};
	t->pattern = pattern_new(body, flags,
	    clause_place(p->c, (size_t)(body.p - p->c->text)), p->fault);
	return t->pattern != NULL ? advance(p) : -1;
}

static int
parse_values(struct parser *p, struct clause_test *t)
{
	if (parse_value(p, t) < 0)
		return -1;
	while (p->token.kind != TOKEN_END && p->token.kind != TOKEN_CLOSE &&
	    !at_word(p, "and") && !at_word(p, "or") &&
	    p->token.kind != TOKEN_SIGN) {
		if (p->token.kind == TOKEN_COMMA && advance(p) < 0)
			return -1;
		if (parse_value(p, t) < 0)
			return -1;
	}
	return 0;
}

/* Reads the literal of a comparison by size, which says its kind. */
static int
read_literal(struct parser *p, struct clause_test *t, const struct token *token)
{
	struct clause_value v = p->c->value[t->value];
	struct place where = clause_place(p->c, token->offset);
	bool span = t->side != CLAUSE_COLUMN;

	if (v.name != CLAUSE_LITERAL)
		return 0;
	if (quantity_parse(v.text, span ? QUANTITY_DURATION : QUANTITY_NONE,
		&t->literal) == 0)
		return 0;
	fault_at(p->fault, where, "'%.*s' is no %s",
	    SLICE_ARG(slice_cut(v.text, TOKEN_SHOWN_BYTES)),
	    span ? "duration, such as 15m"
		 : "number, duration or time, such as 2026-03-25T09:00:00Z");
	if (token->kind == TOKEN_WORD && columns_plain_name(v.text))
		buf_addf(&p->fault->text, " (a column is written {%.*s})",
		    SLICE_ARG(slice_cut(v.text, TOKEN_SHOWN_BYTES)));
	return -1;
}

/* Takes < <= > >= and a value, if they stand there. */
static int
parse_order(struct parser *p, struct clause_test *t)
{
	struct slice sign = p->token.text;
	struct token value;

	t->kind = CLAUSE_ORDER;
	t->outcomes = sign.p[0] == '<' ? CLAUSE_LESS : CLAUSE_MORE;
	t->outcomes |= sign.n > 1 ? CLAUSE_SAME : 0;
	if (advance(p) < 0)
		return -1;
	value = p->token;
	if (parse_value(p, t) < 0)
		return -1;
	return read_literal(p, t, &value);
}

static bool
at_order(const struct parser *p)
{
	return p->token.kind == TOKEN_SIGN &&
	    (p->token.text.p[0] == '<' || p->token.text.p[0] == '>');
}

/* Takes "empty" or "set" after "is". */
static int
parse_is(struct parser *p, struct clause_test *t, bool *negated)
{
	static const struct slice states[] = {SLICE("empty"), SLICE("set")};

	t->kind = CLAUSE_SET;
	*negated = at_word(p, "empty");
	if (*negated || at_word(p, "set"))
		return advance(p);
	unexpected(p, "'empty' or 'set'");
	return fault_suggest(p->fault, p->token.whole, states, 2);
}

/* Takes what follows the columns of a test. */
static int
parse_rest(struct parser *p, struct clause_test *t, bool *negated)
{
	*negated = at_sign(p, "!~") || at_sign(p, "!=");
	if (at_sign(p, "~") || at_sign(p, "!~")) {
		t->kind = CLAUSE_MATCH;
		return parse_pattern(p, t);
	}
	if (t->ncolumns > 1)
		return unexpected(p, "~ or !~ after several columns");
	if (at_order(p))
		return parse_order(p, t);
	t->kind = CLAUSE_EQUAL;
	if (at_sign(p, "=") || at_sign(p, "!="))
		return advance(p) < 0 ? -1 : parse_value(p, t);
	if (at_word(p, "in"))
		return advance(p) < 0 ? -1 : parse_values(p, t);
	if (at_word(p, "is"))
		return advance(p) < 0 ? -1 : parse_is(p, t, negated);
	return unexpected(p, "= != ~ !~ < <= > >= in or is");
}

/* Takes since(column) or until(column) and what it is compared with. */
static int
parse_span(struct parser *p, struct clause_test *t)
{
	const char *name = at_word(p, "since") ? "since" : "until";

	t->side = at_word(p, "since") ? CLAUSE_SINCE : CLAUSE_UNTIL;
	if (advance(p) < 0)
		return -1;
	if (p->token.kind != TOKEN_OPEN)
		return fault_at(p->fault, clause_place(p->c, p->token.offset),
		    "'(' was expected after the reserved word '%s' (as a "
		    "column it is written {%s})",
		    name, name);
	if (advance(p) < 0 || parse_column(p, t) < 0)
		return -1;
	if (p->token.kind != TOKEN_CLOSE)
		return unexpected(p, "')'");
	if (advance(p) < 0)
		return -1;
	if (!at_order(p))
		return unexpected(p, "< <= > or >=");
	return parse_order(p, t);
}

/* Takes a test with its columns.  t is not in the array yet. */
static int
parse_body(struct parser *p, struct clause_test *t, bool *negated)
{
	*negated = false;
	if (at_word(p, "since") || at_word(p, "until"))
		return parse_span(p, t);
	if (parse_column(p, t) < 0)
		return -1;
	while (p->token.kind == TOKEN_COMMA) {
		if (advance(p) < 0 || parse_column(p, t) < 0)
			return -1;
	}
	return parse_rest(p, t, negated);
}

static struct links
link_one(size_t link)
{
	return (struct links){link, link};
}

static size_t *
link_slot(struct clause *c, size_t link)
{
	struct clause_test *t = &c->test[link / 2];

	return link % 2 == 0 ? &t->yes : &t->no;
}

static struct links
join(struct clause *c, struct links a, struct links b)
{
	*link_slot(c, a.tail) = b.head;
	return (struct links){a.head, b.tail};
}

/* Lets all these go on at a test, or at CLAUSE_TRUE or CLAUSE_FALSE. */
static void
go_on_at(struct clause *c, struct links links, size_t next)
{
	size_t link = links.head;

	while (link != NO_LINK) {
		size_t *slot = link_slot(c, link);

		link = *slot;
		*slot = next;
	}
}

static int
parse_test(struct parser *p, struct part *part)
{
	struct clause *c = p->c;
	struct clause_test t = {.column = c->ncolumns,
	    .value = c->nvalues,
	    .yes = NO_LINK,
	    .no = NO_LINK};
	bool negated;
	size_t at = c->ntests;

	if (parse_body(p, &t, &negated) < 0) {
		pattern_free(t.pattern);
		return -1;
	}
	c->test = mem_grow(c->test, c->ntests, &c->tests_cap, sizeof *c->test);
	c->test[c->ntests++] = t;
	part->yes = link_one(2 * at + (negated ? 1 : 0));
	part->no = link_one(2 * at + (negated ? 0 : 1));
	return 0;
}

static int parse_or(struct parser *p, struct part *part);

static int
parse_group(struct parser *p, struct part *part)
{
	if (p->depth == CLAUSE_MAX_NEST)
		return fault_at(p->fault, clause_place(p->c, p->token.offset),
		    "more than %d parentheses in each other", CLAUSE_MAX_NEST);
	p->depth++;
	if (advance(p) < 0 || parse_or(p, part) < 0)
		return -1;
	p->depth--;
	if (p->token.kind != TOKEN_CLOSE)
		return unexpected(p, "'and', 'or' or ')'");
	return advance(p);
}

static int
parse_not(struct parser *p, struct part *part)
{
	bool negated = false;

	while (at_word(p, "not")) {
		negated = !negated;
		if (advance(p) < 0)
			return -1;
	}
	if ((p->token.kind == TOKEN_OPEN ? parse_group(p, part)
					 : parse_test(p, part)) < 0)
		return -1;
	if (negated) {
		struct links yes = part->yes;

		part->yes = part->no;
		part->no = yes;
	}
	return 0;
}

static int
parse_and(struct parser *p, struct part *part)
{
	struct part right;

	if (parse_not(p, part) < 0)
		return -1;
	while (at_word(p, "and")) {
		size_t next = p->c->ntests;

		if (advance(p) < 0 || parse_not(p, &right) < 0)
			return -1;
		go_on_at(p->c, part->yes, next);
		part->yes = right.yes;
		part->no = join(p->c, part->no, right.no);
	}
	return 0;
}

static int
parse_or(struct parser *p, struct part *part)
{
	struct part right;

	if (parse_and(p, part) < 0)
		return -1;
	while (at_word(p, "or")) {
		size_t next = p->c->ntests;

		if (advance(p) < 0 || parse_and(p, &right) < 0)
			return -1;
		go_on_at(p->c, part->no, next);
		part->no = right.no;
		part->yes = join(p->c, part->yes, right.yes);
	}
	return 0;
}

static int
parse_all(struct parser *p)
{
	static const struct slice words[] = {SLICE("and"), SLICE("or")};
	struct slice text = p->lexer.text;
	struct part part;

	if (!utf8_is_valid(text) ||
	    (text.n > 0 && memchr(text.p, '\0', text.n) != NULL))
		return fault_at(
		    p->fault, p->c->where, "the condition is not UTF-8 text");
	if (slice_is(slice_trim(text), "*"))
		return 0;
	if (advance(p) < 0)
		return -1;
	if (p->token.kind == TOKEN_END)
		return unexpected(p, "a condition ('*' holds always)");
	if (parse_or(p, &part) < 0)
		return -1;
	if (p->token.kind != TOKEN_END) {
		unexpected(p, "'and' or 'or'");
		return fault_suggest(p->fault, p->token.whole, words, 2);
	}
	go_on_at(p->c, part.yes, CLAUSE_TRUE);
	go_on_at(p->c, part.no, CLAUSE_FALSE);
	return 0;
}

/* Gives back what the arrays have too much: a tree has many conditions. */
static void
tighten(struct clause *c)
{
	c->test = mem_resize(c->test, c->ntests, sizeof *c->test);
	c->column = mem_resize(c->column, c->ncolumns, sizeof *c->column);
	c->value = mem_resize(c->value, c->nvalues, sizeof *c->value);
	c->name = mem_resize(c->name, c->nnames, sizeof *c->name);
}

int
clause_parse(
    struct clause *c, struct slice text, struct place where, struct fault *f)
{
	struct parser p = {.c = c, .fault = f};

	c->text = mem_copy(text.p, text.n);
	c->where = where;
	lexer_init(&p.lexer, (struct slice){c->text, text.n}, where);
	if (parse_all(&p) < 0)
		return -1;
	tighten(c);
	return 0;
}

void
clause_release(struct clause *c)
{
	for (size_t i = 0; i < c->ntests; i++)
		pattern_free(c->test[i].pattern);
	free(c->test);
	free(c->column);
	free(c->value);
	free(c->name);
	free(c->text);
	*c = (struct clause){0};
}
