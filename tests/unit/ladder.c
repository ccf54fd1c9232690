#include "ladder.h"

#include "test.h"

static struct table table;
static struct ladder ladder;
static struct fault fault;

static int
load(const char *text)
{
	ladder_release(&ladder);
	table_release(&table);
	table = (struct table){0};
	CHECK(table_read(&table, "levels.tsv", slice_of(text), false, &fault) ==
	    0);
	return ladder_load(&ladder, &table, &fault);
}

static size_t
above(const char *role, const char *level)
{
	return ladder_above(&ladder, slice_of(role), slice_of(level));
}

static void
levels_are_sorted_and_those_without_a_role_left_out(void)
{
	CHECK(
	    load("level\tname\tcommand\trole\n"
		 "2\tB\t\thead\n10\tD\t\tgold\n0\tA\t\tdesk\n5\tC\t\t\n") == 0);
	CHECK(ladder.n == 3);
	CHECK_SLICE(ladder.step[0].role, "desk");
	CHECK_SLICE(ladder.step[1].role, "head");
	CHECK(ladder.step[2].level == 10);
	CHECK(ladder_find(&ladder, slice_of("gold")) == &ladder.step[2]);
	CHECK(ladder_find(&ladder, slice_of("nobody")) == NULL);
}

static void
the_level_above_is_the_roles_or_the_records(void)
{
	CHECK(load("level\trole\n0\tdesk\n1\tduty\n2\thead\n") == 0);
	CHECK(above("desk", "2") == 1);
	CHECK(above("duty", "") == 2);
	CHECK(above("head", "0") == 3);
	CHECK(above("someone", "") == 1);
	CHECK(above("someone", "1") == 2);
	CHECK(above("someone", "x") == 1);
	CHECK(above("someone", "99") == 3);
}

static void
a_broken_table_is_refused_with_its_place(void)
{
	CHECK(load("level\trole\n0\tdesk\none\tduty\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "levels.tsv:3:1: level 'one': a whole number was expected");
	CHECK(load("level\trole\n1\tdesk\n1\tduty\n") < 0);
	CHECK_SLICE(fault_reason(&fault), "level 1 is there twice");
	CHECK(load("level\trole\n1\t\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "levels.tsv: no level has a role: nobody is the last resort");
}

int
main(void)
{
	RUN(levels_are_sorted_and_those_without_a_role_left_out);
	RUN(the_level_above_is_the_roles_or_the_records);
	RUN(a_broken_table_is_refused_with_its_place);
	ladder_release(&ladder);
	table_release(&table);
	fault_release(&fault);
	return test_done();
}
