#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dir.h"
#include "test.h"

static char *const nothing[] = {NULL};
static struct fault fault;
static struct buf out;

/* Runs a script of sh with an input; returns its status, its output in out. */
static int
run(char *script, char *const *own, char *const *envp, struct slice input)
{
	char *const argv[] = {"/bin/sh", "-c", script, NULL};
	struct command m;
	struct pollfd end;
	char block[512];
	ssize_t n = 1;
	int status;

	buf_clear(&out);
	CHECK(command_start(&m, argv, own, envp, input, dir, &fault) == 0);
	CHECK(m.pid > 0 && m.error == 0 && m.out >= 0 && m.err >= 0);
	end = (struct pollfd){.fd = m.out, .events = POLLIN};
	while (n > 0) {
		poll(&end, 1, -1);
		n = read(m.out, block, sizeof block);
		buf_add(&out, block, n > 0 ? (size_t)n : 0);
	}
	CHECK(n == 0);
	close(m.out);
	close(m.err);
	CHECK(waitpid(m.pid, &status, 0) == m.pid);
	return status;
}

static void
it_gets_its_input_and_its_output_is_read(void)
{
	CHECK(run("cat; exit 7", nothing, nothing, slice_of("a\nb")) == 7 << 8);
	CHECK_SLICE(buf_slice(&out), "a\nb");
	CHECK(run("cat", nothing, nothing, (struct slice){NULL, 0}) == 0);
	CHECK_SLICE(buf_slice(&out), "");
	CHECK(rmdir(dir) == 0); /* no file is left in it */
	CHECK(mkdir(dir, 0700) == 0);
}

static void
own_variables_take_the_place_of_others(void)
{
	char *const own[] = {"A=own", "C=3", NULL};
	char *const envp[] = {"A=other", "AB=2", "B=", NULL};

	run("echo \"$A $AB ${B-none} $C\"; env | grep -c ^A=", own, envp,
	    slice_of(""));
	CHECK_SLICE(buf_slice(&out), "own 2  3\n1\n");
}

static void
it_has_a_group_of_its_own_and_the_signals_defaults(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old;

	sigaction(SIGTERM, &ignore, &old);
	CHECK(WTERMSIG(run("kill -s TERM -- -$$; sleep 60", nothing, nothing,
		  slice_of(""))) == SIGTERM);
	sigaction(SIGTERM, &old, NULL);
}

static void
it_has_no_descriptor_beyond_the_standard_ones(void)
{
	int fd = open("/dev/null", O_RDONLY);

	fd = fcntl(fd, F_DUPFD, 9);
	CHECK(fd == 9);
	command_keep_descriptors();
	run("if { : <&9; } 2>/dev/null; then echo open; fi", nothing, nothing,
	    slice_of(""));
	CHECK_SLICE(buf_slice(&out), "");
	close(fd);
}

static void
one_that_can_t_be_run_says_why(void)
{
	char *const none[] = {"/nonexistent/command", NULL};
	char *const closed[] = {"/etc/passwd", NULL};
	struct command m;

	CHECK(command_start(
		  &m, none, nothing, nothing, slice_of("x"), dir, &fault) == 0);
	CHECK(m.pid == 0 && m.error == ENOENT && m.out == -1 && m.err == -1);
	CHECK(command_start(&m, closed, nothing, nothing, slice_of("x"), dir,
		  &fault) == 0);
	CHECK(m.pid == 0 && m.error == EACCES && m.out == -1 && m.err == -1);
}

static void
without_a_place_for_its_input_it_is_a_fault(void)
{
	char *const argv[] = {"/bin/true", NULL};
	struct command m;

	CHECK(command_start(&m, argv, nothing, nothing, slice_of("x"),
		  in_dir("none"), &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "create '"));
	CHECK(m.pid == 0 && m.out == -1 && m.err == -1);
}

int
main(void)
{
	dir_begin();
	RUN(it_gets_its_input_and_its_output_is_read);
	RUN(own_variables_take_the_place_of_others);
	RUN(it_has_a_group_of_its_own_and_the_signals_defaults);
	RUN(it_has_no_descriptor_beyond_the_standard_ones);
	RUN(one_that_can_t_be_run_says_why);
	RUN(without_a_place_for_its_input_it_is_a_fault);
	dir_end();
	fault_release(&fault);
	buf_release(&out);
	return test_done();
}
