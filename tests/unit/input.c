#include "input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"

static struct fault fault;

static void
an_operand_is_looked_at_before_it_is_opened(void)
{
	close(open(in_dir("file"), O_WRONLY | O_CREAT, 0600));
	CHECK(mkfifo(in_dir("pipe"), 0600) == 0);
	CHECK(input_look(in_dir("file"), &fault) == 1);
	CHECK(input_look(in_dir("pipe"), &fault) == 0);
	CHECK(input_look("-", &fault) == 0);
	CHECK(input_look(dir, &fault) == -1);
	CHECK_SLICE(dir_said(&fault), ": is a directory, a file was expected");
	unlink(in_dir("file"));
	unlink(in_dir("pipe"));
	CHECK(input_look(in_dir("file"), &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "open '/file': No such file or directory");
}

int
main(void)
{
	dir_begin();
	RUN(an_operand_is_looked_at_before_it_is_opened);
	dir_end();
	fault_release(&fault);
	return test_done();
}
