#include "fault.h"

#include <errno.h>

#include "test.h"

static void
a_fault_says_its_place_as_far_as_it_is_known(void)
{
	struct fault f = {0};

	CHECK(fault_at(&f, (struct place){0}, "no %s", "good") == -1);
	CHECK_SLICE(buf_slice(&f.text), "no good");
	CHECK_SLICE(fault_reason(&f), "no good");
	CHECK_SLICE(fault_file(&f), "");
	fault_at(&f, (struct place){"a.tsv", 0, 0}, "empty");
	CHECK_SLICE(buf_slice(&f.text), "a.tsv: empty");
	fault_at(&f, (struct place){"a.tsv", 3, 0}, "short");
	CHECK_SLICE(buf_slice(&f.text), "a.tsv:3: short");
	fault_at(&f, (struct place){"a.tsv", 3, 14}, "long");
	CHECK_SLICE(buf_slice(&f.text), "a.tsv:3:14: long");
	CHECK_SLICE(fault_reason(&f), "long");
	CHECK_SLICE(fault_file(&f), "a.tsv");
	CHECK(f.line == 3 && f.column == 14);
	fault_release(&f);
}

static void
a_part_of_a_cell_has_its_own_column(void)
{
	struct slice cell = SLICE("a = b");
	struct place at = {"a.tsv", 3, 14};

	CHECK(place_in(at, cell, cell.p).column == 14);
	CHECK(place_in(at, cell, cell.p + 4).column == 18);
	CHECK(place_in(at, cell, cell.p + cell.n).column == 19);
	at.column = 0;
	CHECK(place_in(at, cell, cell.p + 4).column == 0);
}

static void
what_the_system_refused_is_said_with_its_name(void)
{
	struct fault f = {0};

	errno = ENOENT;
	CHECK(fault_errno(&f, "open", "x") == -1);
	CHECK_SLICE(buf_slice(&f.text), "open 'x': No such file or directory");
	fault_release(&f);
}

static void
the_nearest_name_is_suggested_where_one_is_near(void)
{
	const struct slice names[] = {SLICE("severity"), SLICE("state")};
	struct fault f = {0};

	fault_at(&f, (struct place){0}, "unknown field 'sevrity'");
	CHECK(fault_suggest(&f, slice_of("sevrity"), names, 2) == -1);
	CHECK_SLICE(buf_slice(&f.text),
	    "unknown field 'sevrity' (did you mean 'severity'?)");
	fault_at(&f, (struct place){0}, "unknown field 'colour'");
	fault_suggest(&f, slice_of("colour"), names, 2);
	CHECK_SLICE(buf_slice(&f.text), "unknown field 'colour'");
	fault_release(&f);
}

static void
a_fault_is_passed_on_with_its_place(void)
{
	struct fault f = {0}, other = {0};

	fault_at(&f, (struct place){"before.tsv", 1, 1}, "before");
	fault_at(&other, (struct place){"a.tsv", 3, 14}, "long");
	CHECK(fault_pass(&f, &other) == -1);
	fault_release(&other);
	CHECK_SLICE(buf_slice(&f.text), "a.tsv:3:14: long");
	CHECK_SLICE(fault_reason(&f), "long");
	CHECK_SLICE(fault_file(&f), "a.tsv");
	CHECK(f.line == 3 && f.column == 14);
	fault_release(&f);
}

static void
faults_are_kept_in_their_order_up_to_a_number(void)
{
	struct faults all = {0};
	struct fault f = {0}, alone = {0};

	fault_at(&alone, (struct place){0}, "alone");
	CHECK(fault_keep(&alone) == -1);
	CHECK(fault_count(&alone) == 0);
	fault_release(&alone);
	f.kept = &all;
	CHECK(fault_keep(&f) == 0 && fault_count(&f) == 0);
	for (size_t i = 1; i <= FAULTS_MOST; i++) {
		fault_at(&f, (struct place){"a.tsv", i, 0}, "wrong");
		CHECK(fault_keep(&f) == 0);
		CHECK(f.text.n == 0);
	}
	CHECK(fault_count(&f) == FAULTS_MOST && !all.more);
	CHECK(all.fault[1].line == 2);
	CHECK_SLICE(fault_reason(&all.fault[FAULTS_MOST - 1]), "wrong");
	fault_at(&f, (struct place){0}, "one more");
	CHECK(fault_keep(&f) == -1);
	CHECK_SLICE(buf_slice(&f.text), "one more");
	CHECK(all.more && all.n == FAULTS_MOST);
	fault_release(&f);
	faults_release(&all);
	CHECK(all.n == 0 && !all.more);
}

int
main(void)
{
	RUN(a_fault_says_its_place_as_far_as_it_is_known);
	RUN(a_part_of_a_cell_has_its_own_column);
	RUN(what_the_system_refused_is_said_with_its_name);
	RUN(the_nearest_name_is_suggested_where_one_is_near);
	RUN(a_fault_is_passed_on_with_its_place);
	RUN(faults_are_kept_in_their_order_up_to_a_number);
	return test_done();
}
