#include "token.h"

#include <string.h>

void
lexer_init(struct lexer *l, struct slice text, struct place where)
{
	*l = (struct lexer){.text = text, .where = where};
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
in_word(char c)
{
	return !is_blank(c) && strchr(",()'\"{}/~=!<>", c) == NULL;
}

/* How many bytes at the front could stand in a word. */
static size_t
word_length(struct slice s)
{
	size_t n = 0;

	while (n < s.n && in_word(s.p[n]))
		n++;
	return n;
}

/* What is left, from the next byte that is no blank. */
static struct slice
skip_blanks(struct lexer *l)
{
	while (l->at < l->text.n && is_blank(l->text.p[l->at]))
		l->at++;
	return slice_from(l->text, l->at);
}

/* Takes n bytes as a token, of which text is what stands in it. */
static int
take(struct lexer *l, struct token *t, enum token_kind kind, size_t n,
    struct slice text)
{
	struct slice whole = {l->text.p + l->at, n};

	t->kind = kind;
	t->text = text;
	t->whole = slice_cut(whole, TOKEN_SHOWN_BYTES);
	t->offset = l->at;
	l->at += n;
	return 0;
}

/* Takes what stands between an opening and a closing byte. */
static int
take_enclosed(struct lexer *l, struct token *t, enum token_kind kind,
    char close, struct fault *f)
{
	const char *open = l->text.p + l->at;
	struct slice rest = {open + 1, l->text.n - l->at - 1}, inside;

	if (slice_split(&rest, close, &inside) == 0 || rest.p == NULL)
		return fault_at(f, place_in(l->where, l->text, open),
		    "no %c closes this %c", close, open[0]);
	return take(l, t, kind, inside.n + 2, inside);
}

/* The length of the sign at the front of s, which is not empty; 0: none. */
static size_t
sign_length(struct slice s)
{
	bool equals = s.n > 1 && s.p[1] == '=';

	switch (s.p[0]) {
	case '=':
	case '~':
		return 1;
	case '<':
	case '>':
		return equals ? 2 : 1;
	case '!':
		return equals || (s.n > 1 && s.p[1] == '~') ? 2 : 0;
	default:
		return 0;
	}
}

static int
take_word_or_sign(struct lexer *l, struct token *t, struct slice rest)
{
	size_t n = word_length(rest);

	if (n > 0)
		return take(l, t, TOKEN_WORD, n, (struct slice){rest.p, n});
	n = sign_length(rest);
	if (n > 0)
		return take(l, t, TOKEN_SIGN, n, (struct slice){rest.p, n});
	return take(l, t, TOKEN_OTHER, 1, (struct slice){rest.p, 1});
}

int
lexer_next(struct lexer *l, struct token *t, struct fault *f)
{
	struct slice rest = skip_blanks(l);

	if (rest.n == 0)
		return take(l, t, TOKEN_END, 0, (struct slice){"", 0});
	switch (rest.p[0]) {
	case ',':
		return take(l, t, TOKEN_COMMA, 1, (struct slice){",", 1});
	case '(':
		return take(l, t, TOKEN_OPEN, 1, (struct slice){"(", 1});
	case ')':
		return take(l, t, TOKEN_CLOSE, 1, (struct slice){")", 1});
	case '\'':
	case '"':
		return take_enclosed(l, t, TOKEN_QUOTED, rest.p[0], f);
	case '{':
		return take_enclosed(l, t, TOKEN_BRACED, '}', f);
	default:
		return take_word_or_sign(l, t, rest);
	}
}

int
lexer_pattern(
    struct lexer *l, struct slice *body, struct slice *flags, struct fault *f)
{
	struct slice rest = skip_blanks(l);
	size_t end = 1;

	if (rest.n == 0 || rest.p[0] != '/')
		return 0;
	for (; end < rest.n && rest.p[end] != '/'; end++)
		end += rest.p[end] == '\\' ? 1 : 0;
	if (end >= rest.n)
		return fault_at(f, place_in(l->where, l->text, rest.p),
		    "no / closes this pattern");
	*body = (struct slice){rest.p + 1, end - 1};
	*flags = (struct slice){rest.p + end + 1, rest.n - end - 1};
	flags->n = word_length(*flags);
	l->at += end + 1 + flags->n;
	return 1;
}

bool
token_is(const struct token *t, enum token_kind kind, const char *text)
{
	return t->kind == kind && slice_is(t->text, text);
}
