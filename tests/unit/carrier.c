#include "carrier.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "test.h"

#define SLOTS 4

static struct carrier *carrier;
static const struct answer *result;
static size_t ended; /* the slot of that */
static struct fault fault;
static char *const nothing[] = {NULL};
static int child[2];

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void
child_ended(int signal)
{
	int saved = errno;

	(void)signal;
	(void)!write(child[1], "", 1);
	errno = saved;
}

/* Starts a script of the shell. */
static int
start(size_t slot, char *script, struct slice input, int64_t limit_s)
{
	char *argv[] = {"sh", "-c", script, NULL};

	return carrier_start(
	    carrier, slot, argv, nothing, nothing, input, limit_s, &fault);
}

static bool
wait_for_one(void)
{
	result = carrier_wait(carrier, clock_ms() + 20000, -1, &ended);
	return result != NULL;
}

/* What becomes of a script that has a minute. */
static const struct answer *
run(char *script, struct slice input)
{
	CHECK(start(0, script, input, 60) == 0);
	CHECK(wait_for_one());
	return result;
}

static struct slice
none(void)
{
	return (struct slice){"", 0};
}

static void
what_a_command_says_is_heard(void)
{
	const struct answer *r = run(
	    "echo code 429; echo retry-after 120; echo hello; echo delivered;"
	    "echo acknowledged; echo error no such number; exit 75",
	    none());

	CHECK(ended == 0 && r->status == 75 && r->signal == 0 && !r->late);
	CHECK(r->code == 429 && r->retry_after_s == 120);
	CHECK(r->delivered && r->acknowledged);
	CHECK_SLICE(buf_slice(&r->error), "no such number");
	CHECK(carrier_busy(carrier) == 0);
}

static void
what_is_said_wrongly_is_not_heard(void)
{
	const struct answer *r = run("echo code 42; echo code 1000;"
				     "echo code 4x9; echo retry-after -1;"
				     "echo retry-after soon; echo codes 404;"
				     "echo delivered perhaps; printf error",
	    none());

	CHECK(r->status == 0 && r->code == 0 && r->retry_after_s == -1);
	CHECK(!r->delivered && !r->acknowledged && r->error.n == 0);
}

static void
the_last_said_counts_also_without_a_line_end(void)
{
	CHECK(run("echo code 250; printf 'code 550'", none())->code == 550);
}

static void
standard_error_says_why_where_nothing_else_does(void)
{
	CHECK_SLICE(buf_slice(&run("echo one >&2; printf '\\033[2Jtwo\\n\\n' "
				   ">&2; exit 1",
			none())
				   ->error),
	    "[2Jtwo");
	CHECK_SLICE(buf_slice(&run("exit 3", none())->error), "exit status 3");
	CHECK(run("echo done >&2", none())->error.n == 0);
	CHECK_SLICE(
	    buf_slice(&run("echo code 503; echo away >&2", none())->error),
	    "away");
}

static void
an_error_is_cut_between_characters(void)
{
	const struct answer *r =
	    run("printf 'error x'; for i in 1 2 3 4 5 6 7 8 9 10; do "
		"printf '\303\251%.0s' $(seq 60); done",
		none());

	CHECK(r->error.n == 499);
	CHECK(slice_utf8((struct slice){r->error.p + 497, 2}) == 2);
}

static void
input_of_a_mebibyte_is_read(void)
{
	size_t n = 1024 * 1024;
	char *text = calloc(n, 1);
	const struct answer *r =
	    run("[ $(wc -c) -eq 1048576 ] && echo code 250",
		(struct slice){text, n});

	CHECK(r->code == 250);
	free(text);
}

static void
input_need_not_be_read(void)
{
	size_t n = 1024 * 1024;
	char *text = calloc(n, 1);
	const struct answer *r =
	    run("exec <&-; echo code 250; exit 0", (struct slice){text, n});

	CHECK(r->code == 250 && r->status == 0);
	free(text);
}

static void
no_file_is_left(void)
{
	char template[] = "/tmp/inc-carrier-XXXXXX";
	char *const argv[] = {"sh", "-c", "cat >/dev/null", NULL};
	char *tmp = mkdtemp(template);
	struct carrier *c = carrier_new(1, clock_ms, child[0], tmp);

	CHECK(carrier_start(c, 0, argv, nothing, nothing, slice_of("text"), 60,
		  &fault) == 0);
	CHECK(rmdir(tmp) == 0);
	result = carrier_wait(c, clock_ms() + 20000, -1, &ended);
	CHECK(result != NULL && result->status == 0);
	carrier_free(c);
}

static void
a_flood_is_dropped(void)
{
	const struct answer *r = run(
	    "dd if=/dev/zero bs=1048576 count=8 2>&1 | tr '\\000' x;"
	    "yes code 404 | head -n 300000 >&2; echo; echo code 201; exit 1",
	    none());

	CHECK(r->code == 201);
	CHECK_SLICE(buf_slice(&r->error), "code 404");
}

static void
a_command_that_hangs_is_ended(void)
{
	int64_t start_ms = clock_ms();

	CHECK(start(0, "echo waiting >&2; sleep 60", none(), 0) == 0);
	CHECK(wait_for_one());
	CHECK(
	    result->late && result->status == -1 && result->signal == SIGTERM);
	CHECK(slice_starts(buf_slice(&result->error), "not done within 0s"));
	CHECK(clock_ms() - start_ms < 1500);
}

static void
one_that_ignores_it_is_killed_two_seconds_later(void)
{
	int64_t start_ms = clock_ms();

	CHECK(start(0, "trap '' TERM; while :; do sleep 1; done", none(), 1) ==
	    0);
	CHECK(wait_for_one());
	CHECK(result->late && result->signal == SIGKILL);
	CHECK(clock_ms() - start_ms >= 3000);
}

static void
a_hung_command_holds_up_no_other(void)
{
	CHECK(start(0, "sleep 60", none(), 60) == 0);
	CHECK(start(1, "echo code 200", none(), 60) == 0);
	CHECK(start(3, "echo code 202", none(), 60) == 0);
	CHECK(carrier_busy(carrier) == 3);
	CHECK(wait_for_one() && ended != 0);
	CHECK(wait_for_one() && ended != 0);
	CHECK(carrier_busy(carrier) == 1);
	CHECK(carrier_wait(carrier, clock_ms() + 20, -1, &ended) == NULL);
	carrier_free(carrier);
	carrier = carrier_new(SLOTS, clock_ms, child[0], "/tmp");
}

static void
the_end_of_a_command_is_waited_for_no_longer_than_that(void)
{
	int64_t start_ms = clock_ms();

	/* One stays in the group and is killed; one leaves it. */
	run("sleep 60 & setsid sleep 3 & echo code 250; exit 0", none());
	CHECK(result->code == 250 && result->status == 0);
	CHECK(clock_ms() - start_ms < 2000);
}

static void
what_a_command_leaves_in_its_group_is_killed(void)
{
	const struct answer *r =
	    run("sleep 60 & echo error $!; exit 1", none());
	unsigned long long number = 0;
	pid_t left;

	CHECK(slice_number(buf_slice(&r->error), INT32_MAX, &number) == 0);
	left = (pid_t)number;
	CHECK(left > 0);
	/* Whoever inherits it may take a moment to see that it is gone. */
	for (int i = 0; i < 500 && kill(left, 0) == 0; i++) {
		struct buf path = {0}, stat = {0};
		bool dead;

		buf_addf(&path, "/proc/%ld/stat", (long)left);
		dead = file_read(buf_str(&path), 4096, &stat, &fault) < 0 ||
		    strstr(buf_str(&stat), ") Z ") != NULL;
		buf_release(&path);
		buf_release(&stat);
		if (dead)
			return;
		nanosleep(&(struct timespec){0, 10000000}, NULL);
	}
	CHECK(kill(left, 0) < 0);
}

static void
a_signal_that_ends_a_command_is_told(void)
{
	const struct answer *r = run("kill -SEGV $$", none());

	CHECK(r->signal == SIGSEGV && r->status == -1 && !r->late);
	CHECK_SLICE(buf_slice(&r->error), "ended by signal 11");
}

static void
a_command_that_is_not_there_has_a_result(void)
{
	char *argv[] = {"/nowhere/post", "x", NULL};
	char *directory[] = {"/tmp", NULL};

	CHECK(carrier_start(
		  carrier, 2, argv, nothing, nothing, none(), 60, &fault) == 0);
	CHECK(wait_for_one());
	CHECK(ended == 2 && result->status == 127);
	CHECK_SLICE(buf_slice(&result->error),
	    "/nowhere/post: No such file or directory");
	CHECK(carrier_start(carrier, 2, directory, nothing, nothing, none(), 60,
		  &fault) == 0);
	CHECK(wait_for_one() && result->status == 126);
}

static void
without_room_for_input_nothing_starts(void)
{
	struct carrier *c = carrier_new(1, clock_ms, -1, "/nowhere");
	char *argv[] = {"true", NULL};

	CHECK(carrier_start(c, 0, argv, nothing, nothing, none(), 60, &fault) <
	    0);
	CHECK(slice_starts(buf_slice(&fault.text), "create '/nowhere/input."));
	CHECK(carrier_busy(c) == 0);
	carrier_free(c);
}

static void
its_own_environment_goes_before(void)
{
	char *const argv[] = {
	    "sh", "-c", "echo error $A $AB $(env | grep -c ^A=)", NULL};
	char *const own[] = {"A=own", NULL};
	char *const envp[] = {
	    "A=theirs", "AB=kept", "PATH=/usr/bin:/bin", NULL};

	CHECK(carrier_start(carrier, 0, argv, own, envp, none(), 60, &fault) ==
	    0);
	CHECK(wait_for_one());
	CHECK_SLICE(buf_slice(&result->error), "own kept 1");
}

static void
no_descriptor_and_no_signal_is_handed_down(void)
{
	CHECK_SLICE(
	    buf_slice(&run("for i in $(seq 3 64); do [ -e /proc/$$/fd/$i ] && "
			   "open=\"$open $i\"; done; echo error none $open",
		none())
			   ->error),
	    "none");
	CHECK(run("kill -PIPE $$", none())->signal == SIGPIPE);
	CHECK(run("kill -USR1 $$", none())->signal == SIGUSR1);
}

static void
waiting_stops_by_a_descriptor(void)
{
	int stop[2];

	CHECK(pipe(stop) == 0 && write(stop[1], "", 1) == 1);
	CHECK(start(0, "sleep 60", none(), 60) == 0);
	CHECK(carrier_wait(carrier, INT64_MAX, stop[0], &ended) == NULL);
	CHECK(carrier_busy(carrier) == 1);
	close(stop[0]);
	close(stop[1]);
	carrier_free(carrier);
	carrier = carrier_new(SLOTS, clock_ms, child[0], "/tmp");
}

static void
without_a_signal_it_looks_by_itself(void)
{
	struct carrier *c = carrier_new(1, clock_ms, -1, "/tmp");
	char *const argv[] = {"sh", "-c", "exec >&- 2>&-; sleep .1", NULL};

	CHECK(carrier_start(c, 0, argv, nothing, nothing, none(), 60, &fault) ==
	    0);
	result = carrier_wait(c, INT64_MAX, -1, &ended);
	CHECK(result != NULL && result->status == 0);
	carrier_free(c);
}

static void
a_program_with_its_standard_descriptors_closed_has_its_commands_right(void)
{
	int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);

	close(STDIN_FILENO);
	run("read -r x; echo error $x; echo code 250", slice_of("text\n"));
	CHECK_SLICE(buf_slice(&result->error), "text");
	CHECK(result->code == 250);
	CHECK(fcntl(STDIN_FILENO, F_GETFD) < 0);
	dup2(in, STDIN_FILENO);
	close(in);
}

int
main(void)
{
	struct sigaction heard = {.sa_handler = child_ended};
	sigset_t blocked;

	/* Which no command is to have: a descriptor, signals set otherwise. */
	CHECK(dup2(STDOUT_FILENO, 7) == 7);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, NULL);

	CHECK(pipe(child) == 0);
	for (int i = 0; i < 2; i++) {
		fcntl(child[i], F_SETFD, FD_CLOEXEC);
		fcntl(child[i], F_SETFL, O_NONBLOCK);
	}
	sigaction(SIGCHLD, &heard, NULL);
	carrier = carrier_new(SLOTS, clock_ms, child[0], "/tmp");
	RUN(what_a_command_says_is_heard);
	RUN(what_is_said_wrongly_is_not_heard);
	RUN(the_last_said_counts_also_without_a_line_end);
	RUN(standard_error_says_why_where_nothing_else_does);
	RUN(an_error_is_cut_between_characters);
	RUN(input_of_a_mebibyte_is_read);
	RUN(input_need_not_be_read);
	RUN(no_file_is_left);
	RUN(a_flood_is_dropped);
	RUN(a_command_that_hangs_is_ended);
	RUN(one_that_ignores_it_is_killed_two_seconds_later);
	RUN(a_hung_command_holds_up_no_other);
	RUN(the_end_of_a_command_is_waited_for_no_longer_than_that);
	RUN(what_a_command_leaves_in_its_group_is_killed);
	RUN(a_signal_that_ends_a_command_is_told);
	RUN(a_command_that_is_not_there_has_a_result);
	RUN(without_room_for_input_nothing_starts);
	RUN(its_own_environment_goes_before);
	RUN(no_descriptor_and_no_signal_is_handed_down);
	RUN(waiting_stops_by_a_descriptor);
	RUN(without_a_signal_it_looks_by_itself);
	RUN(a_program_with_its_standard_descriptors_closed_has_its_commands_right);
	carrier_free(carrier);
	fault_release(&fault);
	return test_done();
}
