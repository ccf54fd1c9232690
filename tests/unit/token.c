#include "token.h"

#include "buf.h"
#include "test.h"

static struct fault fault;

static struct lexer
lexer(const char *text)
{
	struct lexer l;

	lexer_init(&l, slice_of(text), (struct place){"t.tsv", 4, 7});
	return l;
}

/* The tokens of a text as "kind[text] ", or the fault. */
static const char *
dump(const char *text)
{
	static const char *const kinds[] = {"end", "word", "quoted", "braced",
	    "comma", "open", "close", "sign", "other"};
	static struct buf out;
	struct lexer l = lexer(text);
	struct token t;

	buf_clear(&out);
	do {
		if (lexer_next(&l, &t, &fault) < 0)
			return buf_str(&fault.text);
		buf_addf(&out, "%s[%.*s] ", kinds[t.kind], SLICE_ARG(t.text));
	} while (t.kind != TOKEN_END);
	return buf_str(&out);
}

static void
check(const char *text, const char *want)
{
	CHECK_SLICE(slice_of(dump(text)), want);
}

static void
words_signs_and_quoted_texts_are_told_apart(void)
{
	check("", "end[] ");
	check(" \t\r\n", "end[] ");
	check("a in b,c", "word[a] word[in] word[b] comma[,] word[c] end[] ");
	check(
	    "(a='x y')", "open[(] word[a] sign[=] quoted[x y] close[)] end[] ");
	check("{Call Nr}!=\"it's\"",
	    "braced[Call Nr] sign[!=] quoted[it's] end[] ");
	check("a-1*é", "word[a-1*é] end[] ");
}

static void
the_longest_sign_is_taken(void)
{
	check("< <= > >= = != ~ !~",
	    "sign[<] sign[<=] sign[>] sign[>=] sign[=] sign[!=] sign[~] "
	    "sign[!~] end[] ");
	check("==~=", "sign[=] sign[=] sign[~] sign[=] end[] ");
	check("!/}", "other[!] other[/] other[}] end[] ");
}

static void
a_token_keeps_its_place_and_how_it_stands(void)
{
	struct lexer l = lexer("ab  'c d'");
	struct token t;

	CHECK(lexer_next(&l, &t, &fault) == 0);
	CHECK(t.offset == 0 && token_is(&t, TOKEN_WORD, "ab"));
	CHECK(!token_is(&t, TOKEN_QUOTED, "ab"));
	CHECK(!token_is(&t, TOKEN_WORD, "a"));
	CHECK(lexer_next(&l, &t, &fault) == 0);
	CHECK(t.offset == 4);
	CHECK_SLICE(t.text, "c d");
	CHECK_SLICE(t.whole, "'c d'");
	CHECK(lexer_next(&l, &t, &fault) == 0);
	CHECK(t.kind == TOKEN_END && t.offset == 9);
	CHECK(lexer_next(&l, &t, &fault) == 0);
	CHECK(t.kind == TOKEN_END);
}

static void
a_long_token_is_shown_cut(void)
{
	char text[100];
	struct lexer l;
	struct token t;

	memset(text, 'a', sizeof text);
	lexer_init(
	    &l, (struct slice){text, sizeof text}, (struct place){NULL, 0, 0});
	CHECK(lexer_next(&l, &t, &fault) == 0);
	CHECK(t.text.n == sizeof text && t.whole.n == TOKEN_SHOWN_BYTES);
}

static void
what_is_not_closed_is_named_with_its_place(void)
{
	check("a 'b", "t.tsv:4:9: no ' closes this '");
	check("\"", "t.tsv:4:7: no \" closes this \"");
	check("{a", "t.tsv:4:7: no } closes this {");
}

/* Takes a pattern and shows it as "body|flags", then where it went on. */
static void
check_pattern(const char *text, int want, const char *shown, size_t at)
{
	struct lexer l = lexer(text);
	struct slice body = {"", 0}, flags = {"", 0};
	struct buf out = {0};

	CHECK(lexer_pattern(&l, &body, &flags, &fault) == want);
	buf_addf(&out, "%.*s|%.*s", SLICE_ARG(body), SLICE_ARG(flags));
	CHECK_SLICE(buf_slice(&out), shown);
	CHECK(l.at == at);
	buf_release(&out);
}

static void
a_pattern_is_taken_with_its_flags(void)
{
	check_pattern(" /a b/ and", 1, "a b|", 6);
	check_pattern("/a/iw)", 1, "a|iw", 5);
	check_pattern("//", 1, "|", 2);
	check_pattern("/a\\/b\\\\/i", 1, "a\\/b\\\\|i", 9);
	check_pattern(" a", 0, "|", 1);
	check_pattern("", 0, "|", 0);
	check_pattern("/a\\/", -1, "|", 0);
	CHECK_SLICE(
	    buf_slice(&fault.text), "t.tsv:4:7: no / closes this pattern");
	check_pattern("  /", -1, "|", 2);
	CHECK_SLICE(
	    buf_slice(&fault.text), "t.tsv:4:9: no / closes this pattern");
}

int
main(void)
{
	RUN(words_signs_and_quoted_texts_are_told_apart);
	RUN(the_longest_sign_is_taken);
	RUN(a_token_keeps_its_place_and_how_it_stands);
	RUN(a_long_token_is_shown_cut);
	RUN(what_is_not_closed_is_named_with_its_place);
	RUN(a_pattern_is_taken_with_its_flags);
	fault_release(&fault);
	return test_done();
}
