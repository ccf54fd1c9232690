#ifndef INC_TOKEN_H
#define INC_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "slice.h"

/*
 * What the text of a condition is made of: words, signs, quoted texts, columns
 * in braces.  A word goes on to a blank or to one of , ( ) ' " { } / ~ = ! < >.
 * A pattern is no token, as only the grammar knows where a / starts one:
 * lexer_pattern().
 */
#define TOKEN_SHOWN_BYTES 60 /* of a text, in a message */

enum token_kind {
	TOKEN_END, /* the text is used up; as often as it is asked for */
	TOKEN_WORD,
	TOKEN_QUOTED, /* text is what is between the quotes */
	TOKEN_BRACED, /* text is what is between the braces */
	TOKEN_COMMA,
	TOKEN_OPEN,  /* ( */
	TOKEN_CLOSE, /* ) */
	TOKEN_SIGN,  /* = != ~ !~ < <= > >= */
	TOKEN_OTHER, /* a byte that starts none of these */
};

struct token {
	enum token_kind kind;
	struct slice text;
	struct slice whole; /* as it stands, or the start of it: for messages */
	size_t offset;      /* where it starts, in bytes of the text */
};

struct lexer {
	struct slice text;  /* all of it; tokens point into it */
	struct place where; /* of its first byte */
	size_t at;          /* where the next token is sought */
};

/* Starts at the front of text, which the lexer borrows; where is its place. */
void lexer_init(struct lexer *l, struct slice text, struct place where);

/*
 * Takes the next token.  Returns 0, also at the end, or -1 and the fault where
 * a quote or a brace is not closed.
 */
int lexer_next(struct lexer *l, struct token *t, struct fault *f);

/*
 * Takes /body/flags, if that is what comes next; in body, \/ closes nothing.
 * Returns 1; 0 where something else stands there, which lexer_next() then
 * takes; or -1 and the fault where no / closes it.
 */
int lexer_pattern(
    struct lexer *l, struct slice *body, struct slice *flags, struct fault *f);

/* Whether it is of this kind and its text is the C string text. */
bool token_is(const struct token *t, enum token_kind kind, const char *text);

#endif
