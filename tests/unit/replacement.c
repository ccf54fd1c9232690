#include "replacement.h"

#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "files.h"

static struct fault fault;

static void
a_file_is_replaced_whole(void)
{
	static const struct slice content[] = {
	    SLICE("one\n"), SLICE("two\0three"), SLICE(""), SLICE("longer\n")};

	umask(022);
	for (size_t i = 0; i < sizeof content / sizeof *content; i++) {
		CHECK(replacement_write(dir, "file", content[i], &fault) == 0);
		CHECK(slice_eq(dir_get("file"), content[i]));
		CHECK(dir_mode("file") == 0600);
		CHECK(!file_exists(in_dir("file.tmp")));
	}
	unlink(in_dir("file"));
}

static void
what_cant_be_replaced_leaves_nothing(void)
{
	struct slice content = SLICE("text");

	CHECK(replacement_write(in_dir("no"), "file", content, &fault) == -1);
	CHECK_SLICE(dir_said(&fault),
	    "create '/no/file.tmp': No such file or directory");
	CHECK(mkdir(in_dir("taken"), 0700) == 0);
	CHECK(replacement_write(dir, "taken", content, &fault) == -1);
	CHECK_SLICE(dir_said(&fault), "create '/taken': Is a directory");
	CHECK(!file_exists(in_dir("taken.tmp")));
	CHECK(directory_exists(in_dir("taken")));
	rmdir(in_dir("taken"));
}

int
main(void)
{
	dir_begin();
	RUN(a_file_is_replaced_whole);
	RUN(what_cant_be_replaced_leaves_nothing);
	dir_end();
	fault_release(&fault);
	return test_done();
}
