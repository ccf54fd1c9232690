#include "literals.h"

#include "buf.h"
#include "test.h"

/*
 * Shows what is found in a pattern: parts with " + " between, literals with
 * commas, each as [pump] with its \b as < and >, ~ where it is caseless, =
 * where it is the whole pattern.
 */
static struct slice
show(const char *body, const char *flags)
{
	static struct buf out;
	struct arena arena = {0};
	struct literals l =
	    literals_find(slice_of(body), slice_of(flags), &arena);

	buf_clear(&out);
	for (size_t part = 0; part < l.n; part++) {
		buf_add_str(&out, part > 0 ? " + " : "");
		for (size_t i = 0; i < l.part[part].n; i++) {
			const struct literal *x = &l.part[part].literal[i];

			buf_addf(&out, "%s%s%.*s%s%s%s", i > 0 ? "," : "",
			    x->left ? "<" : "[", (int)x->n, x->text,
			    x->right ? ">" : "]", x->caseless ? "~" : "",
			    x->whole ? "=" : "");
		}
	}
	arena_release(&arena);
	if (body[0] == '\0') /* the last call */
		buf_release(&out);
	return buf_slice(&out);
}

#define FINDS(body, want) CHECK_SLICE(show(body, ""), want)
#define NOTHING(body) CHECK_SLICE(show(body, ""), "")

static void
a_plain_pattern_is_its_literal(void)
{
	FINDS("pump", "[pump]=");
	FINDS("\\bpump is down\\b", "<pump is down>=");
	FINDS("\\bpump", "<pump]=");
	FINDS("10\\.0\\.\\-\\/", "[10.0.-/]=");
	FINDS("a\\tb\\n", "[a\tb\n]=");
	FINDS("\xc3\xbc"
	      "ber",
	    "[\xc3\xbc"
	    "ber]=");
	NOTHING("p");
	NOTHING("");
}

static void
alternatives_are_spelled_out(void)
{
	FINDS("pump|drain", "[pump]=,[drain]=");
	FINDS("\\b(pump|drain) is (?:up|down)\\b",
	    "<pump is up>=,<pump is down>=,<drain is up>=,<drain is down>=");
	FINDS("\\bpumps?\\b", "<pumps>=,<pump>=");
	FINDS("gr[ae]y", "[gray]=,[grey]=");
	FINDS("(?:\\bred|blue\\b)", "<red]=,[blue>=");
	FINDS("(?<colour>red|blue)", "[red]=,[blue]=");
	FINDS("(?'c'red)|(?P<d>blue)", "[red]=,[blue]=");
	NOTHING("pump|");
	NOTHING("pump|x");
	NOTHING("(?:pump)?");
	NOTHING("pump|\\w+");
	FINDS("pump\\d|drain\\w", "[pump],[drain]");
}

static void
what_varies_ends_a_literal(void)
{
	FINDS("\\bpump\\b.*\\bdrain\\b", "<drain> + <pump>");
	FINDS("pump[0-9]drain", "[drain] + [pump]");
	FINDS("ab+cd", "[ab] + [cd]");
	FINDS("ab*cd", "[cd]");
	FINDS("(?:pump){2}x", "[pump]");
	FINDS("(?:pump){0,3}drain", "[drain]");
	FINDS("a.bcd.ef.ghi", "[bcd] + [ghi]");
	FINDS("\\bERR-\\d+\\b", "<ERR-]");
	FINDS("\\p{Lu}pump\\PLdrain", "[drain] + [pump]");
	FINDS("[[:alpha:]]pump[^]x]", "[pump]");
	FINDS("a{2}{0}pump", "[pump]");
	NOTHING("a.b.c");
}

static void
places_only_ask_for_more(void)
{
	FINDS("^pump$", "[pump]");
	FINDS("pump(?=drain)", "[pump]");
	FINDS("(?<!not )(?<=is )pump(?!s)", "[pump]");
	FINDS("pump\\B", "[pump]");
	FINDS("red\\b blue", "[red blue]");
	FINDS("(?>pump|pum)p", "[pumpp],[pump]");
	FINDS("pump\\Ks", "[pumps]");
}

static void
letters_of_both_cases_fold(void)
{
	CHECK_SLICE(show("Pump", "i"), "[pump]~=");
	CHECK_SLICE(show("(?i)Pump", ""), "[pump]~=");
	CHECK_SLICE(show("(?i:Pu)mp", ""), "[pump]~");
	CHECK_SLICE(show("(?-i)Pump", "i"), "[Pump]=");
	CHECK_SLICE(show("((?i)pump|drain) UP", ""), "[pump up]~,[drain up]~");
	CHECK_SLICE(
	    show("\\bdesk\\b", "i"), "<desk>~=,[\xe2\x84\xaa],[\xc5\xbf]");
	CHECK_SLICE(show("st\xc3\xb6rung", "i"), "[rung]~ + [st]~,[\xc5\xbf]");
}

static void
blanks_and_comments_of_x_mean_nothing(void)
{
	CHECK_SLICE(show(" pu mp # |x\n \\ down", "x"), "[pump down]=");
	CHECK_SLICE(
	    show("pump s ? | (?-x: up)", "x"), "[pumps]=,[pump]=,[ up]=");
	CHECK_SLICE(show("pump + +", "x"), "[pump]");
	CHECK_SLICE(show("pump\xe2\x80\xa8?", "x"), "");
}

static void
what_is_not_known_leaves_nothing(void)
{
	static const char *const bodies[] = {"(*UCP)pump", "(?R)?pump",
	    "(a)\\1pump", "(?|pump|drain)", "(?(?=a)pump|drain)", "\\Qpump\\E",
	    "pump{,3}", "\\x41pump", "(?C)pump", "(?1)pump(a)", "\\g{-1}pump",
	    "(?xx)pump", "[[.a:]x]pump", "[\\x41]pump", "(?#pump)drain",
	    "pump(", "pump)", "pump[a", "pump\\", "*pump"};

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		CHECK_SLICE(show(bodies[i], ""), "");
		if (show(bodies[i], "").n > 0)
			printf("# %s\n", bodies[i]);
	}
}

static void
what_would_be_too_much_is_cut(void)
{
	struct buf body = {0};

	for (int i = 0; i < 60; i++)
		buf_add_char(&body, 'a');
	FINDS(buf_str(&body),
	    "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] + "
	    "[aaaaaaaaaaaa]");
	buf_clear(&body);
	for (int i = 0; i < PIECE_MAX_ALTERNATIVES; i++)
		buf_addf(&body, "%04d|", i);
	body.n--;
	CHECK(show(buf_str(&body), "").n == PIECE_MAX_ALTERNATIVES * 8 - 1);
	buf_add_str(&body, "|pump");
	NOTHING(buf_str(&body));
	buf_clear(&body);
	for (int i = 0; i < 7; i++)
		buf_add_str(&body, "(ab|cd)");
	/* 64 spellings of six, then the seventh alone */
	CHECK(show(buf_str(&body), "").n == 64 * 15 - 1 + 3 + 9);
	buf_release(&body);
}

int
main(void)
{
	RUN(a_plain_pattern_is_its_literal);
	RUN(alternatives_are_spelled_out);
	RUN(what_varies_ends_a_literal);
	RUN(places_only_ask_for_more);
	RUN(letters_of_both_cases_fold);
	RUN(blanks_and_comments_of_x_mean_nothing);
	RUN(what_is_not_known_leaves_nothing);
	RUN(what_would_be_too_much_is_cut);
	show("", "");
	return test_done();
}
