#include "answer.h"

#include <errno.h>
#include <signal.h>

#include "test.h"

static struct answer a;

/* What a command that ended so has answered. */
static void
answer(const char *output, const char *errors, int status)
{
	answer_begin(&a);
	answer_add(&a, slice_of(output));
	answer_add_error(&a, slice_of(errors));
	a.status = status;
	answer_end(&a, 60);
}

static void
each_line_says_one_thing(void)
{
	answer("code 250\nretry-after 120\ndelivered\nacknowledged\n"
	       "error  not so \n",
	    "", 0);
	CHECK(a.code == 250 && a.retry_after_s == 120);
	CHECK(a.delivered && a.acknowledged);
	CHECK_SLICE(buf_slice(&a.error), "not so");
	/* the next one begins anew */
	answer("", "", 0);
	CHECK(a.code == 0 && a.retry_after_s == -1);
	CHECK(!a.delivered && !a.acknowledged && a.error.n == 0);
}

static void
the_last_of_a_kind_counts_and_others_do_not(void)
{
	answer("code 404\ncode 503", "", 0);
	CHECK(a.code == 503);
	answer("code 99\ncode 1000\ncode x\ncode -1\nCODE 250\n"
	       "retry-after 1000000001\nretry-after\ndelivered twice\nerrors\n",
	    "", 0);
	CHECK(a.code == 0 && a.retry_after_s == -1 && !a.delivered);
	CHECK(a.error.n == 0);
}

static void
what_went_wrong_is_said_by_who_knows_best(void)
{
	answer("error one\n", "two\n", 1);
	CHECK_SLICE(buf_slice(&a.error), "one");
	answer("", "two\nthree\n \n", 1);
	CHECK_SLICE(buf_slice(&a.error), "three");
	answer("code 503\n", "two", 0);
	CHECK_SLICE(buf_slice(&a.error), "two");
	answer("code 503\n", "", 0);
	CHECK_SLICE(buf_slice(&a.error), "answered with 503");
	answer("", "", 3);
	CHECK_SLICE(buf_slice(&a.error), "exit status 3");
	/* what is said by the way is none */
	answer("code 250\n", "two\n", 0);
	CHECK(a.error.n == 0);
}

static void
how_it_was_ended_is_said(void)
{
	answer_begin(&a);
	a.signal = SIGKILL;
	answer_end(&a, 60);
	CHECK_SLICE(buf_slice(&a.error), "ended by signal 9");
	answer_begin(&a);
	answer_add_error(&a, slice_of("no route\n"));
	a.signal = SIGTERM;
	a.late = true;
	answer_end(&a, 60);
	CHECK_SLICE(buf_slice(&a.error), "not done within 60s: no route");
	answer_begin(&a);
	answer_fail(&a, "lamp", ENOENT);
	CHECK(a.status == 127);
	CHECK_SLICE(buf_slice(&a.error), "lamp: No such file or directory");
	answer_begin(&a);
	answer_fail(&a, "lamp", EACCES);
	CHECK(a.status == 126);
}

static void
long_lines_are_cut_and_errors_plain(void)
{
	struct buf text = {0};

	buf_add_str(&text, "error ");
	for (size_t i = 0; i < 2000; i++)
		buf_add_char(&text, 'x');
	buf_add_str(&text, " code 250\ncode 251\n");
	answer(buf_str(&text), "", 1);
	CHECK(a.error.n == 500 && a.code == 251);
	answer("error \033[2Jb\tc\n", "", 1);
	CHECK(memchr(a.error.p, '\033', a.error.n) == NULL);
	buf_release(&text);
}

int
main(void)
{
	RUN(each_line_says_one_thing);
	RUN(the_last_of_a_kind_counts_and_others_do_not);
	RUN(what_went_wrong_is_said_by_who_knows_best);
	RUN(how_it_was_ended_is_said);
	RUN(long_lines_are_cut_and_errors_plain);
	answer_release(&a);
	return test_done();
}
