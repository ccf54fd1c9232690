#include "pattern.h"

#include <stdlib.h>
#include <time.h>

#include "test.h"

#define MIB ((size_t)1024 * 1024)

static struct pattern *
make(const char *body, const char *flags)
{
	struct fault f = {0};
	struct place where = {"t.tsv", 3, 10};
	struct pattern *p =
	    pattern_new(slice_of(body), slice_of(flags), where, &f);

	if (p == NULL)
		printf("# %s: %s\n", body, buf_str(&f.text));
	CHECK(p != NULL);
	fault_release(&f);
	return p;
}

static int
search(const char *body, const char *flags, struct slice text)
{
	struct pattern_scratch *s = pattern_scratch_new();
	struct pattern *p = make(body, flags);
	int found = p != NULL ? pattern_match(p, text, s) : -2;

	pattern_free(p);
	pattern_scratch_free(s);
	return found;
}

static int
in(const char *body, const char *flags, const char *text)
{
	return search(body, flags, slice_of(text));
}

static void
finds_words_and_their_absence(void)
{
	CHECK(in("\\bdrill\\b", "", "a drill today") == PATTERN_YES);
	CHECK(in("\\bdrill\\b", "", "drilling") == PATTERN_NO);
	CHECK(in("", "", "") == PATTERN_YES);
	CHECK(in("x", "", "") == PATTERN_NO);
	CHECK(search("x", "", (struct slice){NULL, 0}) == PATTERN_NO);
}

static void
flags_do_what_pcre2_says(void)
{
	CHECK(in("straße", "i", "STRAßE") == PATTERN_YES);
	CHECK(in("^b", "", "a\nb") == PATTERN_NO);
	CHECK(in("^b", "m", "a\nb") == PATTERN_YES);
	CHECK(in("a.b", "", "a\nb") == PATTERN_NO);
	CHECK(in("a.b", "s", "a\nb") == PATTERN_YES);
	CHECK(in("a b", "xi", "AB") == PATTERN_YES);
	CHECK(in("a\\/b", "", "a/b") == PATTERN_YES);
}

static void
unicode_counts_as_letters(void)
{
	CHECK(in("^\\w+$", "", "Größe") == PATTERN_YES);
	CHECK(in("^.$", "", "\xc3\xa9") == PATTERN_YES);
	CHECK(in("k", "i", "\xe2\x84\xaa") == PATTERN_YES); /* U+212A */
}

static void
bytes_that_are_not_utf8_match_nothing(void)
{
	CHECK(in("ok", "", "\xff\xfeok\xff") == PATTERN_YES);
	CHECK(in("^.ok", "", "\xffok") == PATTERN_NO);
}

static void
check_fault(const char *body, const char *flags, const char *want)
{
	struct fault f = {0};
	struct place where = {"t.tsv", 3, 10};
	struct pattern *p =
	    pattern_new(slice_of(body), slice_of(flags), where, &f);

	CHECK(p == NULL);
	CHECK_SLICE(buf_slice(&f.text), want);
	pattern_free(p);
	fault_release(&f);
}

static void
a_wrong_pattern_names_the_column(void)
{
	check_fault("ab[", "",
	    "t.tsv:3:13: pattern: missing terminating ] for character class");
	check_fault(
	    "a(b", "", "t.tsv:3:13: pattern: missing closing parenthesis");
	check_fault("ab", "iq",
	    "t.tsv:3:14: unknown flag 'iq' after the pattern: i, m, s or x was "
	    "expected");
	check_fault("a\\Cb", "",
	    "t.tsv:3:13: pattern: using \\C is disabled by the application");
	check_fault("(*NO_JIT)a", "", "t.tsv:3:10: pattern: bad JIT option");
	check_fault(
	    "(?(?C9)(?=a)b|c)", "", "t.tsv:3:10: pattern: no more memory");
}

static void
a_hostile_pattern_is_a_fault(void)
{
	char body[PATTERN_MAX_BODY + 1];
	struct fault f = {0};

	memset(body, 'a', sizeof body);
	CHECK(pattern_new((struct slice){body, sizeof body}, (struct slice){0},
		  (struct place){0}, &f) == NULL);
	memset(body, '(', sizeof body / 2);
	memset(body + sizeof body / 2, ')', sizeof body / 2);
	CHECK(pattern_new((struct slice){body, sizeof body - 1},
		  (struct slice){0}, (struct place){0}, &f) == NULL);
	CHECK(pattern_new(slice_of("(((a{1,999}){1,999}){1,999}){1,999}"),
		  (struct slice){0}, (struct place){0}, &f) == NULL);
	fault_release(&f);
}

static void
groups_are_views_of_the_text(void)
{
	struct pattern_scratch *s = pattern_scratch_new();
	struct pattern *one = make("^(\\d+)(x)? - (\\w+)$", "");
	struct pattern *two = make("a\\Kb", "");

	CHECK(pattern_groups(one) == 3);
	CHECK(pattern_match(one, slice_of("17 - high"), s) == PATTERN_YES);
	CHECK_SLICE(pattern_group(s, 0), "17 - high");
	CHECK_SLICE(pattern_group(s, 1), "17");
	CHECK_SLICE(pattern_group(s, 2), "");
	CHECK_SLICE(pattern_group(s, 3), "high");
	CHECK_SLICE(pattern_group(s, 4), "");
	CHECK(pattern_match(one, slice_of("none"), s) == PATTERN_NO);
	CHECK_SLICE(pattern_group(s, 1), "");
	pattern_match(two, slice_of("ab"), s);
	CHECK_SLICE(pattern_group(s, 0), "b");
	pattern_free(one);
	pattern_free(two);
	pattern_scratch_free(s);
}

static double
cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Searches n bytes of fill with an odd byte in the middle and at the end. */
static int
flood(const char *body, size_t n, const char *fill)
{
	char *text = malloc(n);
	double before = cpu_s(), took;
	int found;

	for (size_t i = 0; i < n; i++)
		text[i] = fill[i % strlen(fill)];
	text[n / 2] = text[n - 1] = '!';
	found = search(body, "", (struct slice){text, n});
	took = cpu_s() - before;
	if (took > 0.9)
		printf("# %s on %zu: %.2f s\n", body, n, took);
#ifndef __SANITIZE_ADDRESS__
	CHECK(took < 0.9);
#endif
	free(text);
	return found;
}

static void
an_explosive_pattern_ends_at_a_limit(void)
{
	CHECK(flood("(a+)+$", MIB, "a") == PATTERN_LIMIT);
	CHECK(flood("(a+)+$", 41, "a") == PATTERN_LIMIT);
	CHECK(flood("(x+x+)+y", MIB, "x") == PATTERN_LIMIT);
	CHECK(flood("(?:a|aa)+$", MIB, "a") == PATTERN_LIMIT);
}

/* Quadratic and worse, with work that a match limit does not see. */
static const char *const slow[] = {"x+[yz]", "x(?=x*[yz])", "x+?[yz]",
    "(?:(?=x*)x)+[yz]", "(?:(?=x*[yz])x|x)+?[yz]", "x{60000}[yz]",
    "(?<=x{60000})[yz]|x{60000}[yz]", "^(x*)!(?:\\1b|x)+[yz]",
    "^(x*)!(?:\\1[bc]|\\1[de]|x)+[yz]", "(*sr:x*)[yz]", "(x)(?1)*[yz]",
    "\\X+[yz]", "(?i)(x*)!(?:\\1b|x)+[yz]", "[\\p{L}]+\\d", "\\w+@", ".*[yz]",
    "(?:\\w*+\\b){3}\\W[yz]", "(?<!x{255})[yz]|(x)+[yz]", "(?:x?){1000}[yz]",
    "(((((x*)*)*)*)*)*[yz]"};

static void
a_slow_search_ends_soon(void)
{
	static const char *const fill[] = {"x", "xxxxxxxxxxxxxx ", "é", "ж!"};

	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
		for (size_t k = 0; k < 4; k++) {
			flood(slow[i], MIB, fill[k]);
			flood(slow[i], PATTERN_SHORT, fill[k]);
			flood(slow[i], 40000, fill[k]);
		}
	}
}

static void
a_plain_search_of_a_long_text_has_an_answer(void)
{
	static const char words[] = "the quick brown fox ran 2,026 miles; ";

	CHECK(flood("\\b(drill|exercise)\\b", 8 * MIB, words) == PATTERN_NO);
	CHECK(flood("(?i)\\bransom\\w*", 8 * MIB, words) == PATTERN_NO);
	CHECK(flood("\\d,\\d+ hours", MIB, words) == PATTERN_NO);
	CHECK(flood("[\\w.]+@\\w+", MIB, words) == PATTERN_NO);
	CHECK(flood("^the.*(!)$", MIB, words) == PATTERN_YES);
	CHECK(flood("a", PATTERN_MAX_TEXT + 1, "b") == PATTERN_LIMIT);
}

int
main(void)
{
	RUN(finds_words_and_their_absence);
	RUN(flags_do_what_pcre2_says);
	RUN(unicode_counts_as_letters);
	RUN(bytes_that_are_not_utf8_match_nothing);
	RUN(a_wrong_pattern_names_the_column);
	RUN(a_hostile_pattern_is_a_fault);
	RUN(groups_are_views_of_the_text);
	RUN(an_explosive_pattern_ends_at_a_limit);
	RUN(a_slow_search_ends_soon);
	RUN(a_plain_search_of_a_long_text_has_an_answer);
	return test_done();
}
