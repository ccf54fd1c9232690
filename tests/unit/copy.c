#include "copy.h"

#include <unistd.h>

#include "dir.h"
#include "files.h"
#include "test.h"

#define SEGMENT "00000000000001.tsv"

static struct fault fault;

static void
a_log_s_segments_without_its_lock_are_a_copy(void)
{
	CHECK(!copy_is(dir));
	CHECK(!copy_is(in_dir("none")));
	dir_put(SEGMENT, "header\n");
	CHECK(copy_is(dir));
	dir_put("lock", "");
	CHECK(!copy_is(dir));
	unlink(in_dir("lock"));
}

static void
it_is_refused_by_its_name(void)
{
	CHECK(copy_refuse(dir, &fault) == -1);
	CHECK_SLICE(fault_file(&fault), dir);
	CHECK(slice_starts(fault_reason(&fault), "is a copy of a log: "));
}

static void
it_is_made_a_log(void)
{
	CHECK(copy_make_log(dir, &fault) == 0);
	CHECK(!copy_is(dir) && file_exists(in_dir("lock")));
	CHECK(copy_make_log(dir, &fault) == 0);
	copy_take_back(dir);
	CHECK(copy_is(dir));
}

static void
until_the_end_of_a_restoration_it_stays_a_copy(void)
{
	CHECK(copy_begin_restore(dir, &fault) == 0);
	CHECK(copy_is(dir) && file_exists(in_dir("lock")));
	CHECK(copy_end_restore(dir, &fault) == 0);
	CHECK(!copy_is(dir));
	CHECK(copy_end_restore(dir, &fault) == 0);
	CHECK(copy_begin_restore(dir, &fault) == 0);
	dir_put("synced", "");
	copy_take_back(dir);
	CHECK(copy_is(dir));
	CHECK(!file_exists(in_dir("lock")) && !file_exists(in_dir("synced")));
	CHECK(file_exists(in_dir(SEGMENT)));
}

static void
what_can_t_be_made_or_removed_is_a_fault(void)
{
	CHECK(copy_make_log(in_dir("none"), &fault) == -1);
	CHECK(copy_begin_restore(in_dir("none"), &fault) == -1);
	CHECK(copy_end_restore(in_dir(SEGMENT), &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "remove '"));
}

int
main(void)
{
	dir_begin();
	RUN(a_log_s_segments_without_its_lock_are_a_copy);
	RUN(it_is_refused_by_its_name);
	RUN(it_is_made_a_log);
	RUN(until_the_end_of_a_restoration_it_stays_a_copy);
	RUN(what_can_t_be_made_or_removed_is_a_fault);
	fault_release(&fault);
	dir_end();
	return test_done();
}
