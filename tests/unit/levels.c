#include "levels.h"

#include "test.h"

static struct table table;
static struct levels levels;
static struct fault fault;

static int
load(const char *text)
{
	levels_release(&levels);
	table_release(&table);
	table = (struct table){0};
	CHECK(table_read(&table, "levels.tsv", slice_of(text), false, &fault) ==
	    0);
	return levels_load(&levels, &table, &fault);
}

static size_t
above(const char *role, const char *level)
{
	return levels_above(&levels, slice_of(role), slice_of(level));
}

static void
levels_are_sorted(void)
{
	CHECK(load("level\tname\tcommand\trole\n"
		   "2\tB\t\thead\n10\tD\t\tgold\n0\tA\t\t\n5\tC\t\t\n") == 0);
	CHECK(levels.n == 4);
	CHECK_SLICE(levels.level[1].role, "head");
	CHECK(levels.level[3].number == 10);
	CHECK(levels_led_by(&levels, slice_of("gold")) == &levels.level[3]);
	CHECK(levels_led_by(&levels, slice_of("nobody")) == NULL);
	CHECK(levels_find(&levels, slice_of("5")) == &levels.level[2]);
	CHECK(levels_find(&levels, slice_of("05")) == &levels.level[2]);
	CHECK(levels_find(&levels, slice_of("3")) == NULL);
	CHECK(levels_find(&levels, slice_of("x")) == NULL);
	CHECK(levels_with_role(&levels, 0) == 1);
	CHECK(levels_with_role(&levels, 2) == 3);
	CHECK(levels_with_role(&levels, 4) == 4);
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
	/* where nobody was named, the record's own level */
	CHECK(above("", "1") == 1);
	CHECK(above("", "") == 0);
	CHECK(above("", "99") == 3);
}

static void
a_broken_table_is_refused_with_its_place(void)
{
	CHECK(load("level\trole\n0\tdesk\none\tduty\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "levels.tsv:3:1: level 'one': a whole number up to 1000000 was "
	    "expected");
	CHECK(load("level\trole\n1\tdesk\n1\tduty\n") < 0);
	CHECK_SLICE(fault_reason(&fault), "level 1 is there twice");
}

int
main(void)
{
	RUN(levels_are_sorted);
	RUN(the_level_above_is_the_roles_or_the_records);
	RUN(a_broken_table_is_refused_with_its_place);
	levels_release(&levels);
	table_release(&table);
	fault_release(&fault);
	return test_done();
}
