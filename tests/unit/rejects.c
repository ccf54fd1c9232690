#include "rejects.h"

#include <stdlib.h>
#include <unistd.h>

#include "files.h"
#include "mem.h"
#include "test.h"

static void
a_row_is_kept_whole_with_its_place(void)
{
	char *path = mem_copy("/tmp/inc-unit-XXXXXX", 20);
	int fd = mkstemp(path);
	struct rejects r = {0};
	struct buf text = {0};
	struct fault f = {0};

	CHECK(fd >= 0 && rejects_open(&r, path) == 0);
	CHECK(rejects_add(&r, "x.tsv", 12, slice_of("not UTF-8"),
		  slice_of("1\ta\\b\r")) == 0);
	CHECK(
	    rejects_add(&r, "<stdin>", 3, slice_of("why"), slice_of("")) == 0);
	CHECK(rejects_close(&r) == 0);
	CHECK(rejects_close(&r) == 0);
	rejects_release(&r);
	CHECK(file_read(path, 1000, &text, &f) == 0);
	CHECK_SLICE(buf_slice(&text),
	    "file\tline\treason\trow\n"
	    "x.tsv\t12\tnot UTF-8\t1\\ta\\\\b\\r\n"
	    "<stdin>\t3\twhy\t\n");
	buf_release(&text);
	close(fd);
	unlink(path);
	free(path);
}

static void
without_a_file_nothing_is_kept(void)
{
	struct rejects r = {0};

	CHECK(rejects_add(&r, "x", 1, slice_of("why"), slice_of("row")) == 0);
	CHECK(rejects_close(&r) == 0);
	rejects_release(&r);
}

static void
a_file_that_cannot_be_made_is_a_fault(void)
{
	struct rejects r = {0};

	CHECK(rejects_open(&r, "/nonexistent/x") < 0);
	CHECK_SLICE(buf_slice(&r.out.out.fault.text),
	    "create '/nonexistent/x': No such file or directory");
	rejects_release(&r);
}

int
main(void)
{
	RUN(a_row_is_kept_whole_with_its_place);
	RUN(without_a_file_nothing_is_kept);
	RUN(a_file_that_cannot_be_made_is_a_fault);
	return test_done();
}
