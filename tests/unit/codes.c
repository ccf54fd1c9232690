#include "codes.h"

#include "test.h"

static const char text[] = "field\tcode\tword\tspoken\tmap\n"
			   "priority\tP1\tCritical\tpriority one\n"
			   "priority\tP2\tHigh\n"
			   "priority\tP3\n"
			   "status\tP1\tother\n";

static void
a_value_has_its_word_and_its_sound(void)
{
	struct slice priority = SLICE("priority"), status = SLICE("status");
	struct slice p1 = SLICE("P1"), p2 = SLICE("P2"), p3 = SLICE("P3");
	struct slice p4 = SLICE("P4");
	struct fault f = {0};
	struct table t = {0};
	struct codes c = {0};

	CHECK(table_read(&t, "codes.tsv", slice_of(text), false, &f) == 0);
	CHECK(codes_load(&c, &t, &f) == 0);
	CHECK(c.n == 4);
	CHECK_SLICE(c.code[1].code, "P2");
	CHECK_SLICE(codes_word(&c, priority, p1), "Critical");
	CHECK_SLICE(codes_spoken(&c, priority, p1), "priority one");
	CHECK_SLICE(codes_spoken(&c, priority, p2), "High");
	CHECK_SLICE(codes_spoken(&c, priority, p3), "P3");
	CHECK_SLICE(codes_word(&c, priority, p4), "P4");
	CHECK_SLICE(codes_word(&c, status, p1), "other");
	CHECK(codes_find(&c, status, p2) == NULL);
	codes_release(&c);
	CHECK_SLICE(codes_word(&c, priority, p1), "P1");
	table_release(&t);
	fault_release(&f);
}

static void
check_fault(const char *rows, const char *want)
{
	struct buf all = {0};
	struct fault f = {0};
	struct table t = {0};
	struct codes c = {0};

	buf_addf(&all, "field\tcode\tword\n%s", rows);
	CHECK(table_read(&t, "c.tsv", buf_slice(&all), false, &f) == 0);
	CHECK(codes_load(&c, &t, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text), want);
	codes_release(&c);
	table_release(&t);
	buf_release(&all);
	fault_release(&f);
}

static void
what_is_wrong_is_named_with_its_place(void)
{
	check_fault(
	    "\tP1\n", "c.tsv:2:1: a field was expected, the name of a column");
	check_fault("priority\t\tx\n", "c.tsv:2:10: a code was expected");
	check_fault("priority\tP1\npriority\tP1\n",
	    "c.tsv:3:10: code 'P1' of 'priority' is there twice");
}

int
main(void)
{
	RUN(a_value_has_its_word_and_its_sound);
	RUN(what_is_wrong_is_named_with_its_place);
	return test_done();
}
