#include "domain.h"

#include "surveyed.h"

#define NODE "node\twhen\tnext\t"

static struct slice
found(void)
{
	return found_at("2026-03-02T09:00:00Z", domain_check);
}

/* A pack whose columns a and b have values, and c has not. */
static void
begin(void)
{
	begin_pack();
	put_people();
	put_table("fields", "name\tvalues\na\tred green\nb\t\nc\t\n");
	put_table("codes", "field\tcode\tword\nb\tone\tfirst\na\tblue\tx\n");
}

/* What is found where this is the condition of a boundary. */
static struct slice
found_when(const char *when)
{
	struct buf text = {0};

	buf_addf(
	    &text, "boundary\twhen\tdirection\tlevel\none\t%s\tup\t1\n", when);
	put_table("escalation", buf_str(&text));
	buf_release(&text);
	return found();
}

static void
a_pack_without_conditions_has_no_values(void)
{
	begin_pack();
	CHECK_SLICE(found(), "");
}

static void
a_value_that_a_table_lists_is_known(void)
{
	begin();
	put_table("targets", "priority\trespond\nP1-high\t1h\n");
	CHECK_SLICE(found_when("a = red or a = green"), "");
	CHECK_SLICE(found_when("a = blue and b = one"), "");
	CHECK_SLICE(found_when("priority = P1-high and level = 0"), "");
	CHECK_SLICE(found_when("priority = P1-hihg or level = 2"),
	    "escalation.tsv:2:16 INC404 no table knows 'P1-hihg' as a value "
	    "of 'priority' (did you mean 'P1-high'?)\n"
	    "escalation.tsv:2:35 INC404 no table knows '2' as a value of "
	    "'level'\n");
}

static void
each_of_several_values_is_told_at_its_place(void)
{
	begin();
	CHECK_SLICE(found_when("a in red, one, blue, greem"),
	    "escalation.tsv:2:15 INC404 no table knows 'one' as a value of "
	    "'a'\n"
	    "escalation.tsv:2:26 INC404 no table knows 'greem' as a value of "
	    "'a' (did you mean 'green'?)\n");
}

static void
a_column_without_known_values_may_have_any(void)
{
	begin();
	CHECK_SLICE(found_when("c = red and priority = P9"), "");
}

static void
the_same_in_other_letters_is_meant_before_what_is_near(void)
{
	begin();
	put_table("fields", "name\tvalues\na\trod RED rad\nb\t\nc\t\n");
	CHECK_SLICE(found_when("a = red"),
	    "escalation.tsv:2:9 INC404 no table knows 'red' as a value of 'a' "
	    "(did you mean 'RED'?)\n");
}

static void
only_what_a_column_is_held_equal_to_is_looked_at(void)
{
	begin();
	CHECK_SLICE(
	    found_when("a ~ /pink/ and a > 9 and a is set and a = {b}"), "");
	CHECK_SLICE(found_when("a != pink"),
	    "escalation.tsv:2:10 INC404 no table knows 'pink' as a value of "
	    "'a'\n");
}

static void
what_trees_set_is_looked_at_too(void)
{
	begin();
	put_table("triage",
	    NODE "a\tc\tpriority\nstart\tc = 1\t\tred\tany\tP1\n"
		 "start\t*\t\tpink\t\t\n");
	put_table("call", NODE "b\nstart\tc = 1\t\tone\nstart\t*\t\ttwo\n");
	CHECK_SLICE(found(),
	    "triage.tsv:3:10 INC132 no table knows 'pink' as a value of 'a'\n"
	    "call.tsv:3:10 INC132 no table knows 'two' as a value of 'b'\n");
}

static void
that_a_priority_has_no_target_is_told_once(void)
{
	begin();
	put_table(
	    "triage", NODE "priority\nstart\tc = 1\t\tP1\nstart\t*\t\tP2\n");
	put_table("codes", "field\tcode\tword\npriority\tP1\tfirst\n");
	CHECK_SLICE(found(),
	    "triage.tsv:3:10 INC132 no table knows 'P2' as a value of "
	    "'priority'\n");
	put_table("targets", "priority\trespond\nP1\t1h\n");
	CHECK(slice_starts(
	    found(), "triage.tsv:3:10 INC131 priority 'P2' has no target in "));
	CHECK(strstr(buf_str(&surveyed_found), "INC132") == NULL);
}

static void
words_are_for_columns_or_have_a_use_of_their_own(void)
{
	begin();
	put_table("codes",
	    "field\tcode\tword\na\tred\tx\nstate\tnew\tfresh\n"
	    "phonetic\ta\tAlpha\nreply\tack\tyes\n"
	    "stat\tnew\tfresh\n");
	CHECK_SLICE(found(),
	    "codes.tsv:6:1 INC122 unknown column 'stat' (did you mean "
	    "'state'?)\n");
}

int
main(void)
{
	dir_begin();
	RUN(a_pack_without_conditions_has_no_values);
	RUN(a_value_that_a_table_lists_is_known);
	RUN(each_of_several_values_is_told_at_its_place);
	RUN(a_column_without_known_values_may_have_any);
	RUN(the_same_in_other_letters_is_meant_before_what_is_near);
	RUN(only_what_a_column_is_held_equal_to_is_looked_at);
	RUN(what_trees_set_is_looked_at_too);
	RUN(that_a_priority_has_no_target_is_told_once);
	RUN(words_are_for_columns_or_have_a_use_of_their_own);
	return surveyed_end();
}
