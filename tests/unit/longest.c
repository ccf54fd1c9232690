#include "longest.h"

#include "test.h"

static void
check(const char *pattern, const char *want)
{
	struct buf out = {0};

	CHECK(longest_text(slice_of(pattern), &out));
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
check_none(const char *pattern)
{
	struct buf out = {0};

	CHECK(!longest_text(slice_of(pattern), &out));
	if (longest_text(slice_of(pattern), &out))
		printf("# %s: %s\n", pattern, buf_str(&out));
	buf_release(&out);
}

static void
parts_stand_as_often_as_they_may(void)
{
	check("INC[0-9]{7}", "INC8888888");
	check("^a{2,4}b?c$", "aaaabc");
	check("a{0,2}?b{2}+", "aabb");
	check("(?:ab){1,3}", "ababab");
	check("(é|ab)?-", "ab-");
	check("\\Aa\\.b\\z", "a.b");
	check("a{x}", "a{x}");
}

static void
kinds_of_characters_are_filled(void)
{
	check("\\d{3}", "888");
	check("[[:upper:]]{2}[^a-zA-Z]", "XX8");
	check("[]a]{2}[\\]b]", "aab");
	check("\\p{Lu}\\x{e9}[éè]", "Xéé");
	check(".{7}", "xxxx xx");
	check("[ab ]{6}", "aaaa a");
	check("\\+?[0-9][0-9 ()-]{4,20}", "+888 8888 8888 8888 88");
}

static void
the_longest_choice_is_taken(void)
{
	check("a|bcd|ef", "bcd");
	check("x(a{3}|(b|cc){2})", "xcccc");
	check("ж{3}|abcd", "abcd");
}

static void
what_has_no_bound_has_no_longest_text(void)
{
	check_none("a+");
	check_none("a|b*");
	check_none("a{3,}");
	check_none("([0-9]{4,20}|[^@\\s]+@[^@\\s]+)");
	check_none(".{5000}.{5001}");
	check_none("((((a{100}){100}){100}){100}){100}");
	check_none("");
	check_none("^$");
}

static void
what_is_not_understood_has_no_answer(void)
{
	check_none("(?=a)a");
	check_none("(?i)a");
	check_none("(a)\\1");
	check_none("\\Qa\\E");
	check_none("(*UTF)a");
	check_none("(?<n>a)");
	check_none("a\\Kb");
	check_none("(");
	check_none("[a");
	check_none("a\\");
	check_none("a{3}{2}{");
	/* The longest of all is none by the look behind. */
	check_none("\\Ba");
}

/* A class that ends later than this module takes it to. */
static void
depth_is_bounded(void)
{
	struct buf pattern = {0};

	buf_add_str(&pattern, "[\\c]");
	for (int i = 0; i < 16000; i++)
		buf_add_char(&pattern, '(');
	buf_add_char(&pattern, ']');
	check_none(buf_str(&pattern));
	buf_release(&pattern);
}

int
main(void)
{
	RUN(parts_stand_as_often_as_they_may);
	RUN(kinds_of_characters_are_filled);
	RUN(the_longest_choice_is_taken);
	RUN(what_has_no_bound_has_no_longest_text);
	RUN(depth_is_bounded);
	RUN(what_is_not_understood_has_no_answer);
	return test_done();
}
